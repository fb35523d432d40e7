"""The course without its texts: enough for the home and step screens, small enough to load at every start."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

NOTHING: Mapping[str, str] = {}


class ObjectiveOutline(NamedTuple):
    """An objective's id and text."""

    id: str
    text: str


class ReadingOutline(NamedTuple):
    """Metadata of a reading: `sections` are (id, heading) pairs, `checks` the ids of its inline items."""

    id: str
    title: str
    minutes: int
    path: str
    sections: tuple[tuple[str, str], ...]
    checks: tuple[str, ...]
    objectives: tuple[str, ...]
    fingerprint: str = ""

    def section_ids(self) -> tuple[str, ...]:
        """The full ids of its sections (reading#section), as the record stores them."""
        return tuple(f"{self.id}#{section}" for section, _ in self.sections)


class ExerciseOutline(NamedTuple):
    """Metadata of an exercise; `path` is its exercise.yaml."""

    id: str
    kind: str
    title: str
    minutes: int
    path: str
    objectives: tuple[str, ...]
    fingerprint: str = ""


class ItemOutline(NamedTuple):
    """The item fields that drawing, mastery and course updates need; `read` is "reading.section" or empty."""

    id: str
    kind: str
    objective: str
    scored: bool
    fingerprint: str
    read: str
    final_form: bool = False
    """Whether it is reserved for the final form."""


class FinalOutline(NamedTuple):
    """Metadata of a final form: number of items, minimum per step, and minutes."""

    items: int
    per_step: int
    minutes: int


class ModuleOutline(NamedTuple):
    """Metadata of a module. `broken` holds the error messages, with positions, for parts that failed to load."""

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
    final: FinalOutline | None = None
    """Its final form; None if it has none, or if no module has items for one."""

    @property
    def name(self) -> str:
        """The displayed name: Step 3, Prologue, Capstone."""
        return f"Step {self.step}" if self.step.isdigit() else self.step.capitalize()

    @property
    def minutes(self) -> int:
        """Total minutes of all its parts."""
        parts = sum(r.minutes for r in self.readings) + sum(e.minutes for e in self.exercises)
        return parts + self.quiz_minutes + (self.final.minutes if self.final else 0)

    @property
    def has_quiz(self) -> bool:
        """Whether it has a quiz with at least one scored item."""
        return self.quiz_minutes > 0 and any(item.scored and not item.final_form for item in self.items)

    @property
    def is_proved(self) -> bool:
        """Whether completing it requires more than reading: a quiz, a final form or exercises."""
        return self.has_quiz or self.final is not None or bool(self.exercises)

    @property
    def quizzed(self) -> tuple[ItemOutline, ...]:
        """The items that a quiz may draw: all except those reserved for the final form."""
        return tuple(item for item in self.items if not item.final_form)


class CourseOutline(NamedTuple):
    """Metadata of the course and its modules in order."""

    id: str
    title: str
    version: str
    pass_mark: float
    quiz_length: int
    modules: tuple[ModuleOutline, ...]
    renamed: Mapping[str, str] = NOTHING
    cited: Mapping[str, str] = NOTHING
    """In-text citations by source id."""
    facts: Mapping[str, str] = NOTHING
    """Values of dated figures by fact id."""
    broken: tuple[str, ...] = ()
    story: str = ""
    """What the course is about, in three sentences (Markdown); empty if its author wrote none."""

    @property
    def minutes(self) -> int:
        """Total minutes of all its modules."""
        return sum(module.minutes for module in self.modules)

    def module(self, id: str) -> ModuleOutline | None:
        """Return the module with that id or step ("3", "prologue"), or None."""
        return next((m for m in self.modules if id in (m.id, m.step)), None)

    def module_of(self, id: str) -> ModuleOutline | None:
        """Return the module with that reading, section, item, exercise or objective, or None."""
        id = id.partition("#")[0].partition(".")[0]
        return next((m for m in self.modules if id == m.id or any(id == x for x in ids_of(m))), None)

    def reading(self, id: str) -> ReadingOutline | None:
        """Return the reading with that id, or None."""
        return next((r for m in self.modules for r in m.readings if r.id == id), None)

    def exercise(self, id: str) -> ExerciseOutline | None:
        """Return the exercise with that id, or None."""
        return next((e for m in self.modules for e in m.exercises if e.id == id), None)

    def item(self, id: str) -> ItemOutline | None:
        """Return the item with that id, or None."""
        return next((i for m in self.modules for i in m.items if i.id == id), None)


def ids_of(module: ModuleOutline) -> Iterator[str]:
    """Yield the ids of a module's readings, exercises, items and objectives."""
    for part in (module.readings, module.exercises, module.items, module.objectives):
        for entry in part:
            yield entry.id


def from_document(document: Sequence[Any]) -> CourseOutline:
    """Rebuild an outline from its JSON form (nested lists). Raises TypeError or ValueError for anything else."""
    course = CourseOutline._make(document)
    return course._replace(modules=tuple(map(_module, course.modules)), broken=tuple(course.broken))


def _module(values: Sequence[Any]) -> ModuleOutline:
    id, step, folder, title, summary, situation, objectives, readings, exercises, items, minutes, broken, final = values
    return ModuleOutline(
        id, step, folder, title, summary, situation,
        tuple(map(ObjectiveOutline._make, objectives)),
        tuple(map(_reading, readings)),
        tuple(map(_exercise, exercises)),
        tuple(map(ItemOutline._make, items)),
        minutes,
        tuple(broken),
        FinalOutline._make(final) if final else None,
    )  # fmt: skip


def _reading(values: Sequence[Any]) -> ReadingOutline:
    id, title, minutes, path, sections, checks, objectives, fingerprint = values
    pairs = tuple(map(tuple, sections))
    return ReadingOutline(id, title, minutes, path, pairs, tuple(checks), tuple(objectives), fingerprint)


def _exercise(values: Sequence[Any]) -> ExerciseOutline:
    id, kind, title, minutes, path, objectives, fingerprint = values
    return ExerciseOutline(id, kind, title, minutes, path, tuple(objectives), fingerprint)
