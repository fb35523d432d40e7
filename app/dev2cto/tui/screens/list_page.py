"""A list to choose one thing from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult

from dev2cto.markdown.parser import Block
from dev2cto.tui.screens.filtered import FilteredPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows


class ListPage(FilteredPage):
    """Choose a row: the screen closes and `chosen` is called with its id."""

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        chosen: Callable[[str], None],
        *,
        cursor: str = "",
        before: Sequence[Block] = (),
        empty: str = "There is nothing here.",
    ) -> None:
        super().__init__()
        self._title, self._list, self._chosen, self._cursor = title, tuple(rows), chosen, cursor
        self._before, self._empty = tuple(before), empty

    def body(self) -> ComposeResult:
        """What is asked, and the list."""
        yield MarkdownText(self._before if self._list else [*self._before, *self.prose(self._empty)])
        yield Rows(self._list)

    def on_mount(self) -> None:
        """Put the cursor where it belongs."""
        self.set_title(self._title)
        if self._cursor:
            self.query_one(Rows).point(self._cursor)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Close, then tell."""
        message.stop()
        self.dismiss()
        self._chosen(message.row.id)
