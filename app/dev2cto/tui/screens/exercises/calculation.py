"""The page of a calculation: the brief with its data, then one part at a time."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.errors import NotSaved
from dev2cto.items.forms import Predict
from dev2cto.markdown.parser import para
from dev2cto.presenters import calculation_text
from dev2cto.study.sessions.calculation import BRIEF, CalculationSession
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.question import QuestionBox
from dev2cto.tui.widgets.side_pane import SidePane


class CalculationPage(ExercisePage[CalculationSession]):
    """Parts that ask for a number; wrong answers can be retried."""

    FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "go on", id="calculation.onward"),
        Binding("left", "go(-1)", "part", tooltip="previous part", id="calculation.before"),
        Binding("right", "go(1)", "part", tooltip="next part", id="calculation.after"),
        Binding("d", "data", "brief and data", id="calculation.data"),
        Binding("v", "solution", "worked solution", id="calculation.solution"),
        Binding("a", "again", "again with new numbers", show=False, id="calculation.again"),
    ]
    number = BRIEF
    judged = False
    """Whether the current part is solved."""

    def beside(self) -> SidePane:
        """The brief and the data, while a part is shown."""
        return SidePane()

    def body(self) -> ComposeResult:
        """Nothing: `show` mounts the content."""
        yield from ()

    async def on_mount(self) -> None:
        """Restore the part where the learner left off, with the typed answer."""
        place, session = self.restored, self.session
        await self.show(session.part_at(self.kept))
        box = self.box()
        if place is not None and "part" in self.kept and box is not None and not self.judged:
            box.restore(place, lambda number: session.hint(self.number, number))
            box.focus_answer(reveal=False)

    def box(self) -> QuestionBox | None:
        """Return the question of the current part; None on the brief."""
        return next(iter(self.query(QuestionBox)), None)

    def place(self) -> Location:
        """The location of this part, with the typed answer."""
        box = self.box()
        if self.number == BRIEF or box is None:
            return self.here()
        extra = {"part": self.number, "underway": not self.session.done, **box.unsubmitted()}
        return self.here(box.cursor, **extra)._replace(response=box.response)

    def show_progress(self) -> None:
        """Show the progress in the title line."""
        self.name_it(calculation_text.progress(self.session, self.number))

    async def show(self, number: int) -> None:
        """Show part `number`, or the brief for BRIEF."""
        session = self.session
        self.number = max(BRIEF, min(len(session.exercise.parts) - 1, number))
        frame = self.query_one("#frame", Body)
        await frame.remove_children()
        self.judged = False
        aside = self.query_one(SidePane)
        if self.number == BRIEF:
            aside.show(())
            brief = calculation_text.brief(session, self.prose)
            await frame.mount(MarkdownText([*brief, para("enter begins", "muted")]))
            self.set_focus(None)
        else:
            aside.show([para("Brief", "heading"), *calculation_text.outline(session, self.prose)])
            with suppress(NotSaved):
                session.begin()
            box = QuestionBox(session.question(self.number), confidence=False, label=f"Part {self.number + 1}")
            await frame.mount(box)
            shown = session.feedback(self.number)
            if shown is not None and session.solved[self.number]:
                box.show_feedback(shown, reveal=False)
                self.judged = True
                self.set_focus(None)
            else:
                box.focus_answer(reveal=False)
        self.show_progress()
        frame.scroll_home(animate=False)
        self.refresh_bindings()
        self.keep_place()

    @on(QuestionBox.Changed)
    def typing(self) -> None:
        """Save the place, which includes the typed answer."""
        self.keep_place()

    @on(QuestionBox.HintWanted)
    def hint(self, message: QuestionBox.HintWanted) -> None:
        """Show the next hint."""
        message.box.show_hint(self.session.hint(self.number, message.number))

    @on(QuestionBox.Answered)
    async def answered(self, message: QuestionBox.Answered) -> None:
        """Grade and save the answer; a wrong number can be retried."""
        box = message.box
        result = box.judged(message.given, partial(self.session.answer, self.number))
        if result is None:
            return
        if result.score >= 1:
            box.show_feedback(result)
            self.judged = True
            self.set_focus(None)
            self.refresh_bindings()
            all_right = f" {calculation_text.ALL_RIGHT} {self.key('solution')} shows the worked solution."
            self.notify_learner(f"enter continues.{all_right if self.session.done else ''}")
        else:
            if isinstance(box.question.form, Predict):  # the interval is asked once, the number can be retried
                await self.show(self.number)
                box = self.query_one(QuestionBox)
            box.not_taken(calculation_text.retry(result, f"tab, then {self.key('hint')},"))
        self.show_progress()
        self.keep_place()

    async def action_onward(self) -> None:
        """Go to the next part once this one is solved; after the last, go back."""
        if self.number != BRIEF and not self.judged:
            if (box := self.box()) is not None:
                box.focus_answer()
        elif (following := self.session.part_after(self.number)) is not None:
            await self.show(following)
        else:
            self.action_back()

    async def action_go(self, step: int) -> None:
        """Go to the previous (-1) or next (1) part."""
        await self.show(self.number + step)

    def action_data(self) -> None:
        """Show the brief and the data again."""
        self.read(self.exercise.title, calculation_text.brief(self.session, self.prose))

    def action_solution(self) -> None:
        """Show the worked solution; before all parts are solved, ask for confirmation."""
        free = self.session.done or self.session.attempt.helped
        if free or self.confirmed("solution", calculation_text.HELPED, "opens it anyway"):
            self.read("Worked solution", self.prose(self.session.solution()))

    async def action_again(self) -> None:
        """Start again with new numbers, keeping the old attempt; ask for confirmation if it is unfinished."""
        warning = "New numbers start again from the first part."
        if self.session.done or self.confirmed("again", warning, "draws them anyway"):
            self.session = self.session.again()
            await self.show(BRIEF)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """New numbers need an attempt to replace; arrows stop at the brief and at the last part."""
        if action == "go":
            return BRIEF <= self.number + int(str(parameters[0])) < len(self.session.exercise.parts)
        if action == "again":
            return self.session.attempt.begun
        return super().check_action(action, parameters)
