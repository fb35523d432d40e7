"""dev2cto preview: one file of a course as the learner will read it, with what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.commands.output import emit
from dev2cto.commands.rendering import markdown
from dev2cto.curriculum import load
from dev2cto.curriculum.curriculum import Curriculum
from dev2cto.curriculum.model import Reading
from dev2cto.errors import CourseError, UsageError
from dev2cto.exercises.base import Exercise
from dev2cto.items.base import Item
from dev2cto.nodes import Problems
from dev2cto.opening import open_curriculum
from dev2cto.paths import expanded

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Print the reading, bank or exercise in that file; exit code 1 when something is wrong with it."""
    path = expanded(options.path).resolve()
    root = next((p for p in path.parents if (p / "course.yaml").is_file()), None)
    if not path.is_file() or root is None:
        raise UsageError(f"{options.path} is no file of a course.", "Name a .yaml file of a course.")
    options.course = str(root)
    curriculum = open_curriculum(options)
    name, problems = str(path.relative_to(root)), Problems()
    if path.name == "bank.yaml":
        lines = bank_lines(curriculum, load.load_bank(root, path.parent.name, problems))
    elif path.name == "exercise.yaml":
        exercise = load.load_exercise(root, name, problems)
        lines = exercise_lines(curriculum, exercise) if exercise else []
    elif path.parent.name == "readings":
        reading = load.load_file(root, name, Reading, problems)
        lines = reading_lines(curriculum, reading) if reading else []
    else:
        raise CourseError(f"{path.name} has nothing to preview.", "Preview a reading, a bank or an exercise.")
    found = problems.sorted()
    emit([*lines, *(str(p) for p in found)])
    return 1 if found else 0


def reading_lines(curriculum: Curriculum, reading: Reading) -> list[str]:
    """The sections with their drawings and the ids of their checks."""
    lines = [f"{reading.title} ({reading.minutes} min)"]
    for section in reading.sections:
        lines += ["", section.heading.upper(), "", *markdown(curriculum, section.text)]
        if section.diagram is not None:
            lines += ["", *(f"    {line}" for line in section.diagram.art.split("\n"))]
        if section.check:
            lines += ["", f"Check: {section.check}"]
    return lines


def bank_lines(curriculum: Curriculum, items: tuple[Item, ...]) -> list[str]:
    """Each item with its key and its reasons, for its author."""
    from random import Random

    lines: list[str] = []
    for item in items:
        draw = item.draw(Random(item.id))
        lines += ["", f"{item.id} ({item.kind}, {item.level})", "", *markdown(curriculum, item.ask(draw))]
        lines += ["", f"key: {item.key(draw)}", "", *markdown(curriculum, item.reason(draw))]
    return lines


def exercise_lines(curriculum: Curriculum, exercise: Exercise) -> list[str]:
    """The brief and the hints."""
    lines = [f"{exercise.title} ({exercise.kind}, {exercise.minutes} min)", "", *markdown(curriculum, exercise.brief)]
    for n, hint in enumerate(exercise.hints, 1):
        lines += ["", f"Hint {n}", *markdown(curriculum, hint)]
    return lines
