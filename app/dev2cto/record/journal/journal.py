"""One open journal: each line is appended at a known end, and is either completely on the disk or not there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import LATEST, encode_body


class FileReplaced(Exception):
    """The file at this path is no longer the one written here: it was replaced, truncated or deleted."""


class Journal:
    """An open journal file. It knows nothing about tables."""

    __slots__ = ("_name", "doubtful", "end", "fd", "number", "path")

    def __init__(self, path: Path, fd: int, end: int, number: int) -> None:
        self.path = path
        self._name = os.fspath(path)
        self.fd = fd
        self.end = end
        """Number of bytes acknowledged as saved."""
        self.number = number
        """The number of the next line."""
        self.doubtful = False
        """Whether a line that was reported as not saved may still be in the file after `end`."""

    def append(self, body: bytes, time: int) -> bytes:
        """Write one line with this encoded content and clock value; return it once it is on the disk.

        Raises FileReplaced or OSError; the line is not saved then.
        """
        line = encode_body(self.number, time, body)
        if self.doubtful:
            self._cut()
        self._check_same()
        written = 0
        try:
            while written < len(line):
                written += os.pwrite(self.fd, line[written:], self.end + written)
            durable_io.sync(self.fd)
        except OSError:
            # Truncate, so that a retry dirties the page again: after a failed fsync the kernel marks it clean.
            with contextlib.suppress(OSError):
                self.doubtful = True
                self._cut()
            raise
        self.end += len(line)
        self.number += 1
        return line

    def append_many(self, bodies: Iterable[bytes], time: int) -> None:
        """Write a line for each of these contents, the first with this clock value, and sync once.

        All are on the disk then. Raises FileReplaced, OSError or what `bodies` raises; none is saved then.
        """
        if self.doubtful:
            self._cut()
        self._check_same()
        end, number = self.end, self.number
        try:
            for piece in durable_io.larger(
                encode_body(self.number + at, min(time + at, LATEST - 1), body) for at, body in enumerate(bodies)
            ):
                number += piece.count(b"\n")
                while piece:
                    written = os.pwrite(self.fd, piece, end)
                    piece, end = piece[written:], end + written
            durable_io.sync(self.fd)
        except BaseException:
            with contextlib.suppress(OSError):
                self.doubtful = True
                self._cut()
            raise
        self.end, self.number = end, number

    def _check_same(self) -> None:
        mine = os.fstat(self.fd)
        try:
            there = os.stat(self._name)
        except FileNotFoundError:
            raise FileReplaced from None
        if mine.st_size != self.end or (there.st_ino, there.st_dev) != (mine.st_ino, mine.st_dev):
            raise FileReplaced

    def _cut(self) -> None:
        os.ftruncate(self.fd, self.end)
        self.doubtful = False

    def close(self) -> None:
        """Close the file, which releases its lock; no effect if it is closed."""
        if self.fd < 0:
            return
        if self.doubtful:
            with contextlib.suppress(OSError):
                self._cut()
        fd, self.fd = self.fd, -1
        os.close(fd)
