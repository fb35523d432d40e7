"""The outline of a reading, shown beside its text."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto import symbols
from dev2cto.markdown.layout import Line, layout, wrap
from dev2cto.markdown.parser import Block, Span
from dev2cto.tui.widgets.line_widget import LineWidget


class OutlinePane(LineWidget):
    """The headings of all sections, and something below; read ones are marked, the current one is highlighted."""

    def __init__(self) -> None:
        super().__init__()
        self._sections: tuple[tuple[str, str, bool], ...] = ()
        self._at = ""
        self._below: tuple[Block, ...] = ()

    def show(self, sections: Sequence[tuple[str, str, bool]], at: str, below: Sequence[Block] = ()) -> None:
        """Show the sections as (id, heading, whether read); `at` is the id of the current one."""
        new, under = tuple(sections), tuple(below)
        if (new, at, under) != (self._sections, self._at, self._below):
            self._sections, self._at, self._below = new, at, under
            self._width = -1
            if self.display:
                self.refresh(layout=True)

    def lines_at(self, width: int) -> Sequence[Line]:
        """The headings, wrapped."""
        lines: list[Line] = []
        for id, heading, read in self._sections:
            shown = symbols.current().state("done" if read else "not begun")
            style = "accent" if id == self._at else "muted"
            for n, (spans, _) in enumerate(wrap((Span(heading, "bold" if id == self._at else "muted"),), width - 4)):
                mark = f"{shown} " if n == 0 else " " * (len(shown) + 1)
                lines.append(Line((Span(mark, "muted" if style == "muted" else "bold"), *spans)))
        return [*lines, Line(()), *layout(self._below, width - 1)]
