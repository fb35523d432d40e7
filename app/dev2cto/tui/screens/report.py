"""Reporting a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import TextArea

from dev2cto.markdown.parser import Listing, Span, para
from dev2cto.study.state.location import Location
from dev2cto.study.state.reports import report_location, report_subject, report_text, save_report
from dev2cto.text import sanitize
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.draft_overlay import DraftOverlay
from dev2cto.tui.widgets.inputs import TextEditor
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> ReportPage:
    """Open a report of the question with the first id. Raises CourseError if it is unknown or broken."""
    host.study.curriculum.item(location.ids[0])
    return ReportPage(location)


class ReportPage(DraftOverlay):
    """A ready text, and room for what is wrong; saved as a file and offered to the clipboard."""

    DEFAULT_CSS = """
    ReportPage {
        & Body { height: 1fr; }
        & TextEditor { height: 6; margin: 0 0 1 3; }
        & #ask { margin: 1 0; }
    }
    """
    name_of_place = "report"

    def __init__(self, place: Location) -> None:
        super().__init__(place)
        self.item, self.response, self.draw, self.judged = report_subject(place)

    def frame(self) -> ComposeResult:
        """What is reported, the learner's argument, what to do."""
        lines = sanitize(self.ready()).rstrip().split("\n")
        with Body():
            yield MarkdownText([Listing(tuple(lines), indent=2)])
        yield MarkdownText([para("What is wrong, and why?", "bold")], id="ask")
        yield TextEditor(self.study.draft(self.owner))
        yield Rows(
            [Row("save", (Span("Save the report"),)), Row("leave", (Span(f"Leave; {self.study.draft_is_kept}"),))]
        )

    def ready(self) -> str:
        """The report without the learner's argument."""
        return report_text(self.study, self.item, self.response, self.draw, judged=self.judged)

    @property
    def owner(self) -> str:
        """What the draft is kept under."""
        return f"report:{self.item}"

    def ids(self) -> tuple[str, ...]:
        """The question."""
        return (self.item,)

    def place(self) -> Location:
        """This report, with the answer and the values it is about."""
        place, about = super().place(), report_location(self.item, self.response, self.draw, judged=self.judged)
        return place._replace(extra={**place.extra, **about.extra})

    def on_mount(self) -> None:
        """Set the title; put the cursor where it was, or at the end."""
        self.set_title("Report a question", "tab: save or leave")
        self.put_cursor(None)

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Keep what is typed."""
        self.keep_text()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Save, or leave."""
        if message.row.id == "leave":
            self.action_back()
            return
        text = f"{self.ready().rstrip()}\n\n{self.query_one(TextEditor).text}\n"
        file = save_report(self.study, self.item, self.response, self.draw, text)
        self.study.drop_draft(self.owner)
        self.app.copy_to_clipboard(text)
        below = self.app.screen_stack[-2]
        if hasattr(below, "say_on_return"):
            below.say_on_return(f"Saved as {file}", "Also in the clipboard, where your terminal allows that.")
        self.action_back()
