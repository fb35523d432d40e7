"""The learner's notes and bookmarks."""

from __future__ import annotations

from dev2cto.plain.paged_list import choose
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, PromptCommand
from dev2cto.plain.screens.note import delete, shown
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.presenters import notes_text
from dev2cto.study.state.location import Location, section_location
from dev2cto.study.state.notes import bookmarks, notes, toggle_bookmark

DELETE = PromptCommand("d", "delete", "deletes a note or bookmark", "NUMBER")


def run(ui: PlainUI, location: Location) -> Location | None:
    """Notes first, then bookmarks; a number opens either."""
    short = False
    while True:
        written, marked = notes(ui.study), bookmarks(ui.study)
        ui.show_title(*notes_text.notebook_title(written, marked))
        if not written and not marked:
            ui.say(notes_text.no_notes("e", "m"))
            return None
        rows = ["{} ({})".format(*notes_text.note_line(ui.study, note)) for note in written]
        rows += [f"Bookmark: {mark.label}" for mark in marked]
        typed = choose(ui, rows, "opens it", (DELETE, BACK), short=short)
        short = True
        if isinstance(typed, ChoiceInput):
            if typed.number < len(written):
                at_note = shown(ui, written[typed.number].id)
                if at_note is not None:
                    ui.go(at_note)
            else:
                ui.go(section_location(marked[typed.number - len(written)].anchor))
        elif isinstance(typed, CommandInput) and typed.key == "d":
            number = int(typed.words) if typed.words.isdecimal() else 0
            if not 1 <= number <= len(rows):
                ui.say(f"Type d and a number: d {len(rows)} deletes the last one.")
            elif number <= len(written):
                delete(ui, written[number - 1].id)
            else:
                _, undo = toggle_bookmark(ui.study, marked[number - 1 - len(written)].anchor)
                ui.offer_undo(notes_text.NO_MARK, undo)
        elif typed != AGAIN:
            return None
