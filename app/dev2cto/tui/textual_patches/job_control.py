"""Job control: stopped with ctrl+z, brought back with fg, woken to leave while a shell has the terminal.

Textual takes every SIGCONT for a learner's fg: it starts over on the terminal, also where it never left it (it then
takes its own raw mode for the mode to restore at the end), and where it may not touch it (it is stopped again before
the hang-up of a take-over is heard). Here it is asked to come back only from where it went.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

WAIT = 0.1
"""Seconds in which a hang-up that came together with a wake-up is heard first."""

Handler = Callable[[int, FrameType | None], object]


def in_background() -> bool:
    """Whether another program has the terminal now; without a terminal nobody has it."""
    try:
        return os.tcgetpgrp(_terminal()) != os.getpgrp()
    except (OSError, ValueError):
        return False


def has_parent_shell() -> bool:
    """Whether a shell started us as a job, so that it would bring a stopped program back."""
    return os.getpgrp() != os.getsid(0)


def release_terminal() -> None:
    """It is gone, or another program's: what is still to be written goes nowhere, so that the exit code stays ours."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _terminal() -> int:
    if sys.__stdin__ is None:
        raise ValueError("no standard input")
    return sys.__stdin__.fileno()


class Jobs:
    """What the app does when it is stopped and woken."""

    def __init__(self, awake: Callable[[], None]) -> None:
        """`awake` is called when the program was woken and had not left the terminal before."""
        self._awake = awake
        self._stopped = self._leaving = False
        self._stop: Handler | None = None
        self._come_back: Handler | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.aside = False
        """Whether the learner's editor has the terminal."""

    def listen(self) -> None:
        """From now on; where Textual has no terminal to leave and to come back to, there is nothing to do."""
        stop, come_back = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
        if callable(stop) and callable(come_back):
            self._loop = asyncio.get_running_loop()
            self._stop, self._come_back = stop, come_back
            signal.signal(signal.SIGTSTP, self._told_to_stop)
            signal.signal(signal.SIGCONT, self._woken)

    def stop(self) -> None:
        """Stops all of the job, as the terminal itself does where it does not hand every key on."""
        os.killpg(os.getpgrp(), signal.SIGTSTP)

    def leave(self) -> None:
        """The program ends; a terminal that is another program's now is left alone."""
        self._leaving = True
        if in_background():
            release_terminal()

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        if self._stop is not None:
            self._stopped = True
            self._stop(number, frame)

    def _woken(self, number: int, frame: FrameType | None) -> None:
        if self._stopped and not in_background():
            self._stopped = False
            if self._come_back is not None:
                self._come_back(number, frame)
        elif self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.call_later, WAIT, self._go_on)

    def _go_on(self) -> None:
        """Nobody asked us to leave."""
        if self._leaving:
            return
        if in_background():
            os.kill(os.getpid(), signal.SIGSTOP)
        elif not self._stopped and not self.aside:
            self._awake()
