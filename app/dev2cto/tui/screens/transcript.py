"""The transcript: what was done when, to read here and to export."""

from __future__ import annotations

from textual.app import ComposeResult

from dev2cto.prose.blocks import para, parse
from dev2cto.study.transcript import transcript
from dev2cto.study.transcript_files import EXPORT, markdown
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.lines import Prose


class TranscriptPage(TextPage):
    """A text made from the record."""

    opened_by = "transcript"

    def __init__(self) -> None:
        super().__init__("Transcript", ())

    def body(self) -> ComposeResult:
        """All of it, as it is exported."""
        yield Prose([*parse(markdown(transcript(self.study))), para(EXPORT, "muted")])
