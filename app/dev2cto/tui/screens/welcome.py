"""The welcome of a new learner: the story, how long it takes, the keys, the two choices that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from dev2cto.markdown.parser import Block, Listing, Span, para
from dev2cto.presenters import welcome_text
from dev2cto.study.queries.home import is_new
from dev2cto.study.queries.welcome import next_goal, welcome
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> WelcomePage:
    """Open the welcome, with the cursor where it was."""
    return WelcomePage(location, first=is_new(host.study))


class WelcomePage(Page):
    """Read once at the first start, and whenever it is asked for."""

    def __init__(self, place: Location, *, first: bool) -> None:
        super().__init__()
        self._restored, self._first = place, first

    def body(self) -> ComposeResult:
        """Story, keys, choices."""
        yield MarkdownText(id="about")
        yield Rows()
        yield MarkdownText([para(""), para(welcome_text.WHY_CONFIDENCE, "muted", indent=6, tight=True)], id="why")

    def on_mount(self) -> None:
        """Fill it, with the cursor on the row where the line was lost."""
        self.refresh_content()
        self.query_one(Rows).cursor = min(self._restored.cursor or 0, len(self.query_one(Rows).rows) - 1)

    def refresh_content(self) -> None:
        """Read the study again."""
        view = welcome(self.study)
        self.set_title(*welcome_text.welcome_title(view))
        story: list[Block] = list(self.prose(view.story)) if view.story.strip() else []
        self.query_one("#about", MarkdownText).show([*story, para(welcome_text.how_long(view)), self.six_keys()])
        rows = [
            Row(id, (Span(label, "bold"), Span(f"   {note}", "muted")), gap=n == 0)
            for n, (id, label, note) in enumerate(welcome_text.choices(view))
        ]
        self.query_one(Rows).show(rows)

    def six_keys(self) -> Listing:
        """The keys that matter, as the learner has them."""
        back, help_, find, everything = (self.key(name) for name in ("back", "help", "find", "commands"))
        left = (("enter", "open, answer, go on"), ("arrows", "move"), (back, "back; at home, quit"))
        right = ((help_, "keys that work"), (find, "find words"), (everything, "all commands"))
        return Listing(tuple(f"{a:<7} {b:<24}{c:<3} {d}" for (a, b), (c, d) in zip(left, right, strict=True)), indent=3)

    def place(self) -> Location | None:
        """The welcome of a new learner, so that a lost line leads back to it; none when it is read again later."""
        return Location("welcome", cursor=self.query_one(Rows).cursor) if self._first else None

    @on(Rows.Moved)
    def moved(self) -> None:
        """The cursor is part of the place."""
        self.keep_place()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Begin with the first step's own page, or change a choice."""
        settings = self.study.settings
        if message.row.id == welcome_text.BEGIN:
            first = welcome(self.study).first
            self.app.pop_screen()
            self.host.go(Location("step", (first,)))
        elif message.row.id == welcome_text.GOAL:
            self.study.set("goal_minutes", str(next_goal(settings.goal_minutes)))
            self.refresh_content()
        else:
            self.study.set("confidence", "off" if settings.confidence else "on")
            self.refresh_content()

    def action_back(self) -> None:
        """To home: a new learner has read it now."""
        if self._first:
            self._first = False
            self.study.keep(Location("home"))
            self.host.live_changed()
        super().action_back()
