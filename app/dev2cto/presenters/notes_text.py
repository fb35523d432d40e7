"""Texts for notes and bookmarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dev2cto.markdown.parser import Block, Listing, para
from dev2cto.record.drafts import Draft
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.home import relative_day
from dev2cto.study.state.highlights import Highlight
from dev2cto.study.state.notes import Bookmark, Note, is_unsaved, note_at, notes
from dev2cto.study.state.promises import Promise
from dev2cto.text import one_line, pluralize, sanitize, shortened

MOST = 120
"""The maximum number of characters shown of a note in the list."""


def notebook_title(
    written: Sequence[Note], passages: Sequence[Highlight], promised: Sequence[Promise], marked: Sequence[Bookmark]
) -> tuple[str, str]:
    """The numbers of notes and bookmarks, and of highlights and promises if there are any."""
    highlighted = f"{pluralize(len(passages), 'highlight')}, " if passages else ""
    made = f"{pluralize(len(promised), 'promise')}, " if promised else ""
    return "Notebook", f"{pluralize(len(written), 'note')}, {highlighted}{made}{pluralize(len(marked), 'bookmark')}"


def note_line(study: StudyContext, note: Note) -> tuple[str, str]:
    """How a note begins; where it is, when it was written, and whether a draft of it waits."""
    where = f"{note.title}, {relative_day(study, note.at)}"
    return shortened(one_line(note.text), MOST), f"{where}; unsaved draft" if is_unsaved(study, note.id) else where


def no_notes(note: str, mark: str, choose: str, promise: str) -> str:
    """What the notebook will hold, and the keys that write a note, set a bookmark, choose a passage and promise."""
    keys = f"{note} writes a note, {mark} sets a bookmark, and {choose} chooses a passage to highlight"
    more = f"at its end, {promise} makes its plan your promise"
    return f"No notes, highlights, promises or bookmarks yet. In a reading, {keys}; {more}. All of them come here."


class OpenNote(NamedTuple):
    """A note that is being written: where it belongs, its id ("" for a new one), and the text to go on with."""

    anchor: str
    id: str
    saved: Note | None
    """The note as it was when it was opened."""
    drafts: tuple[Draft, ...]
    """The unsaved drafts, newest first."""

    @property
    def text(self) -> str:
        """The newest draft, or else what is saved."""
        return self.drafts[0].text if self.drafts else self.saved.text if self.saved else ""

    @property
    def owner(self) -> str:
        """The owner id of the draft."""
        return draft_owner(self.anchor, self.id)

    def other_versions(self) -> list[Block]:
        """What other sessions saved or began in the same note."""
        blocks: list[Block] = []
        saved = [other for other in self.saved.others if other != self.text] if self.saved else []
        begun = [draft.text for draft in self.drafts[1:] if draft.text != self.text]
        for head, texts in (
            ("Saved in another session; both versions are kept:", saved),
            ("Started in another session:", begun),
        ):
            if texts:
                blocks += [para(head, "warn"), *(Listing(tuple(sanitize(t).split("\n")), indent=2) for t in texts)]
        return blocks


def draft_owner(anchor: str, id: str) -> str:
    """The owner id of a note's draft."""
    return f"note:{id or anchor}"


def open_note(study: StudyContext, anchor: str, id: str) -> OpenNote:
    """The note of that id, or else the newest one at the anchor, or a new one."""
    found = next((note for note in notes(study) if note.id == id), None) or note_at(study, anchor)
    if found is not None:
        id, anchor = found.id, found.anchor
    drafts = tuple(d for d in study.drafts(draft_owner(anchor, id)) if found is None or d.moment.ms > found.moment.ms)
    return OpenNote(anchor, id, found, drafts)


DELETED = "Note deleted."
NO_MARK = "Bookmark removed."


def saved_notice(text: str, id: str) -> str:
    """The message after saving that text as the note `id`."""
    return "Saved in your notebook." if text.strip() else DELETED if id else "The note is empty: not saved."
