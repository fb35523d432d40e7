"""Sorting the lines of files that may be larger than memory: what is held of a line is where it lies."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from dev2cto.record.journal.codec import BODY_AT, OPENING
from dev2cto.record.recovery.foreign_lines import ForeignLine, stream_foreign_lines


class IndexedLine(NamedTuple):
    """A line in a file."""

    number: int
    checksum: bytes
    at: int
    length: int
    schema: int
    header: bool
    file: BinaryIO

    @property
    def order(self) -> tuple[int, bytes]:
        """What lines are sorted by in a journal."""
        return self.number, self.checksum

    def read(self) -> bytes:
        """Return its bytes, with the newline."""
        self.file.seek(self.at)
        return self.file.read(self.length)


class LineSpool:
    """Lines in a scratch file, by writer."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = 0
        self.lines: dict[str, list[IndexedLine]] = {}

    def add(self, foreign: ForeignLine) -> None:
        """Append a line. Raises OSError."""
        self._file.write(foreign.line)
        line = foreign.line
        indexed = IndexedLine(
            foreign.number, line[len(OPENING) : BODY_AT - 2], self._end, len(line), foreign.schema, foreign.header,
            self._file,
        )  # fmt: skip
        self.lines.setdefault(foreign.writer, []).append(indexed)
        self._end += len(line)

    def add_file(self, file: BinaryIO, writer: str) -> None:
        """Append all readable lines of a journal, as lines of that writer. Raises OSError."""
        for foreign in stream_foreign_lines(file, writer):
            if foreign.number >= 0:
                self.add(foreign._replace(writer=writer))
