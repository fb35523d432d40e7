"""Reporting a question."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from dev2cto.errors import Dev2CtoError
from dev2cto.items.base import Draw
from dev2cto.items.forms import Response
from dev2cto.prose.blocks import Span, para
from dev2cto.study.reports import report_text, save_report
from dev2cto.tui.answers.typed import TextEditor
from dev2cto.tui.page import Page
from dev2cto.tui.widgets.lines import Prose
from dev2cto.tui.widgets.rows import Row, Rows


class ReportPage(Page):
    """A ready text to complete; saved as a file and offered to the clipboard."""

    DEFAULT_CSS = "ReportPage TextEditor { height: 1fr; min-height: 6; }"
    AUTO_FOCUS = "TextEditor"

    def __init__(self, item: str, response: Response | None, draw: Draw) -> None:
        super().__init__()
        self.item, self.response, self.draw = item, response, draw

    def frame(self) -> ComposeResult:
        """What to do, the text, what to do with it."""
        yield Prose([para("Say at the end what is wrong and why. Tab leads to the buttons.", "muted")])
        yield TextEditor(report_text(self.study, self.item, self.response, self.draw))
        yield Rows([Row("save", (Span("Save the report"),)), Row("leave", (Span("Leave without a report"),))])

    def on_mount(self) -> None:
        """Title."""
        self.head("Report a question", self.item)
        self.query_one(TextEditor).move_cursor(self.query_one(TextEditor).document.end)

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Save, or leave."""
        if message.row.id == "leave":
            self.action_back()
            return
        text = self.query_one(TextEditor).text
        try:
            file = save_report(self.study, self.item, self.response, self.draw, text)
        except Dev2CtoError as error:
            self.complain(error)
            return
        self.app.copy_to_clipboard(text)
        self.say(f"Saved as {file}", "Also in the clipboard, where your terminal allows that. q leads back.")
