"""The transcript: what was done when, to read here and to export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from dev2cto.export.transcript import EXPORT, markdown
from dev2cto.markdown.parser import para, parse
from dev2cto.study.queries.transcript import transcript
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import MarkdownText

if TYPE_CHECKING:
    from dev2cto.study.state.location import Location
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> TranscriptPage:
    """Open the transcript."""
    return TranscriptPage()


class TranscriptPage(TextPage):
    """A text made from the record."""

    opened_by = "transcript"

    def __init__(self) -> None:
        super().__init__("Transcript", ())

    def body(self) -> ComposeResult:
        """All of it, as it is exported."""
        yield MarkdownText([*parse(markdown(transcript(self.study))), para(EXPORT, "muted")])
