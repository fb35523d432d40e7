"""The page of a simulation: gauges, a period's amounts and decisions, its results, and the debrief at the end."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.errors import NotSaved
from dev2cto.markdown.parser import Span, para
from dev2cto.presenters import play_text, simulation_text
from dev2cto.presenters.bars import bar
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.exercises.play import PlayPage, play_keys
from dev2cto.tui.widgets.amounts import AmountLimits, AmountRows, amount_row
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

LEAVES_IT = "enter again leaves it so."


class SimulationPage(PlayPage[SimulationSession]):
    """Allocate budgets, decide, see the results; every step is saved at once."""

    DEFAULT_CSS = "SimulationPage { & #left { margin: 0 0 1 0; } }"
    BINDINGS: ClassVar[list[BindingType]] = [
        *play_keys("simulation"),
        Binding("d", "brief", "brief", id="simulation.brief"),
    ]
    texts = simulation_text

    def __init__(self, session: SimulationSession, place: Location | None = None) -> None:
        super().__init__(session, place)
        self._typed = str(self.kept.get("typed", ""))
        """The digits of the amount being typed."""
        self._warned = bool(self.kept.get("warned"))
        """Whether the learner was warned of an unused rest, so that the next enter accepts it."""

    def place(self) -> Location:
        """The location, with the digits being typed."""
        place = super().place()
        typed = {"typed": self._typed, "warned": self._warned} if self.stage == "divide" else {}
        return place._replace(extra={**place.extra, **typed})

    def acting(self) -> Rows | None:
        """The amounts while budgets are allocated, otherwise the choices."""
        return self.query_one(AmountRows) if self.stage == "divide" else super().acting()

    def above(self) -> ComposeResult:
        """The gauges and what is left to allocate."""
        yield from super().above()
        yield MarkdownText(id="left")

    def body(self) -> ComposeResult:
        """The text, the choices and the amounts."""
        yield from super().body()
        yield AmountRows()

    @property
    def notice(self) -> tuple[str, str]:
        """The warning about an unused rest, repeated on return."""
        unused = self._warned and not self.session.changed
        return (simulation_text.left_over(self.session), LEAVES_IT) if unused else super().notice

    def refresh_content(self) -> None:
        """Catch up if another session continued this play."""
        if self._shown and self.session.sync():
            self.go_to(self.session.waiting)
            self.notify_learner(simulation_text.WENT_ON)

    def show_rows(self, cursor: int) -> None:
        """Show the choices, and the amounts while budgets are allocated."""
        super().show_rows(cursor)
        dividing = self.stage == "divide"
        self.query_one(AmountRows).display = self.query_one("#left", MarkdownText).display = dividing
        self.show_amounts(cursor)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The brief can be shown again in all later stages."""
        return self.stage != "brief" if action == "brief" else super().check_action(action, parameters)

    def show_amounts(self, cursor: int | None = None) -> None:
        """Show each budget with its uses, and what is left."""
        if self.stage != "divide":
            self.query_one(AmountRows).show_amounts((), {}, 0)
            return
        session = self.session
        rows: list[Row] = []
        limits = {}
        width = max(cell_len(use.name) for a in session.state.available for use in a.budget.uses)
        for available in session.state.available:
            budget = available.budget
            longest = len(play_text.quantity(available.amount, budget.unit))
            words = f"{budget.name}{simulation_text.rules(available)}"
            rows.append(Row("", (Span(words, "accent"),), gap=True))
            for use in budget.uses:
                amount, room = session.amount(budget.id, use.id), session.room(budget.id, use.id)
                shown = play_text.quantity(amount, budget.unit).rjust(longest).replace(" ", "\u00a0")
                filled = bar(amount, available.amount, 10)
                id = f"{budget.id}.{use.id}"
                rows.append(amount_row(id, use.name, width, shown, filled, use.meaning))
                limits[id] = AmountLimits(less=amount > 0, more=room > amount, zero=amount > 0 or bool(self._typed))
        self.query_one(AmountRows).show_amounts(rows, limits, cursor)
        lines = [simulation_text.budget(session, available) for available in session.state.available]
        self.query_one("#left", MarkdownText).show([para(line, tight=n > 0) for n, line in enumerate(lines)])

    # -- dividing

    @on(AmountRows.Stepped)
    def stepped(self, message: AmountRows.Stepped) -> None:
        """Change the amount by one step of the budget."""
        budget, use = message.row.id.split(".")
        step = self.session.available(budget).budget.step
        self._typed = ""
        self.give(budget, use, self.session.amount(budget, use) + message.by * step)
        self.notify_learner()

    @on(AmountRows.Typed)
    def typed(self, message: AmountRows.Typed) -> None:
        """Append the digit to the amount being typed, or start a new amount if that exceeds the budget."""
        budget, use = message.row.id.split(".")
        available = self.session.available(budget)
        text = f"{self._typed}{message.digit}".lstrip("0") or "0"
        self._typed = text if float(text) <= available.amount else str(message.digit)
        wanted = float(self._typed)
        got = self.give(budget, use, wanted)
        self.notify_learner("" if got == wanted else simulation_text.not_all(available, use, wanted, got))

    def give(self, budget: str, use: str, amount: float) -> float:
        """Set the amount; returns the amount within the rules."""
        self._warned = False
        got = self.session.give(budget, use, amount)
        self.show_amounts()
        self.keep_place()
        return got

    @on(AmountRows.Submitted)
    def divided(self) -> None:
        """Finish the allocation; warn once if something stays unused."""
        left = simulation_text.left_over(self.session)
        if left and not self._warned:
            self._warned = True
            self.notify_learner(left, LEAVES_IT)
            self.keep_place()
            return
        outcomes = self.session.outcomes
        self.session.divide()
        self._typed, self._warned = "", False
        self.go_to(self.session.stage_after(outcomes))

    @on(Rows.Moved)
    def row_left(self) -> None:
        """Finish the amount being typed when the cursor moves."""
        if self._typed:
            self._typed = ""
            self.show_amounts()

    def action_onward(self) -> None:
        """Go to the next stage; leaving the brief begins the play."""
        if self.stage == "brief":
            with suppress(NotSaved):  # reported when the first allocation cannot be saved
                self.session.begin()
        super().action_onward()

    def action_brief(self) -> None:
        """Show the brief and the gauges again."""
        self.read(self.exercise.title, simulation_text.brief(self.session, self.prose))
