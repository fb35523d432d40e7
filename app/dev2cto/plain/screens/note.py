"""A note: kept while it is typed, saved when it is ended."""

from __future__ import annotations

from dev2cto.errors import NotSaved
from dev2cto.markdown.parser import para
from dev2cto.plain.line_editor import TextEntry
from dev2cto.plain.prompt import BACK, CommandInput, Prompt, PromptCommand
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.notes_text import DELETED, open_note, saved_notice
from dev2cto.study.state.highlights import anchor_location
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import delete_note, notes, title_of, write_note
from dev2cto.text import sanitize

SAVE = PromptCommand("s", "save", "saves the note; one without a line is deleted")
DELETE = PromptCommand("d", "delete", "deletes the note")
WRITE = PromptCommand("w", "write", "continues writing")


def run(ui: PlainUI, location: Location) -> Location | None:
    """Write the note named after its anchor, or the one at the anchor, or a new one. An empty text deletes it."""
    anchor, id, *_ = (*location.ids, "")
    study = ui.study
    opened = open_note(study, anchor, id)
    anchor, id, owner = opened.anchor, opened.id, opened.owner
    ui.show_title(f"Note / {title_of(study, anchor)}")
    ui.show(opened.other_versions())
    if opened.saved is not None and opened.text != opened.saved.text:
        ui.say("This is your draft, not saved yet.")
    elif opened.saved is not None:
        ui.say("An empty text (.d deletes lines) deletes the note.")
    ui.save_location(Location("note", (anchor, id)))
    entry = TextEntry(ui, opened.text, lambda text, _: study.keep_draft(owner, text))
    while entry.run() == "end":
        try:
            if id and not entry.text.strip():
                ui.offer_undo(DELETED, delete_note(study, id))
                return None
            with study.record.batch():
                write_note(study, anchor, entry.text.rstrip("\n"), id, opened.saved)
                study.drop_draft(owner)
        except NotSaved as error:
            study.keep_draft(owner, entry.text)
            ui.show_error(error)
            if ui.ask(Prompt((SAVE, WRITE, BACK), enter="saves")) in (CommandInput("q"), CommandInput("w")):
                return None
            continue
        ui.say(saved_notice(entry.text, id))
        return None
    ui.say(f"Left; {study.draft_is_kept}.")
    return None


def delete(ui: PlainUI, id: str) -> None:
    """Delete a note, and say how to get it back."""
    try:
        ui.offer_undo(DELETED, delete_note(ui.study, id))
    except NotSaved as error:
        ui.show_error(error)


def shown(ui: PlainUI, id: str) -> Location | None:
    """A note to read; from there it can be changed, or its place opened."""
    study = ui.study
    found = next((n for n in notes(study) if n.id == id), None)
    if found is None:
        return None
    ui.show_title(f"Note / {found.title}")
    ui.show([para(line, tight=True) for line in sanitize(found.text).split("\n")])
    reading = anchor_location(study, found.anchor)
    open_ = [PromptCommand("o", "open", "opens the reading it belongs to")] if reading is not None else []
    change = PromptCommand("e", "edit", "changes the note")
    match ui.ask(Prompt((change, *open_, DELETE, BACK), enter="goes back")):
        case CommandInput("d"):
            delete(ui, id)
            return None
        case CommandInput("e"):
            return Location("note", ("", id))
        case CommandInput("o"):
            return reading
        case _:
            return None
