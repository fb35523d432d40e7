"""A change to review, file by file and line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MOST_FILES = 20
MOST_LINES = 3_000
"""The most lines of one file: the time to compare grows with their square."""

Sign = Literal[" ", "+", "-"]
LineState = Literal["changed", "new", "deleted"]


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line that is kept (" "), added ("+") or removed ("-"); `old` and `new` count from 1, 0 if it has no number."""

    sign: Sign
    old: int
    new: int
    text: str

    @property
    def label(self) -> str:
        """Its number for people: "+12", "-10", or "12" for a line that is kept."""
        return f"-{self.old}" if self.sign == "-" else f"{self.sign.strip()}{self.new}"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file: its known lines in the order of a diff. A jump in the numbers means that lines are not known."""

    name: str
    state: LineState
    lines: tuple[DiffLine, ...]

    def address(self, line: DiffLine) -> str:
        """Return the name of a line in the record: file@34 by its new number, file@-31 for a removed line."""
        return f"{self.name}@{-line.old if line.sign == '-' else line.new}"


@dataclass(frozen=True, slots=True)
class Changeset:
    """All files that a change touches."""

    files: tuple[FileChange, ...]

    def file(self, name: str) -> FileChange | None:
        """Return the file of that name, None if the change does not touch it."""
        return next((file for file in self.files if file.name == name), None)

    def find(self, address: str) -> tuple[FileChange, DiffLine] | None:
        """Return the file and the line with that address, None if the change does not have it."""
        file = self.file(address.partition("@")[0])
        for line in file.lines if file else ():
            if file is not None and file.address(line) == address:
                return file, line
        return None

    @property
    def size(self) -> int:
        """The number of added and removed lines."""
        return sum(line.sign != " " for file in self.files for line in file.lines)
