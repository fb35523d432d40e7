"""What every screen has: title line, body, a line for messages, keys; its place in the record; the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen

from dev2cto.errors import Dev2CtoError
from dev2cto.prose.blocks import Block, Spans, inline, para, parse
from dev2cto.study.place import Place
from dev2cto.tui.widgets.frame import KeyLine, Rule, TitleLine
from dev2cto.tui.widgets.lines import Prose

if TYPE_CHECKING:
    from dev2cto.study.core import Study
    from dev2cto.tui.app import CourseApp

LEAST_WIDTH, LEAST_HEIGHT = 60, 20


class Body(VerticalScroll, can_focus=False):
    """The part between the rules; it scrolls when it must."""

    DEFAULT_CSS = "Body { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; }"


class Page(Screen[None]):
    """A screen of the course. Subclasses fill `body`, call `head`, and say their `place`."""

    DEFAULT_CSS = """
    Page {
        padding: 0 2;
        layout: vertical;
        & #notice { height: auto; color: $warning; }
        & #frame { height: 1fr; }
        & .hidden { display: none; }
    }
    """
    AUTO_FOCUS = "Rows, Input, TextArea, AnswerWidget"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape", "back", "back", key_display="q", id="page.back"),
    ]
    module: str = ""
    """The module whose study time runs while this screen is shown; empty outside of one."""

    @property
    def course_app(self) -> CourseApp:
        """The app."""
        return cast("CourseApp", self.app)

    @property
    def study(self) -> Study:
        """The learner's study."""
        return self.course_app.study

    def compose(self) -> ComposeResult:
        """Title, rule, body, message, rule, keys."""
        yield TitleLine()
        yield Rule()
        yield from self.frame()
        yield Prose(id="notice")
        yield Rule()
        yield KeyLine()

    def frame(self) -> ComposeResult:
        """Everything between the rules; by default one scrolling body."""
        with Body(id="frame"):
            yield from self.body()

    def body(self) -> ComposeResult:
        """The screen's own content."""
        yield from ()

    def place(self) -> Place | None:
        """Where the learner is; None where this screen is no place to come back to."""
        return None

    def head(self, left: str, right: str = "") -> None:
        """Say where one is and how far."""
        self.query_one(TitleLine).show(left, right)

    def say(self, message: str = "", hint: str = "") -> None:
        """Show a message above the keys, or take it away."""
        blocks: list[Block] = [para(message, "warn")] if message else []
        if hint:
            blocks.append(para(hint, "muted", tight=True))
        self.query_one("#notice", Prose).show(blocks)

    def complain(self, error: Dev2CtoError) -> None:
        """Show what went wrong and the way out."""
        self.say(error.message.splitlines()[0], error.hint)

    def prose(self, text: str) -> tuple[Block, ...]:
        """Markdown of the course as blocks, with its sources and facts filled in."""
        return parse(text, self.course_app.cite, self.course_app.fact)

    def inline(self, text: str) -> Spans:
        """A one-line text of the course."""
        return inline(text, self.course_app.cite, self.course_app.fact)

    def keep_place(self) -> None:
        """Remember where the learner is."""
        place = self.place()
        if place is not None:
            self.study.keep(place)
            self.course_app.live_changed()

    def on_key(self, event: events.Key) -> None:
        """A sign of life."""
        self.study.timekeeper.alive(self.module)

    def on_screen_resume(self) -> None:
        """Shown (again): other sessions' answers are taken in, and this is the place now."""
        self.say()
        self.course_app.take_in()
        self.refresh_content()
        self.keep_place()

    def refresh_content(self) -> None:
        """Take in what changed while another screen was shown."""

    def action_back(self) -> None:
        """Back to where one came from."""
        self.course_app.back()
