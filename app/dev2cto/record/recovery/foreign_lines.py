"""Side files: a writer's lines that came from elsewhere and do not simply continue its journal here.

`<writer>~<device>.jsonl` is written only by this device; there is one for each writer, however often lines arrive.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, TypeVar

from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import BODY_AT, FORMAT, decode_line, encode_line
from dev2cto.record.journal.line_stream import sound_lines
from dev2cto.record.journal.scan import intact
from dev2cto.record.migrations import SCHEMA

_LOCK = ".sides.lock"
_NUMBER = re.compile(rb'"n":(-?\d{1,18}),"t":')


class JournalLine(Protocol):
    """What is known of a line that can be written to a journal, whether it is in memory or in a file."""

    @property
    def number(self) -> int:
        """The writer's number of the line; negative if it has none."""
        ...

    @property
    def schema(self) -> int:
        """The schema of its documents."""
        ...

    @property
    def header(self) -> bool:
        """Whether it is a header line."""
        ...

    @property
    def order(self) -> tuple[int, bytes]:
        """What lines are sorted by in a journal."""
        ...


AnyLine = TypeVar("AnyLine", bound=JournalLine)


class ForeignLine(NamedTuple):
    """A line and the context needed to read it."""

    writer: str
    schema: int
    number: int
    header: bool
    """Whether it is a header line."""
    line: bytes
    """The original bytes, with the newline."""

    @property
    def order(self) -> tuple[int, bytes]:
        """What lines are sorted by in a journal."""
        return self.number, self.line


def read_foreign_lines(data: bytes, writer: str) -> list[ForeignLine]:
    """Return the readable lines of a journal; `writer` applies up to the first header line."""
    found, schema = [], SCHEMA
    for line in intact(data):
        entry = decode_line(line[:-1])
        assert entry is not None
        header = entry.get("h")
        if header:
            schema, writer = header["schema"], header["writer"]
        found.append(ForeignLine(writer, schema, entry["n"], bool(header), line))
    return found


def stream_foreign_lines(
    file: BinaryIO, writer: str, schema: int = SCHEMA, *, checked: bool = False
) -> Iterator[ForeignLine]:
    """Yield what `read_foreign_lines` returns, without holding the file in memory.

    `writer` and `schema` apply up to the first header line. `checked` says that every line was parsed before and found
    in order, so that most need not be parsed again.
    """
    for line, entry in sound_lines(file, parse=_is_special if checked else None):
        number = _NUMBER.match(line, BODY_AT)
        if entry is None and number is None:
            entry = decode_line(line[:-1])
        header = entry.get("h") if entry is not None else None
        if header:
            schema, writer = header["schema"], header["writer"]
        if entry is not None:
            yield ForeignLine(writer, schema, entry["n"], bool(header), line)
        elif number is not None:
            yield ForeignLine(writer, schema, int(number[1]), False, line)


def _is_special(line: bytes) -> bool:
    return b'"h"' in line


def header_line(writer: str, schema: int) -> bytes:
    """Return an artificial header (number -1) that gives the writer and schema of the lines that follow."""
    return encode_line({"n": -1, "t": 0, "h": {"format": FORMAT, "schema": schema, "writer": writer}})


def save_foreign_lines(directory: Path, device: str, arrived: Iterable[ForeignLine]) -> list[Path]:
    """Add lines to their writers' side files, skipping those already there.

    The caller must hold `exclusive_lock`. Return the files that changed. Raises OSError.
    """
    by_writer: dict[str, list[ForeignLine]] = {}
    for foreign in arrived:
        by_writer.setdefault(foreign.writer, []).append(foreign)
    changed = []
    for writer, lines in by_writer.items():
        path = directory / f"{writer}~{device}.jsonl"
        have = read_foreign_lines(durable_io.read_small(path, 1 << 30), writer) if path.exists() else []
        merged = {foreign.line: foreign for foreign in [*have, *lines] if foreign.number >= 0}
        if len(merged) > sum(foreign.number >= 0 for foreign in have):
            durable_io.write_whole(path, as_journal(writer, merged.values()))
            changed.append(path)
    return changed


def as_journal(writer: str, lines: Iterable[ForeignLine]) -> Iterator[bytes]:
    """Yield a journal of these lines, sorted by number, with artificial headers where the schema changes."""
    for line in arranged(writer, lines):
        yield line if isinstance(line, bytes) else line.line


def arranged(writer: str, lines: Iterable[AnyLine], schema: int | None = None) -> Iterator[AnyLine | bytes]:
    """Yield a writer's lines, and the bytes of artificial headers, in the order of a journal.

    They follow on what has that schema, if given.
    """
    for line in sorted(lines, key=lambda line: line.order):
        if line.number < 0:
            continue
        if line.schema != schema and not line.header:
            yield header_line(writer, line.schema)
        schema = line.schema
        yield line


@contextlib.contextmanager
def exclusive_lock(directory: Path) -> Iterator[None]:
    """Keep other sessions on this machine from changing shared files, such as side files, inside the block."""
    # Without locks the last of two concurrent merges wins; repeating the merge fixes that.
    with durable_io.exclusive(directory / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW):
        yield
