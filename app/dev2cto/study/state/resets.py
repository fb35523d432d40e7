"""Resets: nothing is deleted; events before a reset are ignored within its scope."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dev2cto.course.outline import CourseOutline, ids_of
from dev2cto.record.moments import Moment
from dev2cto.record.record import Record
from dev2cto.record.schema import TABLES
from dev2cto.study.state.documents import Documents


class Reset(NamedTuple):
    """One reset: its id in the record, its level, the id of its scope ("" for all), and its time (ISO 8601, UTC).

    `made` and `changed` are when it was made and last written, by the hybrid clock: `at` is what the learner is shown,
    and orders nothing.
    """

    id: str
    level: str
    about: str
    at: str
    made: Moment
    changed: Moment

    def follows(self, moment: Moment) -> bool:
        """Whether the reset is later than that moment."""
        return moment.ms <= (self.made if moment.made and self.made.made else self.changed).ms


class ResetIndex:
    """The active resets; tests whether one of them covers an event."""

    def __init__(self, course: CourseOutline, documents: Documents, record: Record) -> None:
        self._course = course
        self._documents, self._record = documents, record
        self.all = tuple(
            Reset(id, str(doc["level"]), str(doc.get("about", "")), str(doc["at"]),
                  record.made("resets", id), record.changed("resets", id))
            for id, doc in sorted(documents.all("resets").items())
        )  # fmt: skip
        self._ids = {reset.about: self._of_module(reset.about) for reset in self.all if reset.level in ("step", "quiz")}

    def _of_module(self, id: str) -> frozenset[str]:
        module = self._course.module(id)
        return frozenset((id, *ids_of(module))) if module else frozenset((id,))

    def covers(self, id: str, moment: Moment, context: str = "", of: str = "") -> bool:
        """Whether an event about that id at that moment precedes a reset of its scope.

        The id is that of an item, section (reading#section), reading, exercise or module; `of` is the module in whose
        final form it happened.
        """
        return any(reset.follows(moment) and self._in_scope(reset, id, context, of) for reset in self.all)

    def covers_document(self, table: str, id: str, doc: Mapping[str, Any]) -> bool:
        """Whether a reset covers a document with present ids; the table must be one that resets apply to."""
        if not self.all:
            return False
        about = TABLES[table].about
        if about == "id":
            return self.covers(id, self._documents.changed(table, id))
        moment, context = self._record.made(table, id), str(doc.get("context", ""))
        return self.covers(str(doc.get(about, "")), moment, context, str(doc.get("of", "")))

    def reopens(self, module: str, moment: Moment) -> bool:
        """Whether a module done at that moment is open again: it, its quiz or one of its parts was reset since."""
        return any(reset.follows(moment) and self._opens(reset, module) for reset in self.all)

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
