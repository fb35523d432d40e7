"""One screen for each kind of exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.sessions.calculation import CalculationSession
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.sessions.survey import SurveySession

if TYPE_CHECKING:
    from dev2cto.study.sessions.exercise_sessions import ExerciseSession
    from dev2cto.study.state.location import Location
    from dev2cto.tui.screens.base import Page


def exercise_page(session: ExerciseSession, place: Location | None) -> Page:
    """The screen for that session's kind."""
    match session:
        case CalculationSession():
            from dev2cto.tui.screens.exercises.calculation import CalculationPage

            return CalculationPage(session, place)
        case CodeSession():
            from dev2cto.tui.screens.exercises.codelab import CodePage

            return CodePage(session)
        case ScenarioSession():
            from dev2cto.tui.screens.exercises.scenario import ScenarioPage

            return ScenarioPage(session, place)
        case SimulationSession():
            from dev2cto.tui.screens.exercises.simulation import SimulationPage

            return SimulationPage(session, place)
        case ArtefactSession():
            from dev2cto.tui.screens.exercises.artefact import ArtefactPage

            return ArtefactPage(session, place)
        case SurveySession():
            from dev2cto.tui.screens.exercises.survey import SurveyPage

            return SurveyPage(session, place)
        case DiffSession():
            from dev2cto.tui.screens.exercises.diff import DiffPage

            return DiffPage(session, place)
        case _:
            assert_never(session)
