"""An exam by lines: forth and back, an overview with flags, a clock that can be hidden, the verdict at the end."""

from __future__ import annotations

from typing import Any, Literal

from dev2cto.errors import NotSaved
from dev2cto.items.base import Retry
from dev2cto.items.forms import Response
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.screens.practice import PracticeScreen
from dev2cto.plain.screens.question import QuestionPrompt
from dev2cto.plain.screens.question_loop import LEAVE, NOTE
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import quiz_text
from dev2cto.presenters.feedback import KEPT
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions.exam_clock import ExamClock
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.location import Location, from_json, to_json
from dev2cto.study.state.unsubmitted import is_begun

FINISH = PromptCommand("f", "finish", "ends the exam and shows the result")
BEFORE = PromptCommand("b", "before", "the previous question")
OVERVIEW = PromptCommand("o", "overview", "all questions: which are answered, which are flagged; a number goes there")
FLAG = PromptCommand("m", "flag", "flags or unflags this question")
CLOCK = PromptCommand("c", "clock", "shows or hides the minutes that exams take", shown=False)
OWN = (OVERVIEW, FLAG, CLOCK)


class ExamScreen(PracticeScreen):
    """Answers can be changed until the learner finishes; what is begun and not answered waits at its question."""

    _warned = False

    def __init__(self, ui: PlainUI, session: QuizSession, place: Location, screen: str = "quiz") -> None:
        super().__init__(ui, session, place)
        self._screen = screen
        self.begun: dict[str, Any] = dict(place.extra.get("begun", {}))
        """What was chosen and not submitted, by question id."""
        self._overview = bool(place.extra.get("overview"))
        self.clock = ExamClock(ui.study, session.id)

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

    def title(self, question: Question) -> tuple[str, str]:
        """Which question, whether it is flagged, how many are left, and the minutes so far."""
        self.clock.touch()
        shown = self.ui.study.settings.exam_clock
        return quiz_text.exam_title(self.quiz, question, self.clock.minutes if shown else None)

    def left_at(self) -> Question | None:
        """The question that the learner was at, or chose in the overview if that was open."""
        item = self._restored.ids[-1] if self._restored is not None and self._restored.ids else ""
        question = self.quiz.question(self.quiz.order.index(item) + 1) if item in self.quiz.order else None
        if question is None or not self._overview:
            return question
        self._overview = False
        return self.quiz.question(self.overview(question) or question.number)

    def asking(self, question: Question, passing: str = "") -> QuestionPrompt:
        """The question as it is asked, with what was begun there."""
        if self._restored is None or self._restored.ids[-1:] != (question.item,):
            begun = self.begun.get(question.item)
            self._restored = Location(self._screen, (question.item,), from_json(begun[0])) if begun else None
        return super().asking(question, passing)

    def place(self, question: Question, response: Response | None) -> Location:
        """The place at a question, with what waits at all of them."""
        if response is not None and is_begun(question, response):
            self.begun[question.item] = [to_json(response), 0]
        else:
            self.begun.pop(question.item, None)
        place = super().place(question, response)
        return place._replace(extra={**place.extra, "begun": dict(self.begun)}) if self.begun else place

    def judge(self, question: Question, given: SubmittedAnswer) -> Feedback | Retry:
        """Judge and keep an answer; nothing waits at its question any more. Raises NotSaved."""
        result = self.quiz.answer(question, given)
        if isinstance(result, Feedback):
            self.begun.pop(question.item, None)
        return result

    def special(self, command: CommandInput, question: Question) -> int:
        """Flag the question, go to another from the overview, or show or hide the clock."""
        if command.key == "o":
            return self.overview(question) or question.number
        if command.key == "c":
            shown = not self.ui.study.settings.exam_clock
            try:
                self.ui.study.set("exam_clock", "on" if shown else "off")
                self.ui.say(quiz_text.clock_notice(shown))
            except NotSaved as error:
                self.ui.show_error(error)
            return 0
        try:
            flagged = self.quiz.flag(question.item)
        except NotSaved as error:
            self.ui.show_error(error)
        else:
            self.ui.say(quiz_text.flag_notice(flagged, "o"))
        return 0

    def overview(self, question: Question) -> int:
        """All questions with their states; the number of the one to go to, 0 to go back."""
        lines = self.quiz.overview()
        begun = self.begun.get(question.item)
        place = self.place(question, from_json(begun[0]) if begun else None)
        self.ui.save_location(place._replace(extra={**place.extra, "overview": question.number}))
        self.ui.show_title("Overview", quiz_text.overview_counts(lines)[1])
        for line in lines:
            state = quiz_text.overview_state(line, begun=not line.answered and line.item in self.begun)
            words = quiz_text.overview_prompt(line)
            self.ui.numbered_line(line.number, f"{state}: {words[:60]}{'...' if len(words) > 60 else ''}")
        prompt = Prompt((BACK,), numbers(len(lines)), "goes there", enter=f"goes back to {question.number}")
        typed = self.ui.ask(prompt)
        return typed.number + 1 if isinstance(typed, ChoiceInput) else 0

    def step(self, question: Question) -> Literal["left", "over", "next", "before"] | int:
        """One question; what to do then, or the number of the question to go to."""
        last = question.number == question.total
        passing = "stays here" if last else "continues"
        asking = self.asking(question, passing)
        self.put(question, asking)
        while True:
            commands = (*OWN, BEFORE, FINISH, NOTE, LEAVE)
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
                case CommandInput(key) if key in {command.key for command in OWN}:
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
        self.ui.say(quiz_text.at_end(self.quiz, lead="b goes back", finish="f"))

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
