"""Before a quiz: what it is, and in which mode to take it."""

from __future__ import annotations

from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.quiz_text import quiz_intro
from dev2cto.study.queries.step import pending_location
from dev2cto.study.sessions.quiz import Mode, open_attempt
from dev2cto.study.state.location import Location

MODES: tuple[tuple[Mode, str, str], ...] = (
    ("practice", "Practice", "each answer is judged at once; hints are free"),
    ("exam", "Exam", "no hints; answers can be changed, the verdict comes at the end"),
)


def start(ui: PlainUI, location: Location) -> Location | None:
    """Practice or exam, new or continued."""
    study = ui.study
    outline = study.module(location.ids[0])
    module = outline.id
    while True:
        ui.show_title(f"{outline.name} / Quiz", f"{outline.quiz_minutes} min")
        ui.show(ui.prose(quiz_intro(study, module)))
        for n, (mode, title, what) in enumerate(MODES, 1):
            word = f"Continue the {title.lower()}" if open_attempt(study, module, mode) else title
            ui.numbered_line(n, f"{word}: {what}")
        match ui.ask(Prompt((BACK,), numbers(2), enter="is 1")):
            case ChoiceInput(number):
                return attempt(ui, module, MODES[number][0])
            case CommandInput(""):
                return attempt(ui, module, "practice")
            case CommandInput("q"):
                return None
            case _:
                pass


def attempt(ui: PlainUI, module: str, mode: Mode) -> Location:
    """The attempt, with what was not submitted in it."""
    id = ui.study.quiz(module, mode).id
    return pending_location(ui.study, "quiz", module, id)
