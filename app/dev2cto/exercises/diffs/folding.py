"""The view of a change: lines near what changes, and gaps that can be opened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dev2cto.exercises.diffs.changeset import Changeset, DiffLine, FileChange


@dataclass(frozen=True, slots=True)
class FileHead:
    """The heading of a file; `number` counts files from 1."""

    file: FileChange
    number: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line that can be marked."""

    address: str
    line: DiffLine


@dataclass(frozen=True, slots=True)
class Gap:
    """Hidden lines; without `id` they are not in the diff and cannot be shown."""

    id: str
    count: int


ViewRow = FileHead | LineRow | Gap


def fold(change: Changeset, context: int, opened: Collection[str] = ()) -> tuple[ViewRow, ...]:
    """Return the rows to show: `context` lines around each change, and all lines of the gaps in `opened` (ids)."""
    rows: list[ViewRow] = []
    for number, file in enumerate(change.files, 1):
        rows.append(FileHead(file, number))
        last = (0, 0)
        for run in _runs(file.lines):
            if missing := _between(last, run[0]):
                rows.append(Gap("", missing))
            rows += _folded(file, run, context, opened)
            last = _numbers(run)
    return tuple(rows)


def gaps(change: Changeset, context: int) -> tuple[str, ...]:
    """Return the ids of all gaps that can be opened."""
    return tuple(row.id for row in fold(change, context) if isinstance(row, Gap) and row.id)


def first_lines(rows: Sequence[ViewRow]) -> tuple[str, ...]:
    """Return the address of the first line of each block of changed lines, in order."""
    found, inside = [], False
    for row in rows:
        changed = isinstance(row, LineRow) and row.line.sign != " "
        if changed and not inside and isinstance(row, LineRow):
            found.append(row.address)
        inside = changed
    return tuple(found)


def _runs(lines: Sequence[DiffLine]) -> Iterator[list[DiffLine]]:
    """Yield runs of consecutive lines."""
    run: list[DiffLine] = []
    last = (0, 0)
    for line in lines:
        if run and _between(last, line):
            yield run
            run = []
        run.append(line)
        last = (line.old or last[0], line.new or last[1])
    if run:
        yield run


def _between(last: tuple[int, int], line: DiffLine) -> int:
    """Count the lines missing before that line; `last` are the old and new numbers of the line before."""
    return max(line.old - last[0] - 1 if line.old else 0, line.new - last[1] - 1 if line.new else 0)


def _numbers(run: Sequence[DiffLine]) -> tuple[int, int]:
    return max(line.old for line in run), max(line.new for line in run)


def _folded(file: FileChange, run: Sequence[DiffLine], context: int, opened: Collection[str]) -> Iterator[ViewRow]:
    changed = [n for n, line in enumerate(run) if line.sign != " "]
    near = {n for at in changed for n in range(max(0, at - context), min(len(run), at + context + 1))}
    for shown, part in groupby(enumerate(run), key=lambda entry: entry[0] in near):
        lines = [line for _, line in part]
        id = f"{file.name}:{lines[0].new}"
        if shown or id in opened or len(lines) == 1:  # hiding a single line would save no space
            yield from (LineRow(file.address(line), line) for line in lines)
        else:
            yield Gap(id, len(lines))
