"""One screen for each kind of exercise."""

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
"""Kinds of exercises to pages, which are made of a session and a location."""


def exercise_page(host: Host, location: Location) -> Page:
    """The page of the exercise that the location names. Raises CourseError where there is no such exercise."""
    session = host.study.exercise(location.ids[0])
    page: Page = resolve_name(f"{__name__}.{PAGES[session.exercise.kind]}")(session, location)
    return page
