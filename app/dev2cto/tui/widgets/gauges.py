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
        """Name, bar and value of each gauge; on several lines in columns."""
        sizes = [sum(cell_len(span.text) for span in spans) for spans in self._gauges]
        in_line, columns = sizes, len(sizes)
        if sum(sizes) + GAP * (columns - 1) > width:
            in_line, columns = [max(sizes)] * len(sizes), max(1, (width + GAP) // (max(sizes) + GAP))
        lines: list[Line] = []
        for first in range(0, len(sizes), max(1, columns)):
            spans: list[Span] = []
            for n in range(first, min(first + columns, len(sizes))):
                spans += self._gauges[n]
                if n + 1 < min(first + columns, len(sizes)):
                    spans.append(Span(" " * (in_line[n] - sizes[n] + GAP)))
            lines.append(Line(tuple(spans)))
        return lines or [Line(())]


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
