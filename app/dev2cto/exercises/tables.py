"""CSV tables of exercises and the figures computed from them."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from dev2cto.errors import LabError
from dev2cto.exercises.base import FileName
from dev2cto.labs.safe_files import read_text, resolve_inside
from dev2cto.yaml.decode import SingleLine, SourceObject, ValidationError

MOST_BYTES = 5_000_000

Stat = Literal["count", "sum", "mean", "median", "min", "max", "p50", "p75", "p85", "p90", "p95", "p99"]
TESTS: dict[str, Callable[[float, float], bool]] = {
    "above": lambda cell, bound: cell > bound,
    "below": lambda cell, bound: cell < bound,
    "at_least": lambda cell, bound: cell >= bound,
    "at_most": lambda cell, bound: cell <= bound,
}


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table as read: all cells are texts, all rows as long as the header."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    """The line number of the file on which each row ends."""

    def column(self, name: str) -> int:
        """Return the index of a column. Raises LabError if there is no such column."""
        if name not in self.columns:
            raise LabError(f"{self.name} has no column {name!r}.", f"Its columns are {', '.join(self.columns)}.")
        return self.columns.index(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(SourceObject):
    """Selects rows by comparing a cell with one value. A cell that is not a number is neither above nor below any."""

    column: SingleLine
    equals: SingleLine | None = None
    above: float | None = None
    below: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    def faults(self) -> Iterator[ValidationError]:
        """Yield a fault unless there is exactly one comparison."""
        given = [name for name in ("equals", *TESTS) if getattr(self, name) is not None]
        if len(given) != 1:
            message = f"a condition needs exactly one comparison, this has {len(given)}"
            yield ValidationError(
                (), "X510", message, f"one of equals, {', '.join(TESTS)}; write several conditions as a list"
            )

    def test(self) -> Callable[[str], bool]:
        """Return a function that tells whether a cell meets the condition; 0 equals 0.0, as numbers do."""
        if self.equals is not None:
            text, wanted = self.equals.strip(), _number(self.equals)
            return lambda cell: cell.strip() == text or (wanted is not None and _number(cell) == wanted)
        tests = [(test, bound) for name, test in TESTS.items() if (bound := getattr(self, name)) is not None]
        (test, bound), *_ = tests
        return lambda cell: (value := _number(cell)) is not None and test(value, bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(SourceObject):
    """A number computed from a column; percentiles use the nearest rank."""

    file: FileName
    column: SingleLine
    stat: Stat
    conditions: Condition | tuple[Condition, ...] = field(default=(), metadata={"key": "where"})

    @property
    def all_of(self) -> tuple[Condition, ...]:
        """The conditions as a tuple; all must hold."""
        return (self.conditions,) if isinstance(self.conditions, Condition) else self.conditions

    def value(self, table: DataTable) -> float:
        """Compute the figure. Raises LabError: no such column, a cell that is not a number, no rows."""
        at = table.column(self.column)
        tests = [(table.column(condition.column), condition.test()) for condition in self.all_of]
        rows = list(zip(table.rows, table.lines, strict=True))
        for n, holds in tests:
            rows = [(row, line) for row, line in rows if holds(row[n])]
        if self.stat == "count":
            return float(len(rows))
        values = []
        for row, line in rows:
            number = _number(row[at])
            if number is None:
                raise LabError(f"{table.name}:{line}: {self.column} is {row[at]!r}, which is not a number.")
            values.append(number)
        if not values and self.stat != "sum":
            raise LabError(f"{table.name} has no rows for the {self.stat} of {self.column}.", "Check the conditions.")
        return statistic(self.stat, values)


def statistic(stat: Stat, values: Sequence[float]) -> float:
    """Compute a statistic of at least one value (count and sum: also of none).

    Percentile p is the value at rank ceil(p/100 * n) of the sorted values: the inverse of the empirical distribution
    function, definition 1 of Hyndman & Fan (1996), Sample Quantiles in Statistical Packages, The American
    Statistician 50(4). The median of an even count is the mean of the two middle values; p50 is the lower of them.
    """
    ranked = sorted(values)
    count = len(ranked)
    match stat:
        case "count":
            return float(count)
        case "sum":
            return math.fsum(ranked)
        case "mean":
            return math.fsum(ranked) / count
        case "median":
            return (ranked[(count - 1) // 2] + ranked[count // 2]) / 2
        case "min":
            return ranked[0]
        case "max":
            return ranked[-1]
        case _:
            percent = int(stat[1:])
            return ranked[-(-percent * count // 100) - 1]


def read_table(folder: Path, name: str) -> DataTable:
    """Read the CSV file of that name in the folder.

    Raises LabError with file and line: missing, not text, empty, a header with empty or duplicate names, a row of
    different length, unclosed quotes.
    """
    text = read_text(resolve_inside(folder, name), MOST_BYTES)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    columns: tuple[str, ...] = ()
    rows, lines = [], []
    try:
        for row in reader:
            if not row:
                continue
            if not columns:
                columns = tuple(cell.strip() for cell in row)
                if not all(columns) or len(set(columns)) < len(columns):
                    raise LabError(f"{name}:{reader.line_num}: every column needs a unique name in the header.")
            elif len(row) != len(columns):
                raise LabError(f"{name}:{reader.line_num}: {len(row)} cells, but the header has {len(columns)}.")
            else:
                rows.append(tuple(row))
                lines.append(reader.line_num)
    except csv.Error as error:
        raise LabError(f"{name}:{reader.line_num}: not valid CSV: {error}.") from error
    if not rows:
        raise LabError(f"{name} has no rows.")
    return DataTable(name, columns, tuple(rows), tuple(lines))


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in cell else None
