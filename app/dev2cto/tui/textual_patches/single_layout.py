"""Makes Textual lay out and paint a screen only once when it is shown.

Unpatched, it does so two to four times: each widget that gets a size requests a layout, and so do the app when it
mounts a screen, and the screen when it is resized to the size it already has. The repeated layouts change nothing and
cost as much as the first. A test lays out every screen of the app again and checks that nothing moves.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from textual import events, messages, on
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import AwaitMount, Widget

from dev2cto.tui.textual_patches.internals import AppMixin


class SingleLayoutScreen(Screen[None], inherit_bindings=False):
    """A screen that is laid out once when it is shown; later changes cause layouts as usual."""

    _laid_out_for: Size | None = None
    _laid_out_at = 0.0
    """In monotonic seconds, the clock of Textual's messages."""

    def will_be_laid_out(self) -> None:
        """Announce the first layout, which follows next."""
        self._laid_out_for = self.app.size
        self.call_next(self._laid_out, self._scrollbars())

    def _laid_out(self, before: Sequence[tuple[bool, bool]]) -> None:
        """Drop further requests after the layout, unless it showed or hid a scrollbar and must be repeated."""
        if self.is_current and self.outer_size == self._laid_out_for and self._scrollbars() == before:
            self._laid_out_at = time.monotonic()
            for widget, _ in self._compositor.layers:
                widget._layout_required = widget._repaint_required = False

    def _scrollbars(self) -> list[tuple[bool, bool]]:
        return [widget.scrollbars_enabled for widget in self.walk_children(Widget)]

    @on(messages.Layout)
    @on(messages.Update)
    def done_already(self, message: messages.Layout | messages.Update) -> None:
        """Ignore requests made before the layout that fulfilled them."""
        if message.time < self._laid_out_at:
            message.stop()
            message.prevent_default()

    @on(events.Resize)
    def same_size(self, event: events.Resize) -> None:
        """Ignore a resize to the size that the screen was laid out for."""
        if event.size == self._laid_out_for:
            event.stop()
            event.prevent_default()
        self._laid_out_for = event.size


class SingleLayoutApp(AppMixin):
    """An app that requests no layout when it mounts a screen: the screen lays itself out when it is shown."""

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        """Push a screen like Textual: the app continues once the screen is mounted."""
        mounted = super().push_screen(screen, *args, **kwargs)
        if isinstance(mounted, AwaitMount):
            mounted._widgets = ()
            self.call_next(screen._mounted_event.wait)
        return mounted
