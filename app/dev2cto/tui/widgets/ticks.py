"""The list of points that the learner looks for in their own text and ticks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from dev2cto import symbols
from dev2cto.errors import NotSaved
from dev2cto.markdown.parser import Span, Spans, para
from dev2cto.presenters.feedback import LOOK_FOR, proposal
from dev2cto.study.queries.ticking import Tick, Ticking
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.screens.base import Page

MOST = 6
"""The most points of a text."""


class Ticks(Vertical):
    """The points of a saved text with a heading; `inline` styles a one-line text of the course."""

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
        """Save all points as ticked or not; returns False, and shows the error, if that fails."""
        try:
            self.ticking.confirm()
        except NotSaved as error:
            cast("Page", self.screen).show_error(error)
            return False
        return True

    def restore(self, cursor: int) -> None:
        """Restore the cursor; scroll to the points if some were already decided."""
        self.rows.cursor = max(0, min(cursor, len(self.rows.rows) - 1))
        if any(tick.decided for tick in self.ticking.ticks):
            self.call_after_refresh(self.rows.reveal)


class TickRows(Rows):
    """Digits and space tick, which is saved at once; enter pages on until all rows were on screen, then posts Done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"digit({n})", "tick", id=f"ticks.tick{n}") for n in range(1, MOST + 1)),
        Binding("space", "act", "tick", show=False, id="ticks.act"),
        Binding("enter", "onward", "go on", id="ticks.onward"),
    ]

    class Done(Message):
        """The learner is done with the points."""

    def __init__(self, ticking: Ticking, inline: Callable[[str], Spans]) -> None:
        self.ticking, self._inline = ticking, inline
        super().__init__(self.rows_now(), numbered=False)

    def rows_now(self) -> Sequence[Row]:
        """The points, ticked or not, with what the program proposes."""
        return [
            Row(
                tick.id,
                (*self._inline(tick.text), Span(note(tick), "muted")),
                lead=(Span(f"{symbols.current().tick(tick.met)} "), Span(f"{n:>2}  ", "muted")),
            )
            for n, tick in enumerate(self.ticking.ticks, 1)
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits work up to the number of points."""
        if action == "digit":
            return int(str(parameters[0])) <= len(self.rows)
        return action != "pick" and super().check_action(action, parameters)

    def action_digit(self, number: int) -> None:
        """Tick or untick point `number` and save it."""
        self.cursor = number - 1
        self.reveal()
        try:
            self.ticking.toggle(self.rows[number - 1].id)
        except NotSaved as error:
            cast("Page", self.screen).show_error(error)
            return
        self.show(self.rows_now(), number - 1)

    def action_act(self) -> None:
        """Tick the row under the cursor; if it is off screen, only scroll it into view."""
        frame = self.scroller()
        if frame is not None and not self.shows_cursor(frame):
            self.reveal()
        else:
            self.action_digit(self.cursor + 1)

    def action_open(self) -> None:
        """Treat a click on a row like space."""
        self.action_act()

    def action_onward(self) -> None:
        """Page on while there is more to read, then post Done."""
        frame = self.scroller()
        if frame is not None and self._place_in(frame).bottom > frame.scroll_offset.y + frame.size.height:
            frame.scroll_relative(y=max(1, frame.size.height - 2), animate=False, force=True)
        else:
            self.post_message(self.Done())

    def reveal(self) -> None:
        """Scroll all rows into view; if they do not fit, the cursor's row."""
        frame = self.scroller()
        if frame is not None and self.size.height <= frame.size.height:
            frame.scroll_to_region(self._place_in(frame), animate=False, force=True)
        else:
            super().reveal()

    @property
    def on_screen(self) -> bool:
        """Whether any of the rows is on screen."""
        frame = self.scroller()
        if frame is None:
            return True
        place, top = self._place_in(frame), frame.scroll_offset.y
        return place.y < top + frame.size.height and place.bottom > top

    def _place_in(self, frame: VerticalScroll) -> Region:
        """Return the region of the rows in the container that scrolls them."""
        region, node = self.virtual_region, self.parent
        while node is not frame and isinstance(node, Widget):
            region = region.translate(node.virtual_region.offset)
            node = node.parent
        return region


def note(tick: Tick) -> str:
    """Return what the program proposes for an undecided point; empty for a decided one."""
    if not tick.proposed:
        return ""
    return "   proposed" if tick.met else "   not found"
