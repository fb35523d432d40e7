"""The screens of the course. Both front ends open them by these names, and what "continue" leads to is one of them.

A front end has a table of its own for what it opens under each name: `tui/navigation.py`, `plain/navigator.py`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dev2cto.errors import CourseError
from dev2cto.study.state.location import Location


class Screen(NamedTuple):
    """What is known of a screen before it is opened."""

    title: str
    needs: int = 0
    """How many ids there must be to open it."""
    otherwise: str = ""
    """The screen that is opened where there are fewer."""
    is_part: bool = False
    """Whether it is a part of a step: its first id is the part's, or that of the step itself."""
    note: str = ""
    """What the palette says beside the title of a screen that has no key."""


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
    "keys": Screen("Keys", note="choose keys of your own"),
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
"""What the learner reads for an exercise's kind. Each has a screen of its own, opened as "exercise"."""


def opener(table: Mapping[str, str], location: Location) -> Any:
    """What a front end's table ("module:name") opens that location with, imported now.

    Raises CourseError where there is no such screen, or ids are missing.
    """
    from pkgutil import resolve_name

    name = location.screen
    while name in table and len(location.ids) < SCREENS[name].needs:
        name = SCREENS[name].otherwise
    if name not in table:
        raise CourseError(f"There is no screen {location.screen!r}.", "q goes back.")
    return resolve_name(table[name])
