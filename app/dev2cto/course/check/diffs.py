"""Rules about code reviews: a change that can be read in one sitting, faults that differ, lines that fit."""

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
"""Added and removed lines: fewer show no faults among others, more are not read with care."""
LEAST_FAULTS, MOST_FAULTS = 4, 7
CODE_COLUMNS = 100
"""A line of code takes two rows at most on 80 columns, where 61 are beside its numbers."""


def size(folder: DataFolder) -> Iterator[Finding]:
    """A change that is too small to hide its faults, or too large to be read with care."""
    exercise = folder.exercise
    if not isinstance(exercise, Diff):
        return
    try:
        lines = read_changeset(folder.path).size
    except LabError:
        return  # the reader says so
    if not LEAST_LINES <= lines <= MOST_LINES:
        message = f"{lines} lines are added or removed; {LEAST_LINES} to {MOST_LINES} make a good review"
        yield Finding(exercise, ("kind",), message)


def faults(exercise: Exercise) -> Iterator[Finding]:
    """Too few or too many faults, or all of one weight."""
    if not isinstance(exercise, Diff):
        return
    count, weights = len(exercise.seeded), {fault.weight for fault in exercise.seeded}
    if not LEAST_FAULTS <= count <= MOST_FAULTS:
        yield Finding(exercise, ("faults",), f"{count} faults; {LEAST_FAULTS} to {MOST_FAULTS} make a good review")
    if len(weights) == 1:
        yield Finding(exercise, ("faults",), f"every fault is a {weights.pop()}", "give them different weights")


def lines(folder: DataFolder) -> Iterator[Finding]:
    """Lines of a change that are too long, or hold characters that terminals hide or disagree on."""
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
            message = f"{where} {columns} columns, a line of code has {CODE_COLUMNS} at most"
            yield Finding(exercise, ("kind",), message)
        for char in row.line.text:
            if not char.isascii() and (name := unwanted(char)):
                yield Finding(exercise, ("kind",), f"{where} {name} U+{ord(char):04X} does not belong into code")
                break


RULES = (
    Rule("Q361", "a change that is too small or too large to review", "folder", size, "warning"),
    Rule("Q362", "faults of a review that are too few, too many or all alike", "exercise", faults, "warning"),
    Rule("Q363", "lines of a change that a terminal does not show well", "folder", lines),
)
