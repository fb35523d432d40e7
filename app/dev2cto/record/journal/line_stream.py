"""The readable lines of a journal one by one, in little memory, whatever the file holds."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from typing import BinaryIO

from dev2cto.record.journal.codec import OPENING, JournalEntry, decode_line, is_sound
from dev2cto.record.recovery.salvage import salvage

LONGEST_LINE = 16 << 20
"""Bytes; the longest lines of real records, which erase or restore everything at once, are below."""

_SALVAGED = 1 << 20
"""Bytes of damage in a file that are searched for lines that can be repaired; the search is slow."""


class LineDamage:
    """What could not be read in a file."""

    __slots__ = ("lost", "repaired", "unfinished")

    def __init__(self) -> None:
        self.lost = 0
        """Lines that are unreadable."""
        self.repaired = 0
        """Lines that were damaged and could be repaired."""
        self.unfinished = False
        """Whether the file ends in the beginning of a line, as when it is being written."""


def sound_lines(
    file: BinaryIO, damage: LineDamage | None = None, parse: Callable[[bytes], bool] | None = None
) -> Iterator[tuple[bytes, JournalEntry | None]]:
    """Yield each readable line, with its newline, and its entry; damage is added to `damage`.

    Lines for which `parse`, if given, returns False are only compared with their checksum and come without an entry.
    """
    found = LineDamage() if damage is None else damage
    bad, pieces, budget = list[bytes](), 0, _SALVAGED
    while line := file.readline(LONGEST_LINE + 1):
        whole = line.endswith(b"\n")
        body = line[:-1].removesuffix(b"\r") if whole else line
        ok, entry = _read(body, parse)
        if not ok and not whole and len(line) <= LONGEST_LINE and not bad and _begins_a_line(body):
            found.unfinished = True
            return
        if not ok:
            pieces += 1
            if len(line) > LONGEST_LINE:
                skip_line(file)
            elif budget >= len(line):
                bad.append(line)
                budget -= len(line)
            continue
        if pieces:
            yield from _salvaged(b"".join(bad), pieces, found)
            bad, pieces = [], 0
        yield body + b"\n", entry
    if pieces:
        yield from _salvaged(b"".join(bad), pieces, found)


def _read(body: bytes, parse: Callable[[bytes], bool] | None) -> tuple[bool, JournalEntry | None]:
    """Return whether a line is readable, and its entry if it was parsed."""
    if len(body) > LONGEST_LINE:
        return False, None
    if parse is not None and not parse(body):
        return is_sound(body), None
    entry = decode_line(body)
    return entry is not None, entry


def _begins_a_line(body: bytes) -> bool:
    return body[: len(OPENING)] == OPENING[: len(body)]


def skip_line(file: BinaryIO) -> None:
    """Read to the end of a line that is too long; what a sparse file does not hold is not read."""
    while (piece := file.readline(1 << 20)) and not piece.endswith(b"\n"):
        if piece[-1] == 0:
            skip_hole(file)


def skip_hole(file: BinaryIO) -> None:
    """Go to the next byte that is on the disk, or to the end; no effect if that cannot be known."""
    at = file.tell()
    try:
        file.seek(os.lseek(file.fileno(), at, os.SEEK_DATA))
    except AttributeError:
        pass  # not a file of this system, or a system without sparse files
    except OSError as problem:
        file.seek(*((0, os.SEEK_END) if problem.errno == errno.ENXIO else (at, os.SEEK_SET)))


def _salvaged(bad: bytes, pieces: int, found: LineDamage) -> Iterator[tuple[bytes, JournalEntry | None]]:
    count = 0
    try:
        lines = salvage(bad) if bad else []
    except RecursionError:
        lines = []
    for line in lines:
        if (entry := decode_line(line)) is not None:
            count += 1
            yield line + b"\n", entry
    found.repaired += count
    found.lost += max(0, pieces - count)
