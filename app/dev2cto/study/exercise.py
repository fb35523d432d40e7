"""Exercises in the hands of a learner: what the kinds share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, assert_never

from dev2cto.exercises.artefact import Artefact
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.calculation import Calculation
from dev2cto.exercises.code import Code
from dev2cto.exercises.scenario import Scenario
from dev2cto.exercises.survey import Survey
from dev2cto.study.names import current

if TYPE_CHECKING:
    from dev2cto.study.core import ExerciseSession, Study


def open_exercise(study: Study, id: str) -> ExerciseSession:
    """The session of that exercise's kind. Raises CourseError where it is unknown or broken."""
    exercise = study.curriculum.exercise(id)
    match exercise:
        case Calculation():
            from dev2cto.study.calculation import CalculationSession

            return CalculationSession(study, exercise)
        case Code():
            from dev2cto.study.codelab import CodeSession

            return CodeSession(study, exercise)
        case Scenario():
            from dev2cto.study.scenario import ScenarioSession

            return ScenarioSession(study, exercise)
        case Artefact():
            from dev2cto.study.artefact import ArtefactSession

            return ArtefactSession(study, exercise)
        case Survey():
            from dev2cto.study.survey import SurveySession

            return SurveySession(study, exercise)
        case _:
            assert_never(exercise)  # type: ignore[arg-type]  # the base class itself is never made


class Attempt:
    """One open or finished go at an exercise, kept in the attempts; made when the learner first does something."""

    def __init__(self, study: Study, exercise: Exercise) -> None:
        self.study, self.exercise = study, exercise
        self.id, self.doc = newest(study, exercise.id)

    @property
    def begun(self) -> bool:
        """Whether the record has it already."""
        return bool(self.id)

    @property
    def helped(self) -> bool:
        """Whether the solution was opened before it was solved."""
        return bool(self.doc.get("helped"))

    def begin(self, **extra: Any) -> str:
        """The attempt's id; a new attempt is written first. Raises NotSaved."""
        if not self.begun:
            self.doc = {
                "exercise": self.exercise.id,
                "kind": self.exercise.kind,
                "fingerprint": self.exercise.fingerprint,
                "state": "open",
                "started": self.study.now(),
                **extra,
            }
            with self.study.record.batch():
                self.id = self.study.record.add("attempts", self.doc)
                mark_begun(self.study, self.exercise)
        return self.id

    def change(self, **fields: Any) -> None:
        """Change the attempt's fields. Raises NotSaved."""
        self.doc = {**self.doc, **fields}
        self.study.record.put("attempts", self.id, self.doc)

    def answers(self) -> dict[str, Mapping[str, Any]]:
        """The latest answer of this attempt to each part."""
        from dev2cto.study.history import answers

        if not self.begun:
            return {}
        found = (doc for doc in answers(self.study) if doc.get("attempt") == self.id)
        return {str(doc["item"]).partition("#")[2]: doc for doc in found}

    def keep_answer(self, part: str, response: object, score: float, **extra: Any) -> None:
        """Keep the answer to a part. Raises NotSaved."""
        study = self.study
        module = study.course.module_of(self.exercise.id)
        study.record.add("answers", {
            "at": study.now(),
            "module": module.id if module else "",
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


def newest(study: Study, exercise: str) -> tuple[str, dict[str, Any]]:
    """The id and document of the newest attempt at an exercise that no reset covers; empty where there is none."""
    from dev2cto.study.resets import Resets

    resets = Resets(study.course, study.record)
    for id, doc in sorted(study.record.all("attempts").items(), reverse=True):
        name = current(str(doc.get("exercise", "")), study.course.renamed)
        if name == exercise and doc.get("state") != "left":
            return ("", {}) if resets.covers(exercise, str(doc.get("started", ""))) else (id, dict(doc))
    return "", {}


def mark_begun(study: Study, exercise: Exercise) -> None:
    """Note that the exercise was begun, unless more is known; part of the caller's batch."""
    id = f"exercise:{exercise.id}"
    if study.record.get("sums", id) is None:
        study.record.put("sums", id, {"state": "begun", "at": study.now()})


def submit(study: Study, exercise: Exercise, *, passed: bool, helped: bool = False, **contents: Any) -> str:
    """Keep a submission, and that the exercise is done if it passed; the submission's id. Raises NotSaved."""
    record, id = study.record, f"exercise:{exercise.id}"
    with record.batch():
        submission = record.add("submissions", {
            "at": study.now(),
            "exercise": exercise.id,
            "kind": exercise.kind,
            "fingerprint": exercise.fingerprint,
            "passed": passed,
            "helped": helped,
            **contents,
        })  # fmt: skip
        done = (record.get("sums", id) or {}).get("state") == "done"
        if passed and not done:
            record.put("sums", id, {"state": "done", "helped": helped, "at": study.now()})
        elif not done:
            mark_begun(study, exercise)
    return submission


def fresh_seed(study: Study) -> int:
    """A seed for a new attempt or check."""
    return study.rng.randrange(2**32)
