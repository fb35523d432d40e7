"""The result of a final form: by step and objective, with what to reread."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.presenters.quiz_text import quiz_verdict
from dev2cto.study.queries.question_models import QuizResult
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.result import ResultPage, share


class FinalResultPage(ResultPage):
    """The end of an attempt at a final form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "another", "again", tooltip="take the final form again", id="result.another"),
    ]

    def on_mount(self) -> None:
        """Title."""
        self.set_title(f"{self.quiz.module.name} / Result of the final form", f"{self.result.counted} questions")

    def blocks(self, result: QuizResult) -> list[Block]:
        """The verdict, then each step with its objectives, the weakest first."""
        blocks: list[Block] = [para(quiz_verdict(result), "good" if result.passed else "bad")]
        for step in result.steps:
            score = f"{step.score * 100:.0f} % of {step.count} questions"
            blocks.append(Paragraph((Span(f"{step.name} / {step.title}", "heading"), Span(f"   {score}", "muted"))))
            blocks += [share(line.score, line.count, line.text) for line in step.objectives]
        return blocks

    def again(self, result: QuizResult) -> str:
        """The whole form, since its questions are for it alone."""
        return "Take the final form again; other questions come first"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The form is taken again, not what was missed in it."""
        return action != "retry" and super().check_action(action, parameters)

    def action_retry(self) -> None:
        """Take it again."""
        self.action_another()

    def action_another(self) -> None:
        """To the beginning of another attempt."""
        self.app.pop_screen()
        self.host.go(Location("final", (self.quiz.module.id,)))
