"""Cues: a passage is recalled, then shown and rated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from dev2cto.markdown.parser import Span, para
from dev2cto.presenters import cue_text
from dev2cto.study.sessions.cues import CueSession
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> CuesPage:
    """Open the cues that are due, or those that were left at the location."""
    session = CueSession(host.study, location)
    return CuesPage(session, shown=session.is_shown(location), cursor=location.cursor or 0)


class CuesPage(Page):
    """One cue at a time."""

    def __init__(self, session: CueSession, *, shown: bool, cursor: int = 0) -> None:
        super().__init__()
        self.session, self.shown, self._cursor = session, shown, cursor

    def body(self) -> ComposeResult:
        """The cue and, once asked for, the passage; then what can be done."""
        yield MarkdownText(id="cue")
        yield Rows()

    def on_mount(self) -> None:
        """Ask."""
        self.show_cue(self._cursor)

    def show_cue(self, cursor: int = 0) -> None:
        """Show the cue, or its passage and the ratings, or the end."""
        cue, rows = self.session.cue(), self.query_one(Rows)
        self.set_title(*cue_text.cue_title(self.session))
        if cue is None:
            self.query_one("#cue", MarkdownText).show([para(cue_text.over(self.session))])
            rows.show([])
            self.set_focus(None)
        else:
            blocks = [*cue_text.asked_blocks(cue), *(cue_text.passage_blocks(cue) if self.shown else ())]
            self.query_one("#cue", MarkdownText).show([*blocks, para("", tight=True)])
            words = cue_text.RATED if self.shown else (cue_text.SHOW,)
            what = "rate" if self.shown else "show"
            rows.show([Row(f"{what}:{n}", (Span(word),)) for n, word in enumerate(words, 1)], cursor)
        self.keep_place()

    def place(self) -> Location:
        """The cue, whether its passage is shown, and the row under the cursor."""
        return self.session.location(shown=self.shown)._replace(cursor=self.query_one(Rows).cursor)

    @on(Rows.Moved)
    def moved(self) -> None:
        """The row is part of the place."""
        self.keep_place()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Show the passage, or save the rating and ask the next one."""
        what, _, number = message.row.id.partition(":")
        if what == "rate":
            self.session.rate(int(number))
        self.shown = what == "show"
        self.show_cue()
