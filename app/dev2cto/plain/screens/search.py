"""Finding words in the whole course, the glossary, one's notes and answers."""

from __future__ import annotations

from dev2cto.plain.paged_list import choose
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, PromptCommand
from dev2cto.plain.screens.find_in_reading import ask_words
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.presenters.search_text import NO_READING, hit_location, result_line
from dev2cto.study.queries.search import search_all
from dev2cto.study.state.location import Location

OTHER = PromptCommand("/", "search", "searches for other words", "WORDS")


def run(ui: PlainUI, location: Location) -> Location | None:
    """Ask for words if none were given, list the places, go there."""
    words, listed = " ".join(location.ids), ""
    while True:
        words = words or ask_words(ui)
        if not words.strip():
            return None
        result = search_all(ui.study, words)
        ui.show_title(f"Search for {words}")
        ui.say(result_line(result, words))
        if not result.hits:
            return None
        rows = [f"{hit.title}: {hit.excerpt}" for hit in result.hits]
        typed = choose(ui, rows, "goes there", (OTHER, BACK), short=words == listed)
        listed = words
        match typed:
            case ChoiceInput(number):
                target = hit_location(ui.study, result.hits[number])
                if target is None:
                    ui.say(NO_READING)
                else:
                    ui.go(target)
            case CommandInput("/", other):
                words = other
            case _ if typed == AGAIN:
                pass
            case _:
                return None
