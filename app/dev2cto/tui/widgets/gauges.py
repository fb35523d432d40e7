"""A panel that shows gauges as bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len

from dev2cto import symbols
from dev2cto.exercises.scenarios.gauges import LEVELS, Gauge, shown
from dev2cto.markdown.layout import Line
from dev2cto.markdown.parser import Span
from dev2cto.presenters.bars import bar
from dev2cto.text import sanitize
from dev2cto.tui.widgets.line_widget import LineWidget

BAR = 10
GAP = 3
"""Cells between two gauges."""


class GaugePanel(LineWidget):
    """Gauges as bars, as many per line as fit: known ones with a figure, the others with a word and an arrow.

    The bar of an unknown gauge shows only the level that its word names, so that no figure can be read from it.
    """

    DEFAULT_CSS = "GaugePanel { margin: 0 0 1 0; }"

    def __init__(self) -> None:
        super().__init__()
        self._gauges: tuple[tuple[Span, ...], ...] = ()

    def show(
        self, gauges: Sequence[Gauge], values: Mapping[str, float], moved: Mapping[str, float], *, figures: bool
    ) -> None:
        """Show the values; gauges shown as words also get the direction of their last change, from `moved`."""
        self._gauges = tuple(tuple(_gauge(gauge, values[gauge.id], moved, figures)) for gauge in gauges)
        self.stale()

    def lines_at(self, width: int) -> Sequence[Line]:
        """Name, bar and value of each gauge."""
        lines: list[list[Span]] = [[]]
        used = 0
        for spans in self._gauges:
            size = sum(cell_len(span.text) for span in spans)
            if used and used + GAP + size > width:
                lines.append([])
                used = 0
            if used:
                lines[-1].append(Span(" " * GAP))
                used += GAP
            lines[-1] += spans
            used += size
        return [Line(tuple(spans)) for spans in lines]


def _gauge(gauge: Gauge, value: float, moved: Mapping[str, float], figures: bool) -> Iterator[Span]:
    plain = figures or gauge.known
    share = gauge.share(value) if plain else (gauge.level(value) + 1) / len(LEVELS)
    yield Span(f"{sanitize(gauge.name)} ", "muted")
    yield from bar(share, 1, BAR)
    yield Span(f" {sanitize(shown(gauge, value, figures=figures))}")
    if not plain and gauge.id in moved:
        trend = gauge.trend(moved[gauge.id]).partition(",")[0]
        yield Span(f" {getattr(symbols.current(), trend)}", "bold")
        judged = gauge.trend(moved[gauge.id]).partition(", ")[2]
        yield Span(f" {judged}" if judged else "", "muted")
