"""The registry of session classes by kind of exercise."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING

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


SESSIONS = {
    "calculation": "calculation:CalculationSession",
    "code": "code_lab:CodeSession",
    "scenario": "scenario:ScenarioSession",
    "simulation": "simulation:SimulationSession",
    "artefact": "artefact:ArtefactSession",
    "survey": "survey:SurveySession",
    "diff": "diff:DiffSession",
}


def open_exercise(study: StudyContext, id: str) -> ExerciseSession:
    """Open an exercise with the session class of its kind. Raises CourseError if it is unknown or broken."""
    exercise = study.curriculum.exercise(id)
    session: ExerciseSession = resolve_name(f"dev2cto.study.sessions.{SESSIONS[exercise.kind]}")(study, exercise)
    return session
