"""The screen of a calculation: the brief with its data, then one part at a time."""

from __future__ import annotations

from dev2cto.items.forms import Predict, Response
from dev2cto.plain.exercises.common import ExerciseScreen
from dev2cto.plain.prompt import CommandInput, Prompt, PromptCommand
from dev2cto.plain.screens.question import QuestionPrompt
from dev2cto.plain.ui import AGAIN
from dev2cto.presenters import calculation_text
from dev2cto.presenters.feedback import feedback_blocks
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.calculation import BRIEF, CalculationSession
from dev2cto.study.state.location import Location

DATA = PromptCommand("d", "data", "the brief and the data again")
SOLUTION = PromptCommand("v", "solution", "the full worked solution")
NEW = PromptCommand("a", "new", "starts again with new numbers; this attempt is kept", shown=False)
BEFORE = PromptCommand("b", "before", "the previous part")
LEAVE = PromptCommand("q", "back", "goes back; you can continue here later")


class CalculationScreen(ExerciseScreen[CalculationSession]):
    """Parts that ask for a number; wrong answers can be retried."""

    number = BRIEF
    _restored: Response | None = None

    def run(self, place: Location) -> None:
        """Start at the brief, or at the first unsolved part, and go on until the last. Raises SessionEnded."""
        self._restored = place.response
        self.number = self.session.part_at(place.extra)
        while True:
            self.keep(None)
            match self.brief() if self.number == BRIEF else self.part():
                case CommandInput(""):
                    following = self.session.part_after(self.number)
                    if following is None:
                        return
                    self.number = following
                case CommandInput("q"):
                    return
                case CommandInput("b"):
                    self.number = max(BRIEF, self.number - 1)
                case _:
                    pass

    def keep(self, response: Response | None) -> None:
        """Save the part and the response so far."""
        extra = {"part": self.number} if self.number != BRIEF else {}
        self.ui.save_location(self.here(**extra)._replace(response=response))

    def head(self, aside: str = "") -> None:
        """Show the title, by default with the progress."""
        super().head(aside or calculation_text.progress(self.session, self.number))

    def brief(self) -> CommandInput:
        """Show the brief and ask what to do next."""
        self.head()
        self.show_brief()
        return self.ask("begins" if not self.session.attempt.begun else "continues")

    def show_brief(self) -> None:
        """Show the brief and the data."""
        self.ui.show(calculation_text.brief(self.session, self.ui.prose))

    def ask(self, enter: str) -> CommandInput:
        """Return the command that leaves this part; others are run here."""
        while True:
            typed = self.ui.ask(Prompt(self.commands(), enter=enter))
            command = typed if isinstance(typed, CommandInput) else AGAIN
            if command.key in ("", "q", "b") or self.command(command):
                return command

    def commands(self) -> tuple[PromptCommand, ...]:
        """Return the commands besides answering."""
        before = () if self.number == BRIEF else (BEFORE,)
        return (*before, DATA, SOLUTION, NEW, LEAVE)

    def command(self, command: CommandInput) -> bool:
        """Run a command; returns whether the screen must be shown again."""
        match command.key:
            case "d":
                self.show_brief()
            case "v":
                self.tried(self.solution)
            case "a":
                self.session = self.session.again()
                self.number = BRIEF
                return True
            case _:
                return True
        return False

    def part(self) -> CommandInput:
        """Ask one part until it is solved or the learner leaves it; returns the command that leaves it."""
        ui, session, number = self.ui, self.session, self.number
        self.head()
        prompt = QuestionPrompt(
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
            prompt.put(label)
            ui.show(feedback_blocks(shown, ui.prose))
            return self.ask("continues")
        restored, self._restored = self._restored, None
        prompt.restore(restored)
        prompt.put(label)
        while True:
            got = prompt.answer(self.commands(), lambda given: session.answer(number, given))
            if isinstance(got, CommandInput):
                if got.key in ("q", "b") or self.command(got):
                    return got
            elif self.judged(got):
                return self.ask("continues")
            elif isinstance(prompt.question.form, Predict):
                return AGAIN  # the interval is asked once, the number can be retried

    def judged(self, feedback: Feedback) -> bool:
        """Show what was wrong, or the feedback if it was right; returns whether it was."""
        if feedback.score < 1:
            self.ui.say(self.ui.inline(calculation_text.retry(feedback, "h")))
            return False
        self.ui.show(feedback_blocks(feedback, self.ui.prose))
        if self.session.done:
            self.ui.say(f"{calculation_text.ALL_RIGHT} v: full worked solution.")
        return True

    def solution(self) -> None:
        """Show the worked solution; before all parts are solved, ask for confirmation. Raises NotSaved."""
        free = self.session.done or self.session.attempt.helped
        if free or self.confirmed("v", calculation_text.HELPED, "opens it anyway"):
            self.ui.show(self.ui.prose(self.session.solution()))
