"""The learner's choices."""

from __future__ import annotations

from typing import get_type_hints

from dev2cto.errors import Dev2CtoError
from dev2cto.plain.face import Face
from dev2cto.plain.prompt import BACK, Chosen, Prompt, Said, Wrote, numbers
from dev2cto.plain.target import Target
from dev2cto.settings import FULL_SCREEN_ONLY, LABELS, Settings
from dev2cto.study.place import Place


def settings(face: Face) -> Target | None:
    """The settings that matter here, with their values; a number changes one, saved at once."""
    names = [name for name in LABELS if name not in FULL_SCREEN_ONLY]
    go_on(face)
    while True:
        face.head("Settings", "saved at once")
        for n, name in enumerate(names, 1):
            face.item(n, f"{LABELS[name][0]}: {value_of(face, name)}")
        typed = face.ask(Prompt((BACK,), numbers(len(names)), "changes it", enter="goes back"))
        match typed:
            case Chosen(number):
                change(face, names[number])
            case Said("q" | ""):
                return None
            case _:
                pass


def go_on(face: Face) -> None:
    """Ask for the value that was half typed on the full screen, if there is one, and forget it."""
    found = face.study.last_place()
    place = found[0] if found is not None else None
    if place is None or place.screen != "settings" or place.extra.get("editing") not in LABELS:
        return
    name = place.extra["editing"]
    face.say(f"{LABELS[name][0]}: {place.extra.get('value', '')!r} was typed and not set.")
    change(face, name)
    face.keep(place.under or Place("settings"))


def value_of(face: Face, name: str) -> str:
    """A setting's value in words."""
    value = getattr(face.study.settings, name)
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value) or "not set"


def change(face: Face, name: str) -> None:
    """Turn it, or ask for the value until it can be."""
    kind, value = get_type_hints(Settings)[name], getattr(face.study.settings, name)
    if kind is bool:
        put(face, name, "off" if value else "on")
        return
    takes = LABELS[name][1].replace("empty:", "a single dot:")
    while True:
        match face.ask(Prompt((BACK,), text=takes, enter="leaves it as it is", free=True)):
            case Wrote(text):
                if put(face, name, "" if text.strip() == "." else text.strip()):
                    return
            case _:
                return


def put(face: Face, name: str, text: str) -> bool:
    """Set it; whether that could be."""
    try:
        face.study.set(name, text)
    except Dev2CtoError as error:
        face.complain(error)
        return False
    face.say(f"{LABELS[name][0]}: {value_of(face, name)}")
    return True
