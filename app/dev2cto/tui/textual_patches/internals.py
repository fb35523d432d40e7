"""Private names of Textual without a public counterpart, each wrapped in a function or a hook."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from threading import Event, Thread
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.filter import Monochrome, NoColor
from textual.message import Message
from textual.screen import Screen
from textual.worker import WorkerFailed

if TYPE_CHECKING:
    AppMixin = App[int]
    ScreenMixin = Screen[None]
else:  # each class that is an App or a Screen is searched for bindings and more at every start
    AppMixin = ScreenMixin = object


class TunedApp(AppMixin):
    """An App without Textual's notifications and tooltips, and no greyscale if colours are off."""

    def __init__(self) -> None:
        super().__init__()
        # Textual's greyscale would turn the terminal's own colours into black on black.
        self._filters = [NoColor() if isinstance(each, Monochrome) else each for each in self._filters]
        # Saves two unused widgets on every screen: messages are shown above the keys.
        self._disable_notifications = self._disable_tooltips = True

    def restart_driver(self) -> None:
        """Set up the terminal again, in whatever state another program left it."""
        if self._driver is not None:
            self._driver.suspend_application_mode()
            self._driver.resume_application_mode()

    async def stop_reading(self) -> None:
        """Have the thread that reads keys end; it passes on what it finds in the terminal at the end.

        The thread belongs to `LinuxDriver`; other drivers have none.
        """
        thread = getattr(self._driver, "_key_thread", None)
        stop = getattr(self._driver, "exit_event", None)
        if isinstance(thread, Thread) and isinstance(stop, Event):
            stop.set()
            try:
                await asyncio.to_thread(thread.join)  # it looks ten times a second
            finally:
                stop.clear()  # as the driver does when it stops reading, and expects at the end

    def handle_error(self, error: Exception) -> bool:
        """Handle an uncaught exception; returns False to leave it to Textual."""
        return False

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (isinstance(cause, Exception) and self.handle_error(cause)):
            super()._handle_exception(error)


class CatchingScreen(ScreenMixin):
    """A screen with a hook for exceptions raised by its message handlers."""

    def caught(self, error: Exception) -> bool:
        """Handle an exception of a message handler; returns False to have it raised again."""
        return False

    async def _on_message(self, message: Message) -> None:
        try:
            await super()._on_message(message)
        except Exception as error:
            if not self.caught(error):
                raise


def own_bindings(node: DOMNode) -> Iterator[Binding]:
    """Yield the bindings of that node only, with the learner's keymap applied."""
    for bindings in node._bindings.key_to_bindings.values():
        yield from bindings


def is_marking(screen: Screen[object]) -> bool:
    """Whether the mouse button is down, so that text may be selected."""
    return screen._mouse_down_offset is not None
