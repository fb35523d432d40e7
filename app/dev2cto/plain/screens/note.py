"""A note: kept while it is typed, saved when it is ended."""

from __future__ import annotations

from dev2cto.errors import NotSaved
from dev2cto.markdown.parser import Listing, para
from dev2cto.plain.line_editor import TextEntry
from dev2cto.plain.prompt import BACK, CommandInput, Prompt, PromptCommand
from dev2cto.plain.ui import PlainUI
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import note_at, notes, title_of, write_note
from dev2cto.text import sanitize

SAVE = PromptCommand("s", "save", "saves the note; without a line it is taken away")
WRITE = PromptCommand("w", "write", "goes on writing")


def note(ui: PlainUI, location: Location) -> Location | None:
    """Write the note named after its anchor, or the one at the anchor, or a new one. An empty text deletes it."""
    anchor, id, *_ = (*location.ids, "")
    study = ui.study
    found = next((n for n in notes(study) if n.id == id), None) or note_at(study, anchor)
    if found is not None:
        id, anchor = found.id, found.anchor
    owner = f"note:{id or anchor}"
    ui.show_title(f"Note / {title_of(study, anchor)}")
    for other in found.others if found else ():
        ui.say("Another session wrote this at the same time; both are kept:")
        ui.show([Listing(tuple(sanitize(other).split("\n")), indent=2)])
    draft = study.draft(owner)
    if draft and found is not None and draft != found.text:
        ui.say("This is your draft of it, not saved yet.")
    elif found is not None:
        ui.say("An empty text (.d takes lines away) takes the note away.")
    ui.save_location(Location("note", (anchor, id)))
    entry = TextEntry(ui, draft or (found.text if found else ""), lambda text, _: study.keep_draft(owner, text))
    while entry.run() == "end":
        try:
            study.drop_draft(owner)
            write_note(study, anchor, entry.text.rstrip("\n"), id)
        except NotSaved as error:
            study.keep_draft(owner, entry.text)
            ui.show_error(error)
            if ui.ask(Prompt((SAVE, WRITE, BACK), enter="saves")) in (CommandInput("q"), CommandInput("w")):
                return None
            continue
        ui.say("Saved." if entry.text.strip() else "There is no note here now." if id else "Nothing was written.")
        return None
    ui.say(f"Left; {study.draft_is_kept}.")
    return None


def shown(ui: PlainUI, id: str) -> Location | None:
    """A note to read; from there it can be changed, or its place opened."""
    study = ui.study
    found = next((n for n in notes(study) if n.id == id), None)
    if found is None:
        return None
    ui.show_title(f"Note / {found.title}")
    ui.show([para(line, tight=True) for line in sanitize(found.text).split("\n")])
    reading, _, section = found.anchor.partition("#")
    open_ = [PromptCommand("o", "open", "opens the reading it belongs to")] if study.course.reading(reading) else []
    change = PromptCommand("e", "edit", "changes the note")
    match ui.ask(Prompt((change, *open_, BACK), enter="goes back")):
        case CommandInput("e"):
            return Location("note", ("", id))
        case CommandInput("o"):
            return Location("reading", (reading, section))
        case _:
            return None
