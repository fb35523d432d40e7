"""Outlines of a small course, without files."""

from __future__ import annotations

from dev2cto.course.outline import (
    CourseOutline,
    ExerciseOutline,
    ItemOutline,
    ModuleOutline,
    ObjectiveOutline,
    ReadingOutline,
)


def module(id: str, *, quiz: int = 15, exercises: int = 2, readings: int = 2, scored: bool = True) -> ModuleOutline:
    """A module whose parts take 10 minutes each, apart from its quiz."""
    return ModuleOutline(
        id=id,
        step="1",
        folder=id,
        title=id,
        summary="",
        situation="",
        objectives=(ObjectiveOutline(f"{id}-o", "know"),),
        readings=tuple(
            ReadingOutline(f"{id}-r{n}", "R", 10, "", (("a", "A"), ("b", "B")), (), (), "") for n in range(readings)
        ),
        exercises=tuple(ExerciseOutline(f"{id}-x{n}", "code", "X", 10, "", ()) for n in range(exercises)),
        items=(ItemOutline(f"{id}-q", "single", f"{id}-o", scored, "", ""),),
        quiz_minutes=quiz,
    )


ONE, TWO = module("one"), module("two")
COURSE = CourseOutline("c", "C", "1", 0.8, 12, (ONE, TWO))
