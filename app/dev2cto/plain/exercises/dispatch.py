"""Kinds of exercises to screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dev2cto.plain.target import Target
from dev2cto.plain.ui import PlainUI
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.sessions.calculation import CalculationSession
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.state.location import Location

if TYPE_CHECKING:
    from dev2cto.study.sessions.exercise_sessions import ExerciseSession


def exercise_screen(ui: PlainUI, session: ExerciseSession, place: Location | None) -> Target | None:
    """Run the screen for that session's kind."""
    module = ui.study.course.module_of(session.exercise.id)
    ui.module = module.id if module else ""
    match session:
        case CalculationSession():
            from dev2cto.plain.exercises.calculation import calculation

            return calculation(ui, session, place)
        case CodeSession():
            from dev2cto.plain.exercises.codelab import codelab

            return codelab(ui, session)
        case ScenarioSession():
            from dev2cto.plain.exercises.scenario import scenario

            return scenario(ui, session)
        case SimulationSession():
            from dev2cto.plain.exercises.simulation import simulation

            return simulation(ui, session, place)
        case ArtefactSession():
            from dev2cto.plain.exercises.artefact import artefact

            return artefact(ui, session, place)
        case SurveySession():
            from dev2cto.plain.exercises.survey import survey

            return survey(ui, session, place)
        case DiffSession():
            from dev2cto.plain.exercises.diff import code_review

            return code_review(ui, session, place)
        case _:
            assert_never(session)
