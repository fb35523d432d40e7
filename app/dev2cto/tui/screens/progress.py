"""Progress: steps, objectives, attempts, calibration, time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block, Span
from dev2cto.presenters.bars import bar
from dev2cto.presenters.progress_text import progress_blocks, progress_columns
from dev2cto.study.queries.progress import progress
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.text_page import TwoColumnPage

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> ProgressPage:
    """Open the progress overview."""
    return ProgressPage()


class ProgressPage(TwoColumnPage):
    """A text made from the record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "transcript", "transcript", id="progress.transcript"),
    ]
    opened_by = "progress"

    def __init__(self) -> None:
        super().__init__("Progress", ())

    def compose(self) -> ComposeResult:
        """Read the record first: both columns show it."""
        percent = self.study.home().percent
        self._aside = (*bar(percent, 100), Span(f"  {percent} %", "muted"))
        self._view = progress(self.study)
        yield from super().compose()

    def one_column(self) -> list[Block]:
        """All of it."""
        return progress_blocks(self.study, self._view, drawn=True)

    def side_by_side(self) -> tuple[list[Block], list[Block]]:
        """What there is to do, and time and judgement beside it."""
        return progress_columns(self.study, self._view)

    def action_transcript(self) -> None:
        """What was done when."""
        self.host.go(Location("transcript"))
