"""An exercise: chooses the page for its kind."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dev2cto.study.state.location import Location
    from dev2cto.tui.host import Host
    from dev2cto.tui.screens.base import Page

PAGES = {
    "calculation": "calculation:CalculationPage",
    "code": "codelab:CodePage",
    "scenario": "scenario:ScenarioPage",
    "simulation": "simulation:SimulationPage",
    "artefact": "artefact:ArtefactPage",
    "survey": "survey:SurveyPage",
    "diff": "diff:DiffPage",
}
"""Page classes by kind of exercise; each is called with a session and a location."""


def open_page(host: Host, location: Location) -> Page:
    """Open the exercise with the first id. Raises CourseError if there is none."""
    session = host.study.exercise(location.ids[0])
    page: Page = resolve_name(f"dev2cto.tui.screens.exercises.{PAGES[session.exercise.kind]}")(session, location)
    return page
