"""Text with parts to compare, side by side if the terminal is wide enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dev2cto.markdown.columns import ColumnPair, layout_pairs
from dev2cto.markdown.layout import Line
from dev2cto.markdown.parser import Block
from dev2cto.tui.widgets.line_widget import LineWidget


class PairsText(LineWidget):
    """Shows blocks, and pairs of blocks in two columns."""

    WIDEST: ClassVar[int] = 136

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Block | ColumnPair, ...] = ()

    def show(self, parts: Sequence[Block | ColumnPair]) -> None:
        """Replace the parts."""
        if self._parts != tuple(parts):
            self._parts = tuple(parts)
            self.stale()

    def lines_at(self, width: int) -> Sequence[Line]:
        """The parts, side by side if `width` allows."""
        return layout_pairs(self._parts, width)
