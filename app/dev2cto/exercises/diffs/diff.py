"""diff: review a change with seeded faults, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from dev2cto.errors import LabError
from dev2cto.exercises.base import Exercise, FileName
from dev2cto.exercises.diffs.changeset import Changeset, FileChange
from dev2cto.exercises.diffs.changeset_files import read_changeset
from dev2cto.exercises.diffs.folding import LineRow, fold
from dev2cto.yaml.decode import (
    MemberCount,
    MultilineText,
    Range,
    SingleLine,
    SourceObject,
    ValidationError,
    did_you_mean,
)

FaultWeight = Literal["must", "should", "question"]
WEIGHTS: tuple[FaultWeight, ...] = ("must", "should", "question")
Number = Annotated[int, Range(1, 100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot(SourceObject):
    """A line of the change: `line` is its number in the new version, `removed` a removed line's in the old one."""

    file: FileName
    line: Number | None = None
    removed: Number | None = None

    def faults(self) -> Iterator[ValidationError]:
        """Yield a fault if there is no line."""
        if self.line is None and self.removed is None:
            yield ValidationError((), "X585", "'line' or 'removed' is missing", "line: 12, or removed: 12")

    @property
    def addresses(self) -> Mapping[str, str]:
        """Return the addresses of the lines in the change, by the field that gives them."""
        new = {} if self.line is None else {"line": f"{self.file}@{self.line}"}
        return new if self.removed is None else {**new, "removed": f"{self.file}@-{self.removed}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeededFault(Spot):
    """A fault to find: `what` names it, `comment` is what a senior engineer would have written.

    With both `line` and `removed`, a mark on either finds it. `lines` are the first and the last line on which a mark
    counts, numbered like `line`, or like `removed` if there is no `line`.
    """

    lines: Annotated[tuple[Number, ...], MemberCount(2, 2)] = ()
    weight: FaultWeight
    what: SingleLine
    comment: MultilineText

    def faults(self) -> Iterator[ValidationError]:
        """Yield a fault if there is no line, or if it is outside the range."""
        yield from Spot.faults(self)  # a bare super() fails in dataclasses with slots
        at = self.removed if self.line is None else self.line
        if self.lines and at is not None and not self.lines[0] <= at <= self.lines[1]:
            yield ValidationError(("lines",), "X586", f"line {at} is not within {self.lines[0]} to {self.lines[1]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoy(Spot):
    """A line that looks wrong but is right."""

    why: SingleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff(Exercise):
    """Review a change: before/ and after/, or change.diff. `context` lines are shown around each change."""

    context: Annotated[int, Range(0, 20)] = 3
    seeded: Annotated[tuple[SeededFault, ...], MemberCount(3, 8)] = field(metadata={"key": "faults"})
    decoys: Annotated[tuple[Decoy, ...], MemberCount(1, 8)]
    debrief: MultilineText

    meaning: ClassVar[tuple[str, ...]] = ("judged",)

    @property
    def judged(self) -> tuple[Any, ...]:
        """What the score depends on: lines and weights, without texts."""
        faults = tuple((fault.file, fault.line, fault.removed, fault.lines, fault.weight) for fault in self.seeded)
        return (*faults, *((decoy.file, decoy.line, decoy.removed) for decoy in self.decoys))

    def folder_faults(self, folder: Path) -> Iterator[ValidationError]:
        """Yield faults: an unreadable change; faults and decoys on lines it does not show, or on the same line."""
        try:
            change = read_changeset(folder)
        except LabError as error:
            yield ValidationError(("kind",), "X580", error.message, error.hint)
            return
        shown = {row.address for row in fold(change, self.context) if isinstance(row, LineRow)}
        taken: dict[str, str] = {}
        listed: Sequence[tuple[str, int, Spot]] = [
            *(("faults", n, fault) for n, fault in enumerate(self.seeded)),
            *(("decoys", n, decoy) for n, decoy in enumerate(self.decoys)),
        ]
        for key, n, spot in listed:
            wrong = list(_misplaced(spot, change, shown))
            yield from (
                ValidationError((key, n, *fault.steps), fault.code, fault.message, fault.hint) for fault in wrong
            )
            name = f"{'fault' if key == 'faults' else 'decoy'} {n + 1}"
            for address in () if wrong else lines_of(spot, change):
                if address in taken:
                    message = f"{address_text(address)} also belongs to {taken[address]}"
                    yield ValidationError(
                        (key, n), "X583", message, "a mark must mean only one of them: choose other lines"
                    )
                    break
                taken[address] = name


def lines_of(spot: Spot, change: Changeset) -> tuple[str, ...]:
    """Return the addresses on which a mark means that fault or decoy, without those that the change does not have."""
    file = change.file(spot.file)
    if file is None:
        return ()
    order = [file.address(line) for line in file.lines]
    found = [order.index(address) for address in spot.addresses.values() if address in order]
    if ends := _range(spot, file):
        found += range(min(ends), max(ends) + 1)
    return tuple(order[n] for n in sorted(set(found)))


def address_text(address: str) -> str:
    """Format an address for people: "billing.py:34", or "billing.py:31 (removed)"."""
    file, _, number = address.partition("@")
    return f"{file}:{number[1:]} (removed)" if number.startswith("-") else f"{file}:{number}"


def _range(spot: Spot, file: FileChange) -> list[int]:
    """Return the indices in the file of the lines of the range; empty without a range."""
    if not isinstance(spot, SeededFault) or not spot.lines:
        return []
    first, last = spot.lines
    numbers = [line.old if spot.line is None else line.new for line in file.lines]
    return [n for n, number in enumerate(numbers) if number and first <= number <= last]


def _misplaced(spot: Spot, change: Changeset, shown: set[str]) -> Iterator[ValidationError]:
    """Yield what is wrong with the place of a fault or decoy."""
    file = change.file(spot.file)
    if file is None:
        names = [file.name for file in change.files]
        yield ValidationError(
            ("file",), "X581", f"the change does not touch {spot.file}", did_you_mean(spot.file, names, all_of=True)
        )
        return
    for key, address in spot.addresses.items():
        if address not in shown:
            version = "old" if key == "removed" else "new"
            message = f"line {address.partition('@')[2].lstrip('-')} of the {version} {spot.file}"
            reason = "was not removed" if key == "removed" else "is neither in the change nor in its context"
            yield ValidationError((key,), "X582", f"{message} {reason}", _way_out(file, spot, key))
    if isinstance(spot, SeededFault) and spot.lines:
        lost = [address for address in lines_of(spot, change) if address not in shown]
        numbers = [line.old if spot.line is None else line.new for line in file.lines]
        if lost or not set(spot.lines) <= set(numbers):
            message = f"lines {spot.lines[0]} to {spot.lines[1]} extend beyond the change and its context"
            yield ValidationError(("lines",), "X582", message, "narrow the range")


def _way_out(file: FileChange, spot: Spot, key: str) -> str:
    if key == "line":
        return "use a line number of the new version; for a removed line give 'removed'"
    kept = next((line.new for line in file.lines if line.sign == " " and line.old == spot.removed), None)
    return f"it is not removed: give line: {kept}" if kept else "use a line number of the old version"
