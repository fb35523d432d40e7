"""A step: its situation, objectives and parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult

from dev2cto import symbols
from dev2cto.markdown.parser import Span
from dev2cto.presenters import step_text
from dev2cto.presenters.bars import bar
from dev2cto.study.queries.step import pending_location, step_location
from dev2cto.study.queries.step_models import PartLine
from dev2cto.study.screens import SCREENS
from dev2cto.study.state.location import Location
from dev2cto.text import unbroken
from dev2cto.tui.screens.filtered import FilteredPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import STATES, Row
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> StepPage:
    """Open the step with the first id."""
    return StepPage(host.study.module(location.ids[0]).id, location)


class StepPage(FilteredPage):
    """One module: why, what for, and what to do in which order."""

    DEFAULT_CSS = "StepPage { & #objectives { margin: 1 0 0 0; } & #broken { margin: 1 0 0 0; } }"
    _led_to: Location | None = None

    def __init__(self, module: str, place: Location) -> None:
        super().__init__()
        self.module, self._restored = module, place

    def listing(self) -> Location:
        """The same step."""
        return Location("step", (self.module,))

    def body(self) -> ComposeResult:
        """Summary, then the list, then the objectives."""
        yield MarkdownText(id="summary")
        yield Rows(id="parts")
        yield MarkdownText(id="objectives")
        yield MarkdownText(id="broken")

    async def on_mount(self) -> None:
        """Show the step, with the cursor on the first part that is not done."""
        self.refresh_content()
        view = self.study.step(self.module)
        first = step_text.first_open(view)
        if first is not None:
            self.query_one(Rows).point(row_id(view.parts[first]))
        await self.filter_again(self._restored.extra)

    def refresh_content(self) -> None:
        """Read the study again."""
        view = self.study.step(self.module)
        title, count = step_text.title(view)
        done = sum(part.state == "done" for part in view.parts)
        self.set_title(title, (Span(f"{count}  ", "muted"), *bar(done, len(view.parts), 8)))
        self.query_one("#summary", MarkdownText).show(self.prose(view.situation or view.summary))
        rows = self.query_one(Rows)
        rows.show(part_rows(view.parts, rows.room(min(self.COLUMN, self.app.size.width)) - 1))
        wide = self.has_class("wide")
        self.query_one("#objectives", MarkdownText).show([] if wide else step_text.objective_blocks(view))
        self.query_one(SidePane).show(step_text.aside_blocks(view) if wide else [])
        broken = step_text.broken_blocks(view)
        self.query_one("#broken", MarkdownText).show(broken)
        left = self._led_to or step_location(self.study, self.module).under
        if left is not None:
            self.query_one(Rows).point(f"{left.screen}:{left.ids[0]}")

    def beside(self) -> SidePane:
        """What the step is for, and how far the learner is."""
        return SidePane()

    def on_resize(self) -> None:
        """Show the objectives beside the parts or below them."""
        if self.is_mounted:
            self.refresh_content()

    def led_to(self, location: Location) -> None:
        """Come back to the part that was opened, whether or not anything was done there."""
        if SCREENS[location.screen].is_part:
            self._led_to = location

    def place(self) -> Location:
        """This step, over what was left for it."""
        return step_location(self.study, self.module)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Open the reading, quiz or exercise, with what was not submitted there."""
        part, _, id = message.row.id.partition(":")
        self.host.go(pending_location(self.study, part, id))


def row_id(part: PartLine) -> str:
    """The id of a part's row."""
    return f"{part.part}:{part.id}"


CAPTIONS = {"reading": "Readings", "quiz": "Quiz", "exercise": "Exercises", "final": "Final form"}
"""The captions of the kinds of parts."""
LEAD = 3 + 3
"""Cells of a row's mark and number."""


def part_rows(parts: Sequence[PartLine], width: int) -> list[Row]:
    """The parts under captions, with their minutes in a column; `width` is the cells for a row."""
    rows: list[Row] = []
    before = ""
    for part in parts:
        if part.part != before:
            rows.append(Row("", (Span(CAPTIONS[part.part], "heading"),), gap=True, caption=True))
            before = part.part
        rows.append(part_row(part, width))
    return rows


def part_row(part: PartLine, width: int) -> Row:
    """A part's line: state, title, kind, minutes."""
    mark = f"{symbols.current().state(part.state)} "
    notes, time = step_text.part_notes(part), unbroken(f"{part.minutes} min")
    spans = [Span(part.title), *([Span(f"   {notes}", "muted")] if notes else [])]
    used = LEAD + cell_len(mark) + sum(cell_len(span.text) for span in spans)
    space = max(3, width - used - cell_len(time))
    return Row(row_id(part), (*spans, Span("\u00a0" * space + time, "muted")), lead=(Span(mark, STATES[part.state]),))
