"""An artefact: drafted, submitted, then judged by its author against the rubric."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dev2cto.exercises.artefact import Artefact, Assessment, assess, lint
from dev2cto.exercises.linting import LintResult
from dev2cto.study.exercise import Attempt, mark_begun, submit

if TYPE_CHECKING:
    from dev2cto.study.core import Study


class ArtefactSession:
    """An artefact in the hands of a learner. The record's draft leads; an editor works on a copy."""

    def __init__(self, study: Study, exercise: Artefact) -> None:
        self.study, self.exercise = study, exercise
        self.attempt = Attempt(study, exercise)

    # -- the text

    @property
    def text(self) -> str:
        """The draft; the latest version where nothing is half written; the template for a new one."""
        draft = self.study.record.newest_draft(self.exercise.id)
        if draft is not None:
            return draft.text
        versions = self.versions()
        return str(versions[-1]["text"]) if versions else self.exercise.template

    def keep(self, text: str, cursor: int = 0) -> None:
        """Keep what is typed; saved with the live tables."""
        self.study.keep_draft(self.exercise.id, text, cursor)

    def other_texts(self) -> tuple[tuple[str, str], ...]:
        """(where from, text) of differing drafts of other sessions and machines."""
        return tuple((draft.writer, draft.text) for draft in self.study.record.other_drafts(self.exercise.id))

    def lint(self, text: str) -> tuple[LintResult, ...]:
        """What the text lacks in form."""
        return lint(self.exercise, text)

    # -- versions and judgement

    def versions(self) -> list[Mapping[str, Any]]:
        """All submitted versions, oldest first, each with its latest ratings."""
        from dev2cto.study.history import submissions

        return [doc for doc in submissions(self.study) if doc["exercise"] == self.exercise.id and "text" in doc]

    def submit(self, text: str) -> str:
        """Keep the text as a new version; the submission's id. Raises NotSaved."""
        with self.study.record.batch():
            self.attempt.begin()
            id = submit(self.study, self.exercise, passed=False, text=text, file=self.exercise.file)
        self.study.drop_draft(self.exercise.id)
        return id

    def ratings(self, submission: str) -> dict[str, int]:
        """The ratings given to a version."""
        doc = self.study.record.get("submissions", submission) or {}
        return {str(k): int(v) for k, v in dict(doc.get("rubric", {})).items()}

    def rate(self, submission: str, ratings: Mapping[str, int]) -> Assessment:
        """Keep the ratings of a version; clean and every criterion at least 2: done. Raises NotSaved."""
        doc = self.study.record.get("submissions", submission) or {}
        outcome = assess(self.exercise, ratings)
        clean = all(result.ok for result in self.lint(str(doc.get("text", ""))))
        passed = outcome.reached and clean
        record, id = self.study.record, f"exercise:{self.exercise.id}"
        with record.batch():
            record.put("submissions", submission, {**doc, "rubric": dict(ratings), "passed": passed})
            done = (record.get("sums", id) or {}).get("state") == "done"
            if passed and not done:
                record.put("sums", id, {"state": "done", "helped": False, "at": self.study.now()})
                if self.attempt.begun:
                    self.attempt.change(state="done", finished=self.study.now())
            elif not done:
                mark_begun(self.study, self.exercise)
        return outcome

    @property
    def done(self) -> bool:
        """Whether a version was clean and rated well enough."""
        return (self.study.record.get("sums", f"exercise:{self.exercise.id}") or {}).get("state") == "done"
