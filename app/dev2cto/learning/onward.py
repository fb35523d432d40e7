"""What comes next."""

from __future__ import annotations

from typing import Literal, NamedTuple

from dev2cto.curriculum.outline import CourseOutline, ModuleOutline
from dev2cto.learning.completion import Done, exercise_state, quiz_state, reading_state

Part = Literal["reading", "quiz", "exercise"]


class Next(NamedTuple):
    """A part of the course to do: which module, what kind of part, its id (the module's for a quiz), its minutes."""

    module: str
    part: Part
    id: str
    title: str
    minutes: int


def parts_left(module: ModuleOutline, done: Done) -> tuple[Next, ...]:
    """What is not done in a module, in recommended order: readings, quiz, exercises."""
    left = [
        Next(module.id, "reading", r.id, r.title, r.minutes)
        for r in module.readings
        if reading_state(r, done) != "done"
    ]
    if module.has_quiz and quiz_state(module, done) != "done":
        left.append(Next(module.id, "quiz", module.id, "Quiz", module.quiz_minutes))
    left += [
        Next(module.id, "exercise", e.id, e.title, e.minutes)
        for e in module.exercises
        if exercise_state(e, done) != "done"
    ]
    return tuple(left)


def part_after(module: ModuleOutline, done: Done, id: str) -> Next | None:
    """The first part left after that one in recommended order, then from the module's beginning; never itself."""
    left = [part for part in parts_left(module, done) if part.id != id]
    order = [*(r.id for r in module.readings), module.id, *(e.id for e in module.exercises)]
    at = order.index(id)
    return min(left, key=lambda part: (order.index(part.id) < at, order.index(part.id)), default=None)


def what_next(course: CourseOutline, done: Done, after: str = "") -> Next | None:
    """The first part that is not done, from the module `after` was in onwards, then from the beginning."""
    modules = list(course.modules)
    here = course.module_of(after) if after else None
    if here is not None:
        at = modules.index(here)
        modules = modules[at:] + modules[:at]
    return next((left[0] for module in modules if (left := parts_left(module, done))), None)
