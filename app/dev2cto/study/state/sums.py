"""Typed rows of the table `sums`, one class for each kind of sum with several fields. Its ids are "kind:id".

The rows are plain classes: defining named tuples would cost `next` and the first screen a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from dev2cto.study.state.renames import resolve

SumKind = Literal["objective", "quiz", "final", "exercise", "reading", "module", "open", "check", "promises", "seen"]
FormKind = Literal["", "final"]
"""The form of an attempt: "" for a quiz, "final" for a final form."""

FACTS: frozenset[str] = frozenset({"reading", "module", "check", "seen"})
"""Kinds that cannot be rebuilt from events: finished readings and modules, shown answers, files already read."""


def key(kind: SumKind, id: str) -> str:
    """The id of a sum in the table."""
    return f"{kind}:{id}"


def split(key: str) -> tuple[str, str]:
    """Split a sum's key into its kind and the id of its subject."""
    kind, _, id = key.partition(":")
    return kind, id


class SumDocument:
    """A row of the table. Immutable by convention: rows are compared and hashed by value."""

    __slots__: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """The row as the table stores it."""
        return {field: getattr(self, field) for field in self.__slots__}

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, SumDocument) and other.document() == self.document()

    def __hash__(self) -> int:
        return hash(repr(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.document()})"


class QuizSum(SumDocument):
    """The finished attempts at a module's quiz (kind "quiz") or final form ("final").

    `asked` maps each item of a final form to the time when an attempt that asked it was last finished.
    """

    __slots__ = ("asked", "at", "attempts", "best", "last", "passed")

    def __init__(
        self, best: float, last: float, passed: bool, attempts: int, at: str, asked: Mapping[str, str] | None = None
    ) -> None:
        self.best, self.last, self.passed, self.attempts, self.at = best, last, passed, attempts, at
        self.asked: Mapping[str, str] = asked or {}

    @property
    def percent(self) -> str:
        """The best score as text: "80 %"."""
        return f"{self.best * 100:.0f} %"

    def document(self) -> dict[str, Any]:
        """The row as the table stores it."""
        fields = super().document()
        asked = dict(fields.pop("asked"))
        return {**fields, "asked": asked} if asked else fields

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> QuizSum:
        """Read a stored row."""
        return cls(
            float(doc["best"]),
            float(doc.get("last", doc["best"])),
            bool(doc.get("passed")),
            int(doc.get("attempts", 0)),
            str(doc.get("at", "")),
            {str(item): str(at) for item, at in doc.get("asked", {}).items()},
        )

    @classmethod
    def after(cls, before: QuizSum | None, score: float, passed: bool, at: str, asked: Iterable[str] = ()) -> QuizSum:
        """The sum with one more attempt, finished at `at`; `asked` are the items of a final form."""
        if before is None:
            return cls(score, score, passed, 1, at, dict.fromkeys(asked, at))
        items = {**before.asked, **dict.fromkeys(asked, at)}
        return cls(max(score, before.best), score, passed or before.passed, before.attempts + 1, at, items)


class ExerciseSum(SumDocument):
    """The state of an exercise; `helped` if its solution was opened before it was solved."""

    __slots__ = ("at", "helped", "state")

    def __init__(self, state: Literal["begun", "done"], at: str, helped: bool = False) -> None:
        self.state, self.at, self.helped = state, at, helped

    def document(self) -> dict[str, Any]:
        """The row as the table stores it."""
        helped = {"helped": self.helped} if self.state == "done" else {}
        return {"state": self.state, **helped, "at": self.at}

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> ExerciseSum:
        """Read a stored row."""
        return cls("done" if doc.get("state") == "done" else "begun", str(doc.get("at", "")), bool(doc.get("helped")))


