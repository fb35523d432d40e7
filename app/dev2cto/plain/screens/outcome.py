"""Looking back on a promise: did you, and what happened?"""

from __future__ import annotations

from dev2cto.errors import Dev2CtoError
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, PromptCommand, TextInput, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import promise_text
from dev2cto.study.state.location import Location
from dev2cto.study.state.promises import answer_promise, known_promise, note_begun, outcome_owner

WRITE = PromptCommand("w", "write", "changes what happened")


def run(ui: PlainUI, location: Location) -> Location | None:
    """Show the promise named first; ask what happened, then what became of it. One that was kept is only shown."""
    study = ui.study
    promise = known_promise(study, location.ids[0])
    ui.show_title(promise_text.promise_title(study, promise.reading))
    ui.show(promise_text.promise_blocks(study, promise))
    choices = promise_text.choice_words(promise)
    if not choices:
        ui.ask(Prompt((BACK,), enter="goes back"))
        return None
    ui.save_location(Location("outcome", (promise.id,)))
    begun = note_begun(study, promise)
    note = begun.text if begun is not None else ""
    if not note:
        asked = happened(ui, note)
        if asked is None:
            return None
        note = asked
    while True:
        if note:
            study.keep_draft(outcome_owner(promise.id), note)
            ui.say(f"What happened: {note}")
        for n, (_, words) in enumerate(choices, 1):
            ui.numbered_line(n, words)
        match ui.ask(Prompt((WRITE, BACK), numbers(len(choices)), "answers")):
            case ChoiceInput(number):
                result = choices[number][0]
                try:
                    undo = answer_promise(study, promise.id, result, note)
                except Dev2CtoError as error:
                    ui.show_error(error)
                    continue
                ui.offer_undo(promise_text.answered_notice(result, note), undo)
                return None
            case CommandInput("w"):
                note = happened(ui, note) or note
            case CommandInput("q"):
                if note:
                    ui.say(f"Left; {study.draft_is_kept}.")
                return None
            case _:
                pass


def happened(ui: PlainUI, note: str) -> str | None:
    """Ask for one line; enter keeps what there is. None if the learner goes back."""
    enter = "keeps it" if note else "writes nothing"
    match ui.ask(Prompt((BACK,), text="what happened, in one line", enter=enter, free=True)):
        case TextInput(text):
            return text.strip()
        case CommandInput("q"):
            return None
        case _:
            return note
