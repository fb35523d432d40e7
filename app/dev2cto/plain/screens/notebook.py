"""The learner's notes, highlights and bookmarks."""

from __future__ import annotations

from dev2cto.plain.paged_list import choose
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, PromptCommand
from dev2cto.plain.screens.note import delete, shown
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.presenters import highlight_text, notes_text
from dev2cto.study.state.highlights import Highlight, highlight_location, highlights, remove_highlight
from dev2cto.study.state.location import Location, section_location
from dev2cto.study.state.notes import Bookmark, Note, bookmarks, notes, toggle_bookmark

DELETE = PromptCommand("d", "delete", "deletes a note, highlight or bookmark", "NUMBER")


def run(ui: PlainUI, location: Location) -> Location | None:
    """Notes first, then highlights, then bookmarks; a number opens any of them."""
    short = False
    while True:
        written, passages, marked = notes(ui.study), highlights(ui.study), bookmarks(ui.study)
        ui.show_title(*notes_text.notebook_title(written, passages, marked))
        entries: list[Note | Highlight | Bookmark] = [*written, *passages, *marked]
        if not entries:
            ui.say(notes_text.no_notes("e", "m", "c"))
            return None
        rows = ["{} ({})".format(*notes_text.note_line(ui.study, note)) for note in written]
        rows += ["Highlight: {} ({})".format(*highlight_text.highlight_line(ui.study, each)) for each in passages]
        rows += [f"Bookmark: {mark.label}" for mark in marked]
        typed = choose(ui, rows, "opens it", (DELETE, BACK), short=short)
        short = True
        if isinstance(typed, ChoiceInput):
            to = place_of(ui, entries[typed.number])
            if to is not None:
                ui.go(to)
        elif isinstance(typed, CommandInput) and typed.key == "d":
            number = int(typed.words) if typed.words.isdecimal() else 0
            if not 1 <= number <= len(rows):
                ui.say(f"Type d and a number: d {len(rows)} deletes the last one.")
            else:
                remove(ui, entries[number - 1])
        elif typed != AGAIN:
            return None


def place_of(ui: PlainUI, chosen: Note | Highlight | Bookmark) -> Location | None:
    """Where the entry leads; a note is shown first. None if nothing is to be opened."""
    match chosen:
        case Note():
            return shown(ui, chosen.id)
        case Highlight():
            known = ui.study.course.reading(chosen.reading) is not None
            return highlight_location(chosen) if known else None
        case Bookmark():
            return section_location(chosen.anchor)


def remove(ui: PlainUI, chosen: Note | Highlight | Bookmark) -> None:
    """Delete the entry, and say how to get it back."""
    match chosen:
        case Note():
            delete(ui, chosen.id)
        case Highlight():
            ui.offer_undo(highlight_text.REMOVED, remove_highlight(ui.study, chosen.id))
        case Bookmark():
            ui.offer_undo(notes_text.NO_MARK, toggle_bookmark(ui.study, chosen.anchor)[1])
