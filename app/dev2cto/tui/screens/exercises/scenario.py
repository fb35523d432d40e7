"""A scenario: gauges, a scene, choices, what comes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.errors import NotSaved
from dev2cto.exercises.board import Change
from dev2cto.exercises.debrief import Debrief
from dev2cto.exercises.replay import Step
from dev2cto.exercises.scenario import Gauge
from dev2cto.prose.blocks import Block, Paragraph, Span, Style, para
from dev2cto.prose.layout import Line
from dev2cto.study.judgement import indented
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
        state, exercise = self.session.state, self.session.exercise
        match self.stage:
            case "brief":
                meanings = [
                    Paragraph(
                        (Span(g.name, "bold"), Span(f"  {g.start:.0f}   "), Span(g.meaning, "muted")),
                        marker="- ",
                        tight=n > 0,
                    )
                    for n, g in enumerate(exercise.gauges)
                ]
                end = para("enter begins; every decision is kept as you take it", "muted")
                return [*self.prose(exercise.brief), *meanings, end]
            case "result":
                passed = [step for step in state.log if step.choice][-1]
                after = state.log[state.log.index(passed) + 1 :]
                blocks = [para(f"You: {passed.chosen}", "bold"), *self.outcome(passed)]
                for step in after:
                    blocks += [para(step.title, "heading"), *self.prose(step.text)]
                return blocks
            case "debrief":
                return self.debrief(self.session.debrief())
            case _:
                blocks = [para(state.title, "heading"), *self.prose(state.text)]
                if self.session.ended:
                    blocks.append(
                        Paragraph(
                            (Span("enter shows what this path traded, and what others would have brought", "muted"),)
                        )
                    )
                return blocks

    def outcome(self, step: Step) -> list[Block]:
        """What came of a decision: now, and what was on its way."""
        blocks = list(self.prose(step.result))
        if step.changes:
            blocks.append(Paragraph(changes(step.changes, self.session.exercise.gauges)))
        for strike in step.strikes:
            blocks += [para("Later", "accent"), *self.prose(strike.text)]
            if strike.changes:
                blocks.append(Paragraph(changes(strike.changes, self.session.exercise.gauges)))
        return blocks

    def debrief(self, view: Debrief) -> list[Block]:
        """The path in hindsight."""
        blocks: list[Block] = [para(f"How it ended: {view.ending}", "heading")]
        for name, start, end in view.gauges:
            blocks.append(para(f"{name:<14} {start:3.0f} -> {end:3.0f}", tight=True, indent=3))
        blocks += self.prose(view.text)
        for n, decision in enumerate(view.decisions, 1):
            blocks.append(para(f"{n}. {decision.title}", "heading"))
            blocks.append(Paragraph((Span("You: ", "muted"), *self.inline(decision.chosen))))
            blocks += indented(self.prose(decision.aside))
            if decision.harmful:
                blocks.append(
                    Paragraph((Span("This does plain harm: ", "bad"), *self.inline(decision.harmful)), indent=3)
                )
            for other in decision.others:
                closed = "" if other.open else " (not open on your path)"
                blocks.append(Paragraph((Span("Or: ", "muted"), *self.inline(other.text), Span(closed, "muted"))))
                blocks += indented(self.prose(other.aside))
        seen = self.session.endings_seen
        total = len(self.session.exercise.endings)
        others = ", ".join(view.other_endings)
        blocks.append(para(f"Endings you have seen: {len(seen)} of {total}. Others: {others}.", "muted"))
        blocks.append(para("a plays again from the start, q leads back", "muted"))
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
        blocks: list[Block] = []
        for step in self.session.state.log:
            blocks += [para(step.title, "heading"), *self.prose(step.text)]
            if step.choice:
                blocks += [para(f"You: {step.chosen}", "bold"), *self.outcome(step)]
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


def changes(found: Sequence[Change], gauges: Sequence[Gauge]) -> tuple[Span, ...]:
    """Changes of gauges: "trust +3   reliability -10"."""
    names = {gauge.id: gauge.name for gauge in gauges}
    return tuple(Span(f"{names.get(c.gauge, c.gauge)} {c.by:+.0f}   ", "good" if c.by > 0 else "bad") for c in found)
