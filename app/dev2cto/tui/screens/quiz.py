"""A quiz attempt: practice with the verdict at once, exam with the verdict at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block
from dev2cto.presenters import quiz_strip, quiz_text
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions.exam_clock import ExamClock
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.location import Location, from_json, to_json
from dev2cto.study.state.unsubmitted import is_begun
from dev2cto.tui.screens.question_page import QuestionPage

if TYPE_CHECKING:
    from dev2cto.tui.host import Host

CLOCK_SECONDS = 10.0
"""Between looks at the clock."""


def open_page(host: Host, location: Location) -> QuizPage:
    """Open the attempt with the second id."""
    session = host.study.attempt(location.ids[1])
    return ExamPage(session, location) if session.mode == "exam" else QuizPage(session, location)


class QuizPage(QuestionPage):
    """One attempt, left and continued at will."""

    name_of_place = "quiz"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go(-1)", "question", tooltip="previous question", id="quiz.before"),
        Binding("right", "go(1)", "question", tooltip="next question", id="quiz.after"),
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
        self.set_title(verdict or quiz_text.quiz_name(self.quiz), quiz_strip.practice_aside(self.quiz, question))

    def beside_question(self) -> Iterable[Block]:
        """The questions of this attempt."""
        return quiz_strip.beside(self.quiz, self.current.item) if self.current is not None else ()

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

    async def judged(self, question: Question, feedback: Feedback, *, reasons: bool = False) -> None:
        """Show the verdict; in an exam, go on to the next question instead."""
        if not feedback.hidden:
            await super().judged(question, feedback, reasons=reasons)
        elif question.number < question.total:
            await self.ask(self.quiz.question(question.number + 1))
        else:
            await self.ask(self.quiz.question(question.number))
            self.notify_learner(quiz_text.at_end(self.quiz, lead="<- and -> go there", finish=self.key("finish")))

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


class ExamPage(QuizPage):
    """An exam with an overview, flags and a clock; what is chosen and not submitted waits at its question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "overview", "overview", tooltip="overview of all questions", id="final.overview"),
        Binding(
            "exclamation_mark",
            "report",
            "report",
            tooltip="report what is wrong with this question",
            show=False,
            id="final.report",
        ),
        Binding("C", "clock", "clock", tooltip="show or hide the clock", show=False, id="exam.clock"),
        Binding("m", "flag", "flag", tooltip="flag or unflag this question", id="final.flag"),
    ]

    def __init__(self, session: QuizSession, place: Location) -> None:
        super().__init__(session, place)
        self.form = session
        self.clock = ExamClock(session.study, session.id)
        self.begun: dict[str, Any] = dict(place.extra.get("begun", {}))
        """What was chosen and not submitted, and where the cursor was, by question."""
        self._overview_at = int(place.extra.get("overview", 0))

    async def begin(self) -> None:
        """Where the learner was; in the overview, if it was open."""
        await super().begin()
        self.set_interval(CLOCK_SECONDS, self.tick)
        if self._overview_at and not self.form.finished:
            self.open_overview(self._overview_at)

    async def ask(self, question: Question | None) -> None:
        """Show that question with what was chosen there, and keep what was chosen at the one that is left."""
        self.stash()
        if question is not None and self._restored is None and question.item in self.begun:
            response, cursor = self.begun.pop(question.item)
            self._restored = Location(self.name_of_place, (question.item,), from_json(response), int(cursor))
        await super().ask(question)

    def stash(self) -> None:
        """Keep what is chosen and not submitted at the question on screen."""
        box = self.box()
        asked = self.form.question(box.question.number) if box is not None else None
        if box is not None and asked is not None and is_begun(asked, box.response):
            self.begun[asked.item] = [to_json(box.response), box.cursor]

    def title_of(self, question: Question, verdict: str = "") -> None:
        """Which question, whether it is flagged, how many are left, and the minutes so far."""
        shown = self.study.settings.exam_clock and not self.form.finished
        title, words = quiz_text.exam_title(self.form, question, self.clock.minutes if shown else None)
        self.set_title(title, quiz_strip.exam_aside(self.form, words))

    def tick(self) -> None:
        """Show the minutes; the title is drawn again only where they have changed."""
        if self.current is not None and not self.form.finished and self.is_current:
            self.title_of(self.current)

    def action_clock(self) -> None:
        """Hide or show the minutes, now and in later exams."""
        self.study.set("exam_clock", "off" if self.study.settings.exam_clock else "on")
        if self.current is not None:
            self.title_of(self.current)
        self.notify_learner(quiz_text.clock_notice(self.study.settings.exam_clock))

    def place(self) -> Location:
        """This attempt at this question, and what waits at others."""
        self.clock.touch()
        place = super().place()
        begun = {item: response for item, response in self.begun.items() if item != place.ids[-1]}
        return place._replace(extra={**place.extra, "begun": begun}) if begun else place

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No overview of a form that is over."""
        if action in ("overview", "flag", "clock"):
            return self.current is not None and not self.form.finished
        return super().check_action(action, parameters)

    def action_flag(self) -> None:
        """Flag the question, or take its flag away."""
        if self.current is not None:
            flagged = self.form.flag(self.current.item)
            self.title_of(self.current)
            self.notify_learner(quiz_text.flag_notice(flagged, self.key("outline")))

    def action_overview(self) -> None:
        """All questions, and the way to each."""
        if self.current is not None:
            self.open_overview(self.current.number)

    def open_overview(self, number: int) -> None:
        """The overview, with the cursor on that question."""
        from dev2cto.tui.screens.overview import OverviewPage

        self.stash()
        self.app.push_screen(OverviewPage(self, number))

    async def go_to(self, number: int) -> None:
        """Show question `number`, with what was chosen there."""
        if self.current is None or number != self.current.number:
            await self.ask(self.form.question(number))
