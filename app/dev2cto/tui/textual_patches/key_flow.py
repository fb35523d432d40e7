"""Keys are read no faster than they are handled: what the program does not read, the terminal and the line hold back.

Textual's thread reads all that comes, and keys that come in megabytes would fill the memory. None is dropped here: the
thread waits, the terminal's own buffer fills, and whatever sends the keys waits in turn.
"""

from __future__ import annotations

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

MANY = 8192
"""Keys that are read and not handled yet, from which on no more are read: far more than anybody types ahead."""
PAUSE = 0.05
"""Seconds between two looks at how many are handled; so many keys take much longer."""


class PacedDriver(LinuxDriver):
    """Textual's driver for Unix, whose thread stops reading while very many keys wait."""

    _sent = 0

    def send_message(self, message: Message) -> None:
        """Pass a message on to the app, in the thread that reads keys.

        Waits while many keys are not handled, but not once that thread is asked to end: it must pass on the rest.
        """
        if isinstance(message, events.Key | events.Paste):
            self._sent += 1
            while self._sent - getattr(self._app, "keys_handled", self._sent) > MANY:
                if self.exit_event.wait(PAUSE):
                    break
        super().send_message(message)
