"""Progress: steps, objectives, attempts, calibration, time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block, Span
from dev2cto.presenters.bars import bar
from dev2cto.presenters.progress_text import progress_blocks, progress_columns
from dev2cto.study.queries.progress import Progress, progress
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


LOWEST = 36
"""Rows that the second column needs: keys do not scroll it."""


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
        self._view: Progress | None = None

    def body(self) -> ComposeResult:
        """All of it, or the first of two columns."""
        percent = self.study.home().percent
        self._aside = (*bar(percent, 100), Span(f"  {percent} %", "muted"))
        self._view = progress(self.study)
        yield MarkdownText(self.columns()[0], id="progress")

    def beside(self) -> SidePane:
        """The second column."""
        return SidePane()

    def columns(self) -> tuple[list[Block], list[Block]]:
        """What is shown in the body and beside it; all in the body where the pane would have to scroll."""
        assert self._view is not None
        if self.has_class("wide") and self.app.size.height >= LOWEST:
            return progress_columns(self.study, self._view)
        return progress_blocks(self.study, self._view, drawn=True), []

    def on_mount(self) -> None:
        """Say what this is, and fill the second column."""
        super().on_mount()
        self.query_one(SidePane).show(self.columns()[1])

    def on_resize(self) -> None:
        """Show one column or two."""
        if self._view is not None:
            body, beside = self.columns()
            self.query_one("#progress", MarkdownText).show(body)
            self.query_one(SidePane).show(beside)

    def action_transcript(self) -> None:
        """What was done when."""
        self.host.go(Location("transcript"))
