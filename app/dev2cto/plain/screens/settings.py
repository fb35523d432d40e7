"""The learner's choices."""

from __future__ import annotations

from dev2cto.errors import Dev2CtoError
from dev2cto.plain.prompt import BACK, REPEAT, ChoiceInput, CommandInput, Prompt, TextInput, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.settings_text import next_value, value_words
from dev2cto.settings import FULL_SCREEN_ONLY, LABELS
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """The settings that matter here, with their values; a number changes one, saved at once."""
    names = [name for name in LABELS if name not in FULL_SCREEN_ONLY]
    go_on(ui)
    short = False
    while True:
        ui.show_title("Settings", "saved at once")
        for n, name in enumerate(() if short else names, 1):
            ui.numbered_line(n, f"{LABELS[name][0]}: {value_words(ui.study.settings, name)}")
        typed = ui.ask(Prompt((BACK,), numbers(len(names)), "changes it", enter="goes back", menu=True))
        short = typed != REPEAT
        match typed:
            case ChoiceInput(number):
                change(ui, names[number])
            case CommandInput("q" | ""):
                return None
            case _:
                pass


def go_on(ui: PlainUI) -> None:
    """Ask for the value that was being typed on the full screen, if there is one, and forget it."""
    found = ui.study.last_place()
    place = found[0] if found is not None else None
    if place is None or place.screen != "settings" or place.extra.get("editing") not in LABELS:
        return
    name = place.extra["editing"]
    ui.say(f"{LABELS[name][0]}: {place.extra.get('value', '')!r} was typed, but not saved.")
    change(ui, name)
    ui.save_location(place.under or Location("settings"))


def change(ui: PlainUI, name: str) -> None:
    """Give the setting its next value, or ask for one until it can be set."""
    value = next_value(ui.study.settings, name)
    if value is not None:
        put(ui, name, value)
        return
    label, takes = LABELS[name]
    takes = takes.replace("empty:", "a single dash:")
    while True:
        match ui.ask(Prompt((BACK,), text=f"{label}: {takes}", enter="keeps it", free=True)):
            case TextInput(text):
                if put(ui, name, "" if text.strip() == "-" else text.strip()):
                    return
            case _:
                return


def put(ui: PlainUI, name: str, text: str) -> bool:
    """Set and show a value; return whether it was possible."""
    try:
        ui.study.set(name, text)
    except Dev2CtoError as error:
        ui.show_error(error)
        return False
    ui.say(f"{LABELS[name][0]}: {value_words(ui.study.settings, name)}")
    return True
