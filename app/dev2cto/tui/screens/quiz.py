"""A quiz attempt: practice with the verdict at once, exam with the verdict at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from dev2cto.presenters import quiz_text
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.question_page import QuestionPage

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> QuizPage:
    """Open the attempt with the second id."""
    return QuizPage(host.study.attempt(location.ids[1]), location)


class QuizPage(QuestionPage):
    """One attempt, left and continued at will."""

    name_of_place = "quiz"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go(-1)", "question", tooltip="question before", id="quiz.before"),
        Binding("right", "go(1)", "question", tooltip="question after", id="quiz.after"),
        Binding("f", "finish", "finish", id="quiz.finish"),
    ]

    def __init__(self, session: QuizSession, place: Location) -> None:
        super().__init__(session, place)
        self.quiz = session
        self.module, self.asker = session.module.id, session.id
        self._warned = False

    async def begin(self) -> None:
        """In an exam, the question that the learner was at, or the first open one; else where any asking begins."""
        place = self._restored
        at = self.quiz.order.index(place.ids[-1]) + 1 if place and place.ids[-1] in self.quiz.order else None
        if self.quiz.mode == "exam" and self.quiz.finished:
            await self.finished()
        elif self.quiz.mode == "exam":
            await self.ask(self.quiz.question(at) or self.quiz.question(1))
        else:
            await super().begin()

    def judged_before(self, place: Location) -> tuple[Question, Feedback] | None:
        """From the attempt's own answers."""
        return self.quiz.judged(place.ids[-1])

    async def ask(self, question: Question | None) -> None:
        """Show that question; finishing is confirmed again."""
        self._warned = False
        await super().ask(question)

    def title_of(self, question: Question, verdict: str = "") -> None:
        """The title line."""
        title, aside = quiz_text.question_title(self.quiz, question)
        self.set_title(verdict or title, aside)

    def place(self) -> Location:
        """This attempt at this question."""
        return self.here(self.quiz.module.id, self.quiz.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Going back and forth, and finishing, belong to an exam; at its ends there is one way to go."""
        if action == "go" and self.current is not None:
            number = self.current.number + int(str(parameters[0]))
            return self.quiz.mode == "exam" and not self.quiz.finished and 1 <= number <= self.current.total
        if action in ("go", "finish"):
            return self.quiz.mode == "exam" and not self.quiz.finished
        if action == "skip" and self.quiz.mode == "exam":
            return False
        return super().check_action(action, parameters)

    async def judged(self, question: Question, feedback: Feedback) -> None:
        """Show the verdict; in an exam, go on to the next question instead."""
        if not feedback.hidden:
            await super().judged(question, feedback)
        elif question.number < question.total:
            await self.ask(self.quiz.question(question.number + 1))
        else:
            await self.ask(self.quiz.question(question.number))
            self.notify_learner(quiz_text.at_end(self.quiz, lead="<- and -> lead there", finish=self.key("finish")))

    async def action_go(self, step: int) -> None:
        """To the question before or after."""
        if self.current is not None:
            number = self.current.number + step
            question = self.quiz.question(number) if number >= 1 else None
            if question is not None:
                await self.ask(question)

    async def action_finish(self) -> None:
        """End the exam; asked once when questions are left."""
        warning, hint = quiz_text.unanswered(self.quiz, self.key("finish"))
        if warning and not self._warned:
            self._warned = True
            self.notify_learner(warning, hint)
            return
        self.quiz.finish()
        await self.finished()

    async def finished(self) -> None:
        """Show the result."""
        from dev2cto.tui.screens.result import ResultPage

        self.app.switch_screen(ResultPage(self.quiz))
