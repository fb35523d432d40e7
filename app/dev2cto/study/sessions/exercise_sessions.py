"""The session of each kind of exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dev2cto.exercises.artefact import Artefact
from dev2cto.exercises.calculation import Calculation
from dev2cto.exercises.code import Code
from dev2cto.exercises.diffs.diff import Diff
from dev2cto.exercises.scenarios.scenario import Scenario
from dev2cto.exercises.simulations.simulation import Simulation
from dev2cto.exercises.survey import Survey

if TYPE_CHECKING:
    from dev2cto.study.context import StudyContext
    from dev2cto.study.sessions.artefact import ArtefactSession
    from dev2cto.study.sessions.calculation import CalculationSession
    from dev2cto.study.sessions.code_lab import CodeSession
    from dev2cto.study.sessions.diff import DiffSession
    from dev2cto.study.sessions.scenario import ScenarioSession
    from dev2cto.study.sessions.simulation import SimulationSession
    from dev2cto.study.sessions.survey import SurveySession

    ExerciseSession = (
        CalculationSession
        | CodeSession
        | ScenarioSession
        | SimulationSession
        | ArtefactSession
        | SurveySession
        | DiffSession
    )


def open_exercise(study: StudyContext, id: str) -> ExerciseSession:
    """The session of that exercise's kind. Raises CourseError where it is unknown or broken."""
    exercise = study.curriculum.exercise(id)
    match exercise:
        case Calculation():
            from dev2cto.study.sessions.calculation import CalculationSession

            return CalculationSession(study, exercise)
        case Code():
            from dev2cto.study.sessions.code_lab import CodeSession

            return CodeSession(study, exercise)
        case Scenario():
            from dev2cto.study.sessions.scenario import ScenarioSession

            return ScenarioSession(study, exercise)
        case Simulation():
            from dev2cto.study.sessions.simulation import SimulationSession

            return SimulationSession(study, exercise)
        case Artefact():
            from dev2cto.study.sessions.artefact import ArtefactSession

            return ArtefactSession(study, exercise)
        case Survey():
            from dev2cto.study.sessions.survey import SurveySession

            return SurveySession(study, exercise)
        case Diff():
            from dev2cto.study.sessions.diff import DiffSession

            return DiffSession(study, exercise)
        case _:
            assert_never(exercise)  # type: ignore[arg-type]  # the base class itself is never made
