"""The learner's notes and bookmarks."""

from __future__ import annotations

from dev2cto.plain.paged_list import choose
from dev2cto.plain.prompt import ChoiceInput
from dev2cto.plain.screens.note import shown
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.study.queries.home import relative_day
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import bookmarks, notes
from dev2cto.text import one_line, pluralize

EMPTY = "No notes and no bookmarks yet. In a reading, e writes a note and m sets a bookmark; both come here."
MOST = 120
"""Characters of a note that the list shows."""


def notebook(ui: PlainUI, location: Location) -> Location | None:
    """Notes first, then bookmarks; a number opens either."""
    while True:
        written, marked = notes(ui.study), bookmarks(ui.study)
        ui.show_title("Notebook", f"{pluralize(len(written), 'note')}, {pluralize(len(marked), 'bookmark')}")
        if not written and not marked:
            ui.say(EMPTY)
            return None
        rows = [f"{one_line(n.text)[:MOST]} ({n.title}, {relative_day(ui.study, n.at)})" for n in written]
        rows += [f"Bookmark: {mark.label}" for mark in marked]
        typed = choose(ui, rows, "opens it")
        if isinstance(typed, ChoiceInput):
            if typed.number < len(written):
                at_note = shown(ui, written[typed.number].id)
                if at_note is not None:
                    ui.go(at_note)
            else:
                reading, _, section = marked[typed.number - len(written)].anchor.partition("#")
                ui.go(Location("reading", (reading, section)))
        elif typed != AGAIN:
            return None
