"""Sorting the lines of files that may be larger than memory: what is held of a line is where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from dev2cto.record.journal.codec import BODY_AT, OPENING
from dev2cto.record.recovery.foreign_lines import ForeignLine, arranged, stream_foreign_lines

_PIECE = 1 << 20
"""Bytes that are read at once at most."""


class IndexedLine(NamedTuple):
    """A line in a file."""

    number: int
    checksum: bytes
    at: int
    length: int
    schema: int
    header: bool

    @property
    def order(self) -> tuple[int, bytes]:
        """What lines are sorted by in a journal."""
        return self.number, self.checksum


class LineSpool:
    """Lines in a scratch file, by writer."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = 0
        self.lines: dict[str, list[IndexedLine]] = {}

    def add(self, foreign: ForeignLine) -> None:
        """Append a line. Raises OSError."""
        line = foreign.line
        self._file.write(line)
        indexed = IndexedLine(
            foreign.number, line[len(OPENING) : BODY_AT - 2], self._end, len(line), foreign.schema, foreign.header
        )
        self.lines.setdefault(foreign.writer, []).append(indexed)
        self._end += len(line)

    def add_file(self, file: BinaryIO, writer: str) -> None:
        """Append all readable lines of a journal, as lines of that writer. Raises OSError."""
        self._file.seek(self._end)  # `journal` may have read since
        for foreign in stream_foreign_lines(file, writer):
            if foreign.number >= 0:
                self.add(foreign._replace(writer=writer))

    def journal(self, writer: str, schema: int | None = None) -> Iterator[bytes]:
        """Yield a journal of that writer's lines as `foreign_lines.as_journal` does, in pieces. Raises OSError.

        They follow on what has that schema, if given.
        """
        begin = end = 0
        for piece in arranged(writer, self.lines.get(writer, ()), schema):
            if isinstance(piece, bytes) or piece.at != end or end - begin > _PIECE:
                yield from self._read(begin, end)
                begin = end = 0
            if isinstance(piece, bytes):
                yield piece
            else:
                begin, end = begin if end else piece.at, piece.at + piece.length
        yield from self._read(begin, end)

    def _read(self, begin: int, end: int) -> Iterator[bytes]:
        if begin < end:
            self._file.seek(begin)
            yield self._file.read(end - begin)
