"""The long tests begin first, and all that are named are there."""

from __future__ import annotations

import re
from pathlib import Path

from tests import conftest

TESTS = Path(__file__).parent


def test_every_long_test_is_one() -> None:
    defined = {
        name for path in TESTS.rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }
    assert set(conftest.LONG) <= defined


class Item:
    """A test by its name."""

    def __init__(self, name: str) -> None:
        self.name = name


class Config:
    """That of one of three processes."""

    workerinput = {"workercount": 3}  # noqa: RUF012


def test_each_process_begins_with_its_share_of_the_long_tests() -> None:
    names = [f"test_{n}" for n in range(8)] + [f"{conftest.LONG[0]}[{n}]" for n in range(3)] + ["test_8"]
    items = [Item(name) for name in names]
    conftest.pytest_collection_modifyitems(Config(), items)  # type: ignore[arg-type]  # as much of them as is used
    assert sorted(item.name for item in items) == sorted(names)
    assert [n for n, item in enumerate(items) if "[" in item.name] == [0, 4, 8]
