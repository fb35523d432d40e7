"""Items to test with: those of the sample course, which has every kind, and items read from a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dev2cto.course.loader import load_bank
from dev2cto.items import kinds as items
from dev2cto.items.base import Item
from dev2cto.yaml.decode import Decoder
from dev2cto.yaml.tree import Problem, Problems, parse
from tests.support.studies import COURSE

HEAD = "id: t-item\nobjective: t-objective\nlevel: apply\nprompt: Asked.\nexplain: Because.\n"


def read_samples() -> list[Item]:
    """Every item of the sample course, which must be without problems."""
    problems = Problems()
    found = [item for folder in sorted(COURSE.glob("modules/*")) for item in load_bank(COURSE, folder.name, problems)]
    assert not problems.found, problems.sorted()
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with an argument `sample` runs with every sample."""
    if "sample" in metafunc.fixturenames:
        metafunc.parametrize("sample", read_samples(), ids=lambda item: item.id)


@pytest.fixture(scope="session")
def samples() -> dict[str, Item]:
    """The samples by id."""
    return {item.id: item for item in read_samples()}


ReadItem = Callable[[str], Item]
ProblemsOf = Callable[[str], list[Problem]]


@pytest.fixture(scope="session")
def item_of() -> ReadItem:
    """Reads an item from the lines that are its own; the common fields are filled in."""

    def read(text: str) -> Item:
        problems = Problems()
        node = parse((HEAD + text).encode(), "item.yaml", problems)
        assert node is not None, problems.sorted()
        item = Decoder("item.yaml", problems).read(Item, node)  # type: ignore[type-abstract]  # the union picks a kind
        assert not problems.found, problems.sorted()
        assert item is not None
        return item

    return read


@pytest.fixture(scope="session")
def problems_of() -> ProblemsOf:
    """What is wrong with an item given as the lines that are its own; these begin in line 1."""

    def read(text: str) -> list[Problem]:
        problems = Problems()
        node = parse((text.rstrip("\n") + "\n" + HEAD).encode(), "item.yaml", problems)
        assert node is not None, problems.sorted()
        item = Decoder("item.yaml", problems).read(Item, node)  # type: ignore[type-abstract]  # the union picks a kind
        assert (item is None) == bool(problems.found)
        return list(problems.sorted())

    return read


assert items.KINDS
