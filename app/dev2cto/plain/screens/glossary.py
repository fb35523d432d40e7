"""Terms and what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.course.model import Term
from dev2cto.course.search import casefolded
from dev2cto.markdown.parser import para
from dev2cto.plain.prompt import BACK, CommandInput, Prompt, TextInput
from dev2cto.plain.ui import PlainUI
from dev2cto.study.state.location import Location
from dev2cto.text import pluralize


def glossary(ui: PlainUI, location: Location) -> Location | None:
    """All terms, or only those of one reading: a term's beginning shows its meaning."""
    words, only = " ".join(location.ids), location.extra.get("only", ())
    known = ui.study.curriculum.glossary
    wanted = {name.lower() for name in only}
    terms = [known[name] for name in sorted(known) if not only or name in wanted]
    ui.show_title("Terms of this reading" if only else "Glossary", pluralize(len(terms), "term"))
    if not terms:
        ui.say("There are no terms here.")
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
    titles = [r.title for id in term.see if (r := ui.study.course.reading(id))]
    if titles:
        ui.say(f"Explained in {', '.join(titles)}.")
