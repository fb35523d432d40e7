"""Queries for the progress screen (mastery, attempts, calibration, study time) and the portfolio."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from dev2cto.course.outline import ModuleOutline
from dev2cto.errors import CourseError
from dev2cto.learning.completion import IN_PORTFOLIO, PartState, exercise_state, minutes_done, module_state
from dev2cto.learning.mastery import Calibration, calibration, mastery
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.advice import Advice, advice, reviews_ahead, sure_by_week
from dev2cto.study.queries.history import answers, finished_attempts, submissions
from dev2cto.study.queries.home import due_count
from dev2cto.study.queries.ranges import Ranges, ranges
from dev2cto.study.queries.step_models import ObjectiveLine


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """A module's progress; `minutes` are estimates, `spent` is study time in seconds."""

    module: str
    name: str
    title: str
    state: PartState
    minutes_done: int
    minutes: int
    spent: float
    objectives: tuple[ObjectiveLine, ...]


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """A finished attempt at a quiz or a final form."""

    at: str
    module: str
    mode: str
    score: float
    passed: bool
    retry: bool
    final: bool = False

    @property
    def kind(self) -> str:
        """The kind of attempt as text."""
        return "final form" if self.final else "exam" if self.mode == "exam" else "retry" if self.retry else "quiz"


@dataclass(frozen=True, slots=True)
class Progress:
    """The snapshot for the progress screen.

    `days` are study seconds by day, `answered` counts scored answers, `ahead` those that are due today and in the six
    days after, `sure` the share of right answers among those the learner was sure of, by week: None without any;
    `ranges` is how the intervals before numbers did.
    """

    modules: tuple[ModuleProgress, ...]
    attempts: tuple[AttemptLine, ...]
    calibration: tuple[Calibration, ...]
    days: tuple[tuple[date, float], ...]
    answered: int
    ahead: tuple[int, ...]
    sure: tuple[float | None, ...]
    ranges: Ranges
    advice: tuple[Advice, ...]


def progress(study: StudyContext) -> Progress:
    """The snapshot for the progress screen; loads the history of answers."""
    done = study.progress.completed_work()
    spent: dict[str, float] = defaultdict(float)
    days: dict[date, float] = defaultdict(float)
    for time in study.study_time():
        spent[time.module] += time.seconds
        days[time.day] += time.seconds
    hidden = study.progress.hidden()
    pending = set(study.progress.open_attempts("final"))
    given = [
        doc
        for doc in answers(study)
        if doc.get("scored", True) and doc["item"] not in hidden and doc.get("attempt") not in pending
    ]
    modules = tuple(
        ModuleProgress(
            module=m.id,
            name=m.name,
            title=m.title,
            state=module_state(m, done),
            minutes_done=minutes_done(m, done),
            minutes=m.minutes,
            spent=spent[m.id],
            objectives=tuple(
                ObjectiveLine(o.id, o.text, mastery(study.progress.scores(o.id)), questions(m, o.id))
                for o in m.objectives
            ),
        )
        for m in study.course.modules
    )
    return Progress(
        modules=modules,
        attempts=_attempts(study),
        calibration=calibration((int(d.get("confidence", 0)), float(d["score"])) for d in given),
        days=tuple(sorted(days.items())),
        answered=len(given),
        ahead=reviews_ahead(study),
        sure=sure_by_week(study, given),
        ranges=ranges(study, given),
        advice=advice(study, [(m.name, line) for m in modules for line in m.objectives], due_count(study)),
    )


def questions(module: ModuleOutline, objective: str) -> int:
    """The number of scored questions for an objective, without those that only the final form asks."""
    return sum(item.objective == objective and item.scored and not item.final_form for item in module.items)


def _attempts(study: StudyContext) -> tuple[AttemptLine, ...]:
    lines = [
        AttemptLine(
            at=str(doc["finished"]),
            module=str(doc["quiz"]),
            mode=str(doc.get("mode", "practice")),
            score=float(doc.get("score", 0)),
            passed=bool(doc.get("passed")),
            retry=bool(doc.get("retry_of")),
            final=doc.get("form") == "final",
        )
        for doc in finished_attempts(study)
    ]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """An artefact in the portfolio; `at` is the time of its last submission (ISO 8601), empty if there is none."""

    exercise: str
    title: str
    file: str
    state: PartState
    at: str
    minutes: int
    """The estimated time that it takes to write."""


def portfolio(study: StudyContext) -> tuple[PortfolioLine, ...]:
    """All portfolio artefacts of the course, in its order."""
    done = study.progress.completed_work()
    latest = {str(doc["exercise"]): str(doc["at"]) for doc in submissions(study)}
    return tuple(
        PortfolioLine(
            exercise=e.id,
            title=e.title,
            file=text_name(study, e.id),
            state=exercise_state(e, done),
            at=latest.get(e.id, ""),
            minutes=e.minutes,
        )
        for module in study.course.modules
        for e in module.exercises
        if e.kind in IN_PORTFOLIO
    )


def text_name(study: StudyContext, exercise: str) -> str:
    """The file name of an exercise's text in the portfolio; from its id if the course names none or is broken."""
    try:
        return str(getattr(study.curriculum.exercise(exercise), "file", f"{exercise}.md"))
    except CourseError:
        return f"{exercise}.md"
