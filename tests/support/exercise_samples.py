"""A small exercise of every kind, and exercises read from a text."""

from __future__ import annotations

from pathlib import Path

from dev2cto.exercises.kinds import Exercise
from dev2cto.yaml.decode import Decoder
from dev2cto.yaml.tree import Problem, Problems, parse
from tests.support.studies import COURSE, ROOT

OF_THE_COURSE = COURSE / "modules" / "02-weighing" / "exercises"
FOLDERS = {
    "code": OF_THE_COURSE / "adding",
    "scenario": OF_THE_COURSE / "friday",
    "artefact": OF_THE_COURSE / "note",
    "survey": OF_THE_COURSE / "self",
    "simulation": OF_THE_COURSE / "quarters",
    "calculation": OF_THE_COURSE / "waits",
    "mutants": OF_THE_COURSE / "noticing",
    "diff": ROOT / "tests" / "exercises" / "diffs" / "figures_review",
}
"""The folder of a sample of each kind. That of a review is as large as the checker wants it; the course's is short."""


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
    folder = FOLDERS[kind]
    found, problems = read((folder / "exercise.yaml").read_bytes(), "exercise.yaml")
    assert found is not None, problems
    return found, folder
