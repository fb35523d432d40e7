"""Before a quiz: what it is, and in which mode to take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from dev2cto import symbols
from dev2cto.markdown.parser import Span
from dev2cto.presenters.quiz_text import ModeLine, modes, quiz_intro, quiz_start_title
from dev2cto.study.queries.step import pending_location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.study.state.location import Location
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> QuizStartPage:
    """Open it for the step with the first id."""
    return QuizStartPage(host.study.module(location.ids[0]).id)


class QuizStartPage(Page):
    """Practice or exam, new or continued."""

    def __init__(self, module: str) -> None:
        super().__init__()
        self.module = module

    def body(self) -> ComposeResult:
        """What to expect, and the choice."""
        yield MarkdownText(id="about")
        yield Rows(id="modes")

    def on_mount(self) -> None:
        """Show what is open and what was reached."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Read the study again."""
        self.set_title(*quiz_start_title(self.study.module(self.module)))
        self.query_one("#about", MarkdownText).show(self.prose(quiz_intro(self.study, self.module)))
        self.query_one(Rows).show([mode_row(line, gap=n == 0) for n, line in enumerate(modes(self.study, self.module))])

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Draw, or continue with what was not submitted."""
        line = next(line for line in modes(self.study, self.module) if line.id == message.row.id)
        attempt = line.attempt(self.study, self.module)
        self.app.pop_screen()
        self.host.go(pending_location(self.study, "quiz", self.module, attempt))


def mode_row(line: ModeLine, *, gap: bool) -> Row:
    """A way to take the quiz, marked if it is begun."""
    mark = symbols.current().state("begun" if line.begun else "not begun")
    spans = (Span(line.words, "bold"), Span(f"   {line.about}", "muted"))
    return Row(line.id, spans, lead=(Span(f"{mark} "),), gap=gap)
