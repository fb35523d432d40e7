"""Job control: suspended by ctrl+z, resumed by fg, woken in the background in order to exit.

Textual takes every SIGCONT for an fg and sets up the terminal again, even if it never left it (it then saves its own
raw mode as the mode to restore at exit), and even in the background (it is then stopped again before it can handle the
hang-up sent when another session takes over). Here Textual resumes only after it was suspended.
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
import signal
import sys
import termios
from collections.abc import Callable
from types import FrameType

WAIT = 0.1
"""Seconds to let a hang-up that arrived with the wake-up be handled first."""

Handler = Callable[[int, FrameType | None], object]


def in_background() -> bool:
    """Whether another process group has the terminal; False if there is no terminal."""
    try:
        return os.tcgetpgrp(_terminal()) != os.getpgrp()
    except (OSError, ValueError):
        return False


def has_parent_shell() -> bool:
    """Whether a shell started the program as a job and can resume it after a stop."""
    return os.getpgrp() != os.getsid(0)


def release_terminal(*streams: int) -> None:
    """Redirect standard streams to /dev/null: writing to a lost terminal would change the exit code."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in streams:
        os.dup2(nowhere, stream)


def unread_keys() -> int:
    """Return how many bytes were typed and not read yet; 0 if the terminal is gone or is not this program's now."""
    held = bytearray(4)
    try:
        if in_background():
            return 0
        fcntl.ioctl(_terminal(), termios.FIONREAD, held)
    except (OSError, ValueError):
        return 0
    return int.from_bytes(held, sys.byteorder)


def is_gone() -> bool:
    """Whether the terminal was closed; False if there was none."""
    try:
        os.tcgetpgrp(_terminal())
    except OSError as error:
        return error.errno == errno.EIO
    except ValueError:
        pass
    return False


def _terminal() -> int:
    if sys.__stdin__ is None:
        raise ValueError("no standard input")
    return sys.__stdin__.fileno()


def call_on_signal(number: signal.Signals, callback: Callable[[], object]) -> None:
    """Have the running event loop call `callback` after a signal, until it is closed.

    asyncio's own way loses signals in a burst of keys: they are passed on through the pipe that wakes the loop, which
    a few hundred wake-ups fill.
    """
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(number, lambda: None)  # closing the loop restores the default
    signal.set_wakeup_fd(signal.set_wakeup_fd(-1), warn_on_full_buffer=False)  # the warning would be on the screen
    signal.signal(number, lambda *_: loop.call_soon_threadsafe(callback))


class Jobs:
    """Handles SIGTSTP and SIGCONT for the app."""

    def __init__(self, awake: Callable[[], None]) -> None:
        """`awake` is called after a wake-up if the program had not been suspended by SIGTSTP."""
        self._awake = awake
        self._stopped = False
        self.leaving = False
        """Whether the program is about to exit; nothing that takes the terminal begins any more."""
        self._stop: Handler | None = None
        self._come_back: Handler | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.aside = False
        """Whether the learner's editor has the terminal."""

    def listen(self) -> None:
        """Replace Textual's handlers; does nothing if Textual installed none because there is no terminal."""
        stop, come_back = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
        if callable(stop) and callable(come_back):
            self._loop = asyncio.get_running_loop()
            self._stop, self._come_back = stop, come_back
            signal.signal(signal.SIGTSTP, self._suspended)
            signal.signal(signal.SIGCONT, self._woken)

    def stop(self) -> None:
        """Stop the whole process group, as the terminal does outside raw mode."""
        os.killpg(os.getpgrp(), signal.SIGTSTP)

    def leave(self) -> None:
        """Prepare to exit; a terminal that another program has now is not touched, and nothing shown on a lost one."""
        if not self.leaving and is_gone():
            release_terminal(1, 2)
        self.leaving = True
        if in_background():
            release_terminal(0, 1, 2)

    def _suspended(self, number: int, frame: FrameType | None) -> None:
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
        """Carry on after a wake-up, unless a hang-up came with it."""
        if self.leaving:
            return
        if in_background():
            os.kill(os.getpid(), signal.SIGSTOP)
        elif not self._stopped and not self.aside:
            self._awake()
