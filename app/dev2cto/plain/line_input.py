"""Line input from a terminal or a pipe."""

from __future__ import annotations

import os
import select
from collections import deque
from collections.abc import Callable
from typing import Protocol

from dev2cto.plain.session_end import SessionEnded
from dev2cto.plain.signals import Signals

MOST = 1_000_000
"""The most bytes of a line; a longer one is returned in parts."""


class LineSource(Protocol):
    """The source of typed lines."""

    terminal: bool
    """Whether the lines are typed at a terminal, which echoes them."""
    resumed: Callable[[], None]
    """Called while waiting, after the shell continued this process."""

    def line(self) -> str:
        """Return the next line without its end. Raises SessionEnded at the end of the input and on a signal."""
        ...

    def wait(self, seconds: float) -> bool:
        """Whether `line` would not block, waiting at most `seconds` for that. Raises SessionEnded on a signal."""
        ...


class FdLineSource:
    """Lines from a file descriptor; signals are handled while waiting."""

    def __init__(self, fd: int, signals: Signals, encoding: str = "utf-8") -> None:
        self._fd, self._signals, self._encoding = fd, signals, encoding
        self._lines: deque[bytes] = deque()
        self._rest = b""
        self._over = False
        self.terminal = os.isatty(fd)
        self.resumed: Callable[[], None] = lambda: None

    def line(self) -> str:
        """Return the next line; bytes that cannot be decoded become replacement characters."""
        while not self._lines:
            if self._over:
                raise SessionEnded(0)
            self.wait(3600)
        return self._lines.popleft().decode(self._encoding, "replace").removesuffix("\r")

    def wait(self, seconds: float) -> bool:
        """Wait for input; a read error of the terminal ends the session like a hang-up."""
        self._check_signals()
        if self._lines or self._over:
            return True
        ready, _, _ = select.select([self._fd, self._signals.fd], [], [], seconds)
        self._check_signals()
        if self._fd in ready:
            self._take()
        return bool(self._lines) or self._over

    def _check_signals(self) -> None:
        if code := self._signals.code():
            raise SessionEnded(code)
        if self._signals.was_resumed():
            self.resumed()

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
