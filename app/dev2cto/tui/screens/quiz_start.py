"""Before a quiz: what it is, and in which mode to take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from dev2cto.markdown.parser import Span
from dev2cto.presenters.quiz_text import quiz_intro
from dev2cto.study.queries.step import pending_location
from dev2cto.study.sessions.quiz import Mode, open_attempt
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from dev2cto.study.state.location import Location
    from dev2cto.tui.host import Host


class QuizStartPage(Page):
    """Practice or exam, new or continued."""

    def __init__(self, module: str) -> None:
        super().__init__()
        self.module = module

    @classmethod
    def at(cls, host: Host, location: Location) -> QuizStartPage:
        """For the step named first."""
        return cls(host.study.module(location.ids[0]).id)

    def body(self) -> ComposeResult:
        """What to expect, and the choice."""
        yield MarkdownText(id="about")
        yield Rows(id="modes")

    def on_mount(self) -> None:
        """Say what is open and what was reached."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Read the study anew."""
        module = self.study.module(self.module)
        self.set_title(f"{module.name} / Quiz", f"{module.quiz_minutes} min")
        self.query_one("#about", MarkdownText).show(self.prose(quiz_intro(self.study, self.module)))
        self.query_one(Rows).show(
            [
                self.mode_row("practice", "Practice", "each answer is judged at once; hints are free"),
                self.mode_row("exam", "Exam", "no hints; answers can be changed, the verdict comes at the end"),
            ]
        )

    def mode_row(self, mode: Mode, title: str, what: str) -> Row:
        """A mode's row; an open attempt is continued."""
        found = open_attempt(self.study, self.module, mode)
        state = "[~] " if found else "[ ] "
        word = f"Continue the {title.lower()}" if found else title
        return Row(mode, (Span(word, "bold"), Span(f"   {what}", "muted")), lead=(Span(state),), gap=mode == "practice")

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Draw, or continue with what was not submitted."""
        mode: Mode = "exam" if message.row.id == "exam" else "practice"
        attempt = self.study.quiz(self.module, mode).id
        self.app.pop_screen()
        self.host.go(pending_location(self.study, "quiz", self.module, attempt))
