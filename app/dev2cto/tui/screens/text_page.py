"""A text to read and leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from dev2cto.prose.blocks import Block
from dev2cto.tui.page import Body, Page
from dev2cto.tui.widgets.lines import Prose


class TextPage(Page):
    """Blocks under a title; space turns the page."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown", "page(1)", "page", key_display="space", id="text.page"),
        Binding("backspace,pageup", "page(-1)", "page back", show=False, id="text.page_back"),
        Binding("down,j", "line(1)", "line down", show=False, id="text.down"),
        Binding("up,k", "line(-1)", "line up", show=False, id="text.up"),
    ]

    def __init__(self, title: str, blocks: Sequence[Block], aside: str = "") -> None:
        super().__init__()
        self._title, self._blocks, self._aside = title, tuple(blocks), aside

    def body(self) -> ComposeResult:
        """The text."""
        yield Prose(self._blocks)

    def on_mount(self) -> None:
        """Say what this is."""
        self.head(self._title, self._aside)

    def _frame(self) -> VerticalScroll:
        return self.query_one("#frame", Body)

    def action_page(self, direction: int) -> None:
        """Turn the page."""
        frame = self._frame()
        frame.scroll_relative(y=direction * max(1, frame.size.height - 2), animate=False, force=True)

    def action_line(self, direction: int) -> None:
        """Move by a line."""
        self._frame().scroll_relative(y=direction, animate=False, force=True)
