"""A step: its situation, objectives and parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from dev2cto.learning.completion import MARKS
from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.study.queries.step import pending_location, step_location
from dev2cto.study.queries.view_models import PartLine, StepView
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host

MOST_BROKEN = 12
"""Problems of a broken step that are listed."""


class StepPage(Page):
    """One module: why, what for, and what to do in which order."""

    def __init__(self, module: str) -> None:
        super().__init__()
        self.module = module

    @classmethod
    def at(cls, host: Host, location: Location) -> StepPage:
        """The step named first."""
        return cls(host.study.module(location.ids[0]).id)

    def body(self) -> ComposeResult:
        """Summary, then the list, then the objectives."""
        yield MarkdownText(id="summary")
        yield Rows(id="parts")
        yield MarkdownText(id="objectives")
        yield MarkdownText(id="broken")

    def on_mount(self) -> None:
        """Show the step; the cursor stands on the first part that is not done."""
        self.refresh_content()
        view = self.study.step(self.module)
        first = next((p for p in view.parts if p.state != "done"), None)
        if first is not None:
            self.query_one(Rows).point(row_id(first))

    def refresh_content(self) -> None:
        """Read the study anew."""
        view = self.study.step(self.module)
        done = sum(part.state == "done" for part in view.parts)
        self.set_title(f"{view.name} / {view.title}", f"{done} of {len(view.parts)} done")
        self.query_one("#summary", MarkdownText).show(self.prose(view.situation or view.summary))
        self.query_one(Rows).show([part_row(part, gap=n == 0) for n, part in enumerate(view.parts)])
        self.query_one("#objectives", MarkdownText).show(objective_blocks(view))
        self.query_one("#broken", MarkdownText).show(broken_blocks(view))
        left = step_location(self.study, self.module).under
        if left is not None:
            self.query_one(Rows).point(f"{left.screen}:{left.ids[0]}")

    def place(self) -> Location:
        """This step, over what was left for it."""
        return step_location(self.study, self.module)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Open the reading, quiz or exercise, with what was not submitted there."""
        part, _, id = message.row.id.partition(":")
        self.host.go(pending_location(self.study, part, id))


def row_id(part: PartLine) -> str:
    """What a part's row is known by."""
    return f"{part.part}:{part.id}"


def part_row(part: PartLine, *, gap: bool) -> Row:
    """A part's line: state, title, kind, minutes."""
    kind = part.kind if part.part == "exercise" else ""
    notes = ", ".join(note for note in (kind, part.note) if note)
    return Row(
        row_id(part),
        (Span(part.title), Span(f"   {part.minutes}\u00a0min" + (f", {notes}" if notes else ""), "muted")),
        lead=(Span(f"{MARKS[part.state]} "),),
        gap=gap,
    )


def objective_blocks(view: StepView) -> list[Block]:
    """What one can do afterwards, and how well it is known."""
    blocks: list[Block] = [para(""), para("Afterwards you can", "heading")]
    for line in view.objectives:
        spans = (Span(line.text), Span("   " + line.mastery.words.replace(" ", "\u00a0"), "muted"))
        blocks.append(Paragraph(spans, marker="- ", tight=True))
    return blocks


def broken_blocks(view: StepView) -> list[Block]:
    """What could not be read, where, for whoever can mend it."""
    if not view.broken:
        return []
    head = para("Some of this step cannot be shown; the course has mistakes here:", "warn")
    more = len(view.broken) - MOST_BROKEN
    rest = [para(f"and {more} more; dev2cto check lists them all", "muted", tight=True)] if more > 0 else []
    return [para(""), head, *(para(problem, "muted", tight=True) for problem in view.broken[:MOST_BROKEN]), *rest]
