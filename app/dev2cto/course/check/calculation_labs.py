"""Rules about calculations: right answers must be accepted, known mistakes must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dev2cto.course.check.rules import Finding, Rule
from dev2cto.errors import CourseError, LabError
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.calculation import Calculation, Worksheet, with_draw, worksheet
from dev2cto.items import numeric_grading
from dev2cto.items.base import Draw
from dev2cto.items.expressions import ExpressionError, formula
from dev2cto.items.parameters import combinations

DRAWS = 60
"""Maximum number of parameter combinations to try; each one computes the whole table."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """An exercise and the path of its folder."""

    exercise: Exercise
    path: Path


def calculation_agrees(folder: DataFolder) -> Iterator[Finding]:
    """Report parts whose right answer is refused, or whose known mistake is accepted, for some drawn values."""
    exercise = folder.exercise
    if not isinstance(exercise, Calculation):
        return
    reported: set[tuple[object, ...]] = set()
    first: Worksheet | None = None
    for given in islice(combinations(exercise.given), DRAWS):
        draw = Draw(given=given)
        try:
            sheet = with_draw(first, draw) if first else worksheet(exercise, folder.path, draw)
            first = first or sheet
        except (LabError, CourseError):
            return
        for n in range(len(exercise.parts)):
            for finding in _part(sheet, n):
                if finding.steps not in reported:
                    reported.add(finding.steps)
                    yield finding


def _part(sheet: Worksheet, number: int) -> Iterator[Finding]:
    exercise, item, names = sheet.exercise, sheet.item(number), sheet.names
    steps = ("parts", number)
    if item.final(item.key(sheet.showing), sheet.showing).score < 1:
        yield Finding(exercise, (*steps, "answer"), "the right answer is not accepted")
    for n, wrong in enumerate(item.wrong):
        try:
            value = formula(wrong.value).value(names)
        except ExpressionError as error:
            yield Finding(exercise, (*steps, "wrong", n, "value"), error.message, error.hint, error.column - 1)
            continue
        if numeric_grading.is_within_tolerance(item, value, names):
            message = f"this mistake gives {value:g}, which is accepted as right"
            yield Finding(exercise, (*steps, "wrong", n, "value"), message, "choose values for which it differs")


RULES = (Rule("Q325", "a calculation contradicts itself", "folder", calculation_agrees),)
