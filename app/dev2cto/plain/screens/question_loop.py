"""What quiz and review share: one question at a time, then its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

from dev2cto.items.forms import Response
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.screens.question import REPORT, QuestionPrompt
from dev2cto.plain.screens.ticking import TICKS, confirm, show_ticks, toggle
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.feedback import LAST_QUESTION, SKIPPED, feedback_blocks
from dev2cto.presenters.judged_parts import has_more_reasons, judged_blocks
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.queries.quiz_result import section_title
from dev2cto.study.queries.ticking import Ticking, ticking
from dev2cto.study.sessions.grading import QuestionSource
from dev2cto.study.state.location import Location, section_location
from dev2cto.study.state.reports import report_location
from dev2cto.study.state.undo import Undo
from dev2cto.study.state.unsubmitted import keep_response, kept_response

SKIP = PromptCommand("s", "skip", "moves the question to the end")
NOTE = PromptCommand("e", "note", "writes a note on this question", shown=False)
REASONS = PromptCommand("v", "reasons", "lists all options and parts with their reasons")
OPEN = PromptCommand("o", "open", "opens the reading that answers it")
LEAVE = PromptCommand("q", "leave", "leaves; you can continue here later")
AFTER = "continues"


def place_after(screen: str, ids: Sequence[str], question: Question, feedback: Feedback) -> Location:
    """The place at the verdict on a text whose points are ticked."""
    extra = {"draw": question.draw.document(), "judged": feedback.confidence, "answer": feedback.answer}
    return Location(screen, (*ids, question.item), feedback.response, extra=extra)


def place_of(screen: str, ids: Sequence[str], question: Question, response: Response | None) -> Location:
    """The place at a question, with what is not submitted yet."""
    return Location(screen, (*ids, question.item), response, extra={"draw": question.draw.document()})


class QuestionLoop:
    """Asks questions until there are none, or the learner leaves."""

    asker = ""
    """Under which name unsubmitted responses are kept; empty if a question may be asked with other values later."""

    def __init__(self, ui: PlainUI, session: QuestionSource, screen: str, ids: Sequence[str], place: Location) -> None:
        self.ui, self.session, self._screen, self._ids = ui, session, screen, tuple(ids)
        self._restored: Location | None = place
        self.confidence = ui.study.settings.confidence

    def title(self, question: Question) -> tuple[str, str]:
        """The title over a question."""
        raise NotImplementedError

    def place(self, question: Question, response: Response | None) -> Location:
        """The place at a question, with what is not submitted yet."""
        return place_of(self._screen, self._ids, question, response)

    def keep(self, place: Location) -> None:
        """Save where the learner is."""
        self.ui.save_location(place)

    def asking(self, question: Question, passing: str = "") -> QuestionPrompt:
        """The prompt for a question, with what was chosen before the connection was lost."""
        self.ui.module = question.module

        def keep(response: Response | None) -> None:
            self.keep(self.place(question, response))
            if self.asker:
                keep_response(self.ui.study, self.asker, question, response)

        asking = QuestionPrompt(
            self.ui,
            question,
            lambda number: self.session.hint(question, number),
            keep,
            confidence=self.confidence,
            passing=passing,
        )
        place, self._restored = self._restored, None
        chosen = place.response if place is not None and place.ids[-1:] == (question.item,) else None
        if chosen is None and self.asker:
            chosen = kept_response(self.ui.study, self.asker, question.item)
        asking.restore(chosen)
        keep(asking.response or None)
        return asking

    def run(self) -> Literal["left", "over"]:
        """Ask until there is nothing left to ask. Raises SessionEnded."""
        if self.go_on_ticking() == "left":
            return "left"
        while (question := self.session.question()) is not None:
            if self.one(question) == "left":
                return "left"
        return "over"

    def one(self, question: Question) -> Literal["left", "next"]:
        """One question, until it is answered, put off or left."""
        asking = self.asking(question)
        self.put(question, asking)
        while True:
            got = asking.answer((SKIP, NOTE, LEAVE), lambda given: self.session.answer(question, given))
            match got:
                case CommandInput("q"):
                    return "left"
                case CommandInput("s"):
                    if self.session.skip(question):
                        self.ui.offer_undo(SKIPPED, Undo(partial(self.session.unskip, question), "It comes next."))
                        return "next"
                    self.ui.say(LAST_QUESTION)
                case CommandInput(key):
                    if key == "e":
                        self.ui.go(Location("note", (question.item,)))
                    self.put(question, asking)
                case _:
                    return self.judged(question, got)

    def put(self, question: Question, asking: QuestionPrompt) -> None:
        """Show the question under its title."""
        self.ui.show_title(*self.title(question))
        asking.put()

    def judged(self, question: Question, feedback: Feedback) -> Literal["left", "next"]:
        """Show the verdict until the learner continues."""
        ui, found = self.ui, ticking(self.ui.study, feedback)
        here = place_after(self._screen, self._ids, question, feedback)
        self.keep(here if found is not None else Location(self._screen, self._ids))
        commands = [NOTE, REPORT, LEAVE]
        if feedback.read:
            commands.insert(0, OPEN)
        if has_more_reasons(feedback):
            commands.insert(0, REASONS)
        prompt = Prompt(commands, numbers(len(found.ticks)) if found else (), TICKS, enter=AFTER)
        again = True
        while True:
            if again:
                self.show_judged(question, feedback, found)
            again = False
            match ui.ask(prompt):
                case ChoiceInput(number) if found is not None:
                    toggle(ui, found, number)
                case CommandInput(""):
                    if confirm(ui, found):
                        return "next"
                case CommandInput("q"):
                    confirm(ui, found)
                    return "left"
                case CommandInput("!"):
                    judged = not feedback.hidden
                    ui.go(report_location(question.item, feedback.response, question.draw, judged=judged))
                case CommandInput("o"):
                    ui.go(section_location(feedback.read))
                    again = True
                case CommandInput("e"):
                    ui.go(Location("note", (question.item,)))
                    again = True
                case CommandInput("v"):
                    show_reasons(ui, feedback)
                case _:
                    again = True

    def show_judged(self, question: Question, feedback: Feedback, found: Ticking | None) -> None:
        """The verdict, where to reread, and the points of a text."""
        self.ui.console.begin()
        self.ui.show(feedback_blocks(feedback, self.ui.prose))
        if feedback.read:
            self.ui.say(f"Reread: {section_title(self.ui.study, feedback.read)}")
        if found is not None:
            show_ticks(self.ui, found)

    def judged_before(self, place: Location) -> tuple[Question, Feedback] | None:
        """The question of a place that was answered, and its verdict; None if it cannot be shown."""
        return None

    def go_on_ticking(self) -> Literal["left", "next"]:
        """Continue with the points of a text if the connection was lost while they were ticked."""
        place = self._restored
        if place is None or not place.extra.get("answer"):
            return "next"
        shown = self.judged_before(place)
        found = ticking(self.ui.study, shown[1]) if shown is not None else None
        if shown is None or found is None or not found.is_open:
            return "next"
        self._restored = None
        self.ui.show_title(*self.title(shown[0]))
        return self.judged(*shown)


def show_reasons(ui: PlainUI, feedback: Feedback) -> None:
    """Show all options and parts with their reasons."""
    ui.show([*judged_blocks(feedback, every=True)])


BACK_OR_ON = Prompt((BACK,), enter="goes back")
"""The prompt under a text that is only read."""
