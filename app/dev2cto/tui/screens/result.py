"""The result of a quiz: score, objectives, what to reread, what to try again."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block, Paragraph, Span, Style, para
from dev2cto.presenters.feedback import feedback_blocks
from dev2cto.presenters.quiz_text import quiz_verdict
from dev2cto.study.queries.question_models import QuizResult
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.location import Location
from dev2cto.text import bar, pluralize
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Row, Rows


class ResultPage(Page):
    """The end of an attempt."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "retry", "try the missed ones again", id="result.retry"),
        Binding("v", "answers", "all answers", id="result.answers"),
    ]

    def __init__(self, session: QuizSession) -> None:
        super().__init__()
        self.quiz = session
        self.result = session.result()
        self.module = session.module.id

    def body(self) -> ComposeResult:
        """Score, objectives, then what to do."""
        yield MarkdownText(self.blocks(self.result))
        yield Rows(self.rows(self.result))

    def on_mount(self) -> None:
        """Title."""
        self.set_title(f"{self.quiz.module.name} / Quiz result", f"{self.result.counted} questions")

    def place(self) -> Location:
        """The end of this attempt: what comes next is elsewhere."""
        return Location("result", (self.quiz.module.id, self.quiz.id))

    def blocks(self, result: QuizResult) -> list[Block]:
        """The verdict and the objectives, weakest first."""
        style: Style = "bold" if result.retry else "good" if result.passed else "bad"
        return [
            para(quiz_verdict(result), style),
            *(share(line.score, line.count, line.text) for line in result.objectives),
        ]

    def rows(self, result: QuizResult) -> list[Row]:
        """What to do now."""
        rows: list[Row] = []
        reread = dict(pair for line in result.objectives for pair in line.reread)
        for section, title in reread.items():
            rows.append(Row(f"read:{section}", (Span(title),), lead=(Span("Reread  ", "muted"),), gap=not rows))
        again = self.again(result)
        rows += [Row("retry", (Span(again),), gap=True)] if again else []
        rows.append(Row("answers", (Span("See all answers with their reasons"),), gap=not again))
        rows.append(Row("back", (Span("Back to the step"),)))
        return rows

    def again(self, result: QuizResult) -> str:
        """What can be tried again, in words; empty where nothing can."""
        count = "the missed question" if len(result.missed) == 1 else f"the {len(result.missed)} missed questions"
        return f"Try {count} again" if result.missed else ""

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Do it."""
        match message.row.id.partition(":"):
            case "read", _, section:
                reading, _, part = section.partition(".")
                self.host.go(Location("reading", (reading, part)))
            case "retry", _, _:
                self.action_retry()
            case "answers", _, _:
                self.action_answers()
            case _:
                self.action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing missed, nothing to try again."""
        return bool(self.result.missed) if action == "retry" else super().check_action(action, parameters)

    def action_retry(self) -> None:
        """A new attempt at what was missed."""
        session = self.study.quiz(self.quiz.module.id, "practice", retry_of=self.quiz.id)
        self.app.pop_screen()
        self.host.go(Location("quiz", (self.quiz.module.id, session.id)))

    def action_answers(self) -> None:
        """Every question with its judgement."""
        blocks: list[Block] = []
        for feedback in self.result.answers:
            item = self.study.curriculum.item(feedback.item)
            number = self.quiz.order.index(feedback.item) + 1
            question = self.quiz.question(number)
            blocks.append(para(f"Question {number}", "accent"))
            blocks += self.prose(question.prompt if question else item.prompt)
            found = ticking(self.study, feedback)
            blocks += feedback_blocks(feedback, self.prose, title=True, ticks=found.ticks if found else ())
            blocks.append(para(""))
        self.app.push_screen(TextPage(f"{self.quiz.module.name} / All answers", blocks))


def share(score: float, count: int, text: str) -> Paragraph:
    """A score as a bar and a percentage of so many questions, over what it is the score of."""
    note = Span(f"   {score * 100:3.0f} %  {pluralize(count, 'question')}", "muted")
    return Paragraph((Span(f"{bar(score, 1)} ", "code"), note, Span("\n"), Span(text)), tight=False)
