"""A quiz attempt: practice with the verdict at once, exam with the verdict at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dev2cto.errors import NotSaved
from dev2cto.items.base import Retry
from dev2cto.plain.prompt import CommandInput, PromptCommand
from dev2cto.plain.screens.question_loop import LEAVE, NOTE, QuestionLoop
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import quiz_text
from dev2cto.presenters.feedback import KEPT
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.location import Location

FINISH = PromptCommand("f", "finish", "ends the exam and shows the result")
BEFORE = PromptCommand("b", "before", "the previous question")


def run(ui: PlainUI, location: Location) -> Location | None:
    """Take the attempt named after its step, from where it is; then its result."""
    session = ui.study.attempt(location.ids[1])
    rounds = ExamScreen(ui, session, location) if session.mode == "exam" else PracticeScreen(ui, session, location)
    go_on = rounds.go_on_ticking if session.finished else rounds.run
    if go_on() == "left":
        return None
    from dev2cto.plain.screens.result import result

    return result(ui, session)


class PracticeScreen(QuestionLoop):
    """Each answer is judged at once."""

    def __init__(self, ui: PlainUI, session: QuizSession, place: Location) -> None:
        super().__init__(ui, session, "quiz", (session.module.id, session.id), place)
        self.quiz, self.asker = session, session.id

    def title(self, question: Question) -> tuple[str, str]:
        """Quiz or retry, and which question."""
        return quiz_text.question_title(self.quiz, question)

    def judged_before(self, place: Location) -> tuple[Question, Feedback] | None:
        """From the attempt's own answers."""
        return self.quiz.judged(place.ids[-1])


class ExamScreen(PracticeScreen):
    """Answers can be changed until the learner finishes."""

    _warned = False
    own: Sequence[PromptCommand] = ()
    """Commands beside those of every exam."""

    def run(self) -> Literal["left", "over"]:
        """From the question that was left, or the first without an answer, on; forth and back."""
        question = self.left_at() or self.quiz.question() or self.quiz.question(1)
        while question is not None:
            step = self.step(question)
            if step in ("left", "over"):
                return "left" if step == "left" else "over"
            number = step if isinstance(step, int) else question.number + (1 if step == "next" else -1)
            question = self.quiz.question(max(1, number)) or self.quiz.question(question.number)
        return "over"

    def left_at(self) -> Question | None:
        """The question that the learner was at."""
        item = self._restored.ids[-1] if self._restored is not None and self._restored.ids else ""
        return self.quiz.question(self.quiz.order.index(item) + 1) if item in self.quiz.order else None

    def judge(self, question: Question, given: SubmittedAnswer) -> Feedback | Retry:
        """Judge and keep an answer. Raises NotSaved."""
        return self.quiz.answer(question, given)

    def special(self, command: CommandInput, question: Question) -> int:
        """Do a command of one's own; the number of the question to go to, 0 to stay at this one."""
        return 0

    def step(self, question: Question) -> Literal["left", "over", "next", "before"] | int:
        """One question; what to do then, or the number of the question to go to."""
        last = question.number == question.total
        passing = "stays here" if last else "continues"
        asking = self.asking(question, passing)
        self.put(question, asking)
        while True:
            commands = (*self.own, BEFORE, FINISH, NOTE, LEAVE)
            got = asking.answer(commands, lambda given: self.judge(question, given))
            match got:
                case CommandInput("q"):
                    return "left"
                case CommandInput("b"):
                    if question.number == 1:
                        self.ui.say("This is the first question.")
                    else:
                        return "before"
                case CommandInput("f"):
                    if self.finish():
                        return "over"
                case CommandInput("") if last:
                    self.at_end()
                case CommandInput(""):
                    if question.given is None:
                        self.ui.say(quiz_text.no_answer(question))
                    return "next"
                case CommandInput(key) if key in {command.key for command in self.own}:
                    if number := self.special(got, question):
                        return number
                case CommandInput(key):
                    if key == "e":
                        self.ui.go(Location("note", (question.item,)))
                    self.put(question, asking)
                case _:
                    self.ui.say(KEPT)
                    if last:
                        self.at_end()
                    return "next"

    def at_end(self) -> None:
        """What can be done at the last question."""
        self.ui.say(quiz_text.at_end(self.quiz, lead="b leads back", finish="f"))

    def finish(self) -> bool:
        """End the exam; asked once when questions are left."""
        warning, hint = quiz_text.unanswered(self.quiz, "f")
        if warning and not self._warned:
            self._warned = True
            self.ui.say(f"{warning} {hint}")
            return False
        try:
            self.quiz.finish()
        except NotSaved as error:
            self.ui.show_error(error)
            return False
        return True
