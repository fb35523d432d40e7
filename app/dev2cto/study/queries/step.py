"""The query for a step's screen, and the locations of a step and its parts."""

from __future__ import annotations

from collections.abc import Iterator

from dev2cto.course.outline import ExerciseOutline, ModuleOutline, ReadingOutline
from dev2cto.learning.completion import CompletedWork, exercise_state, final_state, quiz_state, reading_state
from dev2cto.learning.mastery import mastery
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.step_models import ObjectiveLine, PartLine, StepView
from dev2cto.study.screens import EXERCISES, SCREENS
from dev2cto.study.state.checks import open_checks
from dev2cto.study.state.location import Location
from dev2cto.study.state.sums import FormKind
from dev2cto.text import pluralize


def step_location(study: StudyContext, module: str) -> Location:
    """The location of a step; if the learner came from one of its parts, that part is `under` it, to continue there."""
    last = _last_in_step(study)
    if last is None or last.screen not in SCREENS or not SCREENS[last.screen].is_part or not last.ids:
        return Location("step", (module,))
    of = study.course.module(last.ids[0]) or study.course.module_of(last.ids[0])
    under = {"under": last.document(study.now())} if of is not None and of.id == module else {}
    return Location("step", (module,), extra=under)


ATTEMPTS = ("quiz", "final")
"""Screens that continue at the question that was left, answered or not."""


def pending_location(study: StudyContext, screen: str, *ids: str) -> Location:
    """The location of a part, with its unsubmitted response if nothing outside the step was opened since."""
    last, fresh = _last_in_step(study), Location(screen, ids)
    if last is None or last.screen != screen or last.ids[: len(ids)] != ids or len(ids) < SCREENS[screen].needs:
        return fresh
    return last if last.response or last.extra.get("begun") or screen in ATTEMPTS else fresh


def _last_in_step(study: StudyContext) -> Location | None:
    """The last location; if that is a step, the part left for it."""
    found = study.last_place()
    return found and (found[0].under if found[0].screen == "step" else found[0])


def step_view(study: StudyContext, module: ModuleOutline) -> StepView:
    """The snapshot for a step's screen: objectives with mastery, parts in recommended order."""
    done = study.progress.completed_work()
    return StepView(
        module=module.id,
        name=module.name,
        title=module.title,
        summary=module.summary,
        situation=module.situation,
        objectives=tuple(ObjectiveLine(o.id, o.text, mastery(study.progress.scores(o.id))) for o in module.objectives),
        parts=tuple(_parts(study, module, done)),
        broken=module.broken,
    )


def _parts(study: StudyContext, module: ModuleOutline, done: CompletedWork) -> Iterator[PartLine]:
    for reading in module.readings:
        yield _reading(study, reading, done)
    if module.has_quiz:
        note = _best(study, module.id)
        yield PartLine("quiz", module.id, "Quiz", "quiz", module.quiz_minutes, quiz_state(module, done), note)
    for exercise in module.exercises:
        yield _exercise(study, exercise, done)
    if module.final is not None:
        note, minutes = _best(study, module.id, "final"), module.final.minutes
        yield PartLine("final", module.id, "Final form", "final form", minutes, final_state(module, done), note)


def _best(study: StudyContext, module: str, form: FormKind = "") -> str:
    """The best score as text; empty if there is none."""
    quiz = study.progress.quiz(module, form)
    return f"best {quiz.percent}" if quiz else ""


def _reading(study: StudyContext, reading: ReadingOutline, done: CompletedWork) -> PartLine:
    read = sum(s in done.sections for s in reading.section_ids())
    state = reading_state(reading, done)
    left = open_checks(study, reading) if state == "done" else 0
    note = f"{read} of {len(reading.sections)} sections" if state == "begun" else ""
    note = f"{pluralize(left, 'question')} open" if left else note
    return PartLine("reading", reading.id, reading.title, "reading", reading.minutes, state, note)


def _exercise(study: StudyContext, exercise: ExerciseOutline, done: CompletedWork) -> PartLine:
    known = study.progress.exercise(exercise.id)
    note = "helped" if known is not None and known.helped else ""
    kind = EXERCISES.get(exercise.kind, exercise.kind)
    state = exercise_state(exercise, done)
    return PartLine("exercise", exercise.id, exercise.title, kind, exercise.minutes, state, note)
