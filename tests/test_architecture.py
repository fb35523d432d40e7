"""What the architecture document points to is there, and its list of layers is the one that is tested."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.test_imports import LAYERS

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_every_file_that_is_named_exists() -> None:
    named = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*(?:\.py|/))`", TEXT))
    assert len(named) > 20
    roots = (ROOT, ROOT / "app" / "dev2cto")
    assert {name for name in named if not any((root / name).exists() for root in roots)} == set()


@pytest.mark.parametrize(("what", "row"), [("a screen", "portfolio"), ("a kind of exercise", "survey")])
def test_where_one_is_added_is_every_file_that_has_a_row_for_each(what: str, row: str) -> None:
    """A table holds it under its name, at the beginning of a line."""
    app = ROOT / "app" / "dev2cto"
    tables = {path for path in app.rglob("*.py") if re.search(rf'^ +"{row}": ', path.read_text("utf-8"), re.MULTILINE)}
    line = next(line for line in TEXT.split("\n") if line.startswith(f"| {what} |"))
    named = {app / name for name in re.findall(r"`([a-z_/]+\.py)`(?! \(as a model)", line.split("|")[2])}
    assert tables == named


def test_the_list_of_layers_is_the_one_that_is_tested() -> None:
    listed = TEXT.split("```")[1]
    for low, high in pairwise(LAYERS):
        assert line_of(low[0], listed) > line_of(high[0], listed), f"{high[0]} is listed below {low[0]}"


def line_of(name: str, listed: str) -> int:
    """The line of the list that names a package."""
    lines = listed.split("\n")
    return next(n for n, line in enumerate(lines) if name in re.split(r"[ ,|]+", re.split(r"  +", line.strip())[0]))
