"""Marking lines of a listing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from dev2cto.items.forms import MarkLines, Response
from dev2cto.markdown.parser import Span
from dev2cto.text import clean
from dev2cto.tui.answers.base import AnswerRows, acting, texts
from dev2cto.tui.widgets.rows import Row


class MarkLinesAnswer(AnswerRows):
    """Space marks the line under the cursor; a digit marks that line."""

    BINDINGS: ClassVar[list[BindingType]] = acting("lines", "mark", "mark", "mark none")

    def __init__(self, form: MarkLines) -> None:
        self.form = form
        self.marked: set[int] = set()
        super().__init__(self.rows_now())

    @property
    def digits(self) -> int:
        """The highest digit that does something."""
        return min(9, len(self.form.lines))

    @property
    def response(self) -> Response:
        """The numbers of the marked lines."""
        return tuple(str(n) for n in sorted(self.marked))

    def take(self, response: Response) -> None:
        """Mark those again."""
        self.marked = {int(t) for t in texts(response) if t.isdecimal() and 1 <= int(t) <= len(self.form.lines)}
        self.show(self.rows_now(), self.cursor)

    def rows_now(self) -> Sequence[Row]:
        """The listing with line numbers and marks; blanks are hard, so that long lines break at their end alone."""
        return [
            Row(
                f"line{n}",
                (Span(clean(line).replace(" ", "\u00a0") or "\u00a0", "code"),),
                lead=(Span("[x] " if n in self.marked else "[ ] "), Span(f"{n:>2}  ", "muted")),
            )
            for n, line in enumerate(self.form.lines, 1)
        ]

    def action_digit(self, number: int) -> None:
        """Mark or unmark that line; 0 unmarks all."""
        if number == 0:
            self.marked.clear()
        elif number <= len(self.form.lines):
            self.marked ^= {number}
            self.cursor = number - 1
        self.redraw()

    def action_act(self) -> None:
        """Mark or unmark the line under the cursor."""
        self.marked ^= {self.cursor + 1}
        self.redraw()
