"""Terms and what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.course.model import Term
from dev2cto.course.search import casefolded
from dev2cto.markdown.parser import para
from dev2cto.plain.prompt import BACK, CommandInput, Prompt, TextInput
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import glossary_text
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """All terms, or only those of one reading: a term's beginning shows its meaning."""
    words, only = " ".join(location.ids), {name.lower() for name in location.extra.get("only", ())}
    terms = glossary_text.terms(ui.study, only)
    ui.show_title(*glossary_text.glossary_title(terms, only))
    if not terms:
        ui.say(glossary_text.NO_TERMS)
        return None
    if only:
        for term in terms:
            meaning(ui, term)
    elif words:
        find(ui, terms, words)
    while True:
        match ui.ask(Prompt((BACK,), text="a term or its beginning", enter="lists all terms", free=True)):
            case TextInput(text):
                find(ui, terms, text)
            case CommandInput(""):
                ui.say("; ".join(term.term for term in terms))
            case _:
                return None


def find(ui: PlainUI, terms: Sequence[Term], words: str) -> None:
    """The terms that are called so, or begin so, or have the words in their name."""
    name = casefolded(words).strip()
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [term for term in terms if fits(casefolded(term.term), name)]
        if len(found) == 1:
            meaning(ui, found[0])
            return
        if found:
            ui.say("; ".join(term.term for term in found))
            return
    ui.say(f"No term is called {words!r}.")


def meaning(ui: PlainUI, term: Term) -> None:
    """What a term means, and where it is explained."""
    ui.show([para(f"{term.term}:"), *ui.prose(term.definition)])
    if readings := glossary_text.readings_on(ui.study, term):
        ui.say(f"Explained in {', '.join(reading.title for reading in readings)}.")
