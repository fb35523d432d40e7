"""Has Textual lay out and paint a screen once when it is shown.

It does so two to four times: every widget that a layout gives a size asks for a layout, so does the app when a screen
is mounted, and the screen itself when it is told the size that it was just laid out for. The later ones change nothing
and cost as much as the first. A test lays out every screen of the app anew and finds it as it was.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events, messages, on
from textual.app import App
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import AwaitMount, Widget


class SingleLayoutScreen(Screen[None], inherit_bindings=False):
    """A screen that is laid out once when it is shown; afterwards whenever anything changes, as ever."""

    _laid_out_for: Size | None = None
    _laid_out_at = 0.0
    """On the clock of messages: the monotonic one."""

    def will_be_laid_out(self) -> None:
        """The screen is shown for the first time, and laid out next."""
        self._laid_out_for = self.app.size
        self.call_next(self._laid_out, self._scrollbars())

    def _laid_out(self, before: Sequence[tuple[bool, bool]]) -> None:
        """It was laid out and painted; where that showed or hid a scrollbar, it has to be done once more."""
        if self.is_current and self.outer_size == self._laid_out_for and self._scrollbars() == before:
            self._laid_out_at = time.monotonic()
            for widget, _ in self._compositor.layers:
                widget._layout_required = widget._repaint_required = False

    def _scrollbars(self) -> list[tuple[bool, bool]]:
        return [widget.scrollbars_enabled for widget in self.walk_children(Widget)]

    @on(messages.Layout)
    @on(messages.Update)
    def done_already(self, message: messages.Layout | messages.Update) -> None:
        """What was asked for before the layout was done with it."""
        if message.time < self._laid_out_at:
            message.stop()
            message.prevent_default()

    @on(events.Resize)
    def same_size(self, event: events.Resize) -> None:
        """The size that it was laid out for is no news."""
        if event.size == self._laid_out_for:
            event.stop()
            event.prevent_default()
        self._laid_out_for = event.size


class SingleLayoutApp(App[int], inherit_bindings=False):
    """An app that does not ask a screen for a layout because it was mounted: it lays itself out when it is shown."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        """As Textual does: the app goes on when the screen is mounted."""
        mounted = super().push_screen(screen, *args, **kwargs)
        if isinstance(mounted, AwaitMount):
            mounted._widgets = ()
            self.call_next(screen._mounted_event.wait)
        return mounted
