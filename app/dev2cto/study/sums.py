"""What the table `sums` holds, typed: one row type for each kind of sum. Its ids are "kind:id"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Kind = Literal["objective", "quiz", "final", "exercise", "reading", "module", "open", "check", "seen"]
Form = Literal["", "final"]
"""What an attempt is at: a quiz, or the final form."""

FACTS: frozenset[str] = frozenset({"reading", "module", "check", "seen"})
"""Kinds that no event tells: what was read or finished once, what a page shows, what other writers' files said."""


def key(kind: Kind, id: str) -> str:
    """The id of a sum."""
    return f"{kind}:{id}"


def split(key: str) -> tuple[str, str]:
    """The kind of a sum, and what it is about."""
    kind, _, id = key.partition(":")
    return kind, id


class QuizSum(NamedTuple):
    """The finished attempts at a module's quiz (kind "quiz") or final form ("final")."""

    best: float
    last: float
    passed: bool
    attempts: int
    at: str
    asked: Mapping[str, str] = MappingProxyType({})
    """Of a final form: its items, and when an attempt that asked them was last finished."""

    @property
    def percent(self) -> str:
        """The best score: "80 %"."""
        return f"{self.best * 100:.0f} %"

    def document(self) -> dict[str, Any]:
        """The row as it is stored."""
        fields = self._asdict()
        asked = dict(fields.pop("asked"))
        return {**fields, "asked": asked} if asked else fields

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> QuizSum:
        """The row that was stored."""
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
        """The sum with one more attempt that was finished then; `asked` are the items of a final form."""
        if before is None:
            return cls(score, score, passed, 1, at, dict.fromkeys(asked, at))
        items = {**before.asked, **dict.fromkeys(asked, at)}
        return cls(max(score, before.best), score, passed or before.passed, before.attempts + 1, at, items)


class ExerciseSum(NamedTuple):
    """An exercise that was begun or done; `helped` where its solution was opened before."""

    state: Literal["begun", "done"]
    at: str
    helped: bool = False

    def document(self) -> dict[str, Any]:
        """The row as it is stored."""
        helped = {"helped": self.helped} if self.state == "done" else {}
        return {"state": self.state, **helped, "at": self.at}

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> ExerciseSum:
        """The row that was stored."""
        return cls("done" if doc.get("state") == "done" else "begun", str(doc.get("at", "")), bool(doc.get("helped")))


class ObjectiveSum(NamedTuple):
    """The latest score of each answered item of an objective, and the moment of that answer."""

    scores: Mapping[str, tuple[float, str]]

    def document(self) -> dict[str, Any]:
        """The row as it is stored."""
        return {"scores": {item: [score, at] for item, (score, at) in self.scores.items()}}

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> ObjectiveSum:
        """The row that was stored."""
        return cls({str(item): (float(score), str(at)) for item, (score, at) in doc.get("scores", {}).items()})


class OpenSum(NamedTuple):
    """An attempt that is not over: the quiz it is at, or with `form` the final form of that module."""

    quiz: str
    form: str = ""

    def document(self) -> dict[str, Any]:
        """The row as it is stored."""
        return {"quiz": self.quiz, **({"form": self.form} if self.form else {})}

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> OpenSum:
        """The row that was stored."""
        return cls(str(doc["quiz"]), str(doc.get("form", "")))


class DoneSum(NamedTuple):
    """A reading or a module that was done at that moment."""

    at: str

    def document(self) -> dict[str, Any]:
        """The row as it is stored."""
        return {"state": "done", "at": self.at}

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> DoneSum:
        """The row that was stored."""
        return cls(str(doc.get("at", "")))


class CheckSum(NamedTuple):
    """The answer that a reading shows below its question; `answer` is its id in the record."""

    answer: str
    response: Any
    draw: Mapping[str, Any]
    confidence: int
    fingerprint: str
    at: str
    ms: int

    def document(self) -> dict[str, Any]:
        """The row as it is stored."""
        fields = self._asdict()
        return {"id": fields.pop("answer"), **fields}

    @classmethod
    def read(cls, doc: Mapping[str, Any]) -> CheckSum:
        """The row that was stored, or that part of the answer's own document."""
        return cls(
            str(doc.get("id", "")),
            doc.get("response"),
            doc.get("draw", {}),
            int(doc.get("confidence", 0)),
            str(doc.get("fingerprint", "")),
            str(doc["at"]),
            int(doc.get("ms", 0)),
        )


class SeenSum(NamedTuple):
    """How far this writer had read each file of other writers, in bytes, and by which rules sums were made then."""

    files: Mapping[str, int]
    rules: int

    def document(self) -> dict[str, Any]:
        """The row as it is stored."""
        return {"files": dict(self.files), "rules": self.rules}


Sum = QuizSum | ExerciseSum | ObjectiveSum | OpenSum
"""What can be rebuilt from the events."""
