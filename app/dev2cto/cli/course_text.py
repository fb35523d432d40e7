"""The course, or one part of it, as lines of text."""

from __future__ import annotations

import contextlib
from random import Random

from dev2cto.cli.render_markdown import markdown
from dev2cto.course.citations import reference
from dev2cto.course.curriculum import Curriculum
from dev2cto.course.outline import ModuleOutline
from dev2cto.errors import CourseError
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.calculation import Calculation, worksheet
from dev2cto.markdown.layout import WIDTH, wrap
from dev2cto.markdown.parser import Span, plain
from dev2cto.presenters.two_person import HOW, TITLE, script_of

CUT = "- - - cut here, and read only your own part " + "- " * 12
EXAMPLE = "The numbers above are an example: some are drawn for each attempt."


def overview(curriculum: Curriculum) -> list[str]:
    """Return the course's title, authors and licence, and all modules with the ids of their parts."""
    course, about = curriculum.outline, curriculum.about
    lines = [f"{course.title} ({course.id} {course.version})"]
    lines += [f"by {' and '.join(about.authors)}"] if about.authors else []
    lines += [f"licence: {about.licence}"] if about.licence else []
    lines += [about.url] if about.url else []
    for module in course.modules:
        lines += ["", *module_lines(module)]
    return lines


def module_lines(module: ModuleOutline) -> list[str]:
    """Return a module with the ids of its parts, and the errors in it."""
    lines = [f"{module.name}: {module.title}"]
    lines += [f"  {r.id:<28} {r.title} ({r.minutes} min)" for r in module.readings]
    lines += [f"  {e.id:<28} {e.title} ({e.kind}, {e.minutes} min)" for e in module.exercises]
    if module.final is not None:
        form = f"{module.final.items} questions, at least {module.final.per_step} of each step"
        lines.append(f"  {'':<28} Final form ({form}, {module.final.minutes} min)")
    return [*lines, *(f"  broken: {problem}" for problem in module.broken)]


def describe(curriculum: Curriculum, id: str) -> list[str]:
    """Return a step, reading, section, exercise or term as text. Raises CourseError if there is none of that name."""
    course = curriculum.outline
    base, _, section = id.partition(".")
    module = course.module(id)
    if module is not None:
        about = markdown(curriculum, module.situation or module.summary)
        goals = [f"- {o.text}" for o in module.objectives]
        return [*module_lines(module), "", *about, "", "Afterwards you can", *goals]
    if course.reading(base) is not None:
        return reading_lines(curriculum, base, section)
    if course.exercise(id) is not None:
        exercise = curriculum.exercise(id)
        head = f"{exercise.title} ({exercise.kind}, {exercise.minutes} min)"
        return [head, "", *markdown(curriculum, brief_of(curriculum, exercise)), *script_lines(curriculum, exercise)]
    if course.item(id) is not None:
        raise CourseError("Questions are only shown in a quiz or a reading.", "Take the quiz of its step.")
    term = curriculum.glossary.get(id.lower())
    if term is not None:
        return [term.term, "", *markdown(curriculum, term.definition)]
    raise CourseError(f"This course has nothing called {id!r}.", "To list everything: dev2cto show")


def brief_of(curriculum: Curriculum, exercise: Exercise) -> str:
    """Return the brief (Markdown); in a calculation whose values are drawn, with an example of them."""
    if not isinstance(exercise, Calculation):
        return exercise.brief
    sheet = worksheet(exercise, curriculum.exercise_folder(exercise.id), exercise.draw(Random(1)))
    return f"{sheet.brief()}\n\n{EXAMPLE}" if exercise.given else sheet.brief()


def script_lines(curriculum: Curriculum, exercise: Exercise) -> list[str]:
    """Return the exercise's script for two people; empty if it has none."""
    script = script_of(exercise)
    if script is None:
        return []
    lines = ["", TITLE.upper(), "", *markdown(curriculum, HOW)]
    for who, part in script.parts:
        lines += ["", who, "", *markdown(curriculum, part)]
    return lines


def sheet(curriculum: Curriculum, id: str) -> list[str]:
    """Return an exercise's script to print and cut: each person's part by itself. Raises CourseError."""
    if curriculum.outline.exercise(id) is None:
        raise CourseError(f"This course has no exercise {id!r}.", "To list those with a script: dev2cto script")
    exercise = curriculum.exercise(id)
    script = script_of(exercise)
    if script is None:
        raise CourseError(f"{id} has no script for two people.", "To list those with one: dev2cto script")
    lines = [f"{exercise.title}: {TITLE.lower()}", "", *markdown(curriculum, HOW)]
    for who, part in script.parts:
        lines += ["", CUT, "", who.upper(), "", *markdown(curriculum, part)]
    return lines


def scripts(curriculum: Curriculum) -> list[str]:
    """Return the ids and titles of all exercises with a script; broken exercises are left out."""
    found = list[str]()
    for module in curriculum.outline.modules:
        for outline in module.exercises:
            with contextlib.suppress(CourseError):
                if script_of(curriculum.exercise(outline.id)) is not None:
                    found.append(f"{outline.id:<28} {module.name}: {outline.title}")
    return found or ["No exercise of this course has a script for two people."]


def reading_lines(curriculum: Curriculum, id: str, section: str) -> list[str]:
    """Return a reading, or one section of it, as text. Raises CourseError for an unknown section."""
    reading = curriculum.reading(id)
    chosen = [s for s in reading.sections if section in ("", s.id)]
    if not chosen:
        names = ", ".join(s.id for s in reading.sections)
        raise CourseError(f"{id} has no section {section!r}.", f"Its sections: {names}.")
    lines = [f"{reading.title} ({reading.minutes} min)"]
    for part in chosen:
        lines += ["", part.heading.upper(), "", *markdown(curriculum, part.text)]
        if part.diagram is not None:
            lines += ["", *(f"    {line}" for line in part.diagram.art.split("\n")), ""]
            lines += [f"    {plain(spans)}" for spans, _ in wrap((Span(f"({part.diagram.alt})"),), WIDTH - 4)]
    if reading.monday and section in ("", reading.sections[-1].id):
        lines += ["", "ON MONDAY", "", *markdown(curriculum, reading.monday.text)]
    if not section and reading.sources:
        known = curriculum.sources
        listed = "\n".join(f"- {reference(known[id])}" for id in reading.sources if id in known)
        lines += ["", "SOURCES", "", *markdown(curriculum, listed)]
    return lines
