"""A calculation: one part at a time, hints, then the worked solution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from dev2cto.exercises.calculation import Calculation, worksheet
from dev2cto.exercises.tables import DataTable
from dev2cto.items.base import Draw, Retry
from dev2cto.items.forms import Write
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions import predicting
from dev2cto.study.sessions.attempt import Attempt, fresh_seed
from dev2cto.study.sessions.grading import SubmittedAnswer, feedback, feedback_again
from dev2cto.study.state.location import from_json, to_json

BRIEF = -1
"""The number of what comes before the first part."""


class CalculationSession:
    """One learner's attempt at a calculation."""

    def __init__(self, study: StudyContext, exercise: Calculation) -> None:
        self.study, self.exercise = study, exercise
        self.attempt = Attempt(study, exercise)
        stored = self.attempt.doc.get("draw")
        self._draw = Draw.read(stored) if stored else exercise.draw(Random(fresh_seed(study)))
        folder = study.curriculum.exercise_folder(exercise.id)
        self.sheet = worksheet(exercise, folder, self._draw)
        self.folder: Path = folder

    @property
    def tables(self) -> tuple[tuple[str, str, DataTable, int], ...]:
        """File name, what it is about, the table, and how many rows to show."""
        return tuple((d.file, d.about, self.sheet.tables[d.file], d.show) for d in self.exercise.data)

    @cached_property
    def _answers(self) -> dict[str, dict[str, object]]:
        return {part: dict(doc) for part, doc in self.attempt.answers().items()}

    @property
    def solved(self) -> tuple[bool, ...]:
        """For each part, whether it is answered rightly."""
        return tuple(float(str(self._answers.get(p.id, {}).get("score", 0))) >= 1 for p in self.exercise.parts)

    @property
    def done(self) -> bool:
        """Whether every part is right."""
        return all(self.solved)

    @property
    def current(self) -> int:
        """The first part (from 0) that is not right yet; the last one when all are."""
        return next((n for n, right in enumerate(self.solved) if not right), len(self.solved) - 1)

    def part_at(self, kept: Mapping[str, Any]) -> int:
        """The part to resume at: the one that was left, or the first that is not right; the brief of a new attempt."""
        if "part" in kept:
            return max(BRIEF, min(len(self.exercise.parts) - 1, int(kept["part"])))
        return self.current if self.attempt.begun and not self.done else BRIEF

    def part_after(self, number: int) -> int | None:
        """The part that comes after that one, or after the brief; None after the last."""
        if number == BRIEF and not self.done:
            return self.current
        return number + 1 if number + 1 < len(self.exercise.parts) else None

    def _interval(self, number: int) -> tuple[str, str] | None:
        """The interval that was given with the first answer to a part; it stays while the number is tried again."""
        doc = self._answers.get(self.exercise.parts[number].id, {})
        response = from_json(doc.get("response"))
        return (response[0], response[1]) if isinstance(response, tuple) and len(response) == 3 else None

    def question(self, number: int) -> Question:
        """Part `number` (from 0); an interval is asked for once."""
        part = self.exercise.parts[number]
        given = from_json(self._answers.get(part.id, {}).get("response"))
        predicted = self._interval(number) is not None
        return Question(
            item=f"{self.exercise.id}#{part.id}",
            module=self.attempt.module,
            kind="numeric",
            number=number + 1,
            total=len(self.exercise.parts),
            prompt=self.sheet.ask(number),
            form=Write(number=True, unit=part.unit) if predicted else self.sheet.form(number),
            draw=self.sheet.showing,
            hints=len(part.hints),
            given=given[-1] if predicted and isinstance(given, tuple) else given,
        )

    def hint(self, number: int, step: int) -> str:
        """Hint `step` (from 0) of a part."""
        return self.sheet.hint(number, step)

    def begin(self) -> None:
        """Keep the values that were drawn, so that they are the same after a dropped line. Raises NotSaved."""
        self.attempt.begin(draw=self._draw.document())

    def answer(self, number: int, given: SubmittedAnswer) -> Feedback | Retry:
        """Judge and keep; when the last part is right, the exercise is done. Raises NotSaved."""
        first = self._interval(number)
        if first is not None and isinstance(given.response, str):
            given = replace(given, response=(*first, given.response))
        grade = self.sheet.grade(number, given.response, given.asked)
        if isinstance(grade, Retry):
            return grade
        part = self.exercise.parts[number]
        with self.study.record.batch():
            self.attempt.begin(draw=self._draw.document())
            item, showing = self.sheet.item(number), self.sheet.showing
            interval = predicting.kept(item, given.response, showing)
            self.attempt.keep_answer(
                part.id, to_json(given.response), grade.score, hints=given.hints, ms=given.ms, **interval
            )
            right = [*self.solved]
            right[number] = grade.score >= 1
            if all(right) and not self.done:
                answers = {p.id: self._answers.get(p.id, {}).get("response") for p in self.exercise.parts}
                answers[part.id] = to_json(given.response)
                self.attempt.submit(passed=True, helped=self.attempt.helped,
                       answers=answers, draw=self._draw.document())  # fmt: skip
                self.attempt.end("done")
        self.__dict__.pop("_answers", None)
        return feedback(item, showing, given, grade)

    def feedback(self, number: int) -> Feedback | None:
        """The judgement of the latest answer to a part."""
        doc = self._answers.get(self.exercise.parts[number].id)
        if doc is None:
            return None
        given = SubmittedAnswer(from_json(doc["response"]) or "")
        return feedback_again(self.sheet.item(number), self.sheet.showing, given)

    def solution(self) -> str:
        """The worked solution (Markdown); opened before the end, the exercise is marked as helped. Raises NotSaved."""
        if not self.done:
            self.attempt.mark_helped(draw=self._draw.document())
        return self.sheet.solution()

    def again(self) -> CalculationSession:
        """A new attempt with newly drawn values; the old one is kept. Raises NotSaved."""
        self.attempt.leave(was="done" if self.done else "left")
        return CalculationSession(self.study, self.exercise)
