"""Kinds of exercises to screens."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dev2cto.plain.ui import PlainUI
    from dev2cto.study.state.location import Location

SCREENS = {
    "calculation": "calculation:calculation",
    "code": "codelab:codelab",
    "scenario": "scenario:scenario",
    "simulation": "simulation:simulation",
    "artefact": "artefact:artefact",
    "survey": "survey:survey",
    "diff": "diff:code_review",
}
"""What runs the exercises of each kind: it takes the UI, a session and a location."""


def exercise_screen(ui: PlainUI, location: Location) -> Location | None:
    """Run the exercise that the location names. Raises CourseError where there is no such exercise."""
    session = ui.study.exercise(location.ids[0])
    module = ui.study.course.module_of(session.exercise.id)
    ui.module = module.id if module else ""
    following: Location | None = resolve_name(f"dev2cto.plain.exercises.{SCREENS[session.exercise.kind]}")(
        ui, session, location
    )
    return following
