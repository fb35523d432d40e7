"""Lay out two texts side by side if the width allows, else one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len

from dev2cto.markdown.layout import BLANK, WIDTH, Line, layout
from dev2cto.markdown.parser import Block, Span

BESIDE = 107
"""Minimum width in cells for two columns; a terminal of 110 columns has enough."""
GAP = 4


@dataclass(frozen=True, slots=True)
class ColumnPair:
    """Two texts to be compared side by side."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


def stacked(parts: Sequence[Block | ColumnPair]) -> list[Block]:
    """Return the parts as one list of blocks, with each pair's texts one below the other."""
    return [
        block for part in parts for block in ((*part.left, *part.right) if isinstance(part, ColumnPair) else (part,))
    ]


def layout_pairs(parts: Sequence[Block | ColumnPair], width: int) -> tuple[Line, ...]:
    """Return the parts as lines: pairs across the full width if it allows two columns, all else at most `WIDTH`."""
    if width < BESIDE:
        return layout(stacked(parts), width)
    lines: list[Line] = []
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, ColumnPair):
            lines += _joined(lines, layout(blocks, min(width, WIDTH)))
            lines += _joined(lines, _beside(part, width))
            blocks = []
        else:
            blocks.append(part)
    return (*lines, *_joined(lines, layout(blocks, min(width, WIDTH))))


def _joined(above: Sequence[Line], below: Sequence[Line]) -> Sequence[Line]:
    """Return the lines below, preceded by a blank line if both parts have lines."""
    return (BLANK, *below) if above and below else below


def _beside(pair: ColumnPair, width: int) -> tuple[Line, ...]:
    column = (width - GAP) // 2
    lines = []
    for left, right in zip_longest(layout(pair.left, column), layout(pair.right, column), fillvalue=BLANK):
        space = Span(" " * (column - cell_len(left.text) + GAP))
        lines.append(Line((*left.spans, space, *right.spans) if right.spans else left.spans))
    return tuple(lines)
