"""Before a final form: what it is, to begin or to continue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from dev2cto import symbols
from dev2cto.markdown.parser import Span
from dev2cto.presenters.quiz_text import final_begun, final_intro, final_start_title
from dev2cto.study.queries.step import pending_location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.study.state.location import Location
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> FinalStartPage:
    """Open it for the step with the first id."""
    return FinalStartPage(host.study.module(location.ids[0]).id)


class FinalStartPage(Page):
    """A new form, or the one that is open."""

    def __init__(self, module: str) -> None:
        super().__init__()
        self.module = module

    def body(self) -> ComposeResult:
        """What to expect, and the way in."""
        yield MarkdownText(id="about")
        yield Rows()

    def on_mount(self) -> None:
        """Show what is open and what was reached."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Read the study again."""
        self.set_title(*final_start_title(self.study.module(self.module)))
        self.query_one("#about", MarkdownText).show(self.prose(final_intro(self.study, self.module)))
        begun, words = final_begun(self.study, self.module)
        lead = Span(f"{symbols.current().state('begun' if begun else 'not begun')} ")
        self.query_one(Rows).show([Row("begin", (Span(words, "bold"),), lead=(lead,), gap=True)])

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Draw, or continue with what was not submitted."""
        attempt = self.study.final(self.module).id
        self.app.pop_screen()
        self.host.go(pending_location(self.study, "final", self.module, attempt))
