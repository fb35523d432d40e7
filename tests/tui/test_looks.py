"""How a few screens look, to the cell. After a wanted change run LOOKS=new pytest tests/tui/test_looks.py."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.study.study import Study
from tests.support.fake_learner import take
from tests.support.pilot_driver import opened

LOOKS = Path(__file__).with_name("looks")
SIZES = ((80, 24), (120, 40))


def nothing(study: Study) -> None:
    """A learner who has just begun."""


def some_way(study: Study) -> None:
    """A learner who read one text and took one quiz."""
    study.reading("s-reading-short").mark(read=True)
    take(study, study.quiz("t2"), miss=("t-q-mean",))


SCREENS: dict[str, tuple[Callable[[Study], None], tuple[str, ...]]] = {
    "home": (some_way, ()),
    "step": (some_way, ("2",)),
    "reading": (nothing, ("enter",)),
    "scenario": (nothing, ("2", "5", "enter")),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_it_looks_as_it_did(study: Study, name: str, size: tuple[int, int]) -> None:
    prepare, keys = SCREENS[name]
    prepare(study)
    async with opened(study, size) as driver:
        await driver.press(*keys)
        shown = driver.text + "\n"
    file = LOOKS / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("LOOKS") == "new":
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")
