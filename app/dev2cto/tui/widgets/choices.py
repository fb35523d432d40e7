"""Rows whose numbers are part of what is asked, such as the levels of a scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from dev2cto import symbols
from dev2cto.markdown.parser import Span, Spans
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows


class Choices(Rows):
    """Rows to choose from by the numbers they show; the page handles the digits."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", "choose", id="choices.choose")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(numbered=False, id=id)


def choice_rows(options: Sequence[tuple[int, Spans, bool]]) -> list[Row]:
    """Return rows for (number, text, whether chosen), with a blank line before the first."""
    return [
        Row(str(n), spans, lead=(Span(f"{symbols.current().choice(on)} "), Span(f"{n}  ", "muted")), gap=at == 0)
        for at, (n, spans, on) in enumerate(options)
    ]
