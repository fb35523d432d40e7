"""A text to read and leave."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from dev2cto.markdown.parser import Block, Spans
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText


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
