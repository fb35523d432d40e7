"""When something is done. Nothing un-completes."""

from collections.abc import Set
from typing import Literal, NamedTuple

from dev2cto.course.outline import CourseOutline, ExerciseOutline, ModuleOutline, ReadingOutline

PartState = Literal["not begun", "begun", "done"]
IN_PORTFOLIO = ("artefact", "survey", "diff")
"""Kinds of exercises that leave a text for the portfolio."""
MARKS: dict[PartState, str] = {"not begun": "[ ]", "begun": "[~]", "done": "[x]"}


class CompletedWork(NamedTuple):
    """What the learner has done, as ids: what completion is judged from.

    `sections` holds full section ids (reading#section), `readings` and `modules` those that were once done, `quizzes`
    modules with a passed quiz, `finals` those with a passed final form, `exercises` finished exercises, `begun`
    readings and exercises that were opened or begun, `quizzes_begun` and `finals_begun` modules with an attempt.
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
    """Done when every section was read, or when it was done before the course gained a section."""
    read = sum(section in done.sections for section in reading.section_ids()) if done.sections else 0
    if reading.id in done.readings or read == len(reading.sections):
        return "done"
    return "begun" if read or reading.id in done.begun else "not begun"


def exercise_state(exercise: ExerciseOutline, done: CompletedWork) -> PartState:
    """Done once it was passed, ended or submitted as its kind asks."""
    if exercise.id in done.exercises:
        return "done"
    return "begun" if exercise.id in done.begun else "not begun"


def quiz_state(module: ModuleOutline, done: CompletedWork) -> PartState:
    """Done once an attempt reached the pass mark."""
    if module.id in done.quizzes:
        return "done"
    return "begun" if module.id in done.quizzes_begun else "not begun"


def final_state(module: ModuleOutline, done: CompletedWork) -> PartState:
    """Done once its final form was passed."""
    if module.id in done.finals:
        return "done"
    return "begun" if module.id in done.finals_begun else "not begun"


def module_state(module: ModuleOutline, done: CompletedWork) -> PartState:
    """Done when quiz and final form are passed and every exercise done; where it has none of them, every reading.

    What was done before the course gained a part stays done.
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
    """Minutes of the module's parts that are done."""
    minutes = sum(r.minutes for r in module.readings if reading_state(r, done) == "done")
    minutes += sum(e.minutes for e in module.exercises if e.id in done.exercises)
    minutes += module.final.minutes if module.final and module.id in done.finals else 0
    return minutes + (module.quiz_minutes if module.id in done.quizzes else 0)


def course_share(course: CourseOutline, done: CompletedWork) -> float:
    """Share 0..1 of the course's minutes that are done."""
    total = sum(module.minutes for module in course.modules)
    return sum(minutes_done(m, done) for m in course.modules) / total if total else 0.0
