"""Progress: steps, objectives, attempts, calibration, time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Span
from dev2cto.presenters.bars import bar
from dev2cto.presenters.progress_text import progress_blocks
from dev2cto.study.queries.progress import progress
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import MarkdownText

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> ProgressPage:
    """Open the progress overview."""
    return ProgressPage()


class ProgressPage(TextPage):
    """A text made from the record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "transcript", "transcript", id="progress.transcript"),
    ]
    opened_by = "progress"

    def __init__(self) -> None:
        super().__init__("Progress", ())

    def body(self) -> ComposeResult:
        """All of it."""
        percent = self.study.home().percent
        self._aside = (*bar(percent, 100), Span(f"  {percent} %", "muted"))
        yield MarkdownText(progress_blocks(self.study, progress(self.study), drawn=True))

    def action_transcript(self) -> None:
        """What was done when."""
        self.host.go(Location("transcript"))
