"""An attempt at an exercise: what the sessions of all kinds share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from dev2cto.exercises.base import Exercise
from dev2cto.record.tinydb_storage import where
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import answers_of, submissions
from dev2cto.study.state.renames import aliases


class Attempt:
    """One open or finished go at an exercise, kept in the attempts; made when the learner first does something."""

    def __init__(self, study: StudyContext, exercise: Exercise) -> None:
        self.study, self.exercise = study, exercise
        self.id = newest(study, exercise.id)

    @property
    def doc(self) -> Mapping[str, Any]:
        """The attempt as the record has it; empty before it was begun, and after a beginning that was not saved."""
        return (self.study.documents.find("attempts", self.id) if self.id else None) or {}

    @property
    def begun(self) -> bool:
        """Whether the record has it already."""
        return bool(self.doc)

    @property
    def module(self) -> str:
        """The id of the exercise's module; empty outside of one."""
        module = self.study.course.module_of(self.exercise.id)
        return module.id if module else ""

    @property
    def helped(self) -> bool:
        """Whether the solution was opened before it was solved."""
        return bool(self.doc.get("helped"))

    def begin(self, **extra: Any) -> str:
        """The attempt's id; a new attempt is written first. Raises NotSaved."""
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
        """Change the attempt's fields. Raises NotSaved."""
        self.study.record.table("attempts").put(self.id, {**self.doc, **fields})

    def end(self, state: Literal["done", "left"], **fields: Any) -> None:
        """It is over. Raises NotSaved."""
        self.change(state=state, finished=self.study.now(), **fields)

    def leave(self, **fields: Any) -> Attempt:
        """Give it up, if it was begun: it is kept. The next attempt, which is not begun yet. Raises NotSaved."""
        if self.begun:
            self.end("left", **fields)
        return Attempt(self.study, self.exercise)

    # -- help

    def mark_helped(self, **extra: Any) -> None:
        """Note that the solution is opened before it was solved; begun first, as `begin` does. Raises NotSaved."""
        if not self.helped:
            with self.study.record.batch():
                self.begin(**extra)
                self.change(helped=True)

    @property
    def hints_shown(self) -> int:
        """How many hints were opened."""
        return int(self.doc.get("hints", 0))

    def hint(self, hints: Sequence[str]) -> str | None:
        """The next of the exercise's hints (Markdown); None when all are shown. Raises NotSaved."""
        number = self.hints_shown
        if number >= len(hints):
            return None
        with self.study.record.batch():
            self.begin()
            self.change(hints=number + 1)
        return hints[number]

    # -- what is handed in

    def submit(self, *, passed: bool, helped: bool = False, **contents: Any) -> str:
        """Keep a submission, and that the exercise is done if it passed; the submission's id. Raises NotSaved."""
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
        """What was submitted of this exercise, in any attempt and with that field, oldest first."""
        return [doc for doc in submissions(self.study, self.exercise.id) if not holding or holding in doc]

    @property
    def was_done(self) -> bool:
        """Whether the exercise was done once, in this attempt or an earlier one."""
        return self.study.progress.is_exercise_done(self.exercise.id)

    def answers(self) -> dict[str, Mapping[str, Any]]:
        """The latest answer of this attempt to each part."""
        if not self.begun:
            return {}
        return {str(doc["item"]).partition("#")[2]: doc for doc in answers_of(self.study, self.id)}

    def keep_answer(self, part: str, response: object, score: float, **extra: Any) -> None:
        """Keep the answer to a part. Raises NotSaved."""
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


def newest(study: StudyContext, exercise: str) -> str:
    """The id of the newest attempt at an exercise that no reset covers; empty where there is none."""
    resets, here = study.resets, where("exercise").one_of([*aliases(exercise, study.course.renamed)])
    for id, doc in sorted(study.record.table("attempts").stream(here), reverse=True):
        if doc.get("state") != "left":
            return "" if resets.covers(exercise, str(doc.get("started", ""))) else id
    return ""


def fresh_seed(study: StudyContext) -> int:
    """A seed for a new attempt or check."""
    return study.rng.randrange(2**32)


def text_to_go_on(study: StudyContext, exercise: str, version: Mapping[str, Any] | None) -> str | None:
    """The newest draft, or the version submitted last where that came later; None where there is neither."""
    draft = next(iter(study.drafts(exercise)), None)
    if draft is None or (version is not None and draft.at <= datetime.fromisoformat(str(version["at"]))):
        return str(version["text"]) if version is not None else None
    return draft.text
