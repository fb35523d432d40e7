"""The learner's notes and bookmarks."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from dev2cto.markdown.parser import Span, para
from dev2cto.study.queries.home import relative_day
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import bookmarks, notes
from dev2cto.text import one_line, pluralize
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Row, Rows


class NotebookPage(Page):
    """Notes first, then bookmarks; enter opens either."""

    opened_by = "notebook"

    def body(self) -> ComposeResult:
        """The list, or how to fill it."""
        yield MarkdownText(id="empty")
        yield Rows()

    def on_mount(self) -> None:
        """Fill it."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Read the record anew."""
        written, marked = notes(self.study), bookmarks(self.study)
        rows = []
        for n, note in enumerate(written):
            where = f"{note.title}, {relative_day(self.study, note.at)}"
            text = (Span(one_line(note.text)[:120]), Span("\n"), Span(where, "muted"))
            rows.append(Row(f"note:{note.id}", text, gap=n > 0))
        rows += [
            Row(f"mark:{mark.anchor}", (Span(mark.label),), lead=(Span("* ", "accent"),), gap=n == 0 and bool(written))
            for n, mark in enumerate(marked)
        ]
        self.set_title("Notebook", f"{pluralize(len(written), 'note')}, {pluralize(len(marked), 'bookmark')}")
        self.query_one("#empty", MarkdownText).show([] if rows else [para(self.empty())])
        self.query_one(Rows).show(rows)

    def empty(self) -> str:
        """What will be here and how to get it."""
        keys = f"{self.key('note')} writes a note and {self.key('bookmark')} sets a bookmark"
        return f"No notes and no bookmarks yet. In a reading, {keys}; both come here."

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Open the note, or the reading at the bookmark."""
        kind, _, id = message.row.id.partition(":")
        if kind == "note":
            self.host.go(Location("note", ("", id)))
        else:
            reading, _, section = id.partition("#")
            self.host.go(Location("reading", (reading, section)))
