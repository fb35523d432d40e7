"""Output that never keeps the program waiting: a terminal may stop reading, or be gone.

Textual's thread ends when the terminal is gone, and 30 writes later the program waits for it forever. While a terminal
reads nothing, as when the line stalls, Textual handles no key and no signal. Here the program carries on without being
shown, and the screen is drawn once the terminal reads again.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import termios
from collections.abc import Callable
from functools import partial
from queue import Queue
from typing import IO, Any

from textual.drivers._writer_thread import WriterThread
from textual.screen import Screen

MANY = 30
"""Texts waiting to be written, some four to a drawing, from which on nothing is drawn."""
PATIENCE = 3.0
"""Seconds without any progress after which output is discarded in order to leave."""
DISCARDED, PAUSE = 100, 0.05
"""How often at most what the terminal holds is discarded, and the seconds that the next write gets each time."""
ENDING = 500
"""Characters, more than Textual writes to restore the terminal."""


class Output(WriterThread):
    """Writes what it gets, in order and in the background; writing never waits."""

    def __init__(self, file: IO[str]) -> None:
        super().__init__(file)
        self._queue: Queue[str | None] = Queue()
        self._written = 0
        self._last = ""
        self._drained: Callable[[], object] | None = None

    @property
    def is_behind(self) -> bool:
        """Whether so much waits to be written that nothing more should be drawn for now."""
        return self._queue.qsize() >= MANY

    def write(self, text: str) -> None:
        """Have a text written."""
        self._last = (self._last + text)[-ENDING:]
        self._queue.put(text)

    def call_when_drained(self, callback: Callable[[], object]) -> None:
        """Have `callback` called, in any thread and at least once, when everything is written."""
        self._drained = callback
        if self._queue.empty():
            self._call_drained()

    def run(self) -> None:
        """Write until stopped; what can no longer be written is dropped."""
        gone = False
        while (text := self._queue.get()) is not None:
            if not gone:
                try:
                    self._file.write(text)
                    if self._queue.empty():
                        self._file.flush()
                except OSError:
                    gone = True
            self._written += 1
            if self._queue.empty():
                self._call_drained()
        with contextlib.suppress(OSError):
            self._file.flush()

    def _call_drained(self) -> None:
        callback, self._drained = self._drained, None
        if callback is not None:
            with contextlib.suppress(RuntimeError):  # the event loop is closed
                callback()

    def stop(self) -> None:
        """Write the rest and end. If the terminal reads nothing, it gets the last few thousand bytes only."""
        self._queue.put(None)
        before = -1
        while self.is_alive() and before != self._written:
            before = self._written
            self.join(PATIENCE)
        for _ in range(DISCARDED):
            if not self.is_alive():
                break
            self._discard()
            self.join(PAUSE)

    def write_message(self, text: str) -> None:
        """Write a text once stopped. If there is no room for it, what the terminal has not read makes room."""
        data = text.encode()
        with contextlib.suppress(OSError):  # the terminal is gone
            # Opened again, since what does not wait here would not wait in the shell either.
            terminal = os.open(os.ttyname(self.fileno()), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
            try:
                with contextlib.suppress(BlockingIOError):
                    data = data[os.write(terminal, data) :]
                if data:
                    self._discard()
                    os.write(terminal, (self._last + text).encode())
            finally:
                os.close(terminal)

    def _discard(self) -> None:
        """Discard what the terminal holds; stopping and starting wakes the write that waits for room."""
        with contextlib.suppress(termios.error):
            termios.tcflow(self.fileno(), termios.TCOOFF)
            termios.tcflush(self.fileno(), termios.TCOFLUSH)
            termios.tcflow(self.fileno(), termios.TCOON)


class OutputApp:
    """Mix in before App to draw only as fast as the terminal reads."""

    def _display(self: Any, screen: Screen[Any], renderable: Any) -> None:
        output = getattr(self._driver, "_writer_thread", None)
        if isinstance(output, Output) and output.is_behind:
            output.call_when_drained(partial(asyncio.get_running_loop().call_soon_threadsafe, self.refresh))
        else:
            super()._display(screen, renderable)  # type: ignore[misc]  # the App that this is mixed into

    def _print_error_renderables(self: Any) -> None:
        """Print the message given at the exit, without waiting for a terminal that reads nothing."""
        output = getattr(self._driver, "_writer_thread", None)
        if isinstance(output, Output) and sys.stderr.isatty():
            with self.error_console.capture() as message:
                super()._print_error_renderables()  # type: ignore[misc]
            output.write_message(message.get())
        else:
            super()._print_error_renderables()  # type: ignore[misc]


def install() -> None:
    """Have Textual's driver for Unix write through `Output`."""
    from textual.drivers import linux_driver

    vars(linux_driver)["WriterThread"] = Output
