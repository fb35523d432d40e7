"""Signals that end or resume a session: recorded when they arrive, handled while waiting, so no work is interrupted."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, Self

EXIT_CODES = {signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGTERM: 143}
HANG_UP = EXIT_CODES[signal.SIGHUP]


class Signals:
    """A context in which the three signals that end a session, and SIGCONT, only write their number into a pipe.

    Code that waits for something else must also wait for `fd` and then check `code`.
    """

    def __init__(self) -> None:
        self.fd = self._write = -1
        self._wakeup = -1
        self._resumed = False
        self.hung_up = False
        """Whether the session ends once the lines typed before a hang-up are handled; nothing long begins any more."""
        self._handlers: dict[signal.Signals, Callable[[int, FrameType | None], Any] | int | None] = {}

    def __enter__(self) -> Self:
        self.fd, self._write = os.pipe()
        os.set_blocking(self.fd, False)
        os.set_blocking(self._write, False)
        self._wakeup = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        for number in (*EXIT_CODES, signal.SIGCONT):
            self._handlers[number] = signal.signal(number, _noted)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        os.close(self.fd)
        os.close(self._write)

    def code(self, besides: tuple[signal.Signals, ...] = ()) -> int:
        """Return the exit code of the first signal since the last call, 0 if none; those in `besides` are ignored."""
        arrived = b""
        with contextlib.suppress(BlockingIOError):
            arrived = os.read(self.fd, 512)
        self._resumed = self._resumed or signal.SIGCONT in arrived
        wanted = (EXIT_CODES[s] for number in arrived for s in EXIT_CODES if number == s and s not in besides)
        return next(wanted, 0)

    def was_resumed(self) -> bool:
        """Whether the shell continued this process since the last call, as far as `code` has seen."""
        resumed, self._resumed = self._resumed, False
        return resumed


def _noted(number: int, frame: FrameType | None) -> None:
    """Do nothing: Python writes the number only for signals that have a handler."""
