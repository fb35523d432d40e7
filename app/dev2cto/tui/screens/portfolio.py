"""What the learner has written."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.learning.completion import MARKS
from dev2cto.markdown.parser import Span, para
from dev2cto.study.queries.home import relative_day
from dev2cto.study.queries.progress import portfolio
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Row, Rows


class PortfolioPage(Page):
    """The course's artefacts with their state; enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "transcript", "transcript", id="portfolio.transcript"),
    ]

    def body(self) -> ComposeResult:
        """What it is for, and the list."""
        yield MarkdownText(id="about")
        yield Rows()

    def on_mount(self) -> None:
        """Fill it."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Read the record anew."""
        lines = portfolio(self.study)
        done = sum(line.state == "done" for line in lines)
        self.set_title("Portfolio", f"{done} of {len(lines)}")
        text = "Texts of the kind you would bring to work. `dev2cto export --portfolio DIR` writes them out as files."
        self.query_one("#about", MarkdownText).show([*self.prose(text), para("")])
        rows = []
        for line in lines:
            note = f"   {line.file}" + (f", {relative_day(self.study, line.at)}" if line.at else "")
            lead = (Span(f"{MARKS[line.state]} "),)
            rows.append(Row(line.exercise, (Span(line.title), Span(note, "muted")), lead=lead))
        self.query_one(Rows).show(rows)

    def action_transcript(self) -> None:
        """What was done when."""
        self.host.go(Location("transcript"))

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Open the exercise."""
        self.host.go(Location("exercise", (message.row.id,)))
