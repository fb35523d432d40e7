"""Rules for when a part of the course is done. A course update never makes done parts incomplete again."""

from collections.abc import Set
from typing import Literal, NamedTuple

from dev2cto.course.outline import CourseOutline, ExerciseOutline, ModuleOutline, ReadingOutline

PartState = Literal["not begun", "begun", "done"]
IN_PORTFOLIO = ("artefact", "survey", "diff")
"""Kinds of exercises whose submitted text goes into the portfolio."""


class CompletedWork(NamedTuple):
    """Ids of what the learner has done, from which completion is computed.

    `sections` holds full ids (reading#section) of read sections, `readings` and `modules` those completed earlier,
    `quizzes` and `finals` modules with a passed quiz or final form, `exercises` finished exercises, `begun` readings
    and exercises that were opened, `quizzes_begun` and `finals_begun` modules with at least one attempt.
    """

    sections: Set[str] = frozenset()
    readings: Set[str] = frozenset()
    modules: Set[str] = frozenset()
    quizzes: Set[str] = frozenset()
    exercises: Set[str] = frozenset()
    begun: Set[str] = frozenset()
    finals: Set[str] = frozenset()
    quizzes_begun: Set[str] = frozenset()
    finals_begun: Set[str] = frozenset()


def reading_state(reading: ReadingOutline, done: CompletedWork) -> PartState:
    """Return "done" if every section was read, or if it was done before the course gained a section."""
    read = sum(section in done.sections for section in reading.section_ids()) if done.sections else 0
    if reading.id in done.readings or read == len(reading.sections):
        return "done"
    return "begun" if read or reading.id in done.begun else "not begun"


def exercise_state(exercise: ExerciseOutline, done: CompletedWork) -> PartState:
    """Return "done" once it was passed, ended or submitted, as its kind requires."""
    if exercise.id in done.exercises:
        return "done"
    return "begun" if exercise.id in done.begun else "not begun"


def quiz_state(module: ModuleOutline, done: CompletedWork) -> PartState:
    """Return "done" once an attempt reached the pass mark."""
    if module.id in done.quizzes:
        return "done"
    return "begun" if module.id in done.quizzes_begun else "not begun"


def final_state(module: ModuleOutline, done: CompletedWork) -> PartState:
    """Return "done" once its final form was passed."""
    if module.id in done.finals:
        return "done"
    return "begun" if module.id in done.finals_begun else "not begun"


def module_state(module: ModuleOutline, done: CompletedWork) -> PartState:
    """Return "done" if quiz and final form are passed and every exercise is done.

    A module that has none of these is done when every reading is. A module that was done stays done when the course
    gains a part.
    """
    if module.id in done.modules:
        return "done"
    quiz = not module.has_quiz or module.id in done.quizzes
    final = module.final is None or module.id in done.finals
    exercises = all(e.id in done.exercises for e in module.exercises)
    readings = [reading_state(r, done) for r in module.readings]
    if not module.is_proved and not readings:
        return "not begun"
    if quiz and final and exercises and (module.is_proved or all(state == "done" for state in readings)):
        return "done"
    tested = [quiz_state(module, done), final_state(module, done)]
    parts = [*readings, *tested, *(exercise_state(e, done) for e in module.exercises)]
    return "begun" if any(state != "not begun" for state in parts) else "not begun"


def minutes_done(module: ModuleOutline, done: CompletedWork) -> int:
    """Return the total minutes of the module's completed parts."""
    minutes = sum(r.minutes for r in module.readings if reading_state(r, done) == "done")
    minutes += sum(e.minutes for e in module.exercises if e.id in done.exercises)
    minutes += module.final.minutes if module.final and module.id in done.finals else 0
    return minutes + (module.quiz_minutes if module.id in done.quizzes else 0)


def minutes_left(minutes: int, read: int, sections: int) -> int:
    """Return the minutes left of a reading with so many of its sections read; 0 once all are, otherwise at least 1."""
    return max(1, round(minutes * (1 - read / sections))) if read < sections else 0


def course_share(course: CourseOutline, done: CompletedWork) -> float:
    """Return the completed share (0..1) of the course, weighted by minutes."""
    total = sum(module.minutes for module in course.modules)
    return sum(minutes_done(m, done) for m in course.modules) / total if total else 0.0
