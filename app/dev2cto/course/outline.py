"""The course without its texts: what home and the steps show, small enough to read at every start."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

NOTHING: Mapping[str, str] = {}


class ObjectiveOutline(NamedTuple):
    """An objective's id and words."""

    id: str
    text: str


class ReadingOutline(NamedTuple):
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


class ExerciseOutline(NamedTuple):
    """An exercise's head; `path` is its exercise.yaml."""

    id: str
    kind: str
    title: str
    minutes: int
    path: str
    objectives: tuple[str, ...]
    fingerprint: str = ""


class ItemOutline(NamedTuple):
    """What drawing, mastery and updates need of an item."""

    id: str
    kind: str
    objective: str
    scored: bool
    fingerprint: str
    read: str
    final_form: bool = False
    """Whether the final form alone draws it."""


class FinalOutline(NamedTuple):
    """A final form's head: how many items, at least how many of each step, and its minutes."""

    items: int
    per_step: int
    minutes: int


class ModuleOutline(NamedTuple):
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
    final: FinalOutline | None = None
    """Its form of questions from all modules; None where it has none, or where no module has questions for it."""

    @property
    def name(self) -> str:
        """What the learner calls it: Step 3, Prologue, Capstone."""
        return f"Step {self.step}" if self.step.isdigit() else self.step.capitalize()

    @property
    def minutes(self) -> int:
        """All its parts together."""
        parts = sum(r.minutes for r in self.readings) + sum(e.minutes for e in self.exercises)
        return parts + self.quiz_minutes + (self.final.minutes if self.final else 0)

    @property
    def has_quiz(self) -> bool:
        """Whether a quiz can be drawn."""
        return self.quiz_minutes > 0 and any(item.scored for item in self.quizzed)

    @property
    def is_proved(self) -> bool:
        """Whether something beside reading shows that it is done: a quiz, a final form, exercises."""
        return self.has_quiz or self.final is not None or bool(self.exercises)

    @property
    def quizzed(self) -> tuple[ItemOutline, ...]:
        """The items that a quiz may draw: all but those of the final form."""
        return tuple(item for item in self.items if not item.final_form)


class CourseOutline(NamedTuple):
    """The course's head and its modules in order."""

    id: str
    title: str
    version: str
    pass_mark: float
    quiz_length: int
    modules: tuple[ModuleOutline, ...]
    renamed: Mapping[str, str] = NOTHING
    cited: Mapping[str, str] = NOTHING
    """The words that stand for a source in running text, by its id."""
    facts: Mapping[str, str] = NOTHING
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


def from_document(document: Sequence[Any]) -> CourseOutline:
    """The outline that was written as JSON, where it is a list of lists; raises TypeError or ValueError for others."""
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
