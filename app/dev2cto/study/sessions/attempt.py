"""Attempts at exercises: the part that the sessions of all kinds share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from dev2cto.exercises.base import Exercise
from dev2cto.record.tinydb_storage import where
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import answers_of, submissions
from dev2cto.study.state.renames import aliases

_SOLUTION, _HINT = "solution", "hint-"
"""What helps are, in their ids."""


class Attempt:
    """One attempt at an exercise, open or finished. It is written when the learner first does something."""

    def __init__(self, study: StudyContext, exercise: Exercise) -> None:
        self.study, self.exercise = study, exercise
        self.id = newest(study, exercise.id)

    @property
    def doc(self) -> Mapping[str, Any]:
        """The attempt's document; empty before it is begun, or if its beginning could not be saved."""
        return (self.study.documents.find("attempts", self.id) if self.id else None) or {}

    @property
    def begun(self) -> bool:
        """Whether the record has the attempt."""
        return bool(self.doc)

    @property
    def module(self) -> str:
        """The id of the exercise's module; empty if it belongs to none."""
        module = self.study.course.module_of(self.exercise.id)
        return module.id if module else ""

    @property
    def helped(self) -> bool:
        """Whether the learner opened the solution before solving the exercise."""
        return is_helped(self.study, self.id, self.doc)

    def begin(self, **extra: Any) -> str:
        """Write the attempt unless the record has it, with the `extra` fields; return its id. Raises NotSaved."""
        if not self.begun:
            at = self.study.now()
            with self.study.record.batch():
                self.id = self.study.record.table("attempts").insert({
                    "exercise": self.exercise.id,
                    "kind": self.exercise.kind,
                    "fingerprint": self.exercise.fingerprint,
                    "state": "open",
                    "started": at,
                    **extra,
                })  # fmt: skip
                self.study.progress.mark_exercise_begun(self.exercise.id, at)
        return self.id

    def change(self, **fields: Any) -> None:
        """Update fields of the attempt. Raises NotSaved."""
        self.study.record.table("attempts").put(self.id, {**self.doc, **fields})

    def end(self, state: Literal["done", "left"], **fields: Any) -> None:
        """Close the attempt. Raises NotSaved."""
        self.change(state=state, finished=self.study.now(), **fields)

    def open_ids(self) -> tuple[str, ...]:
        """The ids of all open attempts that no reset covers: more than one if two machines each began one.

        Empty if this one is finished.
        """
        if self.begun and self.doc.get("state") != "open":
            return ()
        found = attempts_at(self.study, self.exercise.id)
        return tuple(id for id, doc in found if doc.get("state") == "open")

    def end_all(self, state: Literal["done", "left"]) -> None:
        """Close this attempt, and leave the others that are open. Raises NotSaved."""
        attempts, others = self.study.record.table("attempts"), [id for id in self.open_ids() if id != self.id]
        with self.study.record.batch():
            attempts.update({"state": "left", "finished": self.study.now()}, doc_ids=others)
            self.end(state)

    def leave_all(self) -> Attempt:
        """As `leave`, for all open attempts. Raises NotSaved."""
        if self.begun:
            self.end_all("left")
        return Attempt(self.study, self.exercise)

    def leave(self, **fields: Any) -> Attempt:
        """Abandon the attempt, which stays in the record, and return the next one, not begun yet. Raises NotSaved."""
        if self.begun:
            self.end("left", **fields)
        return Attempt(self.study, self.exercise)

    # -- help

    def mark_helped(self, **extra: Any) -> None:
        """Record that the solution was opened before solving; `extra` is for `begin`. Raises NotSaved."""
        if not self.helped:
            with self.study.record.batch():
                self.begin(**extra)
                self._keep_help(_SOLUTION)

    @property
    def hints_shown(self) -> int:
        """The number of hints opened so far."""
        number = int(self.doc.get("hints", 0))
        while self.begun and self.study.documents.find("helps", f"{self.id}/{_HINT}{number + 1}") is not None:
            number += 1
        return number

    def hint(self, hints: Sequence[str]) -> str | None:
        """Open the next hint (Markdown); None if all are shown. Raises NotSaved."""
        number = self.hints_shown
        if number >= len(hints):
            return None
        with self.study.record.batch():
            self.begin()
            self._keep_help(f"{_HINT}{number + 1}")
        return hints[number]

    def _keep_help(self, what: str) -> None:
        """A document for each: the attempt's own would lose what another session opened, or its end."""
        self.study.record.table("helps").put(f"{self.id}/{what}", {"at": self.study.now()})

    # -- submissions and answers

    def submit(self, *, passed: bool, helped: bool = False, **contents: Any) -> str:
        """Save a submission, update the exercise's state, and return the submission's id. Raises NotSaved."""
        study, exercise, at = self.study, self.exercise, self.study.now()
        with study.record.batch():
            submission = study.record.table("submissions").insert({
                "at": at,
                "exercise": exercise.id,
                "kind": exercise.kind,
                "fingerprint": exercise.fingerprint,
                "passed": passed,
                "helped": helped,
                **contents,
            })  # fmt: skip
            if passed and not self.was_done:
                study.progress.mark_exercise_done(exercise.id, at, helped=helped)
            else:
                study.progress.mark_exercise_begun(exercise.id, at)
        return submission

    def submissions(self, holding: str = "") -> list[Mapping[str, Any]]:
        """The submissions of this exercise in all attempts, oldest first; with `holding`, those with that field."""
        return [doc for doc in submissions(self.study, self.exercise.id) if not holding or holding in doc]

    @property
    def was_done(self) -> bool:
        """Whether the exercise was done in this or an earlier attempt."""
        return self.study.progress.is_exercise_done(self.exercise.id)

    def answers(self) -> dict[str, Mapping[str, Any]]:
        """The latest answer to each part in this attempt, by part id."""
        if not self.begun:
            return {}
        return {str(doc["item"]).partition("#")[2]: doc for doc in answers_of(self.study, self.id)}

    def keep_answer(self, part: str, response: object, score: float, **extra: Any) -> None:
        """Save the answer to a part. Raises NotSaved."""
        study = self.study
        study.record.table("answers").insert({
            "at": study.now(),
            "module": self.module,
            "item": f"{self.exercise.id}#{part}",
            "fingerprint": self.exercise.fingerprint,
            "kind": self.exercise.kind,
            "context": "exercise",
            "attempt": self.id,
            "response": response,
            "score": score,
            "max": 1,
            "scored": False,
            **extra,
        })  # fmt: skip


