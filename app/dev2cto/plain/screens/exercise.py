"""An exercise: chooses the screen for its kind."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dev2cto.plain.ui import PlainUI
    from dev2cto.study.state.location import Location

SCREENS = {
    "calculation": "calculation:CalculationScreen",
    "code": "codelab:CodeLabScreen",
    "scenario": "scenario:ScenarioScreen",
    "simulation": "simulation:SimulationScreen",
    "artefact": "artefact:ArtefactScreen",
    "survey": "survey:SurveyScreen",
    "diff": "diff:DiffScreen",
}
"""Screen classes by kind of exercise; each is called with the UI and a session."""


def run(ui: PlainUI, location: Location) -> None:
    """Run the exercise that the location names. Raises CourseError if there is none, and SessionEnded."""
    session = ui.study.exercise(location.ids[0])
    ui.module = session.attempt.module
    resolve_name(f"dev2cto.plain.exercises.{SCREENS[session.exercise.kind]}")(ui, session).run(location)