class ObjectiveSum(SumDocument):
    """The latest score (0..1) of each answered item of an objective, with the time of that answer."""

    __slots__ = ("scores",)

    def __init__(self, scores: Mapping[str, tuple[float, str]]) -> None:
        self.scores = scores

    def document(self) -> dict[str, Any]:
        """The row as the table stores it."""
        return {"scores": {item: [score, at] for item, (score, at) in self.scores.items()}}

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> ObjectiveSum:
        """Read a stored row."""
        return cls({str(item): (float(score), str(at)) for item, (score, at) in doc.get("scores", {}).items()})


class OpenSum(SumDocument):
    """An open attempt: the module of its quiz, or with `form` the module of its final form."""

    __slots__ = ("form", "quiz")

    def __init__(self, quiz: str, form: str = "") -> None:
        self.quiz, self.form = quiz, form

    def document(self) -> dict[str, Any]:
        """The row as the table stores it."""
        return super().document() if self.form else {"quiz": self.quiz}

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> OpenSum:
        """Read a stored row."""
        return cls(str(doc["quiz"]), str(doc.get("form", "")))


class DoneSum(SumDocument):
    """When a reading or a module was done."""

    __slots__ = ("at",)

    def __init__(self, at: str) -> None:
        self.at = at

    def document(self) -> dict[str, Any]:
        """The row as the table stores it."""
        return {"state": "done", "at": self.at}

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> DoneSum:
        """Read a stored row."""
        return cls(str(doc.get("at", "")))


class PromisesSum(SumDocument):
    """The open promises by id: from and until (exclusive) which day (ISO 8601) they are brought up, reading, words.

    There is one such row, whose id is the kind alone.
    """

    __slots__ = ("promises",)

    def __init__(self, promises: Mapping[str, tuple[str, str, str, str]]) -> None:
        self.promises = promises

    def document(self) -> dict[str, Any]:
        """The row as the table stores it."""
        return {"promises": {id: list(fields) for id, fields in self.promises.items()}}

    @classmethod
    def read(cls, doc: Mapping[str, Any], renamed: Mapping[str, str]) -> PromisesSum:
        """Read a stored row; `renamed` are the present ids of readings by older ones."""
        rows = {
            id: (day, until, resolve(of, renamed), words) for id, (day, until, of, words) in doc["promises"].items()
        }
        return cls(rows)

    def due(self, today: str) -> tuple[tuple[str, str], ...]:
        """Id and words of the promises to bring up on that day (ISO 8601), the longest due first."""
        found = sorted((day, id, words) for id, (day, until, _, words) in self.promises.items() if day <= today < until)
        return tuple((id, words) for _, id, words in found)

    def newest_from(self, reading: str) -> tuple[str, str] | None:
        """Id and words of the newest one from that reading."""
        return max(((id, words) for id, (_, _, of, words) in self.promises.items() if of == reading), default=None)


class CheckSum(SumDocument):
    """The answer that a reading shows below its question; `answer` is the answer's id in the record."""

    __slots__ = ("answer", "at", "confidence", "draw", "fingerprint", "ms", "response")

    def __init__(self, doc: Mapping[str, Any]) -> None:
        """Read a stored row, or the answer's document."""
        self.answer = str(doc.get("id", ""))
        self.response: Any = doc.get("response")
        self.draw: Mapping[str, Any] = doc.get("draw", {})
        self.confidence = int(doc.get("confidence", 0))
        self.fingerprint = str(doc.get("fingerprint", ""))
        self.at = str(doc["at"])
        self.ms = int(doc.get("ms", 0))

    def document(self) -> dict[str, Any]:
        """The row as the table stores it."""
        fields = super().document()
        return {"id": fields.pop("answer"), **fields}


class SeenSum(SumDocument):
    """How many bytes of each other writer's file this writer had read, and which rules it derived sums by."""

    __slots__ = ("files", "rules")

    def __init__(self, files: Mapping[str, int], rules: int) -> None:
        self.files, self.rules = files, rules


Sum = QuizSum | ExerciseSum | ObjectiveSum | OpenSum | PromisesSum
"""The kinds of sums that can be rebuilt from the events."""
