"""Lines from a terminal or a pipe."""

from __future__ import annotations

import os
import select
from collections import deque
from typing import Protocol

from dev2cto.plain.session_end import SessionEnded
from dev2cto.plain.signals import Signals

MOST = 1_000_000
"""Bytes after which a line that does not end is taken as it is."""


class LineSource(Protocol):
    """Where typed lines come from."""

    terminal: bool
    """Whether somebody types at a terminal, which shows what is typed."""

    def line(self) -> str:
        """The next line without its end. Raises Ended at the end of the input and when a signal ends the session."""
        ...

    def wait(self, seconds: float) -> bool:
        """Whether `line` would return (or end) at once, waiting at most so long. Raises Ended for a signal."""
        ...


class FdLineSource:
    """Lines from a file descriptor; while waiting for one, signals are heard."""

    def __init__(self, fd: int, signals: Signals, encoding: str = "utf-8") -> None:
        self._fd, self._signals, self._encoding = fd, signals, encoding
        self._lines: deque[bytes] = deque()
        self._rest = b""
        self._over = False
        self.terminal = os.isatty(fd)

    def line(self) -> str:
        """The next line. What cannot be decoded becomes a mark that says so, never an error."""
        while not self._lines:
            if self._over:
                raise SessionEnded(0)
            self.wait(3600)
        return self._lines.popleft().decode(self._encoding, "replace").removesuffix("\r")

    def wait(self, seconds: float) -> bool:
        """Wait for input; a hang-up that comes as an error of the terminal ends like the signal."""
        if code := self._signals.code():
            raise SessionEnded(code)
        if self._lines or self._over:
            return True
        ready, _, _ = select.select([self._fd, self._signals.fd], [], [], seconds)
        if code := self._signals.code():
            raise SessionEnded(code)
        if self._fd in ready:
            self._take()
        return bool(self._lines) or self._over

    def _take(self) -> None:
        try:
            data = os.read(self._fd, 65_536)
        except OSError as error:
            raise SessionEnded(129) from error
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._lines += lines
        self._over = not data
        if self._rest and (self._over or len(self._rest) > MOST):
            self._lines.append(self._rest)
            self._rest = b""
