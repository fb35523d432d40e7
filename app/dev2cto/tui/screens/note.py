"""Writing a note: kept while it is typed, saved when it is left."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import TextArea

from dev2cto.errors import NotSaved
from dev2cto.prose.blocks import Span, para
from dev2cto.study.notes import note_at, notes, title_of, write_note
from dev2cto.study.place import Place
from dev2cto.tui.answers.typed import TextEditor
from dev2cto.tui.page import Page
from dev2cto.tui.widgets.lines import Prose
from dev2cto.tui.widgets.rows import Row, Rows


class NotePage(Page):
    """One note at an anchor; an empty text takes it away."""

    DEFAULT_CSS = "NotePage TextEditor { height: 1fr; min-height: 5; }"
    AUTO_FOCUS = "TextEditor"

    def __init__(self, anchor: str, note: str = "") -> None:
        super().__init__()
        self.where, self.note = anchor, note

    def frame(self) -> ComposeResult:
        """The text and what to do with it."""
        found = next((n for n in notes(self.study) if n.id == self.note), None) or note_at(self.study, self.where)
        if found is not None:
            self.note, self.where = found.id, found.anchor
        draft = self.study.draft(self.owner)
        others = found.others if found else ()
        if others:
            yield Prose(
                [
                    para("Another session wrote this at the same time; both are kept:", "warn"),
                    *(p for text in others for p in self.prose(text)),
                ]
            )
        yield TextEditor(draft or (found.text if found else ""))
        yield Rows([Row("save", (Span("Save"),)), Row("leave", (Span("Leave, keeping the draft"),))])

    @property
    def owner(self) -> str:
        """What the draft is known by."""
        return f"note:{self.note or self.where}"

    def on_mount(self) -> None:
        """Title; the cursor at the end."""
        self.head(f"Note / {title_of(self.study, self.where)}", "tab: save or leave")
        editor = self.query_one(TextEditor)
        editor.move_cursor(editor.document.end)

    def place(self) -> Place:
        """This note."""
        return Place("note", (self.where, self.note))

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Keep what is typed."""
        editor = self.query_one(TextEditor)
        self.study.keep_draft(self.owner, editor.text)
        self.course_app.live_changed()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Save, or leave the draft for later."""
        if message.row.id == "save":
            try:
                self.study.drop_draft(self.owner)
                write_note(self.study, self.where, self.query_one(TextEditor).text, self.note)
            except NotSaved as error:
                self.complain(error)
                return
        self.course_app.back()
