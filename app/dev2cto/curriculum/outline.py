"""The course without its texts: what home and the steps show, small enough to read at every start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ObjectiveOutline:
    """An objective's id and words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadingOutline:
    """A reading's head: `sections` are (id, heading), `checks` the ids of its inline items."""

    id: str
    title: str
    minutes: int
    path: str
    sections: tuple[tuple[str, str], ...]
    checks: tuple[str, ...]
    objectives: tuple[str, ...]
    fingerprint: str = ""

    def section_ids(self) -> tuple[str, ...]:
        """The full ids of its sections, as the record stores them."""
        return tuple(f"{self.id}#{section}" for section, _ in self.sections)


@dataclass(frozen=True, slots=True)
class ExerciseOutline:
    """An exercise's head; `path` is its exercise.yaml."""

    id: str
    kind: str
    title: str
    minutes: int
    path: str
    objectives: tuple[str, ...]
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class ItemOutline:
    """What drawing, mastery and updates need of an item."""

    id: str
    kind: str
    objective: str
    scored: bool
    fingerprint: str
    read: str


@dataclass(frozen=True, slots=True)
class ModuleOutline:
    """A module's head. `broken` holds messages with positions for what could not be read."""

    id: str
    step: str
    folder: str
    title: str
    summary: str
    situation: str
    objectives: tuple[ObjectiveOutline, ...]
    readings: tuple[ReadingOutline, ...]
    exercises: tuple[ExerciseOutline, ...]
    items: tuple[ItemOutline, ...]
    quiz_minutes: int
    broken: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the learner calls it: Step 3, Prologue, Capstone."""
        return f"Step {self.step}" if self.step.isdigit() else self.step.capitalize()

    @property
    def minutes(self) -> int:
        """All its parts together."""
        parts = sum(r.minutes for r in self.readings) + sum(e.minutes for e in self.exercises)
        return parts + self.quiz_minutes

    @property
    def has_quiz(self) -> bool:
        """Whether a quiz can be drawn."""
        return self.quiz_minutes > 0 and any(item.scored for item in self.items)


@dataclass(frozen=True, slots=True)
class CourseOutline:
    """The course's head and its modules in order."""

    id: str
    title: str
    version: str
    pass_mark: float
    quiz_length: int
    modules: tuple[ModuleOutline, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)
    cited: Mapping[str, str] = field(default_factory=dict)
    """The words that stand for a source in running text, by its id."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """The values of dated figures, by their ids."""
    broken: tuple[str, ...] = ()

    def module(self, id: str) -> ModuleOutline | None:
        """The module with that id, or that step ("3", "prologue")."""
        return next((m for m in self.modules if id in (m.id, m.step)), None)

    def module_of(self, id: str) -> ModuleOutline | None:
        """The module that holds that reading, section, item, exercise or objective."""
        id = id.partition("#")[0].partition(".")[0]
        return next((m for m in self.modules if id == m.id or any(id == x for x in ids_of(m))), None)

    def reading(self, id: str) -> ReadingOutline | None:
        """The reading with that id."""
        return next((r for m in self.modules for r in m.readings if r.id == id), None)

    def exercise(self, id: str) -> ExerciseOutline | None:
        """The exercise with that id."""
        return next((e for m in self.modules for e in m.exercises if e.id == id), None)

    def item(self, id: str) -> ItemOutline | None:
        """The item with that id."""
        return next((i for m in self.modules for i in m.items if i.id == id), None)


def ids_of(module: ModuleOutline) -> Iterator[str]:
    """Every id in a module: readings, exercises, items, objectives."""
    for part in (module.readings, module.exercises, module.items, module.objectives):
        for entry in part:
            yield entry.id


def to_document(course: CourseOutline) -> dict[str, Any]:
    """The outline as plain lists and dicts, for the index file."""
    import dataclasses

    return dataclasses.asdict(course)


def from_document(document: Mapping[str, Any]) -> CourseOutline:
    """The outline that `to_document` gave; raises KeyError or TypeError where it is none."""
    return CourseOutline(
        **{k: document[k] for k in ("id", "title", "version", "pass_mark", "quiz_length")},
        modules=tuple(_module(m) for m in document["modules"]),
        renamed=dict(document["renamed"]),
        cited=dict(document["cited"]),
        facts=dict(document["facts"]),
        broken=tuple(document["broken"]),
    )


def _module(m: Mapping[str, Any]) -> ModuleOutline:
    return ModuleOutline(
        **{k: m[k] for k in ("id", "step", "folder", "title", "summary", "situation", "quiz_minutes")},
        objectives=tuple(ObjectiveOutline(**o) for o in m["objectives"]),
        readings=tuple(
            ReadingOutline(
                **{
                    **r,
                    "sections": tuple((s[0], s[1]) for s in r["sections"]),
                    "checks": tuple(r["checks"]),
                    "objectives": tuple(r["objectives"]),
                }
            )
            for r in m["readings"]
        ),
        exercises=tuple(ExerciseOutline(**{**e, "objectives": tuple(e["objectives"])}) for e in m["exercises"]),
        items=tuple(ItemOutline(**i) for i in m["items"]),
        broken=tuple(m["broken"]),
    )
