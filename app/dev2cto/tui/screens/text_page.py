"""A text to read and leave."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from dev2cto.markdown.parser import Block, Spans
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.side_pane import SidePane

LOWEST = 36
"""Rows that a second column of text needs: keys do not scroll it."""


class TextPage(Page):
    """Blocks under a title."""

    FOCUS = ""

    def __init__(self, title: str, blocks: Sequence[Block], aside: str | Spans = "") -> None:
        super().__init__()
        self._title, self._blocks = title, tuple(blocks)
        self._aside = aside

    def body(self) -> ComposeResult:
        """The text."""
        yield MarkdownText(self._blocks)

    def on_mount(self) -> None:
        """Say what this is."""
        self.set_title(self._title, self._aside)


class TwoColumnPage(TextPage):
    """Blocks of which some are beside the others where the terminal is wide and high enough."""

    def one_column(self) -> Sequence[Block]:
        """All of it."""
        raise NotImplementedError

    def side_by_side(self) -> tuple[Sequence[Block], Sequence[Block]]:
        """The text, and what is beside it."""
        raise NotImplementedError

    def columns(self) -> tuple[Sequence[Block], Sequence[Block]]:
        """What is shown in the body and beside it."""
        if self.has_class("wide") and self.app.size.height >= LOWEST:
            return self.side_by_side()
        return self.one_column(), ()

    def body(self) -> ComposeResult:
        """The text, or the first of two columns."""
        yield MarkdownText(self.columns()[0], id="text")

    def beside(self) -> SidePane:
        """The second column."""
        return SidePane()

    def on_mount(self) -> None:
        """Fill the second column."""
        super().on_mount()
        self.query_one(SidePane).show(self.columns()[1])

    def on_resize(self) -> None:
        """Show one column or two."""
        if self.is_mounted:
            body, beside = self.columns()
            self.query_one("#text", MarkdownText).show(body)
            self.query_one(SidePane).show(beside)
