"""A change to be reviewed, file by file and line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MOST_FILES = 20
MOST_LINES = 3_000
"""Lines of one file; comparing takes time that grows with their square."""

Sign = Literal[" ", "+", "-"]
LineState = Literal["changed", "new", "deleted"]


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line that stays (" "), is added ("+") or removed ("-"), with its numbers from 1; 0 where it has none."""

    sign: Sign
    old: int
    new: int
    text: str

    @property
    def label(self) -> str:
        """Its number as people write it: "+12", "-10", or "12" for a line that stays."""
        return f"-{self.old}" if self.sign == "-" else f"{self.sign.strip()}{self.new}"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file: every line that is known of it, in the order of a diff. Jumps in the numbers are lines not known."""

    name: str
    state: LineState
    lines: tuple[DiffLine, ...]

    def address(self, line: DiffLine) -> str:
        """What a line is called in the record: file@34 by its new number, file@-31 for a removed one."""
        return f"{self.name}@{-line.old if line.sign == '-' else line.new}"


@dataclass(frozen=True, slots=True)
class Changeset:
    """All files that a change touches."""

    files: tuple[FileChange, ...]

    def file(self, name: str) -> FileChange | None:
        """The file of that name."""
        return next((file for file in self.files if file.name == name), None)

    def find(self, address: str) -> tuple[FileChange, DiffLine] | None:
        """The line with that address, and its file."""
        file = self.file(address.partition("@")[0])
        for line in file.lines if file else ():
            if file is not None and file.address(line) == address:
                return file, line
        return None

    @property
    def size(self) -> int:
        """How many lines are added or removed."""
        return sum(line.sign != " " for file in self.files for line in file.lines)
