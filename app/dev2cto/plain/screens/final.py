"""A final form: an exam with an overview, in which questions are flagged and gone to by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dev2cto.errors import NotSaved
from dev2cto.items.base import Retry
from dev2cto.items.forms import Response
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.screens.question import QuestionPrompt
from dev2cto.plain.screens.quiz import ExamScreen
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import quiz_text
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions.final import FinalSession
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.state.location import Location, from_json, to_json
from dev2cto.study.state.unsubmitted import is_begun

OVERVIEW = PromptCommand("o", "overview", "all questions: which are answered, which are flagged; a number goes there")
FLAG = PromptCommand("m", "flag", "flags this question, or takes the flag away")


def run(ui: PlainUI, location: Location) -> Location | None:
    """Take the attempt named after its step, from where it was left; then its result."""
    session = ui.study.final_attempt(location.ids[1])
    if not session.finished and FinalExam(ui, session, location).run() == "left":
        return None
    from dev2cto.plain.screens.result import result

    return result(ui, session)


class FinalExam(ExamScreen):
    """An exam with an overview; what is begun and not answered waits at its question."""

    own: Sequence[PromptCommand] = (OVERVIEW, FLAG)

    def __init__(self, ui: PlainUI, session: FinalSession, place: Location) -> None:
        super().__init__(ui, session, place)
        self._screen = "final"
        self.form = session
        self.begun: dict[str, Any] = dict(place.extra.get("begun", {}))
        self._overview = bool(place.extra.get("overview"))

    def title(self, question: Question) -> tuple[str, str]:
        """Which question, whether it is flagged, and how many are left."""
        return quiz_text.form_title(self.form, question)

    def left_at(self) -> Question | None:
        """The question that the learner was at, or chose in the overview if that was open."""
        question = super().left_at()
        if question is None or not self._overview:
            return question
        self._overview = False
        return self.quiz.question(self.overview(question) or question.number)

    def asking(self, question: Question, passing: str = "") -> QuestionPrompt:
        """The question as it is asked, with what was begun there."""
        if self._restored is None or self._restored.ids[-1:] != (question.item,):
            begun = self.begun.get(question.item)
            self._restored = Location("final", (question.item,), from_json(begun[0])) if begun else None
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
        result = super().judge(question, given)
        if isinstance(result, Feedback):
            self.begun.pop(question.item, None)
        return result

    def special(self, command: CommandInput, question: Question) -> int:
        """Flag the question, or go to another from the overview."""
        if command.key == "o":
            return self.overview(question) or question.number
        try:
            flagged = self.form.flag(question.item)
        except NotSaved as error:
            self.ui.show_error(error)
        else:
            self.ui.say(quiz_text.flag_notice(flagged, "o"))
        return 0

    def overview(self, question: Question) -> int:
        """All questions with their states; the number of the one to go to, 0 to go back."""
        lines = self.form.overview()
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
