"""Choose the next part of the course to study."""

from typing import Literal, NamedTuple

from dev2cto.course.outline import CourseOutline, ModuleOutline
from dev2cto.learning.completion import CompletedWork, exercise_state, final_state, quiz_state, reading_state

PartKind = Literal["reading", "quiz", "exercise", "final"]


class NextPart(NamedTuple):
    """A part of the course that is not done. The id of a quiz or final form is the module's id."""

    module: str
    part: PartKind
    id: str
    title: str
    minutes: int


def parts_left(module: ModuleOutline, done: CompletedWork) -> tuple[NextPart, ...]:
    """Return the parts of a module that are not done, in recommended order: readings, quiz, exercises, final form."""
    left = [
        NextPart(module.id, "reading", r.id, r.title, r.minutes)
        for r in module.readings
        if reading_state(r, done) != "done"
    ]
    if module.has_quiz and quiz_state(module, done) != "done":
        left.append(NextPart(module.id, "quiz", module.id, "Quiz", module.quiz_minutes))
    left += [
        NextPart(module.id, "exercise", e.id, e.title, e.minutes)
        for e in module.exercises
        if exercise_state(e, done) != "done"
    ]
    if module.final is not None and final_state(module, done) != "done":
        left.append(NextPart(module.id, "final", module.id, "Final form", module.final.minutes))
    return tuple(left)


def part_after(module: ModuleOutline, done: CompletedWork, id: str) -> NextPart | None:
    """Return the first unfinished part after `id`, wrapping around to the module's beginning; None if none is left."""
    left = [part for part in parts_left(module, done) if part.id != id]
    order = [*(r.id for r in module.readings), module.id, *(e.id for e in module.exercises), "final"]
    at = order.index(id)
    places = {part: order.index("final" if part.part == "final" else part.id) for part in left}
    return min(left, key=lambda part: (places[part] < at, places[part]), default=None)


def choose_next(course: CourseOutline, done: CompletedWork, after: str = "") -> NextPart | None:
    """Return the first unfinished part, starting at the module that contains `after` and wrapping around."""
    modules = list(course.modules)
    here = course.module_of(after) if after else None
    if here is not None:
        at = modules.index(here)
        modules = modules[at:] + modules[:at]
    return next((left[0] for module in modules if (left := parts_left(module, done))), None)
