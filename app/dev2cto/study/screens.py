"""The registry of screens. Both front ends and "continue" address screens by these names.

The screen "glossary" is `open_page` in `tui/screens/glossary.py` and `run` in `plain/screens/glossary.py`, and so with
all others; they are imported when they are first opened.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

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
    in_plain: bool = True
    """Whether plain mode has it, too."""


SCREENS = {
    "step": Screen("Step", 1),
    "reading": Screen("Reading", 1, is_part=True),
    "quiz": Screen("Quiz", 2, otherwise="quiz_start", is_part=True),
    "quiz_start": Screen("Quiz", 1),
    "exercise": Screen("Exercise", 1, is_part=True),
    "final": Screen("Final form", 2, otherwise="final_start", is_part=True),
    "final_start": Screen("Final form", 1),
    "review": Screen("Review"),
    "cues": Screen("Cues", note="passages you want to be asked about"),
    "search": Screen("Search"),
    "glossary": Screen("Glossary"),
    "notebook": Screen("Notebook"),
    "note": Screen("Note", 1),
    "report": Screen("Report", 1),
    "promise": Screen("Promise", 1),
    "outcome": Screen("Promise", 1),
    "progress": Screen("Progress"),
    "portfolio": Screen("Portfolio", note="your texts"),
    "plan": Screen("Plan", note="what to do each week; review ahead"),
    "transcript": Screen("Transcript", note="your work by date, to export"),
    "settings": Screen("Settings", note="goal, reviews, colours, editor"),
    "keys": Screen("Keys", note="change the keys", in_plain=False),
    "welcome": Screen("Welcome", note="the story, the keys, goal and confidence"),
    "help": Screen("Help", in_plain=False),
}

REVIEWS: Mapping[str | None, str] = MappingProxyType(
    {None: "Review", "ahead": "Review ahead", "missed": "Review of what was missed"}
)
"""The names of the reviews, by what they are for beside what is due: the first id of their locations."""

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


def screen_at(location: Location) -> str:
    """Return the name of the screen that opens for that location: another one than its own if ids are missing.

    Raises CourseError if there is no such screen or none that opens without them.
    """
    name = location.screen
    while name in SCREENS and len(location.ids) < SCREENS[name].needs:
        name = SCREENS[name].otherwise
    if name not in SCREENS:
        raise unknown_screen(location)
    return name


def unknown_screen(location: Location) -> CourseError:
    """Return the error for a location that cannot be opened."""
    return CourseError(f"There is no screen {location.screen!r}.", "q goes back.")
