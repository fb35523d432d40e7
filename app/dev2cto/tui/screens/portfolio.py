"""What the learner has written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto import symbols
from dev2cto.markdown.parser import Span, para
from dev2cto.presenters import portfolio_text
from dev2cto.study.queries.progress import portfolio
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.filtered import FilteredPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


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
        self.query_one("#about", MarkdownText).show([*self.prose(about), para("")])
        rows = []
        for line in lines:
            spans = (Span(line.title), Span(f"   {portfolio_text.artefact_note(self.study, line)}", "muted"))
            rows.append(Row(line.exercise, spans, lead=(Span(f"{symbols.current().state(line.state)} "),)))
        self.query_one(Rows).show(rows)

    def action_transcript(self) -> None:
        """What was done when."""
        self.host.go(Location("transcript"))

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Open the exercise."""
        self.host.go(Location("exercise", (message.row.id,)))
