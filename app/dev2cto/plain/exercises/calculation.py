"""A calculation: the brief with its data, then one part at a time."""

from __future__ import annotations

from dev2cto.errors import NotSaved
from dev2cto.items.forms import Predict, Response
from dev2cto.plain.exercises.common import title
from dev2cto.plain.prompt import CommandInput, Prompt, PromptCommand
from dev2cto.plain.screens.question import QuestionPrompt
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.presenters.exercise_texts import calculation_brief
from dev2cto.presenters.feedback import feedback_blocks
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.calculation import CalculationSession
from dev2cto.study.state.location import Location

BRIEF = -1
DATA = PromptCommand("d", "data", "the brief and the data again")
SOLUTION = PromptCommand("v", "solution", "the whole, worked")
NEW = PromptCommand("a", "again", "again with new numbers; this attempt is kept", shown=False)
BEFORE = PromptCommand("b", "before", "the part before")
LEAVE = PromptCommand("q", "back", "goes back; you go on here later")


def calculation(ui: PlainUI, session: CalculationSession, place: Location | None) -> Location | None:
    """The brief for a new attempt; otherwise the part that is not right yet."""
    CalculationScreen(ui, session, place).run()
    return None


class CalculationScreen:
    """Numbers to work out; wrong ones can be tried again."""

    def __init__(self, ui: PlainUI, session: CalculationSession, place: Location | None) -> None:
        self.ui, self.session = ui, session
        self.number = session.current if session.attempt.begun and not session.done else BRIEF
        if place is not None and "part" in place.extra:
            self.number = max(BRIEF, min(len(session.exercise.parts) - 1, int(place.extra["part"])))
        self._restored = place.response if place is not None else None
        self._warned = False

    def run(self) -> None:
        """Parts until the last is done or the learner leaves. Raises Ended."""
        while True:
            self.keep(None)
            said = self.brief() if self.number == BRIEF else self.part()
            match said:
                case CommandInput("") if self.number + 1 < len(self.session.exercise.parts):
                    first = self.number == BRIEF and not self.session.done
                    self.number = self.session.current if first else self.number + 1
                case CommandInput("q" | ""):
                    return
                case CommandInput("b"):
                    self.number = max(BRIEF, self.number - 1)
                case _:
                    pass

    def keep(self, response: Response | None) -> None:
        """Remember the part, and what is typed."""
        extra = {"part": self.number} if self.number != BRIEF else {}
        self.ui.keep(Location("exercise", (self.session.exercise.id,), response, extra=extra))

    @property
    def progress(self) -> str:
        """How many parts are right."""
        return f"{sum(self.session.solved)} of {len(self.session.exercise.parts)} parts right"

    def brief(self) -> CommandInput:
        """The brief and the data."""
        self.ui.head(title(self.ui, self.session), self.progress)
        self.ui.show(calculation_brief(self.session, self.ui.prose))
        return self.ask("begins" if not self.session.attempt.begun else "goes on")

    def ask(self, enter: str) -> CommandInput:
        """A command that leads on; others are done at once."""
        while True:
            before = () if self.number == BRIEF else (BEFORE,)
            typed = self.ui.ask(Prompt((*before, DATA, SOLUTION, NEW, LEAVE), enter=enter))
            said = typed if isinstance(typed, CommandInput) else AGAIN
            if said.key in ("", "q", "b") or self.command(said):
                return said

    def command(self, said: CommandInput) -> bool:
        """Do it; whether the screen has to be shown again."""
        match said.key:
            case "d":
                self.ui.show(calculation_brief(self.session, self.ui.prose))
            case "v":
                self.solution()
            case "a":
                self.session = self.session.again()
                self.number = BRIEF
                return True
            case _:
                return True
        return False

    def part(self) -> CommandInput:
        """One part, until it is right or the learner goes elsewhere."""
        ui, session, number = self.ui, self.session, self.number
        ui.head(title(ui, session), f"part {number + 1} of {len(session.exercise.parts)}, {self.progress}")
        asking = QuestionPrompt(
            ui,
            session.question(number),
            lambda step: session.hint(number, step),
            self.keep,
            confidence=False,
            reportable=False,
        )
        label = f"Part {number + 1}"
        shown = session.feedback(number)
        if shown is not None and session.solved[number]:
            asking.put(label)
            ui.show(feedback_blocks(shown, ui.prose, title=True))
            return self.ask("goes on")
        restored, self._restored = self._restored, None
        asking.restore(restored)
        asking.put(label)
        while True:
            got = asking.answer((BEFORE, DATA, SOLUTION, NEW, LEAVE), lambda given: session.answer(number, given))
            if isinstance(got, CommandInput):
                if got.key in ("q", "b") or self.command(got):
                    return got
            elif self.judged(got):
                return self.ask("goes on")
            elif isinstance(asking.question.form, Predict):
                return AGAIN  # the interval is given once, the number as often as wanted

    def judged(self, feedback: Feedback) -> bool:
        """Say what was wrong, or show the judgement; whether it was right."""
        if feedback.score < 1:
            why = " ".join(remark.text for remark in feedback.chosen if remark.text) or "Try again; h gives a hint."
            self.ui.say(f"{'Not quite' if feedback.score == 0 else 'Nearly'}. {self.ui.line(why)}")
            return False
        self.ui.show(feedback_blocks(feedback, self.ui.prose, title=True))
        if self.session.done:
            self.ui.say("All parts are right: the exercise is done. v shows the whole, worked.")
        return True

    def solution(self) -> None:
        """The whole, worked; before the end it is asked once."""
        session = self.session
        if not session.done and not session.attempt.helped and not self._warned:
            self._warned = True
            self.ui.say("Before all parts are right, opening it marks the exercise as helped. v opens it all the same.")
            return
        try:
            text = session.solution()
        except NotSaved as error:
            self.ui.complain(error)
            return
        self.ui.show(self.ui.prose(text))
