"""The learner's notes, highlights, promises and bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Span, para
from dev2cto.presenters import cue_text, highlight_text, notes_text, promise_text
from dev2cto.study.state.highlights import highlight_location, highlight_of, highlights, remove_highlight, toggle_cue
from dev2cto.study.state.location import Location, section_location
from dev2cto.study.state.notes import bookmarks, delete_note, notes, toggle_bookmark
from dev2cto.study.state.promises import delete_promise, promises
from dev2cto.tui.screens.filtered import FilteredPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> NotebookPage:
    """Open the notebook."""
    return NotebookPage(location)


class NotebookPage(FilteredPage):
    """Notes first, then highlights, then bookmarks; enter opens any of them."""

    opened_by = "notebook"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "ask", "ask me", tooltip="have reviews ask about the highlight, or no longer", id="notebook.ask"),
        Binding(
            "d", "delete", "delete", tooltip="delete the note, highlight, promise or bookmark", id="notebook.delete"
        ),
    ]

    def __init__(self, place: Location) -> None:
        super().__init__()
        self._restored = place

    def body(self) -> ComposeResult:
        """The list, or how to fill it."""
        yield MarkdownText(id="empty")
        yield Rows()

    async def on_mount(self) -> None:
        """Fill it."""
        self.refresh_content()
        await self.filter_again(self._restored.extra)

    def refresh_content(self) -> None:
        """Read the record again."""
        written, passages, marked = notes(self.study), highlights(self.study), bookmarks(self.study)
        promised = promises(self.study)
        rows = []
        for n, note in enumerate(written):
            text, where = notes_text.note_line(self.study, note)
            spans = (Span(text), Span("\n"), Span(where, "muted"))
            rows.append(Row(f"note:{note.id}", spans, gap=n > 0, unseen=note.text))
        for n, passage in enumerate(passages):
            text, where = highlight_text.highlight_line(self.study, passage)
            spans, unseen = (Span(text), Span("\n"), Span(where, "muted")), passage.quotation.exact
            rows.append(Row(f"highlight:{passage.id}", spans, gap=n > 0 or bool(rows), unseen=unseen))
        for promise in promised:
            text, where = promise_text.promise_line(self.study, promise)
            rows.append(Row(f"promise:{promise.id}", (Span(text), Span("\n"), Span(where, "muted")), gap=bool(rows)))
        rows += [
            Row(f"mark:{mark.anchor}", (Span(mark.label),), lead=(Span("* ", "warm"),), gap=n == 0 and bool(rows))
            for n, mark in enumerate(marked)
        ]
        self.set_title(*notes_text.notebook_title(written, passages, promised, marked))
        empty = notes_text.no_notes(*(self.key(name) for name in ("note", "bookmark", "passage", "promise")))
        self.query_one("#empty", MarkdownText).show([] if rows else [para(empty)])
        self.query_one(Rows).show(rows)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is under the cursor can be deleted; reviews can ask about a highlight."""
        if action == "ask":
            return self.listed.current is not None and self.listed.current.id.startswith("highlight:")
        if action == "delete":
            return self.listed.current is not None
        return super().check_action(action, parameters)

    def action_ask(self) -> None:
        """Have reviews ask about the highlight under the cursor, or no longer."""
        row = self.listed.current
        found = highlight_of(self.study, row.id.partition(":")[2]) if row is not None else None
        if found is not None:
            undo = toggle_cue(self.study, found)
            self.refresh_content()
            self.offer_undo(cue_text.NOT_ASKED if found.cue else cue_text.ASKED, undo)

    def action_delete(self) -> None:
        """Delete the note, highlight, promise or bookmark under the cursor."""
        row = self.listed.current
        if row is None:
            return
        kind, _, id = row.id.partition(":")
        match kind:
            case "note":
                said, undo = notes_text.DELETED, delete_note(self.study, id)
            case "highlight":
                said, undo = highlight_text.REMOVED, remove_highlight(self.study, id)
            case "promise":
                said, undo = promise_text.DELETED, delete_promise(self.study, id)
            case _:
                said, undo = notes_text.NO_MARK, toggle_bookmark(self.study, id)[1]
        self.refresh_content()
        self.offer_undo(said, undo)
        if self.listed.current is None:
            self.set_focus(None)

    @on(Rows.Moved)
    def moved(self) -> None:
        """Reviews can ask about a highlight, and about nothing else here."""
        self.refresh_bindings()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Open the note or the promise, or the reading at the passage or bookmark."""
        kind, _, id = message.row.id.partition(":")
        if kind == "note":
            self.host.go(Location("note", ("", id)))
        elif kind == "promise":
            self.host.go(Location("outcome", (id,)))
        elif kind == "highlight":
            found = highlight_of(self.study, id)
            if found is not None and self.study.course.reading(found.reading) is not None:
                self.host.go(highlight_location(found))
        else:
            self.host.go(section_location(id))
