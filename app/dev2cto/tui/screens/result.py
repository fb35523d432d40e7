"""The result of a quiz: score, objectives, what to reread, what to try again."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block, Span, para
from dev2cto.presenters import result_text
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.location import Location, section_location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.side_pane import SidePane


class ResultPage(Page):
    """The end of an attempt."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "retry", "retry the missed questions", id="result.retry"),
        Binding("v", "answers", "all answers", id="result.answers"),
    ]

    def __init__(self, session: QuizSession) -> None:
        super().__init__()
        self.quiz = session
        self.result = session.result()
        self.module = session.module.id

    def body(self) -> ComposeResult:
        """Score, objectives, then what to do."""
        yield MarkdownText(result_text.result_blocks(self.result, drawn=True))
        yield Rows(self.rows())

    def beside(self) -> SidePane:
        """The questions that were missed."""
        return SidePane(result_text.missed_blocks(self.quiz, self.result, self.prose))

    def on_mount(self) -> None:
        """Set the title."""
        self.set_title(*result_text.result_title(self.quiz, self.result))

    def place(self) -> Location:
        """The end of this attempt: what comes next is elsewhere."""
        return Location("result", (self.quiz.module.id, self.quiz.id))

    def rows(self) -> list[Row]:
        """What to do now."""
        rows: list[Row] = []
        for section, title in result_text.reread(self.result).items():
            rows.append(Row(f"read:{section}", (Span(title),), lead=(Span("Reread  ", "muted"),), gap=not rows))
        again = self.again()
        rows += [Row("retry", (Span(again),), gap=True)] if again else []
        rows.append(Row("answers", (Span("See all answers with their reasons"),), gap=not again))
        rows.append(Row("back", (Span("Back to the step"),)))
        return rows

    def again(self) -> str:
        """What can be tried again; empty if nothing can."""
        return result_text.try_again(self.result)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Do it."""
        match message.row.id.partition(":"):
            case "read", _, section:
                self.host.go(section_location(section))
            case "retry", _, _:
                self.action_retry()
            case "answers", _, _:
                self.action_answers()
            case _:
                self.action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a retry only of what was missed."""
        return bool(self.result.missed) if action == "retry" else super().check_action(action, parameters)

    def action_retry(self) -> None:
        """A new attempt at what was missed."""
        session = self.study.quiz(self.quiz.module.id, "practice", retry_of=self.quiz.id)
        self.app.pop_screen()
        self.host.go(Location("quiz", (self.quiz.module.id, session.id)))

    def action_answers(self) -> None:
        """Show every question with its verdict."""
        blocks: list[Block] = []
        for number, judged in result_text.answers(self.quiz, self.result, self.prose, signs=True):
            blocks += [para(f"Question {number}", "accent"), *judged]
        shown = blocks or [para("You answered none of these questions.")]
        self.app.push_screen(TextPage(f"{self.quiz.module.name} / All answers", shown))
