"""The base of the scenario and simulation pages: gauges, text and choices, stage by stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block, Span, para
from dev2cto.presenters import play_text
from dev2cto.presenters.play_text import PlayTexts
from dev2cto.presenters.two_person import TITLE, script_blocks, script_of
from dev2cto.study.sessions.play import Offered
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.widgets.choices import Choices
from dev2cto.tui.widgets.gauges import GaugePanel
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from dev2cto.study.sessions.scenario import ScenarioSession
    from dev2cto.study.sessions.simulation import SimulationSession

P = TypeVar("P", bound="ScenarioSession | SimulationSession")


def play_keys(kind: str) -> list[BindingType]:
    """Return the bindings of all stages; `kind` prefixes their ids."""
    return [
        *(Binding(str(n), f"decide({n})", "choose", id=f"{kind}.choice{n}") for n in range(1, 10)),
        Binding("enter", "onward", "go on", id=f"{kind}.onward"),
        Binding("l", "log", "what has happened so far", id=f"{kind}.log"),
        Binding("a", "again", "play again", id=f"{kind}.again"),
    ]


class Decisions(Choices):
    """The choices of a scene, of which enter takes the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", "decide", id="choices.decide")]


class PlayPage(ExercisePage[P]):
    """Decide, see the consequences, and look back at the end; every step is saved at once."""

    FOCUS = ""
    texts: PlayTexts[P]

    def __init__(self, session: P, place: Location | None = None) -> None:
        super().__init__(session, place)
        self._cursor = (place.cursor or 0) if place is not None else 0
        self.stage = session.stage_at(self.kept)

    def place(self) -> Location:
        """The location, with the current stage and the row under the cursor."""
        rows = self.acting()
        return self.here(rows.cursor if rows is not None else 0, **self.session.kept(self.stage))

    def acting(self) -> Rows | None:
        """Return the rows that the learner can act on now; None if there are none."""
        return self.query_one(Choices) if self.stage == self.session.DECIDING else None

    @property
    def offered(self) -> Sequence[Offered]:
        """The choices offered in this stage."""
        return self.session.offered if self.stage == self.session.DECIDING else ()

    @on(Rows.Moved)
    def moved(self) -> None:
        """Save the place, which includes the row under the cursor."""
        self.keep_place()

    def beside(self) -> SidePane:
        """The story so far."""
        return SidePane()

    def frame(self) -> ComposeResult:
        """The fixed part, then the scrolling body."""
        yield from self.above()
        yield from super().frame()

    def above(self) -> ComposeResult:
        """The fixed part: the gauges."""
        yield GaugePanel()

    def body(self) -> ComposeResult:
        """The text and the choices."""
        yield MarkdownText(id="text")
        yield Decisions()

    def on_mount(self) -> None:
        """Show the current stage and the notice."""
        self.show_stage()
        self.say_on_return(*self.notice)

    @property
    def notice(self) -> tuple[str, str]:
        """The message and hint to show when the page opens."""
        return self.session.changed, ""

    def show_stage(self) -> None:
        """Show the current stage, scrolled to the top."""
        session, stage = self.session, self.stage
        self.name_it(self.texts.how_far(session, stage))
        gauges = self.query_one(GaugePanel)
        gauges.display = stage != "brief"
        gauges.show(session.exercise.gauges, session.state.gauges, session.state.moved, figures=stage == "debrief")
        self.query_one("#text", MarkdownText).show(self.blocks())
        past = self.texts.beside(session, stage, self.prose)
        self.query_one(SidePane).show([para("So far", "heading"), *past] if past else (), end=True)
        self.show_rows(self._cursor)
        self._cursor = 0
        self.set_focus(self.acting(), scroll_visible=False)
        self.query_one("#frame", Body).scroll_home(animate=False)
        self.refresh_bindings()
        self.keep_place()

    def show_rows(self, cursor: int) -> None:
        """Show the choices, with the cursor on row `cursor`."""
        choices = self.query_one(Choices)
        choices.display = bool(self.offered)
        choices.show([
            Row(choice.id, self.inline(choice.text), lead=(Span(f"{n}  ", "muted"),), gap=n == 1)
            for n, choice in enumerate(self.offered, 1)
        ], cursor)  # fmt: skip

    def blocks(self) -> list[Block]:
        """Return the text of the current stage, with the key to continue if it is not obvious."""
        blocks = self.texts.stage_blocks(self.session, self.stage, self.prose, drawn=True)
        if self.stage == "debrief":
            again, back = self.key("again"), self.key("back")
            return [*blocks, para(f"{again} {play_text.AGAIN}, {back} leads back", "muted")]
        if self.stage in ("brief", "ending"):
            return [*blocks, para(f"enter {play_text.ENTER[self.stage]}", "muted")]
        return blocks

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys work only in stages where they have an effect."""
        match action:
            case "decide":
                return parameters[0] in range(1, len(self.offered) + 1)
            case "onward":
                return self.stage in ("brief", self.session.OUTCOME, "ending")
            case "again":
                return self.session.ended
            case "log":
                return self.session.has_log
            case "script":
                return script_of(self.exercise) is not None
            case _:
                return super().check_action(action, parameters)

    @on(Choices.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Decide for the chosen row."""
        self.take(message.row.id)

    def action_decide(self, number: int) -> None:
        """Point at choice `number`, from 1; enter decides for it, so that no single key does."""
        self.query_one(Choices).cursor = number - 1

    def take(self, choice: str) -> None:
        """Save the decision and show the next stage."""
        outcomes = self.session.outcomes
        self.session.decide(choice)
        self.go_to(self.session.stage_after(outcomes))

    def go_to(self, stage: str) -> None:
        """Show a stage, without the last message."""
        self.notify_learner()
        self.stage = stage
        self.show_stage()

    def action_onward(self) -> None:
        """Go to the next stage."""
        self.go_to(self.session.next_stage(self.stage))

    def action_again(self) -> None:
        """Play again with another seed; the old play is kept."""
        self.session.replay()
        self.go_to(self.session.waiting)

    def action_log(self) -> None:
        """Show what happened so far."""
        self.read(play_text.LOG, self.texts.transcript(self.session, self.stage, self.prose))

    def action_script(self) -> None:
        """Show the script for two people."""
        if (script := script_of(self.exercise)) is not None:
            self.read(TITLE, script_blocks(script, self.prose))
