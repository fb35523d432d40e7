"""The pane beside a screen's content on wide terminals, for reference while working."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message

from dev2cto.markdown.parser import Block
from dev2cto.tui.widgets.line_widget import MarkdownText

WIDE = 110
"""The least width, in columns, at which the pane is shown."""


class SidePane(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A text that the mouse wheel scrolls; a key of the screen shows it in full."""

    DEFAULT_CSS = "SidePane { width: 1fr; max-width: 60; scrollbar-size-vertical: 1; border-left: solid $faint; }"

    class Toggled(Message):
        """The pane got its first text, or lost it."""

    def __init__(self, blocks: Sequence[Block] = ()) -> None:
        super().__init__(classes="" if blocks else "empty")
        self._text = MarkdownText(blocks)

    def compose(self) -> ComposeResult:
        """The text."""
        yield self._text

    def show(self, blocks: Sequence[Block], *, end: bool = False) -> None:
        """Replace the text and scroll to its start, or with `end` to its end; without blocks the pane is hidden."""
        self._text.show(blocks)
        if self.has_class("empty") == bool(blocks):
            self.set_class(not blocks, "empty")
            self.post_message(self.Toggled())
        self.call_after_refresh(self.scroll_end if end else self.scroll_home, animate=False)
