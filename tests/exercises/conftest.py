"""Exercises to test with: a small one of every kind in samples/, and exercises read from a text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.exercises import kinds as exercises
from dev2cto.exercises.base import Exercise
from dev2cto.yaml.decode import Reader
from dev2cto.yaml.tree import Problem, Problems, parse

SAMPLES = Path(__file__).with_name("samples")

Sample = Callable[[str], tuple[Exercise, Path]]
ProblemsOf = Callable[[str], list[Problem]]
Changed = Callable[[str, str, str], list[Problem]]


def read(text: bytes, name: str) -> tuple[Exercise | None, list[Problem]]:
    """The exercise in that text, and the problems with it."""
    problems = Problems()
    node = parse(text, name, problems)
    found = None
    if node is not None:
        found = Reader(name, problems).read(Exercise, node)
    return found, list(problems.sorted())


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The sample of a kind, and its folder."""

    def get(kind: str) -> tuple[Exercise, Path]:
        folder = SAMPLES / kind
        found, problems = read((folder / "exercise.yaml").read_bytes(), "exercise.yaml")
        assert found is not None, problems
        return found, folder

    return get


@pytest.fixture(scope="session")
def changed() -> Changed:
    """The problems of a kind's sample after one text in it (which must be there) was replaced by another."""

    def change(kind: str, old: str, new: str) -> list[Problem]:
        text = (SAMPLES / kind / "exercise.yaml").read_text()
        assert old in text
        return read(text.replace(old, new, 1).encode(), "exercise.yaml")[1]

    return change


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with an argument `kind` runs with every kind."""
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", list(exercises.KINDS))
