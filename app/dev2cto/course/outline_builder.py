"""Build the outline from the files of a course."""

from __future__ import annotations

import hashlib
from pathlib import Path

from dev2cto.course import loader
from dev2cto.course.citations import citation
from dev2cto.course.model import ModuleFile, Reading
from dev2cto.course.outline import (
    CourseOutline,
    ExerciseOutline,
    FinalOutline,
    ItemOutline,
    ModuleOutline,
    ObjectiveOutline,
    ReadingOutline,
)
from dev2cto.errors import CourseError
from dev2cto.yaml.tree import Problems


def build_outline(root: Path) -> CourseOutline:
    """Build the outline of the course in that folder; broken parts are listed in `broken`.

    Raises CourseError if course.yaml itself is unusable.
    """
    problems = Problems()
    course = loader.load_course(root, problems)
    if course is None:
        listed = "\n".join(str(p) for p in problems.sorted())
        raise CourseError(f"The course in {root} cannot be read.\n{listed}", "Fix course.yaml and start again.")
    modules = tuple(build_module(root, folder) for folder in course.modules)
    if not any(item.final_form for module in modules for item in module.items):
        modules = tuple(module._replace(final=None) for module in modules)
    return CourseOutline(
        id=course.id,
        title=course.title,
        version=course.version,
        pass_mark=course.pass_mark,
        quiz_length=course.quiz_length,
        modules=modules,
        renamed=dict(course.renamed),
        cited={s.id: citation(s) for s in loader.load_sources(root, problems).sources},
        facts={f.id: f.value for f in loader.load_facts(root, problems).facts},
        broken=tuple(str(p) for p in problems.sorted()),
        story=course.story,
    )


def build_module(root: Path, folder: str) -> ModuleOutline:
    """Build the outline of one module; if module.yaml is broken, from its readings, items and exercises alone."""
    problems = Problems()
    head = loader.load_module_file(root, folder, problems)
    readings = {f.value.id: f for f in loader.load_readings(root, folder, problems)}
    bank = loader.load_bank(root, folder, problems)
    exercises = {f.value.id: f for f in loader.load_exercises(root, folder, problems)}
    if head is None:
        head = _stand_in(folder, tuple(readings), tuple(exercises))
    path = f"modules/{folder}/module.yaml"
    for field, listed, loaded in (("readings", head.readings, readings), ("exercises", head.exercises, exercises)):
        for n, name in enumerate(listed):
            if name not in loaded:
                mark = head.where.mark(field, n)
                problems.add(path, mark, "C410", f"{name} is listed, but no readable file has this id")
    return ModuleOutline(
        id=head.id,
        step=head.step,
        folder=folder,
        title=head.title,
        summary=head.summary,
        situation=head.situation,
        objectives=tuple(ObjectiveOutline(o.id, o.text) for o in head.objectives),
        readings=tuple(_reading(readings[r]) for r in head.readings if r in readings),
        exercises=tuple(
            ExerciseOutline(e.id, e.kind, e.title, e.minutes, found.path, e.objectives, e.fingerprint)
            for name in head.exercises
            if name in exercises
            for found in [exercises[name]]
            for e in [found.value]
        ),
        items=tuple(
            ItemOutline(i.id, i.kind, i.objective, i.scored, i.fingerprint, i.read or "", i.final_form) for i in bank
        ),
        quiz_minutes=head.quiz.minutes if head.quiz else 0,
        broken=tuple(str(p) for p in problems.sorted() if p.severity == "error"),
        final=FinalOutline(head.final.items, head.final.per_step, head.final.time) if head.final else None,
    )


def _stand_in(folder: str, readings: tuple[str, ...], exercises: tuple[str, ...]) -> ModuleFile:
    step = folder.split("-")[0].lstrip("0") or "prologue"
    return ModuleFile(
        id=folder,
        step=step if step in {*"123456789", "10", "prologue", "capstone"} else "capstone",
        title=f"{folder} (its module.yaml is broken)",
        summary="",
        objectives=(),
        readings=readings,
        exercises=exercises,
    )


def _reading(found: loader.Loaded[Reading]) -> ReadingOutline:
    reading = found.value
    parts = [f"{s.heading}\0{s.text}" for s in reading.sections]
    texts = "\0".join([*parts, reading.monday.text] if reading.monday else parts)
    return ReadingOutline(
        id=reading.id,
        title=reading.title,
        minutes=reading.minutes,
        path=found.path,
        sections=tuple((s.id, s.heading) for s in reading.sections),
        checks=tuple(s.check for s in reading.sections if s.check),
        objectives=reading.objectives,
        fingerprint=hashlib.sha256(texts.encode()).hexdigest()[:16],
    )
