"""The self-assessment: statements rated with a confidence, compared with an earlier taking, and a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dev2cto.exercises.survey import (
    ModuleChange,
    ModuleResult,
    Survey,
    SurveyAnswer,
    compare,
    lint_plan,
    missing,
    results,
)
from dev2cto.exercises.text_lint import LintResult
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import submissions
from dev2cto.study.sessions.attempt import Attempt, text_to_go_on


@dataclass(frozen=True, slots=True)
class SurveyRun:
    """One time that a survey was taken: the moment, and (rating, confidence) by statement."""

    at: str
    answers: Mapping[str, SurveyAnswer]


class SurveySession:
    """One learner's taking of a survey; every rating is kept as it is given."""

    def __init__(self, study: StudyContext, exercise: Survey) -> None:
        self.study, self.exercise = study, exercise
        self.attempt = Attempt(study, exercise)

    @property
    def answers(self) -> dict[str, tuple[int, int]]:
        """(rating, confidence) by statement, of this taking."""
        found = dict(self.attempt.doc.get("ratings", {}))
        return {str(id): (int(pair[0]), int(pair[1])) for id, pair in found.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        """Statements without a rating, in order."""
        return missing(self.exercise, self.answers)

    @property
    def stage(self) -> str:
        """The stage to resume at: brief, statement or results."""
        return "results" if not self.missing else "statement" if self.attempt.begun else "brief"

    @property
    def first_missing(self) -> int:
        """The number (from 0) of the first statement without a rating; 0 where each has one."""
        missing = self.missing[:1]
        return next((n for n, statement in enumerate(self.exercise.statements) if statement.id in missing), 0)

    def statement_after(self, number: int, *, going_through: bool) -> int | None:
        """The statement to rate after that one; None where the results follow.

        It is the next one without a rating; where each has one, simply the next, if the learner is `going_through`
        them again.
        """
        statements, missing = self.exercise.statements, self.missing
        if missing:
            later = (n for n in range(number + 1, len(statements)) if statements[n].id in missing)
            return next(later, self.first_missing)
        return number + 1 if going_through and number + 1 < len(statements) else None

    def rate(self, statement: str, rating: int, confidence: int) -> None:
        """Keep a rating (0..3) and how sure it is (0..2). Raises NotSaved."""
        ratings = {id: list(pair) for id, pair in self.answers.items()}
        ratings[statement] = [rating, confidence]
        with self.study.record.batch():
            self.attempt.begin(ratings={})
            self.attempt.change(ratings=ratings)

    def results(self) -> tuple[ModuleResult, ...]:
        """The result of each module."""
        return results(self.exercise, self.answers)

    def before(self) -> SurveyRun | None:
        """The taking to compare with: the one before, or for a survey that repeats another the first of that one."""
        repeated = self.exercise.again
        earlier = [
            doc
            for doc in self._takings()
            if doc["exercise"] == (repeated or self.exercise.id) and doc.get("attempt") != self.attempt.id
        ]
        if not earlier:
            return None
        doc = earlier[0 if repeated else -1]
        answers = {str(id): (int(pair[0]), int(pair[1])) for id, pair in dict(doc["ratings"]).items()}
        return SurveyRun(str(doc["at"]), answers)

    def _takings(self) -> list[Mapping[str, Any]]:
        """Every survey that was submitted with ratings, oldest first."""
        return [doc for doc in submissions(self.study) if doc.get("kind") == "survey" and doc.get("ratings")]

    def shifts(self) -> tuple[ModuleChange, ...]:
        """How each module changed since the taking to compare with; empty where there is none."""
        before = self.before()
        return compare(self.exercise, before.answers, self.answers) if before is not None else ()

    # -- the plan

    @property
    def text(self) -> str:
        """The plan: its draft, the version submitted last, or the template."""
        mine = [doc for doc in self.attempt.submissions("text") if doc["text"]]
        found = text_to_go_on(self.study, self.exercise.id, mine[-1] if mine else None)
        return self.exercise.template if found is None else found

    def keep(self, text: str, cursor: int = 0) -> None:
        """Keep what is typed; saved with the live tables."""
        self.study.keep_draft(self.exercise.id, text, cursor)

    def lint(self, text: str) -> tuple[LintResult, ...]:
        """What the plan lacks in form."""
        return lint_plan(self.exercise, text)

    def submit(self, text: str) -> bool:
        """Keep plan and ratings; done when all is rated and the plan is clean. Raises NotSaved."""
        passed = not self.missing and all(result.ok for result in self.lint(text))
        with self.study.record.batch():
            self.attempt.begin(ratings={})
            self.attempt.submit(
                passed=passed,
                text=text,
                file=self.exercise.file,
                ratings={id: list(pair) for id, pair in self.answers.items()},
                attempt=self.attempt.id,
            )
            if passed:
                self.attempt.end("done")
            self.study.drop_draft(self.exercise.id)
        return passed

    @property
    def done(self) -> bool:
        """Whether it was completed once."""
        return self.attempt.was_done

    def again(self) -> None:
        """Take it again; the old taking is kept. Raises NotSaved."""
        self.attempt = self.attempt.leave()
