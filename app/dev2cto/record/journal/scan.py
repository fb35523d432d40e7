"""Splitting a journal's bytes into intact lines and damaged ranges."""

from typing import NamedTuple

from dev2cto.record.journal.codec import JournalEntry, decode_line
from dev2cto.record.recovery.salvage import salvage


class DamagedRange(NamedTuple):
    """Bytes between intact lines that are damaged."""

    at: int
    """Its offset in the file."""
    data: bytes
    lines: tuple[bytes, ...]
    """The lines, with newlines, that could be salvaged from it."""

    @property
    def entries(self) -> list[JournalEntry]:
        """The salvaged lines, parsed."""
        return [entry for line in self.lines if (entry := decode_line(line[:-1])) is not None]


class Scan(NamedTuple):
    """The parsed bytes of a journal."""

    parts: list[JournalEntry | DamagedRange]
    """Intact lines and the damaged ranges between them, in file order."""
    end: int
    """Where the last intact line ends."""
    last: tuple[int, str]
    """Where that line begins, and its checksum; (0, "") if there is none."""


def scan(data: bytes, at: int = 0, known: int = 0) -> Scan:
    """Split bytes that start at this offset of their file, at the beginning of a line.

    What follows the last intact line is left out: it may be a line that is still being written. The first `known`
    bytes, also whole lines, were found to hold no intact one before.
    """
    parts: list[JournalEntry | DamagedRange] = []
    begin = end = at
    last = (0, "")
    at += known
    for line in data[known:].split(b"\n")[:-1]:
        entry = decode_line(line)
        stop = at + len(line) + 1
        if entry is not None:
            if end < at:
                parts.append(stretch(data[end - begin : at - begin], end))
            parts.append(entry)
            end, last = stop, (at, entry["c"])
        at = stop
    return Scan(parts, end, last)


def stretch(data: bytes, at: int) -> DamagedRange:
    """Return the damaged range with these bytes and what can be salvaged from it."""
    return DamagedRange(at, data, tuple(line + b"\n" for line in salvage(data)))


def intact(data: bytes) -> list[bytes]:
    """Return all readable lines in these bytes, with newlines, in order; including salvaged ones."""
    lines: list[bytes] = []
    bad: list[bytes] = []
    *pieces, rest = data.split(b"\n")
    for piece in pieces:
        if decode_line(piece) is None:
            bad.append(piece + b"\n")
            continue
        if bad:
            lines += (line + b"\n" for line in salvage(b"".join(bad)))
            bad = []
        lines.append(piece.removesuffix(b"\r") + b"\n")
    return lines + [line + b"\n" for line in salvage(b"".join([*bad, rest]))]
