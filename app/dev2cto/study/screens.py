"""The registry of screens. Both front ends and "continue" address screens by these names.

Each front end maps the names to its implementations: `tui/navigation.py`, `plain/navigator.py`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dev2cto.errors import CourseError
from dev2cto.study.state.location import Location


class Screen(NamedTuple):
    """The metadata of a screen, available without importing it."""

    title: str
    needs: int = 0
    """How many ids are needed to open it."""
    otherwise: str = ""
    """The screen that opens instead if there are fewer."""
    is_part: bool = False
    """Whether it shows a part of a step; its first id is then that of the part or of the step."""
    note: str = ""
    """The palette's description of a screen that has no key."""


SCREENS = {
    "step": Screen("Step", 1),
    "reading": Screen("Reading", 1, is_part=True),
    "quiz": Screen("Quiz", 2, otherwise="quiz_start", is_part=True),
    "quiz_start": Screen("Quiz", 1),
    "exercise": Screen("Exercise", 1, is_part=True),
    "final": Screen("Final form", 2, otherwise="final_start", is_part=True),
    "final_start": Screen("Final form", 1),
    "review": Screen("Review"),
    "search": Screen("Search"),
    "glossary": Screen("Glossary"),
    "notebook": Screen("Notebook"),
    "note": Screen("Note", 1),
    "report": Screen("Report", 1),
    "progress": Screen("Progress"),
    "portfolio": Screen("Portfolio", note="what you have written"),
    "transcript": Screen("Transcript", note="what you did when, to export"),
    "settings": Screen("Settings", note="goal, reviews, colours, editor"),
    "keys": Screen("Keys", note="choose your own keys"),
    "help": Screen("Help"),
}

EXERCISES = {
    "calculation": "calculation",
    "code": "code lab",
    "scenario": "scenario",
    "simulation": "simulation",
    "artefact": "artefact",
    "survey": "self-assessment",
    "diff": "code review",
}
"""The display name of each kind of exercise; all kinds open as the screen "exercise"."""


def opener(table: Mapping[str, str], location: Location) -> Any:
    """Import and return the object that a front end's table ("module:name") lists for that location.

    Raises CourseError if there is no such screen or ids are missing.
    """
    from pkgutil import resolve_name

    name = location.screen
    while name in table and len(location.ids) < SCREENS[name].needs:
        name = SCREENS[name].otherwise
    if name not in table:
        raise CourseError(f"There is no screen {location.screen!r}.", "q goes back.")
    return resolve_name(table[name])
