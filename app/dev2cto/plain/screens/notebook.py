"""The learner's notes, highlights, promises and bookmarks."""

from __future__ import annotations

from dev2cto.plain.paged_list import choose
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, PromptCommand
from dev2cto.plain.screens.note import delete, shown
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.presenters import cue_text, highlight_text, notes_text, promise_text
from dev2cto.study.state.highlights import Highlight, highlight_location, highlights, remove_highlight, toggle_cue
from dev2cto.study.state.location import Location, section_location
from dev2cto.study.state.notes import Bookmark, Note, bookmarks, notes, toggle_bookmark
from dev2cto.study.state.promises import Promise, delete_promise, promises

Entry = Note | Highlight | Promise | Bookmark
DELETE = PromptCommand("d", "delete", "deletes a note, highlight, promise or bookmark", "NUMBER")
ASK = PromptCommand("a", "ask", "has reviews ask about a highlight, or no longer", "NUMBER", shown=False)


def run(ui: PlainUI, location: Location) -> Location | None:
    """Notes first, then highlights, promises and bookmarks; a number opens any of them."""
    short = False
    while True:
        written, passages, marked = notes(ui.study), highlights(ui.study), bookmarks(ui.study)
        promised = promises(ui.study)
        ui.show_title(*notes_text.notebook_title(written, passages, promised, marked))
        entries: list[Entry] = [*written, *passages, *promised, *marked]
        if not entries:
            ui.say(notes_text.no_notes("e", "m", "c", "z"))
            return None
        rows = ["{} ({})".format(*notes_text.note_line(ui.study, note)) for note in written]
        rows += ["Highlight: {} ({})".format(*highlight_text.highlight_line(ui.study, each)) for each in passages]
        rows += ["Promise: {} ({})".format(*promise_text.promise_line(ui.study, each)) for each in promised]
        rows += [f"Bookmark: {mark.label}" for mark in marked]
        unseen = [*(note.text for note in written), *(passage.quotation.exact for passage in passages)]
        commands = (DELETE, ASK, BACK) if passages else (DELETE, BACK)
        typed = choose(ui, rows, "opens it", commands, short=short, unseen=unseen)
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
        elif isinstance(typed, CommandInput) and typed.key == "a":
            number = int(typed.words) if typed.words.isdecimal() else 0
            chosen = entries[number - 1] if 1 <= number <= len(entries) else None
            if isinstance(chosen, Highlight):
                ui.offer_undo(cue_text.NOT_ASKED if chosen.cue else cue_text.ASKED, toggle_cue(ui.study, chosen))
            else:
                ui.say("Type a and the number of a highlight.")
        elif typed != AGAIN:
            return None


def place_of(ui: PlainUI, chosen: Entry) -> Location | None:
    """Where the entry leads; a note is shown first. None if nothing is to be opened."""
    match chosen:
        case Note():
            return shown(ui, chosen.id)
        case Highlight():
            known = ui.study.course.reading(chosen.reading) is not None
            return highlight_location(chosen) if known else None
        case Promise():
            return Location("outcome", (chosen.id,))
        case Bookmark():
            return section_location(chosen.anchor)


def remove(ui: PlainUI, chosen: Entry) -> None:
    """Delete the entry, and say how to get it back."""
    match chosen:
        case Note():
            delete(ui, chosen.id)
        case Highlight():
            ui.offer_undo(highlight_text.REMOVED, remove_highlight(ui.study, chosen.id))
        case Promise():
            ui.offer_undo(promise_text.DELETED, delete_promise(ui.study, chosen.id))
        case Bookmark():
            ui.offer_undo(notes_text.NO_MARK, toggle_bookmark(ui.study, chosen.anchor)[1])
