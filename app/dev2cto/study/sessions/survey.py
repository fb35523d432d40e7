"""Sessions of self-assessments: statements rated with a confidence, a comparison with an earlier run, and a plan."""

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
from dev2cto.study.state.ratings import UNDONE, keep_rating, ratings_of
from dev2cto.study.state.undo import Undo


@dataclass(frozen=True, slots=True)
class SurveyRun:
    """A completed run of a survey: its time, and (rating, confidence) by statement id."""

    at: str
    answers: Mapping[str, SurveyAnswer]


class SurveySession:
    """The learner's run of a survey; every rating is saved at once."""

    def __init__(self, study: StudyContext, exercise: Survey) -> None:
        self.study, self.exercise = study, exercise
        self.attempt = Attempt(study, exercise)

    @property
    def answers(self) -> dict[str, tuple[int, int]]:
        """(rating, confidence) by statement id in this run."""
        runs = {self.attempt.id, *self.attempt.open_ids()}
        docs = (self.study.documents.find("attempts", run) or {} for run in sorted(runs))
        found = {id: (int(pair[0]), int(pair[1])) for doc in docs for id, pair in doc.get("ratings", {}).items()}
        rated = ratings_of(self.study, runs)
        return found | {id: (row["rating"], row.get("confidence", 0)) for id, row in rated.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids of statements without a rating, in order."""
        return missing(self.exercise, self.answers)

    @property
    def stage(self) -> str:
        """The stage to resume at: brief, statement or results."""
        return "results" if not self.missing else "statement" if self.attempt.begun else "brief"

    @property
    def first_missing(self) -> int:
        """The index of the first statement without a rating; 0 if all have one."""
        missing = self.missing[:1]
        return next((n for n, statement in enumerate(self.exercise.statements) if statement.id in missing), 0)

    def statement_after(self, number: int, *, going_through: bool) -> int | None:
        """The index of the statement to rate after that one; None if the results follow.

        It is the next one without a rating, or if all have one and the learner is `going_through` them again, simply
        the next.
        """
        statements, missing = self.exercise.statements, self.missing
        if missing:
            later = (n for n in range(number + 1, len(statements)) if statements[n].id in missing)
            return next(later, self.first_missing)
        return number + 1 if going_through and number + 1 < len(statements) else None

    def rate(self, statement: str, rating: int, confidence: int) -> Undo:
        """Save a rating (0..3) and its confidence (0..2); return the way back. Raises NotSaved."""
        with self.study.record.batch():
            self.attempt.begin(ratings={})
            back = keep_rating(self.study, self.attempt.id, statement, rating, confidence=confidence)
        return Undo(back, UNDONE)

    def results(self) -> tuple[ModuleResult, ...]:
        """The result of each module."""
        return results(self.exercise, self.answers)

    def before(self) -> SurveyRun | None:
        """The run to compare with: the previous one, or the first run of the survey that this one repeats."""
        repeated = self.exercise.again
        earlier = [
            doc
            for doc in self._runs()
            if doc["exercise"] == (repeated or self.exercise.id) and doc.get("attempt") != self.attempt.id
        ]
        if not earlier:
            return None
        doc = earlier[0 if repeated else -1]
        answers = {str(id): (int(pair[0]), int(pair[1])) for id, pair in dict(doc["ratings"]).items()}
        return SurveyRun(str(doc["at"]), answers)

    def _runs(self) -> list[Mapping[str, Any]]:
        """The submissions of all surveys that have ratings, oldest first."""
        return [doc for doc in submissions(self.study) if doc.get("kind") == "survey" and doc.get("ratings")]

    def shifts(self) -> tuple[ModuleChange, ...]:
        """The change of each module since the run to compare with; empty if there is none."""
        before = self.before()
        return compare(self.exercise, before.answers, self.answers) if before is not None else ()

    # -- the plan

    @property
    def text(self) -> str:
        """The plan to edit: its draft, else the last submitted version, else the template."""
        mine = [doc for doc in self.attempt.submissions("text") if doc["text"]]
        found = text_to_go_on(self.study, self.exercise.id, mine[-1] if mine else None)
        return self.exercise.template if found is None else found

    def keep(self, text: str, cursor: int = 0) -> None:
        """Save the draft of the plan with the live tables."""
        self.study.keep_draft(self.exercise.id, text, cursor)

    def lint(self, text: str) -> tuple[LintResult, ...]:
        """Check the form of the plan; one result for each rule."""
        return lint_plan(self.exercise, text)

    def submit(self, text: str) -> bool:
        """Submit plan and ratings; return whether the survey is done: all rated and the plan clean. Raises NotSaved."""
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
                self.attempt.end_all("done")
            self.study.drop_draft(self.exercise.id)
        return passed

    @property
    def done(self) -> bool:
        """Whether the survey was ever completed."""
        return self.attempt.was_done

    def again(self) -> None:
        """Start a new run; the old one is kept. Raises NotSaved."""
        self.attempt = self.attempt.leave_all()
