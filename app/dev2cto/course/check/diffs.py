"""Rules about code reviews: size of the change, number and weights of faults, displayable lines."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from dev2cto.course.check.calculation_labs import DataFolder
from dev2cto.course.check.display import unwanted
from dev2cto.course.check.rules import Finding, Rule
from dev2cto.errors import LabError
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.diffs.changeset_files import read_changeset
from dev2cto.exercises.diffs.diff import Diff
from dev2cto.exercises.diffs.folding import LineRow, fold

LEAST_LINES, MOST_LINES = 40, 90
"""Bounds on added and removed lines: fewer do not hide the faults, more are not read carefully."""
LEAST_FAULTS, MOST_FAULTS = 4, 7
CODE_COLUMNS = 100
"""Maximum line length: with the 61 columns that 80 leave beside line numbers, a line takes at most two rows."""


def size(folder: DataFolder) -> Iterator[Finding]:
    """Report a change that is too small to hide its faults, or too large to be read carefully."""
    exercise = folder.exercise
    if not isinstance(exercise, Diff):
        return
    try:
        lines = read_changeset(folder.path).size
    except LabError:
        return  # already reported as a fault of the folder
    if not LEAST_LINES <= lines <= MOST_LINES:
        message = f"{lines} lines are added or removed; {LEAST_LINES} to {MOST_LINES} make a good review"
        yield Finding(exercise, ("kind",), message)


def faults(exercise: Exercise) -> Iterator[Finding]:
    """Report too few or too many faults, or faults that all have the same weight."""
    if not isinstance(exercise, Diff):
        return
    count, weights = len(exercise.seeded), {fault.weight for fault in exercise.seeded}
    if not LEAST_FAULTS <= count <= MOST_FAULTS:
        yield Finding(exercise, ("faults",), f"{count} faults; {LEAST_FAULTS} to {MOST_FAULTS} make a good review")
    if len(weights) == 1:
        yield Finding(exercise, ("faults",), f"every fault is a {weights.pop()}", "give them different weights")


def lines(folder: DataFolder) -> Iterator[Finding]:
    """Report lines of a change that are too long, or contain characters that terminals display inconsistently."""
    exercise = folder.exercise
    if not isinstance(exercise, Diff):
        return
    try:
        change = read_changeset(folder.path)
    except LabError:
        return
    for row in fold(change, exercise.context):
        if not isinstance(row, LineRow):
            continue
        where = f"{row.address.partition('@')[0]}, line {row.line.label}:"
        if (columns := cell_len(row.line.text)) > CODE_COLUMNS:
            message = f"{where} {columns} columns; a line of code may have at most {CODE_COLUMNS}"
            yield Finding(exercise, ("kind",), message)
        for char in row.line.text:
            if not char.isascii() and (name := unwanted(char)):
                yield Finding(exercise, ("kind",), f"{where} {name} U+{ord(char):04X} is not allowed in code")
                break


RULES = (
    Rule("Q361", "a change that is too small or too large to review", "folder", size, "warning"),
    Rule("Q362", "a review with too few, too many or uniform faults", "exercise", faults, "warning"),
    Rule("Q363", "lines of a change that a terminal cannot show well", "folder", lines),
)
