"""A calculation: the brief with its data, then one part at a time."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.errors import NotSaved
from dev2cto.items.forms import Predict
from dev2cto.markdown.parser import Block, para
from dev2cto.presenters.exercise_texts import calculation_brief, calculation_outline
from dev2cto.study.sessions.calculation import CalculationSession
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import Prose
from dev2cto.tui.widgets.question import QuestionBox
from dev2cto.tui.widgets.side_pane import SidePane

BRIEF = -1


class CalculationPage(ExercisePage):
    """Numbers to work out; wrong ones can be tried again."""

    FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "go on", id="calculation.onward"),
        Binding("left", "go(-1)", "part", tooltip="part before", id="calculation.before"),
        Binding("right", "go(1)", "part", tooltip="part after", id="calculation.after"),
        Binding("d", "data", "brief and data", id="calculation.data"),
        Binding("v", "solution", "worked solution", id="calculation.solution"),
        Binding("a", "again", "again with new numbers", show=False, id="calculation.again"),
    ]

    def __init__(self, session: CalculationSession, place: Location | None = None) -> None:
        super().__init__()
        self.session = session
        self.begin(session.exercise, session.study)
        self.number = BRIEF
        self.judged = False
        self._restored = place
        self._warned: set[str] = set()

    def beside(self) -> SidePane:
        """The brief and the data, while a part is worked out."""
        return SidePane()

    def body(self) -> ComposeResult:
        """Filled by `show`."""
        yield from ()

    async def on_mount(self) -> None:
        """The brief for a new attempt; otherwise the part that is not right yet."""
        place, session = self._restored, self.session
        if place is not None and "part" in place.extra:
            await self.show(int(place.extra["part"]))
            box = self.box()
            if box is not None and not self.judged:
                box.restore(place, lambda number: session.hint(self.number, number))
                box.focus_answer(reveal=False)
        else:
            await self.show(session.current if session.attempt.begun and not session.done else BRIEF)

    def box(self) -> QuestionBox | None:
        """The part on screen, while it can be answered."""
        return next(iter(self.query(QuestionBox)), None)

    def place(self) -> Location:
        """This part, with what is typed."""
        box = self.box()
        if self.number == BRIEF or box is None:
            return Location("exercise", (self.exercise.id,))
        extra = {"part": self.number, "underway": not self.session.done, **box.unsubmitted()}
        return Location("exercise", (self.exercise.id,), box.response, box.cursor, extra)

    async def show(self, number: int) -> None:
        """Show the brief, or a part."""
        session = self.session
        count = len(session.exercise.parts)
        self.number = max(BRIEF, min(count - 1, number))
        frame = self.query_one("#frame", Body)
        await frame.remove_children()
        self.judged = False
        solved = sum(session.solved)
        aside = self.query_one(SidePane)
        if self.number == BRIEF:
            aside.show(())
            self.name_it(f"{solved} of {count} parts right")
            await frame.mount(Prose([*self.brief(), para("enter begins", "muted")]))
            self.set_focus(None)
        else:
            aside.show([para("Brief", "heading"), *calculation_outline(session, self.prose)])
            with suppress(NotSaved):
                session.begin()
            self.name_it(f"part {self.number + 1} of {count}, {solved} right")
            box = QuestionBox(session.question(self.number), confidence=False, label=f"Part {self.number + 1}")
            await frame.mount(box)
            shown = session.feedback(self.number)
            if shown is not None and session.solved[self.number]:
                box.show_feedback(shown, reveal=False)
                self.judged = True
                self.set_focus(None)
            else:
                box.focus_answer(reveal=False)
        frame.scroll_home(animate=False)
        self.refresh_bindings()
        self.keep_place()

    def brief(self) -> list[Block]:
        """The brief, and the first rows of each table."""
        return calculation_brief(self.session, self.prose)

    @on(QuestionBox.Changed)
    def typing(self) -> None:
        """What is typed is part of the place."""
        self.keep_place()

    @on(QuestionBox.HintWanted)
    def hint(self, message: QuestionBox.HintWanted) -> None:
        """The next hint of the ladder."""
        message.box.show_hint(self.session.hint(self.number, message.number))

    @on(QuestionBox.Answered)
    async def answered(self, message: QuestionBox.Answered) -> None:
        """Judge and keep; a wrong number can be tried again."""
        box = message.box
        result = box.judged(message.given, partial(self.session.answer, self.number))
        if result is None:
            return
        if result.score >= 1:
            box.show_feedback(result)
            self.judged = True
            self.set_focus(None)
            self.refresh_bindings()
            whole = f" All parts are right: the exercise is done. {self.key('solution')} shows the whole, worked."
            self.say(f"enter goes on.{whole if self.session.done else ''}")
        else:
            why = " ".join(remark.text for remark in result.chosen if remark.text)
            why = why or f"Try again; tab, then {self.key('hint')}, gives a hint."
            if isinstance(box.question.form, Predict):  # the interval is given once, the number as often as wanted
                await self.show(self.number)
                box = self.query_one(QuestionBox)
            box.not_taken(f"Not quite. {why}" if result.score == 0 else f"Nearly. {why}")
        solved = sum(self.session.solved)
        self.name_it(f"part {self.number + 1} of {len(self.session.exercise.parts)}, {solved} right")
        self.keep_place()

    async def action_onward(self) -> None:
        """To the next part; after the last, back."""
        if self.number != BRIEF and not self.judged:
            box = self.box()
            if box is not None:
                box.focus_answer()
        elif self.number + 1 < len(self.session.exercise.parts):
            await self.show(self.session.current if self.number == BRIEF and not self.session.done else self.number + 1)
        else:
            self.action_back()

    async def action_go(self, step: int) -> None:
        """To the part before or after."""
        await self.show(self.number + step)

    def action_data(self) -> None:
        """The brief and the data again."""
        self.app.push_screen(TextPage(self.exercise.title, self.brief()))

    def action_solution(self) -> None:
        """The whole, worked; before the end it is asked once."""
        open_ = self.session.done or self.session.attempt.helped
        words = (
            "Before all parts are right, opening it marks the exercise as helped.",
            f"{self.key('solution')} opens it all the same.",
        )
        if open_ or self.asked_once("solution", *words):
            self.app.push_screen(TextPage("Worked solution", self.prose(self.session.solution())))

    async def action_again(self) -> None:
        """New numbers; the old attempt is kept. Before the end it is asked once."""
        words = "New numbers begin with the first part again.", f"{self.key('again')} takes them all the same."
        if self.session.done or self.asked_once("again", *words):
            self.session = self.session.again()
            self._warned.clear()
            await self.show(BRIEF)

    def asked_once(self, what: str, message: str, hint: str) -> bool:
        """Whether this was asked for before; if not, say what it means."""
        if what in self._warned:
            return True
        self._warned.add(what)
        self.say(message, hint)
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """New numbers are there once there were old ones; before the brief and after the last part is nothing."""
        if action == "go":
            return BRIEF <= self.number + int(str(parameters[0])) < len(self.session.exercise.parts)
        if action == "again":
            return self.session.attempt.begun
        return super().check_action(action, parameters)
