"""Starting over: nothing is deleted; the rules ignore what came before a reset in its scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from dev2cto.curriculum.outline import CourseOutline, ids_of
from dev2cto.errors import UsageError
from dev2cto.record.record import Record
from dev2cto.study.names import current

if TYPE_CHECKING:
    from dev2cto.study.core import Study

LEVELS = ("item", "quiz", "reading", "exercise", "final", "step", "all")


class Reset(NamedTuple):
    """One reset: its id in the record, its level, what it is about ("" for all), and its moment."""

    id: str
    level: str
    about: str
    at: str


class Resets:
    """The resets in force, and whether one covers an event."""

    def __init__(self, course: CourseOutline, record: Record) -> None:
        self._course = course
        self.all = tuple(
            Reset(id, str(doc["level"]), current(str(doc.get("about", "")), course.renamed), str(doc["at"]))
            for id, doc in sorted(record.all("resets").items())
        )
        self._ids = {reset.about: self._of_module(reset.about) for reset in self.all if reset.level in ("step", "quiz")}

    def _of_module(self, id: str) -> frozenset[str]:
        module = self._course.module(id)
        return frozenset((id, *ids_of(module))) if module else frozenset((id,))

    def covers(self, id: str, at: str, context: str = "", of: str = "") -> bool:
        """Whether an event about that id at that moment (ISO, UTC) lies before a reset of its scope.

        The id is an item's, section's (reading#section), reading's, exercise's or module's; `of` is the module whose
        final form it happened in.
        """
        return any(at <= reset.at and self._in_scope(reset, id, context, of) for reset in self.all)

    def reopens(self, module: str, at: str) -> bool:
        """Whether a module that was done at that moment is open again: it, its quiz or an exercise was reset since."""
        return any(at <= reset.at and self._opens(reset, module) for reset in self.all)

    def _opens(self, reset: Reset, module: str) -> bool:
        match reset.level:
            case "all":
                return True
            case "step" | "quiz" | "final":
                return reset.about == module
            case "exercise" | "reading":
                found = self._course.module_of(reset.about)
                return found is not None and found.id == module and (reset.level == "exercise" or not found.is_proved)
            case _:
                return False

    def _in_scope(self, reset: Reset, id: str, context: str, of: str) -> bool:
        base = id.partition("#")[0]
        match reset.level:
            case "all":
                return True
            case "step":
                return base in self._ids[reset.about] or of == reset.about
            case "final":
                return context == "final" and reset.about in (of, base)
            case "quiz":
                return context in ("quiz", "attempt") and base in self._ids[reset.about]
            case _:
                return base == reset.about


def reset(study: Study, level: str, about: str = "") -> str:
    """Reset that scope and return the reset's id; undone by `undo`. Raises UsageError for an unknown scope."""
    about = scope(study, level, about)
    from dev2cto.study.rebuild import rebuild

    with study.record.batch():
        id = study.record.add("resets", {"level": level, "about": about, "at": study.now()})
        rebuild(study)
    return id


def undo(study: Study, id: str) -> None:
    """Take a reset back: all that it hid counts again. Raises UsageError for an unknown reset."""
    if study.record.get("resets", id) is None:
        raise UsageError(f"There is no reset {id}.", "dev2cto reset --list shows them.")
    from dev2cto.study.rebuild import rebuild

    with study.record.batch():
        study.record.remove("resets", id)
        rebuild(study)


def scope(study: Study, level: str, about: str) -> str:
    """The id that a reset of that level is about. Raises UsageError where the course has no such thing."""
    course = study.course
    levels: Mapping[str, Any] = {
        "item": course.item(about),
        "reading": course.reading(about),
        "exercise": course.exercise(about),
        "quiz": course.module(about),
        "final": found if (found := course.module(about)) is not None and found.final is not None else None,
        "step": course.module(about),
    }
    if level == "all":
        return ""
    if level not in levels:
        raise UsageError(f"There is no level {level!r} to reset.", f"One of {', '.join(LEVELS)}.")
    if levels[level] is None:
        raise UsageError(f"There is no {level} {about!r} in this course.", "dev2cto show lists what there is.")
    return str(levels[level].id)
