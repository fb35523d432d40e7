"""Before a quiz: what it is, and in which mode to take it."""

from __future__ import annotations

from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.quiz_text import ModeLine, modes, quiz_intro, quiz_start_title
from dev2cto.study.queries.step import pending_location
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """Practice or exam, new or continued."""
    study = ui.study
    outline = study.module(location.ids[0])
    module = outline.id
    while True:
        ui.show_title(*quiz_start_title(outline))
        ui.show(ui.prose(quiz_intro(study, module)))
        lines = modes(study, module)
        for n, line in enumerate(lines, 1):
            ui.numbered_line(n, f"{line.words}: {line.about}")
        match ui.ask(Prompt((BACK,), numbers(len(lines)), enter="chooses 1")):
            case ChoiceInput(number):
                return attempt(ui, module, lines[number])
            case CommandInput(""):
                return attempt(ui, module, lines[0])
            case CommandInput("q"):
                return None
            case _:
                pass


def attempt(ui: PlainUI, module: str, line: ModeLine) -> Location:
    """The attempt, with what was not submitted in it."""
    return pending_location(ui.study, "quiz", module, line.attempt(ui.study, module))
