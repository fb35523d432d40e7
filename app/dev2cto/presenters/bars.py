"""Bars and small histories as spans: the one way in which both are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto import symbols
from dev2cto.markdown.parser import Span, Spans, Style

CELLS = 12
"""Cells of a bar, unless the page has a reason for another width."""


def bar(part: float, whole: float = 1, width: int = CELLS, style: Style = "fill") -> Spans:
    """Return a bar of `width` cells for the share part / whole; the figure belongs behind it."""
    full, rest = symbols.bar(part, whole, width)
    return tuple(span for span in (Span(full, style), Span(rest, "track")) if span.text)


def history(values: Sequence[float], style: Style = "fill", gap: str = " ") -> Spans:
    """Return a small column for each value, the highest for the largest."""
    return (Span(gap.join(symbols.current().history([*values])), style),)


def percent(share: float) -> str:
    """Return a share as a figure of five cells: " 62 %"."""
    return f"{share * 100:3.0f} %"
