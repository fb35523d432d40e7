"""Exercises to test with: a small one of every kind, and the same with one text in it replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.exercises import kinds as exercises
from dev2cto.exercises.base import Exercise
from dev2cto.yaml.tree import Problem
from tests.support.exercise_samples import FOLDERS, read, sample_of

Sample = Callable[[str], tuple[Exercise, Path]]
ProblemsOf = Callable[[str], list[Problem]]
Changed = Callable[[str, str, str], list[Problem]]


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The sample of a kind, and its folder."""
    return sample_of


@pytest.fixture(scope="session")
def changed() -> Changed:
    """The problems of a kind's sample after one text in it (which must be there) was replaced by another."""

    def change(kind: str, old: str, new: str) -> list[Problem]:
        text = (FOLDERS[kind] / "exercise.yaml").read_text()
        assert old in text
        return read(text.replace(old, new, 1).encode(), "exercise.yaml")[1]

    return change


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with an argument `kind` runs with every kind."""
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", list(exercises.KINDS))
