"""A scenario: gauges, a scene, choices, what comes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.errors import NotSaved
from dev2cto.exercises.scenario import Gauge
from dev2cto.prose.blocks import Block, Paragraph, Span, Style, para
from dev2cto.prose.layout import Line
from dev2cto.study import story
from dev2cto.study.scenario import ScenarioSession
from dev2cto.tui.page import Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.lines import Plain, Prose, said
from dev2cto.tui.widgets.rows import Row, Rows

BAR = 10


class ScenarioPage(ExercisePage):
    """Decide, see what comes of it, and in the end what else could have been."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"decide({n})", "decide", id=f"scenario.choice{n}") for n in range(1, 5)),
        Binding("enter", "onward", "go on", id="scenario.onward"),
        Binding("l", "log", "what happened so far", id="scenario.log"),
        Binding("a", "again", "play again", id="scenario.again"),
        Binding("space,pagedown", "page(1)", "page", show=False, id="scenario.page"),
        Binding("backspace,pageup", "page(-1)", "page back", show=False, id="scenario.page_back"),
    ]

    def __init__(self, session: ScenarioSession) -> None:
        super().__init__()
        self.session = session
        self.begin(session.exercise, session.study)
        self.stage = "scene"
        """brief before the first decision, scene, result of the last decision, ending, debrief."""
        if not session.attempt.begun:
            self.stage = "brief"
        elif session.ended:
            self.stage = "ending"

    def frame(self) -> ComposeResult:
        """The gauges stay, the rest scrolls."""
        yield Plain(id="gauges")
        yield from super().frame()

    def body(self) -> ComposeResult:
        """The text and the choices."""
        yield Prose(id="text")
        yield Rows(id="choices")

    def on_mount(self) -> None:
        """Show where it stands."""
        self.show_stage()
        if self.session.changed:
            self.say(self.session.changed)

    def show_stage(self) -> None:
        """Everything for the present stage."""
        state, rows = self.session.state, self.query_one(Rows)
        self.name_it(f"decision {state.decision} of {state.total}" if not self.session.ended else "the end")
        shown = self.session.exercise.gauges
        self.query_one("#gauges", Plain).show([] if self.stage == "brief" else gauge_lines(shown, state.gauges))
        self.query_one("#text", Prose).show(self.blocks())
        if self.stage == "scene":
            rows.show([
                Row(choice.id, self.inline(choice.text), lead=(Span(f"{n}  ", "muted"),), gap=n == 1)
                for n, choice in enumerate(state.offered, 1)
            ], 0)  # fmt: skip
            rows.focus()
        else:
            rows.show([])
            self.set_focus(None)
        self.query_one("#frame", Body).scroll_home(animate=False)
        self.refresh_bindings()
        self.keep_place()

    def blocks(self) -> list[Block]:
        """The text of the present stage."""
        state = self.session.state
        match self.stage:
            case "brief":
                end = para("enter begins; every decision is kept as you take it", "muted")
                return [*story.brief(self.session, self.prose), end]
            case "result":
                return story.last_decision(self.session, self.prose)
            case "debrief":
                end = para("a plays again from the start, q leads back", "muted")
                return [*story.hindsight(self.session, self.prose), end]
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
            case _:
                return True

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Decide for the row under the cursor."""
        self.take(message.row.id)

    def action_decide(self, number: int) -> None:
        """Decide by number."""
        self.take(self.session.state.offered[number - 1].id)

    def take(self, choice: str) -> None:
        """Keep the decision, then show what came of it."""
        try:
            self.session.decide(choice)
        except NotSaved as error:
            self.complain(error)
            return
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
        try:
            self.session.replay()
        except NotSaved as error:
            self.complain(error)
            return
        self.stage = "scene"
        self.show_stage()

    def action_log(self) -> None:
        """What happened so far."""
        blocks = story.so_far(self.session, self.prose)
        self.app.push_screen(TextPage("What happened so far", blocks))

    def action_page(self, direction: int) -> None:
        """Turn the page."""
        frame = self.query_one("#frame", Body)
        frame.scroll_relative(y=direction * max(1, frame.size.height - 2), animate=False, force=True)


def gauge_lines(gauges: Sequence[Gauge], values: Mapping[str, float]) -> list[Line]:
    """The gauges as bars with numbers, three to a line."""
    pieces = []
    for gauge in gauges:
        value = values[gauge.id]
        full = round(value / 100 * BAR)
        bar = "#" * full + "." * (BAR - full)
        pieces.append((f"{gauge.name} ", bar, f" {value:.0f}   "))
    lines = []
    for at in range(0, len(pieces), 3):
        parts: list[str | tuple[str, Style]] = []
        for name, bar, number in pieces[at : at + 3]:
            parts += [(name, "muted"), (bar, "code"), number]
        lines.append(said(*parts))
    return [*lines, said("")]
