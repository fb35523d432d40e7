"""One open journal: lines are appended at a known end, and either wholly on the disk or not there."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import encode_body


class FileReplaced(Exception):
    """The file at this path is no longer the one that was written here: replaced, cut, or gone."""


class Journal:
    """An open file and what was written to it. It knows nothing of tables."""

    __slots__ = ("_name", "doubtful", "end", "fd", "number", "path")

    def __init__(self, path: Path, fd: int, end: int, number: int) -> None:
        self.path = path
        self._name = os.fspath(path)
        self.fd = fd
        self.end = end
        """Bytes that are acknowledged."""
        self.number = number
        """The number of the next line."""
        self.doubtful = False
        """Whether a line that was reported as not saved may still follow the end."""

    def append(self, body: bytes, time: int) -> bytes:
        """Writes one line with this encoded content and clock value, and returns it once it is on the disk.

        Raises Replaced, or OSError; the line does not count then.
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
            # Cut off, so that a retry dirties the page again: after a failed fsync the kernel calls it clean.
            with contextlib.suppress(OSError):
                self.doubtful = True
                self._cut()
            raise
        self.end += len(line)
        self.number += 1
        return line

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
        """Lets the file go, and with it the lock on it."""
        if self.doubtful:
            with contextlib.suppress(OSError):
                self._cut()
        os.close(self.fd)
