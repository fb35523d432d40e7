"""Taking a journal's bytes apart: intact lines, damaged stretches, and a tail that may still be in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from dev2cto.record.lines import Entry, unpack
from dev2cto.record.salvage import salvage


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes that are no intact lines."""

    at: int
    """Where it begins in the file."""
    data: bytes
    lines: tuple[bytes, ...]
    """The lines, with newlines, that could be got out of it all the same."""

    @property
    def entries(self) -> list[Entry]:
        """Those lines, parsed."""
        return [entry for line in self.lines if (entry := unpack(line[:-1])) is not None]


@dataclass(slots=True)
class Scan:
    """What the bytes of a journal hold."""

    end: int
    """Where the last intact line ends."""
    last: tuple[int, str] = (0, "")
    """Where that line begins, and its checksum; (0, "") where there is none."""
    parts: list[Entry | Stretch] = field(default_factory=list)
    """Intact lines and damaged stretches between them, in the file's order."""
    tail: bytes = b""
    """What follows the last intact line: torn, damaged, or a line that is just being written."""


def scan(data: bytes, at: int = 0) -> Scan:
    """Takes bytes apart that begin at this offset of their file, at the beginning of a line."""
    found, begin, bad = Scan(at), at, at
    for line in data.split(b"\n")[:-1]:
        entry = unpack(line)
        stop = at + len(line) + 1
        if entry is not None:
            if bad < at:
                found.parts.append(stretch(data[bad - begin : at - begin], bad))
            found.parts.append(entry)
            found.end, found.last, bad = stop, (at, entry["c"]), stop
        at = stop
    found.tail = data[found.end - begin :]
    return found


def stretch(data: bytes, at: int) -> Stretch:
    """A damaged stretch and what can be got out of it."""
    return Stretch(at, data, tuple(line + b"\n" for line in salvage(data)))


def intact(data: bytes) -> list[bytes]:
    """All lines, with newlines, that can be read in these bytes, in order; mended ones too."""
    lines: list[bytes] = []
    bad = b""
    *pieces, rest = data.split(b"\n")
    for piece in pieces:
        if unpack(piece) is None:
            bad += piece + b"\n"
            continue
        if bad:
            lines += (line + b"\n" for line in salvage(bad))
            bad = b""
        lines.append(piece + b"\n")
    return lines + [line + b"\n" for line in salvage(bad + rest)]
