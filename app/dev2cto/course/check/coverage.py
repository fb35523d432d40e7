"""Rules about completeness: items, a reading and an exercise per objective; current figures; expected files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dev2cto.course.check.course_snapshot import CourseSnapshot
from dev2cto.course.check.rules import Finding, Rule, in_file

LEAST_ITEMS, LEAST_KINDS = 3, 2


def objectives_covered(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report objectives with too few items, no reading or no exercise, in modules with a quiz."""
    for module in snapshot.modules:
        if module.head is None or not module.quiz or not module.sound:
            continue
        for n, objective in enumerate(module.head.objectives):
            items = [item for item in module.items if item.objective == objective.id and not item.final_form]
            kinds = {item.kind for item in items}
            gaps = []
            if len(items) < LEAST_ITEMS or len(kinds) < LEAST_KINDS:
                gaps.append(f"{len(items)} items of {len(kinds)} kinds ({LEAST_ITEMS} of {LEAST_KINDS} are needed)")
            if not any(objective.id in found.value.objectives for found in module.readings):
                gaps.append("no reading")
            if not any(objective.id in found.value.objectives for found in module.exercises):
                gaps.append("no exercise")
            for gap in gaps:
                yield Finding(module.head, ("objectives", n, "id"), f"the objective {objective.id} has {gap}")


def final_forms(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report final forms that need more items than there are, and `final` items that cannot be drawn."""
    if not all(module.head and module.sound for module in snapshot.modules):
        return
    steps = {m.folder: [i for i in m.items if i.final_form and i.scored] for m in snapshot.modules}
    steps = {folder: items for folder, items in steps.items() if items}
    available = sum(map(len, steps.values()))
    forms = [(module.head, module.head.final) for module in snapshot.modules if module.head and module.head.final]
    for head, form in forms:
        if available < form.items:
            message = f"the final form needs {form.items} items; the modules have {available} with 'final: true'"
            yield Finding(head, ("final", "items"), message)
        if len(steps) * form.per_step > form.items:
            message = f"{form.per_step} items from each of {len(steps)} steps are more than {form.items} in all"
            yield Finding(head, ("final", "per_step"), message)
        for folder, items in steps.items():
            if len(items) < form.per_step:
                message = f"{folder} has {len(items)} items for the final form; {form.per_step} are needed per step"
                yield Finding(head, ("final", "per_step"), message)
    for module in snapshot.modules:
        for item in module.items:
            if item.final_form and not item.scored:
                yield Finding(item, ("final",), f"the final form cannot use {item.kind} items: they are not scored")


def facts_current(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report figures whose recheck day has passed."""
    for fact in snapshot.facts.facts:
        day = _day(fact.recheck_by)
        if day is not None and day < snapshot.today:
            yield Finding(fact, ("recheck_by",), f"{fact.id} was due for a recheck by {fact.recheck_by}")


def facts_sound(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report figures with invalid dates or an unknown source."""
    sources = {source.id for source in snapshot.sources.sources}
    for fact in snapshot.facts.facts:
        as_of, recheck = _day(fact.as_of), _day(fact.recheck_by)
        for name, day in (("as_of", as_of), ("recheck_by", recheck)):
            if day is None:
                yield Finding(fact, (name,), f"invalid date: {getattr(fact, name)}")
        if as_of and as_of > snapshot.today:
            yield Finding(fact, ("as_of",), f"{fact.as_of} is in the future")
        if as_of and recheck and recheck <= as_of:
            yield Finding(fact, ("recheck_by",), f"{fact.recheck_by} is not after {fact.as_of}")
        if fact.source not in sources:
            yield Finding(fact, ("source",), f"there is no source {fact.source}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


TOP = frozenset({"course.yaml", "glossary.yaml", "sources.yaml", "facts.yaml", "LICENSE", "README.md"})
BESIDE_EXERCISE = frozenset({"exercise.yaml", "check.py", "generate.py", "change.diff"})
INSIDE_EXERCISE = frozenset({"starter", "solution", "data", "before", "after", "subject", "mutants"})


def unexpected_files(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report files that are not part of the format, links, and modules that course.yaml does not list."""
    for path in sorted(snapshot.root.rglob("*")):
        if "__pycache__" in path.parts:
            continue
        name = path.relative_to(snapshot.root)
        shown = name.as_posix()
        if path.is_symlink():
            yield Finding(in_file(shown), (), "links are not allowed in a course")
        elif path.is_dir():
            if name.parts[0] == "modules" and len(name.parts) == 2 and name.parts[1] not in snapshot.course.modules:
                yield Finding(in_file(shown), (), "course.yaml does not list this module")
        elif not _expected(name) and not (name.parts[0] == "modules" and name.parts[1] not in snapshot.course.modules):
            yield Finding(in_file(shown), (), "this file is not part of the course format")


def _expected(name: Path) -> bool:
    match name.parts:
        case (top,):
            return top in TOP
        case ("schema", file):
            return file.endswith(".json")
        case ("modules", _, file):
            return file in ("module.yaml", "bank.yaml")
        case ("modules", _, "readings", file):
            return file.endswith(".yaml") and not file.startswith(".")
        case ("modules", _, "exercises", _, file):
            return file in BESIDE_EXERCISE
        case ("modules", _, "exercises", _, part, *_):
            return part in INSIDE_EXERCISE and not name.name.startswith(".")
        case _:
            return False


RULES = (
    Rule("C421", "an objective is not covered", "course", objectives_covered),
    Rule("C426", "a final form does not match its items", "course", final_forms),
    Rule("C422", "a figure is due for a recheck", "course", facts_current, "warning"),
    Rule("C423", "a figure with an invalid date or unknown source", "course", facts_sound),
    Rule("C424", "an unexpected file", "course", unexpected_files),
)
