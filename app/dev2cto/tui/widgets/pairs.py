"""Text with parts to compare, beside each other where the terminal is wide enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dev2cto.markdown.columns import ColumnPair, layout_pairs
from dev2cto.markdown.layout import Line
from dev2cto.markdown.parser import Block
from dev2cto.tui.widgets.line_widget import LineWidget


class PairsText(LineWidget):
    """Blocks and pairs of blocks."""

    WIDEST: ClassVar[int] = 136

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Block | ColumnPair, ...] = ()

    def show(self, parts: Sequence[Block | ColumnPair]) -> None:
        """Show other parts."""
        if self._parts != tuple(parts):
            self._parts = tuple(parts)
            self.stale()

    def lines_at(self, width: int) -> Sequence[Line]:
        """The parts, laid out."""
        return layout_pairs(self._parts, width)
