"""Finding words in the whole course, the glossary, one's notes and answers."""

from __future__ import annotations

from dev2cto.course.search import Hit
from dev2cto.plain.paged_list import choose
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, PromptCommand
from dev2cto.plain.screens.find_in_reading import ask_words
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.study.queries.search import search_all
from dev2cto.study.sessions.comments import line_location
from dev2cto.study.state.location import Location
from dev2cto.text import pluralize

MOST = 60
"""Places shown; more say so."""
OTHER = PromptCommand("/", "search", "finds other words", "WORDS")


def search(ui: PlainUI, location: Location) -> Location | None:
    """Ask for words where none were given, list the places, go there."""
    words = " ".join(location.ids)
    while True:
        words = words or ask_words(ui)
        if not words.strip():
            return None
        hits = search_all(ui.study, words)
        more = f", the first {MOST} shown" if len(hits) > MOST else ""
        ui.show_title(f"Search for {words}", f"{pluralize(len(hits), 'place')}{more}")
        if not hits:
            ui.say(f"Nothing holds {words!r}. Fewer or shorter words find more.")
            return None
        rows = [f"{hit.title}: {ui.inline(hit.excerpt)}" for hit in hits[:MOST]]
        typed = choose(ui, rows, "goes there", (OTHER, BACK))
        match typed:
            case ChoiceInput(number):
                target = target_of(ui, hits[number])
                if target is not None:
                    ui.go(target)
            case CommandInput("/", other):
                words = other
            case _ if typed == AGAIN:
                pass
            case _:
                return None


def target_of(ui: PlainUI, hit: Hit) -> Location | None:
    """Where a hit leads; None where there is no text behind it."""
    match hit.what:
        case "reading":
            reading, _, section = hit.target.partition("#")
            return Location("reading", (reading, section))
        case "term":
            return Location("glossary", (hit.target,))
        case "note":
            return Location("note", ("", hit.target))
        case "answer":
            item = ui.study.curriculum.item(hit.target)
            if not item.read:
                ui.say("No reading is named for this question.")
                return None
            reading, _, section = item.read.partition(".")
            return Location("reading", (reading, section))
        case "comment":
            exercise, _, address = hit.target.partition("#")
            return line_location(exercise, address)
