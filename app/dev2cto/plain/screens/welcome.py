"""The welcome of a new learner: the story, how long it takes, what to type, the two choices that matter."""

from __future__ import annotations

from dev2cto.errors import Dev2CtoError
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import welcome_text
from dev2cto.study.queries.home import is_new
from dev2cto.study.queries.welcome import next_goal, welcome
from dev2cto.study.state.location import Location

SIX = (
    "enter: goes on, as the prompt says",
    "a number: chooses what it stands before",
    "q: goes back; at home it quits",
    "?: everything that can be typed",
    "/ WORDS: finds words",
    "again: shows the screen again",
)
"""What matters to somebody who has never typed anything here."""


def run(ui: PlainUI, location: Location) -> Location | None:
    """Show it until the learner begins or leaves; a new learner whose line is lost here finds it again."""
    study, first = ui.study, is_new(ui.study)
    said = False
    while True:
        view = welcome(study)
        if first:
            ui.save_location(Location("welcome"))
        if not said:
            ui.show_title(*welcome_text.welcome_title(view))
            ui.show(ui.prose(view.story))
            ui.say(welcome_text.how_long(view))
            ui.show_all_commands(SIX)
            ui.say(welcome_text.WHY_CONFIDENCE)
            ui.console.gap()
        rows = welcome_text.choices(view)
        for n, (_, label, note) in enumerate(rows, 1):
            ui.numbered_line(n, f"{label}: {note}")
        said = True
        typed = ui.ask(Prompt((BACK,), numbers(len(rows)), enter="chooses 1"))
        chosen = typed.number if isinstance(typed, ChoiceInput) else 0
        match typed:
            case CommandInput("q"):
                if first:
                    ui.save_location(Location("home"))
                return None
            case ChoiceInput() | CommandInput(""):
                id = rows[chosen][0]
                if id == welcome_text.BEGIN:
                    return Location("step", (view.first,))
                change(ui, id)
            case _:
                said = False


def change(ui: PlainUI, id: str) -> None:
    """Set the next goal, or turn the question about confidence on or off."""
    settings = ui.study.settings
    try:
        if id == welcome_text.GOAL:
            ui.study.set("goal_minutes", str(next_goal(settings.goal_minutes)))
        else:
            ui.study.set("confidence", "off" if settings.confidence else "on")
    except Dev2CtoError as error:
        ui.show_error(error)
