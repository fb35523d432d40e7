"""Private names of Textual that have no public counterpart, each behind a function or a hook of ours."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.filter import Monochrome, NoColor
from textual.message import Message
from textual.screen import Screen
from textual.worker import WorkerFailed


class TunedApp(App[int], inherit_bindings=False):
    """An App without Textual's own notices and tooltips, with the terminal's colours where colours are off."""

    def __init__(self) -> None:
        super().__init__()
        # Textual's grey scale would make black on black of the terminal's own colours.
        self._filters = [NoColor() if isinstance(each, Monochrome) else each for each in self._filters]
        # Two widgets on every screen that nothing here uses: messages are shown above the keys.
        self._disable_notifications = self._disable_tooltips = True

    def restart_driver(self) -> None:
        """Set the terminal up again, whatever state another program left it in."""
        if self._driver is not None:
            self._driver.suspend_application_mode()
            self._driver.resume_application_mode()

    def handle_error(self, error: Exception) -> bool:
        """Deal with an exception that nothing caught; False leaves it to Textual."""
        return False

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (isinstance(cause, Exception) and self.handle_error(cause)):
            super()._handle_exception(error)


class CatchingScreen(Screen[None], inherit_bindings=False):
    """A screen that is asked about exceptions of its own handlers."""

    def caught(self, error: Exception) -> bool:
        """Deal with an exception of one of its handlers; False raises it again."""
        return False

    async def _on_message(self, message: Message) -> None:
        try:
            await super()._on_message(message)
        except Exception as error:
            if not self.caught(error):
                raise


def own_bindings(node: DOMNode) -> Iterator[Binding]:
    """The bindings of that node alone, with the learner's keymap applied."""
    for bindings in node._bindings.key_to_bindings.values():
        yield from bindings


def is_marking(screen: Screen[object]) -> bool:
    """Whether the mouse is held down, so that text may be marked."""
    return screen._mouse_down_offset is not None
