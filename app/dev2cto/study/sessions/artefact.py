"""Sessions of artefacts: texts that are drafted, submitted, then rated by their author against a rubric."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dev2cto.exercises.artefact import Artefact, assess, lint
from dev2cto.exercises.text_lint import LintResult
from dev2cto.study.context import StudyContext
from dev2cto.study.sessions.attempt import Attempt, text_to_go_on
from dev2cto.study.state.peer_reviews import peer_reviews
from dev2cto.study.state.ratings import UNDONE, keep_rating, rubric_ratings
from dev2cto.study.state.undo import Undo, restoring


class ArtefactSession:
    """The learner's versions of an artefact. The record's draft is authoritative; an external editor gets a copy."""

    def __init__(self, study: StudyContext, exercise: Artefact) -> None:
        self.study, self.exercise = study, exercise
        self.attempt = Attempt(study, exercise)

    # -- the text

    @property
    def text(self) -> str:
        """The text to edit: the draft, else the latest version, else the template."""
        versions = self.versions()
        found = text_to_go_on(self.study, self.exercise.id, versions[-1] if versions else None)
        return self.exercise.template if found is None else found

    def keep(self, text: str, cursor: int = 0) -> None:
        """Save the draft with the live tables."""
        self.study.keep_draft(self.exercise.id, text, cursor)

    def other_texts(self) -> tuple[tuple[str, str], ...]:
        """(writer, text) of each differing draft from other sessions and machines."""
        shown = self.text
        return tuple((d.writer, d.text) for d in self.study.drafts(self.exercise.id) if d.text != shown)

    def lint(self, text: str) -> tuple[LintResult, ...]:
        """Check the form of the text; one result for each rule."""
        return lint(self.exercise, text)

    # -- versions and ratings

    def versions(self) -> list[Mapping[str, Any]]:
        """All submitted versions, oldest first, each with its latest ratings."""
        return self.attempt.submissions("text")

    def submit(self, text: str) -> str:
        """Save the text as a new version and return the submission's id. Raises NotSaved."""
        with self.study.record.batch():
            self.attempt.begin()
            id = self.attempt.submit(passed=False, text=text, file=self.exercise.file)
            self.study.drop_draft(self.exercise.id)
        return id

    def _version(self, submission: str) -> Mapping[str, Any]:
        return self.study.record.table("submissions").get(doc_id=submission) or {}

    def submitted_text(self, submission: str) -> str:
        """The text of a version."""
        return str(self._version(submission).get("text", ""))

    def ratings(self, submission: str) -> dict[str, int]:
        """The ratings of a version by criterion id."""
        return rubric_ratings(self.study, submission, self._version(submission))

    def unrated(self, ratings: Mapping[str, int]) -> list[int]:
        """The indices of the criteria without a rating."""
        return [n for n, criterion in enumerate(self.exercise.rubric) if criterion.id not in ratings]

    def rate(self, submission: str, ratings: Mapping[str, int]) -> Undo:
        """Save the ratings of a version; return the way back. Raises NotSaved.

        If the text is clean and every criterion is at least 2, the exercise is done and stays so, unless that very
        rating is undone.
        """
        doc = self._version(submission)
        clean = all(result.ok for result in self.lint(str(doc.get("text", ""))))
        passed = assess(self.exercise, ratings).reached and clean
        at = self.study.now()
        back: list[Callable[[], None]] = []
        with self.study.record.batch():
            for criterion, rating in ratings.items():
                back.append(keep_rating(self.study, submission, criterion, rating))
            if passed and not self.done:
                back.append(self.study.progress.restoring_exercise(self.exercise.id))
                if self.attempt.begun:
                    back.append(restoring(self.study, "attempts", self.attempt.id))
            if passed and not doc.get("passed"):
                back.append(restoring(self.study, "submissions", submission))
                now = {"passed": True, "passed_at": at}
                self.study.record.table("submissions").update(now, doc_ids=[submission])
            if passed and not self.done:
                self.study.progress.mark_exercise_done(self.exercise.id, at, helped=False)
                if self.attempt.begun:
                    self.attempt.change(state="done", finished=at)
            else:
                self.study.progress.mark_exercise_begun(self.exercise.id, at)

        def undo() -> None:
            with self.study.record.batch():
                for step in back:
                    step()

        return Undo(undo, UNDONE)

    def reviews(self) -> int:
        """How many reviews readers sent back."""
        return sum(1 for _ in peer_reviews(self.study, self.exercise.id))

    @property
    def done(self) -> bool:
        """Whether any version was clean and rated high enough."""
        return self.attempt.was_done
