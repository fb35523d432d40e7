"""A scenario: gauges, a scene, choices, what comes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.exercises.scenarios.gauges import LEVELS, Gauge, shown
from dev2cto.markdown.layout import Line
from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.presenters import scenario_text, two_person
from dev2cto.presenters.scenario_debrief import hindsight
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.study.state.location import Location
from dev2cto.text import clean
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import LineWidget, Prose
from dev2cto.tui.widgets.rows import Choices, Row, Rows
from dev2cto.tui.widgets.side_pane import SidePane

BAR = 10
GAP = 3
"""Cells between two gauges."""
ARROWS = {"rising": "↑", "falling": "↓", "steady": "→"}


class ScenarioPage(ExercisePage):
    """Decide, see what comes of it, and in the end what else could have been."""

    FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"decide({n})", "decide", id=f"scenario.choice{n}") for n in range(1, 10)),
        Binding("enter", "onward", "go on", id="scenario.onward"),
        Binding("l", "log", "what happened so far", id="scenario.log"),
        Binding("a", "again", "play again", id="scenario.again"),
        Binding("t", "script", "script for two", tooltip="script for two people", id="scenario.script"),
    ]

    def __init__(self, session: ScenarioSession, place: Location | None = None) -> None:
        super().__init__()
        self.session = session
        self.begin(session.exercise, session.study)
        self._cursor = (place.cursor or 0) if place is not None else 0
        self.stage = self.stage_of(place)
        """brief before the first decision, scene, result of the last decision, ending, debrief."""

    def stage_of(self, place: Location | None) -> str:
        """Where a path that was begun goes on: what came of the last decision is shown until the learner goes on."""
        taken = len(self.session.state.choices)
        kept = place.extra if place is not None else {}
        if not self.session.attempt.begun:
            return "scene" if kept.get("stage") == "scene" else "brief"
        if taken and "taken" in kept and (kept.get("stage") == "result" or int(kept["taken"]) < taken):
            return "result"
        if self.session.ended:
            return "debrief" if kept.get("stage") == "debrief" else "ending"
        return "scene"

    def place(self) -> Location:
        """This scenario, and what of it is on screen."""
        underway = self.stage in ("scene", "result", "ending")
        extra = {"stage": self.stage, "taken": len(self.session.state.choices), "underway": underway}
        cursor = self.query_one(Rows).cursor if self.stage == "scene" else 0
        return Location("exercise", (self.exercise.id,), None, cursor, extra)

    @on(Rows.Moved)
    def moved(self) -> None:
        """The choice under the cursor is part of the place."""
        self.keep_place()

    def beside(self) -> SidePane:
        """What happened so far, while decisions are taken."""
        return SidePane()

    def frame(self) -> ComposeResult:
        """The gauges stay, the rest scrolls."""
        yield Gauges()
        yield from super().frame()

    def body(self) -> ComposeResult:
        """The text and the choices."""
        yield Prose(id="text")
        yield Choices()

    def on_mount(self) -> None:
        """Show where it stands."""
        self.show_stage()
        if self.session.changed:
            self.say(self.session.changed)

    def show_stage(self) -> None:
        """Everything for the present stage."""
        state, rows = self.session.state, self.query_one(Rows)
        self.name_it(self.how_far())
        gauges = self.query_one(Gauges)
        gauges.display = self.stage != "brief"
        gauges.show(self.session.exercise.gauges, state.gauges, state.moved, figures=self.stage == "debrief")
        self.query_one("#text", Prose).show(self.blocks())
        past = scenario_text.so_far(self.session, self.prose, decided=True) if self.stage in ("scene", "result") else ()
        self.query_one(SidePane).show([para("So far", "heading"), *past] if past else (), end=True)
        if self.stage == "scene":
            rows.show([
                Row(choice.id, self.inline(choice.text), lead=(Span(f"{n}  ", "muted"),), gap=n == 1)
                for n, choice in enumerate(state.offered, 1)
            ], self._cursor)  # fmt: skip
            self._cursor = 0
            self.set_focus(rows, scroll_visible=False)
        else:
            rows.show([])
            self.set_focus(None)
        self.query_one("#frame", Body).scroll_home(animate=False)
        self.refresh_bindings()
        self.keep_place()

    def how_far(self) -> str:
        """The decision that is to be taken, or whose outcome is shown."""
        state = self.session.state
        if self.stage in ("ending", "debrief"):
            return "the end"
        number = len(state.choices) if self.stage == "result" else state.decision
        return f"decision {number} of {state.total}"

    def blocks(self) -> list[Block]:
        """The text of the present stage."""
        state = self.session.state
        match self.stage:
            case "brief":
                end = para("enter begins; every decision is kept as you take it", "muted")
                return [*scenario_text.brief(self.session, self.prose), end]
            case "result":
                return scenario_text.last_decision(self.session, self.prose)
            case "debrief":
                end = para(f"{self.key('again')} plays again from the start, {self.key('back')} leads back", "muted")
                return [*hindsight(self.session, self.prose), end]
            case _:
                blocks = [para(state.title, "heading"), *self.prose(state.text)]
                if self.session.ended:
                    blocks.append(
                        Paragraph(
                            (Span("enter shows what this path traded, and what others would have brought", "muted"),)
                        )
                    )
                return blocks

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only while they do something."""
        match action:
            case "decide":
                return self.stage == "scene" and parameters[0] in range(1, len(self.session.state.offered) + 1)
            case "onward":
                return self.stage in ("brief", "result", "ending")
            case "again":
                return self.session.ended
            case "log":
                return bool(self.session.state.log)
            case "script":
                return self.session.exercise.script is not None
            case _:
                return super().check_action(action, parameters)

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Decide for the row under the cursor."""
        self.take(message.row.id)

    def action_decide(self, number: int) -> None:
        """Decide by number."""
        self.take(self.session.state.offered[number - 1].id)

    def take(self, choice: str) -> None:
        """Keep the decision, then show what came of it."""
        self.session.decide(choice)
        self.say()
        self.stage = "result"
        self.show_stage()

    def action_onward(self) -> None:
        """On to the next stage."""
        self.stage = {"brief": "scene", "result": "ending" if self.session.ended else "scene", "ending": "debrief"}[
            self.stage
        ]
        self.show_stage()

    def action_again(self) -> None:
        """From the start; the old path is kept."""
        self.session.replay()
        self.stage = "scene"
        self.show_stage()

    def action_log(self) -> None:
        """What happened so far."""
        blocks = scenario_text.so_far(self.session, self.prose, figures=self.stage == "debrief")
        self.app.push_screen(TextPage("What happened so far", blocks))

    def action_script(self) -> None:
        """The script for two people."""
        script = self.session.exercise.script
        if script is not None:
            self.app.push_screen(TextPage(two_person.TITLE, two_person.script_blocks(script, self.prose)))


class Gauges(LineWidget):
    """The gauges as bars, as many to a line as fit: a known one with its figure, the others with a word and an arrow.

    The bar of a gauge that is not known shows its word and no more, so that nobody can read a figure from it.
    """

    DEFAULT_CSS = "Gauges { margin: 0 0 1 0; }"

    def __init__(self) -> None:
        super().__init__()
        self._gauges: tuple[tuple[Span, ...], ...] = ()

    def show(
        self, gauges: Sequence[Gauge], values: Mapping[str, float], moved: Mapping[str, float], *, figures: bool
    ) -> None:
        """Show these values and, where they are words, the direction of the last change."""
        self._gauges = tuple(tuple(_gauge(gauge, values[gauge.id], moved, figures)) for gauge in gauges)
        self.stale()

    def lines_at(self, width: int) -> Sequence[Line]:
        """Name, bar and value of each."""
        lines: list[list[Span]] = [[]]
        used = 0
        for spans in self._gauges:
            size = sum(cell_len(span.text) for span in spans)
            if used and used + GAP + size > width:
                lines.append([])
                used = 0
            if used:
                lines[-1].append(Span(" " * GAP))
                used += GAP
            lines[-1] += spans
            used += size
        return [Line(tuple(spans)) for spans in lines]


def _gauge(gauge: Gauge, value: float, moved: Mapping[str, float], figures: bool) -> Iterator[Span]:
    plain = figures or gauge.known
    full = round(gauge.share(value) * BAR) if plain else (gauge.level(value) + 1) * BAR // len(LEVELS)
    yield Span(f"{clean(gauge.name)} ", "muted")
    yield Span("━" * full, "code")
    yield Span("─" * (BAR - full), "muted")
    yield Span(f" {clean(shown(gauge, value, figures=figures))}")
    if not plain and gauge.id in moved:
        yield Span(f" {ARROWS[gauge.trend(moved[gauge.id]).partition(',')[0]]}", "bold")
        judged = gauge.trend(moved[gauge.id]).partition(", ")[2]
        yield Span(f" {judged}" if judged else "", "muted")
