"""What the learner has written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto import symbols
from dev2cto.markdown.parser import Span
from dev2cto.presenters import portfolio_text
from dev2cto.study.queries.progress import PortfolioLine, portfolio
from dev2cto.study.queries.view_models import minutes
from dev2cto.study.state.location import Location
from dev2cto.text import unbroken
from dev2cto.tui.screens.filtered import FilteredPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import STATES, Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host

TIME = 10
"""Cells of a column of minutes."""
MARK = 3
"""Cells of a row's mark."""
LEAD = MARK + 3
"""Cells of a row's mark and number."""


def open_page(host: Host, location: Location) -> PortfolioPage:
    """Open the portfolio."""
    return PortfolioPage(location)


class PortfolioPage(FilteredPage):
    """The course's artefacts with their state; enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "transcript", "transcript", id="portfolio.transcript"),
    ]

    def __init__(self, place: Location) -> None:
        super().__init__()
        self._restored = place

    def listing(self) -> Location:
        """The portfolio."""
        return Location("portfolio")

    def body(self) -> ComposeResult:
        """What it is for, and the list."""
        yield MarkdownText(id="about")
        yield Rows()

    async def on_mount(self) -> None:
        """Fill it."""
        self.refresh_content()
        await self.filter_again(self._restored.extra)

    def refresh_content(self) -> None:
        """Read the record again."""
        lines = portfolio(self.study)
        self.set_title(*portfolio_text.portfolio_title(lines))
        about = portfolio_text.ABOUT if lines else portfolio_text.NO_ARTEFACTS
        self.query_one("#about", MarkdownText).show(self.prose(about))
        rows = self.query_one(Rows)
        rows.show(self.artefact_rows(lines, rows.room(min(self.COLUMN, self.app.size.width)) - 1))

    def on_resize(self) -> None:
        """Fit the columns."""
        if self.is_mounted:
            self.refresh_content()

    def artefact_rows(self, lines: Sequence[PortfolioLine], width: int) -> list[Row]:
        """A head, and the artefacts with their minutes and the sum of them so far in columns."""
        sums = portfolio_text.running_minutes(lines)
        if not any(sums):
            return [self.artefact_row(line, "", width) for line in lines]
        head = Span("\u00a0" * max(0, width - MARK - 2 * TIME) + f"{'time':>{TIME}}{'in all':>{TIME}}", "muted")
        rows = [Row("", (head,), fixed=True)]
        for line, so_far in zip(lines, sums, strict=True):
            own = "" if line.state == "done" else f"{line.minutes} min"
            rows.append(self.artefact_row(line, f"{own:>{TIME}}{minutes(so_far * 60) if own else '':>{TIME}}", width))
        return rows

    def artefact_row(self, line: PortfolioLine, time: str, width: int) -> Row:
        """An artefact's line: state, title, time, and its file and when it was submitted if they fit."""
        mark = f"{symbols.current().state(line.state)} "
        room = width - LEAD - cell_len(mark) - cell_len(line.title) - cell_len(time) - 1
        note = ""
        for part in (line.file, portfolio_text.submitted(self.study, line)):
            if part and cell_len(longer := f"{note}{', ' if note else '   '}{part}") <= room:
                note = longer
        space = "\u00a0" * max(1, room + 1 - cell_len(note)) if time else ""
        spans = (Span(line.title), Span(note + space + unbroken(time), "muted"))
        return Row(line.exercise, spans, lead=(Span(mark, STATES[line.state]),))

    def action_transcript(self) -> None:
        """What was done when."""
        self.host.go(Location("transcript"))

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Open the exercise."""
        self.host.go(Location("exercise", (message.row.id,)))
