"""Sessions of calculations: one part at a time, with hints, then the worked solution."""

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
from dev2cto.study.state.course_trust import copy_to_workspace
from dev2cto.study.state.location import from_json, to_json

BRIEF = -1
"""The part number of the brief."""


class CalculationSession:
    """The learner's attempt at a calculation. Parts are numbered from 0."""

    def __init__(self, study: StudyContext, exercise: Calculation) -> None:
        self.study, self.exercise = study, exercise
        self.attempt = Attempt(study, exercise)
        stored = self.attempt.doc.get("draw")
        self._draw = Draw.read(stored) if stored else exercise.draw(Random(fresh_seed(study)))
        folder = study.curriculum.exercise_folder(exercise.id)
        self.sheet = worksheet(exercise, folder, self._draw)

    def copy_data(self) -> Path:
        """Copy the complete data to the workspace; return its folder. Raises LabError."""
        return copy_to_workspace(self.study, self.exercise.id).folder

    @property
    def tables(self) -> tuple[tuple[str, str, DataTable, int], ...]:
        """(file name, description, table, number of rows to show) of each data file."""
        return tuple((d.file, d.about, self.sheet.tables[d.file], d.show) for d in self.exercise.data)

    @cached_property
    def _answers(self) -> dict[str, dict[str, object]]:
        return {part: dict(doc) for part, doc in self.attempt.answers().items()}

    @property
    def solved(self) -> tuple[bool, ...]:
        """Whether each part is answered correctly."""
        return tuple(float(str(self._answers.get(p.id, {}).get("score", 0))) >= 1 for p in self.exercise.parts)

    @property
    def done(self) -> bool:
        """Whether all parts are answered correctly."""
        return all(self.solved)

    @property
    def current(self) -> int:
        """The first part not answered correctly yet, or the last part."""
        return next((n for n, right in enumerate(self.solved) if not right), len(self.solved) - 1)

    def part_at(self, kept: Mapping[str, Any]) -> int:
        """The part to resume at, given a location's `extra`: the stored one, else the current one, or `BRIEF`."""
        if "part" in kept:
            return max(BRIEF, min(len(self.exercise.parts) - 1, int(kept["part"])))
        return self.current if self.attempt.begun and not self.done else BRIEF

    def part_after(self, number: int) -> int | None:
        """The part after that one or after `BRIEF`; None after the last."""
        if number == BRIEF and not self.done:
            return self.current
        return number + 1 if number + 1 < len(self.exercise.parts) else None

    def _interval(self, number: int) -> tuple[str, str] | None:
        """The interval given with the first answer to a part; it stays fixed while the number is retried."""
        doc = self._answers.get(self.exercise.parts[number].id, {})
        response = from_json(doc.get("response"))
        return (response[0], response[1]) if isinstance(response, tuple) and len(response) == 3 else None

    def question(self, number: int) -> Question:
        """The question for a part; it asks for an interval only the first time."""
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
        """Hint `step` (from 0) for a part (Markdown)."""
        return self.sheet.hint(number, step)

    def begin(self) -> None:
        """Save the drawn values, so that they are the same after a lost connection. Raises NotSaved."""
        self.attempt.begin(draw=self._draw.document())

    def answer(self, number: int, given: SubmittedAnswer) -> Feedback | Retry:
        """Grade and save an answer; the exercise is done once all parts are correct. Raises NotSaved."""
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
        """The feedback on the latest answer to a part; None if there is none."""
        doc = self._answers.get(self.exercise.parts[number].id)
        if doc is None:
            return None
        given = SubmittedAnswer(from_json(doc["response"]) or "")
        return feedback_again(self.sheet.item(number), self.sheet.showing, given)

    def solution(self) -> str:
        """The worked solution (Markdown). Opening it before the end marks the attempt as helped. Raises NotSaved."""
        if not self.done:
            self.attempt.mark_helped(draw=self._draw.document())
        return self.sheet.solution()

    def again(self) -> CalculationSession:
        """Start a new attempt with newly drawn values; the old one is kept. Raises NotSaved."""
        self.attempt.leave(was="done" if self.done else "left")
        return CalculationSession(self.study, self.exercise)
