"""Writing a note: kept while it is typed, saved when it is left."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import TextArea

from dev2cto.markdown.parser import Block, Listing, Span, para
from dev2cto.record.drafts import Draft
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import Note, note_at, notes, title_of, write_note
from dev2cto.text import sanitize
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.draft_overlay import DraftOverlay
from dev2cto.tui.widgets.inputs import TextEditor
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


class NotePage(DraftOverlay):
    """One note at an anchor; an empty text takes it away."""

    DEFAULT_CSS = """
    NotePage { & TextEditor { height: 1fr; min-height: 5; } & Body { height: auto; max-height: 40%; } }
    """
    name_of_place = "note"

    def __init__(self, place: Location) -> None:
        super().__init__(place)
        self.where, self.note, *_ = (*place.ids, "")
        self.begun: Note | None = None
        """The note as it was when it was opened."""
        self._drafts: tuple[Draft, ...] = ()

    @classmethod
    def at(cls, host: Host, location: Location) -> NotePage:
        """At the anchor named first, or the note named after it."""
        return cls(location)

    def frame(self) -> ComposeResult:
        """What others wrote meanwhile, the text, what to do with it."""
        found = next((n for n in notes(self.study) if n.id == self.note), None) or note_at(self.study, self.where)
        if found is not None:
            self.note, self.where, self.begun = found.id, found.anchor, found
        saved = datetime.fromisoformat(found.at) if found is not None else None
        self._drafts = tuple(d for d in self.study.drafts(self.owner) if saved is None or d.at > saved)
        text = self._drafts[0].text if self._drafts else found.text if found is not None else ""
        if others := self.others(found, text):
            with Body():
                yield MarkdownText(others)
        yield TextEditor(text)
        yield Rows([Row("save", (Span("Save"),)), Row("leave", (Span(f"Leave; {self.study.draft_is_kept}"),))])

    def others(self, found: Note | None, text: str) -> list[Block]:
        """What other sessions saved or began in the same note."""
        blocks: list[Block] = []
        saved = [other for other in found.others if other != text] if found is not None else []
        begun = [draft.text for draft in self._drafts[1:] if draft.text != text]
        for head, texts in (("Another session saved this; both are kept:", saved), ("Begun elsewhere:", begun)):
            if texts:
                blocks += [para(head, "warn"), *(Listing(tuple(sanitize(t).split("\n")), indent=2) for t in texts)]
        return blocks

    @property
    def owner(self) -> str:
        """What the draft is known by."""
        return f"note:{self.note or self.where}"

    def ids(self) -> tuple[str, ...]:
        """Where it hangs, and which one it is."""
        return (self.where, self.note)

    def on_mount(self) -> None:
        """Title; the cursor where it was, or at the end."""
        self.set_title(f"Note / {title_of(self.study, self.where)}", "tab: save or leave")
        self.put_cursor(self._drafts[0].cursor if self._drafts else None)

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Keep what is typed."""
        self.keep_text()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Save, or leave the draft for later."""
        if message.row.id == "save":
            text = self.query_one(TextEditor).text
            with self.study.record.batch():
                write_note(self.study, self.where, text, self.note, self.begun)
                self.study.drop_draft(self.owner)
            if text.strip() or self.note:
                self.show_below("Saved in your notebook." if text.strip() else "The note is taken away.")
        self.host.back()
