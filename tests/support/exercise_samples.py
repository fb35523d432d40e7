"""A small exercise of every kind, and exercises read from a text."""

from __future__ import annotations

from pathlib import Path

from dev2cto.exercises.kinds import Exercise
from dev2cto.yaml.decode import Decoder
from dev2cto.yaml.tree import Problem, Problems, parse
from tests.support.studies import ROOT

SAMPLES = ROOT / "tests" / "exercises" / "samples"


def read(text: bytes, name: str) -> tuple[Exercise | None, list[Problem]]:
    """The exercise in that text, and the problems with it."""
    problems = Problems()
    node = parse(text, name, problems)
    found = None
    if node is not None:
        found = Decoder(name, problems).read(Exercise, node)
    return found, list(problems.sorted())


def sample_of(kind: str) -> tuple[Exercise, Path]:
    """The sample of a kind, and its folder."""
    folder = SAMPLES / kind
    found, problems = read((folder / "exercise.yaml").read_bytes(), "exercise.yaml")
    assert found is not None, problems
    return found, folder
