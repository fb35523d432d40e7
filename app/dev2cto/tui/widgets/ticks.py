"""What to look for in one's own text, to be ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from dev2cto.errors import NotSaved
from dev2cto.markdown.parser import Span, Spans, para
from dev2cto.presenters.feedback import LOOK_FOR, proposal
from dev2cto.study.queries.ticking import Tick, Ticking
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from dev2cto.tui.screens.base import Page

MOST = 6
"""Points of a text, at most."""


class Ticks(Vertical):
    """The points of a kept text under their heading; `inline` styles a one-line text of the course."""

    DEFAULT_CSS = "Ticks { height: auto; margin: 1 0 0 0; & TickRows { margin: 1 0 0 0; } }"

    def __init__(self, ticking: Ticking, inline: Callable[[str], Spans]) -> None:
        super().__init__()
        self.ticking = ticking
        self.rows = TickRows(ticking, inline)

    def compose(self) -> ComposeResult:
        """The heading, then the rows."""
        yield MarkdownText([para(LOOK_FOR, "bold"), para(proposal(self.ticking.ticks), "muted", tight=True)])
        yield self.rows

    def settle(self) -> bool:
        """Decide all points as they are ticked; False, with the reason said, where that cannot be saved."""
        try:
            self.ticking.confirm()
        except NotSaved as error:
            cast("Page", self.screen).show_error(error)
            return False
        return True

    def restore(self, cursor: int) -> None:
        """The points as the learner left them: on screen, where some were ticked."""
        self.rows.cursor = max(0, min(cursor, len(self.rows.rows) - 1))
        if any(tick.decided for tick in self.ticking.ticks):
            self.call_after_refresh(self.rows.reveal)


class TickRows(Rows):
    """Digits and space tick, which is kept at once; enter turns the page until all rows are on screen, then ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"digit({n})", "tick", id=f"ticks.tick{n}") for n in range(1, MOST + 1)),
        Binding("space", "act", "tick", show=False, id="ticks.act"),
        Binding("enter", "onward", "go on", id="ticks.onward"),
    ]

    class Done(Message):
        """The learner has looked for every point."""

    def __init__(self, ticking: Ticking, inline: Callable[[str], Spans]) -> None:
        self.ticking, self._inline = ticking, inline
        super().__init__(self.rows_now(), numbered=False)

    def rows_now(self) -> Sequence[Row]:
        """[ ] and [x], with what the program proposes."""
        return [
            Row(
                tick.id,
                (*self._inline(tick.text), Span(note(tick), "muted")),
                lead=(Span("[x] " if tick.met else "[ ] "), Span(f"{n:>2}  ", "muted")),
            )
            for n, tick in enumerate(self.ticking.ticks, 1)
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits as far as there are points."""
        if action == "digit":
            return int(str(parameters[0])) <= len(self.rows)
        return action != "pick" and super().check_action(action, parameters)

    def action_digit(self, number: int) -> None:
        """Tick point `number`, or take its tick away."""
        self.cursor = number - 1
        self.reveal()
        try:
            self.ticking.toggle(self.rows[number - 1].id)
        except NotSaved as error:
            cast("Page", self.screen).show_error(error)
            return
        self.show(self.rows_now(), number - 1)

    def action_act(self) -> None:
        """Tick the row under the cursor; one that is not on screen is shown first."""
        frame = self.scroller()
        if frame is not None and not self.shows_cursor(frame):
            self.reveal()
        else:
            self.action_digit(self.cursor + 1)

    def action_open(self) -> None:
        """A click on a row does what space does."""
        self.action_act()

    def action_onward(self) -> None:
        """A page on while there is more to read; then all is looked for."""
        frame = self.scroller()
        if frame is not None and self._place_in(frame).bottom > frame.scroll_offset.y + frame.size.height:
            frame.scroll_relative(y=max(1, frame.size.height - 2), animate=False, force=True)
        else:
            self.post_message(self.Done())

    def reveal(self) -> None:
        """Scroll so that all rows are on screen; where they do not fit, the cursor's."""
        frame = self.scroller()
        if frame is not None and self.size.height <= frame.size.height:
            frame.scroll_to_region(self._place_in(frame), animate=False, force=True)
        else:
            super().reveal()

    @property
    def on_screen(self) -> bool:
        """Whether one of the rows is."""
        frame = self.scroller()
        if frame is None:
            return True
        place, top = self._place_in(frame), frame.scroll_offset.y
        return place.y < top + frame.size.height and place.bottom > top

    def _place_in(self, frame: VerticalScroll) -> Region:
        """Where the rows stand in what scrolls them."""
        region, node = self.virtual_region, self.parent
        while node is not frame and isinstance(node, Widget):
            region = region.translate(node.virtual_region.offset)
            node = node.parent
        return region


def note(tick: Tick) -> str:
    """What the program says of a point that is not decided yet."""
    if not tick.proposed:
        return ""
    return "   proposed" if tick.met else "   not found"
