"""The answer widget for marking lines of a listing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from dev2cto import symbols
from dev2cto.items.forms import MarkLines
from dev2cto.markdown.parser import Span
from dev2cto.text import sanitize
from dev2cto.tui.answers.base import MarkingAnswer, row_bindings
from dev2cto.tui.answers.judged import indented_spans
from dev2cto.tui.highlight import coloured_code
from dev2cto.tui.widgets.row import Row


class MarkLinesAnswer(MarkingAnswer):
    """A listing whose lines are marked by number."""

    BINDINGS: ClassVar[list[BindingType]] = row_bindings("lines", "mark", "mark", "mark none")

    def __init__(self, form: MarkLines) -> None:
        self.form = form
        super().__init__([str(n) for n in range(1, len(form.lines) + 1)])

    def rows_now(self) -> Sequence[Row]:
        """The listing, coloured, with line numbers and marks; no-break spaces keep the indentation."""
        lines = [sanitize(line).replace("\n", " ") for line in self.form.lines]
        coloured = coloured_code(lines, self.form.lang) or [(Span(line, "code"),) for line in lines]
        return [
            Row(
                str(n),
                indented_spans(spans),
                lead=(Span(f"{symbols.current().tick(str(n) in self.marked)} "), Span(f"{n:>2}  ", "muted")),
            )
            for n, spans in enumerate(coloured, 1)
        ]