def is_helped(study: StudyContext, id: str, doc: Mapping[str, Any]) -> bool:
    """Whether the solution was opened in the attempt with this id and document."""
    return bool(doc.get("helped")) or (bool(id) and study.documents.find("helps", f"{id}/{_SOLUTION}") is not None)


def attempts_at(study: StudyContext, exercise: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (id, document) of each attempt at an exercise that no reset covers, oldest first."""
    resets, here = study.resets, where("exercise").one_of([*aliases(exercise, study.course.renamed)])
    for id, doc in sorted(study.record.table("attempts").stream(here)):
        if not resets.covers(exercise, study.record.made("attempts", id)):
            yield id, doc


def newest(study: StudyContext, exercise: str) -> str:
    """The id of the newest attempt that was not abandoned; empty if there is none or a reset covers it."""
    resets, here = study.resets, where("exercise").one_of([*aliases(exercise, study.course.renamed)])
    for id, doc in sorted(study.record.table("attempts").stream(here), reverse=True):
        if doc.get("state") != "left":
            return "" if resets.covers(exercise, study.record.made("attempts", id)) else id
    return ""


def fresh_seed(study: StudyContext) -> int:
    """A random seed for a new attempt or check."""
    return study.rng.randrange(2**32)


def text_to_go_on(study: StudyContext, exercise: str, version: Mapping[str, Any] | None) -> str | None:
    """The text to continue: the newest draft or the last submitted `version`, if later; None if neither exists."""
    draft = next(iter(study.drafts(exercise)), None)
    made = study.record.made("submissions", str(version["id"])) if version is not None else None
    if draft is None or (version is not None and made is not None and draft.moment.ms <= made.ms):
        return str(version["text"]) if version is not None else None
    return draft.text
