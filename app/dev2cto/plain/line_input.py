"""Line input from a terminal or a pipe."""

from __future__ import annotations

import contextlib
import os
import select
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from dev2cto.plain.session_end import SessionEnded
from dev2cto.plain.signals import HANG_UP, Signals

MOST = 1_000_000
"""The most bytes of a line; a longer one is returned in parts."""

AT_ONCE = 65_536
"""Bytes that are read before the first line of them is handled."""

LAST_LINES = 4.0
"""Seconds in which the lines typed before a hang-up are handled; a session that takes over waits no longer than 5."""


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
    """Lines from a file descriptor; signals are handled while waiting.

    A terminal forgets what nobody has read when it is closed, so all its lines are taken at once. Those typed before a
    hang-up are still returned, for at most `LAST_LINES` seconds; then the session ends.
    """

    def __init__(
        self, fd: int, signals: Signals, encoding: str = "utf-8", monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._fd, self._signals, self._encoding, self._monotonic = fd, signals, encoding, monotonic
        self._lines: deque[bytes] = deque()
        self._rest = b""
        self._over = False
        self._until = 0.0
        """When the session ends at the latest; meaningful after a hang-up."""
        self.terminal = os.isatty(fd)
        self.resumed: Callable[[], None] = lambda: None

    def line(self) -> str:
        """Return the next line; bytes that cannot be decoded become replacement characters."""
        self._check_signals()
        while not self._lines:
            if self._over:
                raise SessionEnded(HANG_UP if self._signals.hung_up else 0)
            self.wait(3600)
        return self._lines.popleft().decode(self._encoding, "replace").removesuffix("\r")

    def wait(self, seconds: float) -> bool:
        """Wait for input; a read error of the terminal ends the session like a hang-up."""
        self._check_signals()
        if self._lines or self._over:
            return True
        ready, _, _ = select.select([self._fd, self._signals.fd], [], [], seconds)
        self._check_signals()
        if self._fd in ready and not self._lines and not self._over:
            self._take()
        return bool(self._lines) or self._over

    def _check_signals(self) -> None:
        code = self._signals.code()
        if code == HANG_UP and self.terminal:
            self.hang_up()
        elif code:
            raise SessionEnded(code)
        if self._signals.hung_up:
            if self._monotonic() >= self._until:
                raise SessionEnded(HANG_UP)
        elif self._signals.was_resumed():
            self.resumed()

    def hang_up(self) -> None:
        """Take what was typed until now; the session ends after it."""
        if not self._signals.hung_up:
            self._signals.hung_up = True
            self._until = self._monotonic() + LAST_LINES
            with contextlib.suppress(OSError):
                if os.tcgetpgrp(self._fd) == os.getpgrp():  # else another program reads it now
                    self._take()
            self._over = True

    def _take(self) -> None:
        """Take what is there, but no more than `AT_ONCE` bytes: a terminal returns one line at a time."""
        taken = 0
        try:
            while not self._over and taken < AT_ONCE and select.select([self._fd], [], [], 0)[0]:
                taken += self._read()
                if not self.terminal:
                    return
            if self._over and self.terminal:
                os.tcgetpgrp(self._fd)  # fails if it was not ctrl+d that ended the input
        except OSError:
            self.hang_up()
            self._over = True

    def _read(self) -> int:
        data = os.read(self._fd, AT_ONCE)
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._lines += lines
        self._over = not data
        if self._rest and (self._over or len(self._rest) > MOST):
            self._lines.append(self._rest)
            self._rest = b""
        return len(data)
