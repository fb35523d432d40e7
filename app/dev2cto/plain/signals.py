"""Hang-ups and interrupts: noted when they come, acted on while we wait, so that nothing is cut off midway."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, Self

EXIT_CODES = {signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGTERM: 143}


class Signals:
    """While open, the three signals that end a session write their number into a pipe and do nothing else.

    Whoever waits for something else waits for `fd` too, and then asks `code`.
    """

    def __init__(self) -> None:
        self.fd = self._write = -1
        self._wakeup = -1
        self._handlers: dict[signal.Signals, Callable[[int, FrameType | None], Any] | int | None] = {}

    def __enter__(self) -> Self:
        self.fd, self._write = os.pipe()
        os.set_blocking(self.fd, False)
        os.set_blocking(self._write, False)
        self._wakeup = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        for number in EXIT_CODES:
            self._handlers[number] = signal.signal(number, _noted)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        os.close(self.fd)
        os.close(self._write)

    def code(self, besides: tuple[signal.Signals, ...] = ()) -> int:
        """The exit code of the first signal that came since, 0 where none did; those in `besides` are passed over."""
        came = b""
        with contextlib.suppress(BlockingIOError):
            came = os.read(self.fd, 512)
        wanted = (EXIT_CODES[s] for number in came for s in EXIT_CODES if number == s and s not in besides)
        return next(wanted, 0)


def _noted(number: int, frame: FrameType | None) -> None:
    """Python needs a handler to write the number; there is nothing else to do."""
