"""The plan: what to do each week up to the learner's date, and reviews beside those that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from dev2cto.markdown.parser import Span, para
from dev2cto.presenters import plan_text
from dev2cto.study.queries.plan import plan
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> PlanPage:
    """Open the plan."""
    return PlanPage()


class PlanPage(Page):
    """What can be done first, then the plan."""

    def body(self) -> ComposeResult:
        """Actions and text."""
        yield Rows()
        yield MarkdownText(id="plan")

    def on_mount(self) -> None:
        """Fill it."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Plan again: the date, the work or the day may have changed."""
        found = plan(self.study)
        self.set_title(*plan_text.plan_title(found))
        actions = [("date", plan_text.date_action(found)), *plan_text.review_actions(found)]
        self.query_one(Rows).show([Row(id, (Span(words),)) for id, words in actions])
        self.query_one("#plan", MarkdownText).show([para(""), *plan_text.plan_blocks(found, drawn=True)])

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Set the date in the settings, or review."""
        if message.row.id == "date":
            value = self.study.settings.finish_by
            self.host.go(Location("settings", (), None, len(value), {"editing": "finish_by", "value": value}))
        else:
            self.host.go(Location("review", (message.row.id,)))
