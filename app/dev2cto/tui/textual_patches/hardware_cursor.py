"""Keeps the terminal's own cursor, visible, on the selected row, option or field, for screen readers and magnifiers.

Textual hides it and moves it only in its one-line field. The place is looked up whenever something is drawn: nothing
that moves the selection does so without drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.errors import NoWidget
from textual.geometry import Offset

if TYPE_CHECKING:
    from textual.screen import Screen

SHOW, HIDE = "\x1b[?25h", "\x1b[?25l"


@runtime_checkable
class HasCursorCell(Protocol):
    """A widget that says where its selection is."""

    def cursor_cell(self) -> Offset | None:
        """Return the cell of the terminal at which the selection begins; None if it is not on screen."""


def cursor_cell(screen: Screen[Any]) -> Offset | None:
    """Return the cell of the screen on which the cursor belongs; None where nothing is selected or typed."""
    focused = screen.focused
    if not isinstance(focused, HasCursorCell):
        return None
    cell = focused.cursor_cell()
    try:
        seen = screen.find_widget(focused).visible_region
    except NoWidget:  # not laid out yet
        return None
    return cell if cell is not None and seen.contains_point(cell) else None


class HardwareCursor:
    """Mix in before App to have the cursor follow the selection."""

    _cursor_shown = False

    def forget_cursor(self) -> None:
        """Take the cursor to be hidden, as it is after the terminal was set up again."""
        self._cursor_shown = False

    def _display(self: Any, screen: Screen[Any], renderable: Any) -> None:
        cell = cursor_cell(screen) if not self.is_headless else None
        if cell is not None:
            self.cursor_position = cell
        elif self._cursor_shown and self._driver is not None:
            self._driver.write(HIDE)
            self._cursor_shown = False
        super()._display(screen, renderable)  # type: ignore[misc]  # the App that this is mixed into
        if cell is not None and not self._cursor_shown and self._driver is not None and self._running:
            self._driver.write(SHOW)
            self._cursor_shown = True
