"""A simulation: the dashboard, a period's amounts and decisions, what it brought, and in the end the debrief."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.errors import NotSaved
from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.presenters import simulation_text
from dev2cto.presenters.simulation_debrief import hindsight
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.state.location import Location
from dev2cto.text import bar
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.scenario import Gauges
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.amounts import Amounts, Limits, amount_row
from dev2cto.tui.widgets.line_widget import Prose
from dev2cto.tui.widgets.rows import Choices, Row, Rows
from dev2cto.tui.widgets.side_pane import SidePane

LEAVES_IT = "enter again leaves it so."


class SimulationPage(ExercisePage):
    """Divide, decide, see what it brought; every step is kept as it is taken."""

    DEFAULT_CSS = "SimulationPage { & #left { margin: 0 0 1 0; } }"
    FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"decide({n})", "decide", id=f"simulation.choice{n}") for n in range(1, 10)),
        Binding("enter", "onward", "go on", id="simulation.onward"),
        Binding("d", "brief", "brief", id="simulation.brief"),
        Binding("l", "log", "what happened so far", id="simulation.log"),
        Binding("a", "again", "play again", id="simulation.again"),
    ]

    def __init__(self, session: SimulationSession, place: Location | None = None) -> None:
        super().__init__()
        self.session = session
        self.begin(session.exercise, session.study)
        kept = place.extra if place is not None else {}
        self._cursor = (place.cursor or 0) if place is not None else 0
        self._typed = str(kept.get("typed", ""))
        """Digits of an amount that is being typed."""
        self._warned = bool(kept.get("warned"))
        """Whether it is said that something would stay unused, so that the next enter leaves it so."""
        self.stage = self.stage_of(place)
        """brief, divide, decision, report of the last period, ending, debrief."""

    def stage_of(self, place: Location | None) -> str:
        """Where a play that was begun goes on: what a period brought is shown until the learner goes on."""
        kept = place.extra if place is not None else {}
        session = self.session
        if not session.attempt.begun:
            return self.present if kept.get("stage") == "divide" else "brief"
        over = len(session.state.reports)
        if over and "over" in kept and (kept.get("stage") == "report" or int(kept["over"]) < over):
            return "report"
        if session.ended and kept.get("stage") == "debrief":
            return "debrief"
        return self.present

    @property
    def present(self) -> str:
        """What waits."""
        if self.session.ended:
            return "ending"
        return "divide" if self.session.state.available else "decision"

    def place(self) -> Location:
        """This simulation, what of it is on screen, the row under the cursor, digits that are being typed."""
        underway = self.stage in ("divide", "decision", "report", "ending")
        extra = {"stage": self.stage, "over": len(self.session.state.reports), "underway": underway}
        if self.stage == "divide":
            extra |= {"typed": self._typed, "warned": self._warned}
        return Location("exercise", (self.exercise.id,), None, self.cursor, extra)

    @property
    def cursor(self) -> int:
        """The row under the cursor."""
        match self.stage:
            case "divide":
                return self.query_one(Amounts).cursor
            case "decision":
                return self.query_one(Choices).cursor
            case _:
                return 0

    def beside(self) -> SidePane:
        """What happened so far."""
        return SidePane()

    def frame(self) -> ComposeResult:
        """The dashboard and what is left to divide stay, the rest scrolls."""
        yield Gauges()
        yield Prose(id="left")
        yield from super().frame()

    def body(self) -> ComposeResult:
        """The text, the amounts, the choices."""
        yield Prose(id="text")
        yield Amounts()
        yield Choices()

    def on_mount(self) -> None:
        """Show where it stands."""
        self.show_stage()
        if self.session.changed:
            self.say_on_return(self.session.changed)
        elif self._warned:
            self.say_on_return(simulation_text.left_over(self.session), LEAVES_IT)

    def refresh_content(self) -> None:
        """Another session may have gone on with this play."""
        if self._shown and self.session.sync():
            self.stage = self.present
            self.show_stage()
            self.say("This play went on in another session.")

    # -- showing

    def show_stage(self) -> None:
        """Everything for the present stage."""
        session, stage = self.session, self.stage
        self.name_it(self.how_far())
        gauges = self.query_one(Gauges)
        gauges.display = stage != "brief"
        gauges.show(session.exercise.gauges, session.state.gauges, session.state.moved, figures=stage == "debrief")
        self.query_one("#text", Prose).show(self.blocks())
        past = simulation_text.so_far(session, self.prose) if stage in ("divide", "decision") else ()
        self.query_one(SidePane).show([para("So far", "heading"), *past] if past else (), end=True)
        amounts, choices = self.query_one(Amounts), self.query_one(Choices)
        amounts.display, choices.display = stage == "divide", stage == "decision"
        self.query_one("#left", Prose).display = stage == "divide"
        self.show_choices(choices)
        self.show_amounts(self._cursor)
        self._cursor = 0
        found: Rows | None = amounts if stage == "divide" else choices if stage == "decision" else None
        self.set_focus(found, scroll_visible=False)
        self.query_one("#frame", Body).scroll_home(animate=False)
        self.refresh_bindings()
        self.keep_place()

    def show_choices(self, choices: Choices) -> None:
        """The choices of the decision that waits."""
        asked = self.session.state.asked if self.stage == "decision" else None
        choices.show([
            Row(choice.id, self.inline(choice.text), lead=(Span(f"{n}  ", "muted"),), gap=n == 1)
            for n, choice in enumerate(asked.offered if asked else (), 1)
        ], self._cursor)  # fmt: skip

    def show_amounts(self, cursor: int | None = None) -> None:
        """Each budget with its uses, and what is left."""
        if self.stage != "divide":
            self.query_one(Amounts).show_amounts((), {}, 0)
            return
        session = self.session
        rows: list[Row] = []
        limits = {}
        width = max(cell_len(use.name) for a in session.state.available for use in a.budget.uses)
        for available in session.state.available:
            budget = available.budget
            longest = len(simulation_text.quantity(available.amount, budget.unit))
            words = f"{budget.name}{simulation_text.rules(available)}"
            rows.append(Row("", (Span(words, "accent"),), gap=True))
            for use in budget.uses:
                amount, room = session.amount(budget.id, use.id), session.room(budget.id, use.id)
                shown = simulation_text.quantity(amount, budget.unit).rjust(longest).replace(" ", "\u00a0")
                filled = bar(amount, available.amount, marks="━─")
                id = f"{budget.id}.{use.id}"
                rows.append(amount_row(id, use.name, width, shown, filled, use.meaning))
                limits[id] = Limits(less=amount > 0, more=room > amount, zero=amount > 0 or bool(self._typed))
        self.query_one(Amounts).show_amounts(rows, limits, cursor)
        lines = [simulation_text.budget(session, available) for available in session.state.available]
        self.query_one("#left", Prose).show([para(line, tight=n > 0) for n, line in enumerate(lines)])

    def how_far(self) -> str:
        """The period that is played, or whose report is shown."""
        state = self.session.state
        if self.stage in ("ending", "debrief"):
            return "the end"
        number = state.period if self.stage == "report" else state.period + 1
        return f"period {number} of {state.total}"

    def blocks(self) -> Sequence[Block]:
        """The text of the present stage."""
        session, state = self.session, self.session.state
        match self.stage:
            case "brief":
                end = para("enter begins; everything is kept as you do it", "muted")
                return [*simulation_text.brief(session, self.prose), end]
            case "divide":
                return simulation_text.period(session, self.prose)
            case "decision":
                return simulation_text.decision(session, self.prose)
            case "report":
                over = state.reports[-1]
                return simulation_text.report(session, over, self.prose, first=max(0, len(over.decided) - 1))
            case "debrief":
                end = para(f"{self.key('again')} plays again with another seed, {self.key('back')} leads back", "muted")
                return [*hindsight(session, self.prose, words=False), end]
            case _:
                end = Paragraph((Span("enter shows all figures, and what was luck in it", "muted"),))
                return [para(state.title, "heading"), *self.prose(state.text), end]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only while they do something."""
        match action:
            case "decide":
                asked = self.session.state.asked
                offered = len(asked.offered) if asked else 0
                return self.stage == "decision" and parameters[0] in range(1, offered + 1)
            case "onward":
                return self.stage in ("brief", "report", "ending")
            case "again":
                return self.session.ended
            case "log":
                return bool(self.session.state.reports or self.session.state.divisions)
            case "brief":
                return self.stage != "brief"
            case _:
                return super().check_action(action, parameters)

    # -- dividing

    @on(Amounts.Stepped)
    def stepped(self, message: Amounts.Stepped) -> None:
        """A step less or more."""
        budget, use = message.row.id.split(".")
        step = self.session.available(budget).budget.step
        self._typed = ""
        self.give(budget, use, self.session.amount(budget, use) + message.by * step)
        self.say()

    @on(Amounts.Typed)
    def typed(self, message: Amounts.Typed) -> None:
        """A digit: it goes on with the number typed before on this row, or begins another."""
        budget, use = message.row.id.split(".")
        available = self.session.available(budget)
        text = f"{self._typed}{message.digit}".lstrip("0") or "0"
        self._typed = text if float(text) <= available.amount else str(message.digit)
        wanted = float(self._typed)
        got = self.give(budget, use, wanted)
        self.say("" if got == wanted else simulation_text.not_all(available, use, wanted, got))

    def give(self, budget: str, use: str, amount: float) -> float:
        """Set the amount; what it is now."""
        self._warned = False
        got = self.session.give(budget, use, amount)
        self.show_amounts()
        self.keep_place()
        return got

    @on(Amounts.Submitted)
    def divided(self) -> None:
        """The amounts are final; where something stays unused, this is said once before."""
        left = simulation_text.left_over(self.session)
        if left and not self._warned:
            self._warned = True
            self.say(left, LEAVES_IT)
            self.keep_place()
            return
        over = len(self.session.state.reports)
        self.session.divide()
        self._typed, self._warned = "", False
        self.moved_on(over)

    @on(Rows.Moved)
    def moved(self) -> None:
        """The row under the cursor is part of the place; a number that was being typed is done."""
        if self._typed:
            self._typed = ""
            self.show_amounts()
        self.keep_place()

    # -- deciding and going on

    @on(Choices.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Decide for the row under the cursor."""
        self.take(message.row.id)

    def action_decide(self, number: int) -> None:
        """Decide by number."""
        asked = self.session.state.asked
        if asked is not None:
            self.take(asked.offered[number - 1].id)

    def take(self, choice: str) -> None:
        """Keep the decision, then show what comes next."""
        over = len(self.session.state.reports)
        self.session.decide(choice)
        self.moved_on(over)

    def moved_on(self, over: int) -> None:
        """To the report where a period is over now, else to what waits."""
        self.say()
        self.stage = "report" if len(self.session.state.reports) > over else self.present
        self.show_stage()

    def action_onward(self) -> None:
        """On to the next stage."""
        if self.stage == "brief":
            with suppress(NotSaved):  # it is said when the first division cannot be kept
                self.session.begin()
        self.stage = "debrief" if self.stage == "ending" else self.present
        self.say()
        self.show_stage()

    def action_again(self) -> None:
        """With another seed; the old play is kept."""
        self.session.replay()
        self.stage = self.present
        self.show_stage()

    def action_brief(self) -> None:
        """The brief and the gauges again."""
        self.app.push_screen(TextPage(self.exercise.title, simulation_text.brief(self.session, self.prose)))

    def action_log(self) -> None:
        """What happened so far."""
        self.app.push_screen(TextPage("What happened so far", simulation_text.so_far(self.session, self.prose)))
