"""Writing a note: kept while it is typed, saved when it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import TextArea

from dev2cto.markdown.parser import Span
from dev2cto.presenters.notes_text import DELETED, OpenNote, open_note, saved_notice
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import delete_note, title_of, write_note
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.draft_overlay import DraftOverlay
from dev2cto.tui.widgets.inputs import TextEditor
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> NotePage:
    """Open the note with the second id, or the one at the anchor in the first."""
    return NotePage(location)


class NotePage(DraftOverlay):
    """One note at an anchor; an empty text deletes it."""

    DEFAULT_CSS = """
    NotePage { & TextEditor { height: 1fr; min-height: 5; } & Body { height: auto; max-height: 40%; } }
    """
    name_of_place = "note"

    def __init__(self, place: Location) -> None:
        super().__init__(place)
        self._ids = place.ids
        self.note = OpenNote("", "", None, ())

    def frame(self) -> ComposeResult:
        """What others wrote meanwhile, the text, what to do with it."""
        anchor, id, *_ = (*self._ids, "")
        self.note = open_note(self.study, anchor, id)
        if others := self.note.other_versions():
            with Body():
                yield MarkdownText(others)
        yield TextEditor(self.note.text)
        rows = [Row("save", (Span("Save"),)), Row("leave", (Span(f"Leave; {self.study.draft_is_kept}"),))]
        if self.note.saved is not None:
            rows.append(Row("delete", (Span("Delete note"),)))
        yield Rows(rows)

    @property
    def owner(self) -> str:
        """What the draft is kept under."""
        return self.note.owner

    def ids(self) -> tuple[str, ...]:
        """Where it belongs, and which one it is."""
        return (self.note.anchor, self.note.id)

    def on_mount(self) -> None:
        """Set the title; put the cursor where it was, or at the end."""
        self.set_title(f"Note / {title_of(self.study, self.note.anchor)}", "tab: save or leave")
        self.put_cursor(self.note.drafts[0].cursor if self.note.drafts else None)

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Keep what is typed."""
        self.keep_text()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Save, or leave the draft for later, or delete the note; deleting it can be undone on the screen below."""
        text, note = self.query_one(TextEditor).text, self.note
        if message.row.id == "delete" or (message.row.id == "save" and note.id and not text.strip()):
            self.show_below(f"{DELETED} {self.key('undo')} undoes it.", undo=delete_note(self.study, note.id))
        elif message.row.id == "save":
            with self.study.record.batch():
                write_note(self.study, note.anchor, text, note.id, note.saved)
                self.study.drop_draft(self.owner)
            self.show_below(saved_notice(text, note.id))
        self.host.back()
