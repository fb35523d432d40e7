"""Sorting the lines of files that may be larger than memory: what is held of a line is where it lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from dev2cto.record.journal.codec import BODY_AT, OPENING
from dev2cto.record.recovery.foreign_lines import ForeignLine, header_line, stream_foreign_lines


class IndexedLine(NamedTuple):
    """A line in a file. Lines sort by number, and those with one number by checksum."""

    number: int
    checksum: bytes
    at: int
    length: int
    schema: int
    header: bool
    file: BinaryIO

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


def as_journal(writer: str, lines: Iterable[IndexedLine]) -> Iterator[bytes]:
    """Yield a journal of these lines, as `foreign_lines.as_journal` returns it."""
    schema = None
    for line in sorted(lines, key=lambda line: line[:3]):
        if line.schema != schema and not line.header:
            yield header_line(writer, line.schema)
        schema = line.schema
        yield line.read()
