"""The facade of the application: a front end holds one `Study` and gets sessions and snapshots from it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from dev2cto.errors import NotSaved
from dev2cto.study.context import StudyContext
from dev2cto.study.state.renames import aliases

if TYPE_CHECKING:
    from pathlib import Path

    from dev2cto.record.backup.restoring import RestorePlan
    from dev2cto.record.merge import Consent, Merged
    from dev2cto.study.queries.plan import Extra
    from dev2cto.study.queries.step_models import StepView
    from dev2cto.study.queries.view_models import HomeView
    from dev2cto.study.sessions.exercise_sessions import ExerciseSession
    from dev2cto.study.sessions.final import FinalSession
    from dev2cto.study.sessions.quiz import Mode, QuizSession
    from dev2cto.study.sessions.reading import ReadingSession
    from dev2cto.study.sessions.review import ReviewSession


class Study(StudyContext):
    """A learner's study of one course."""

    # -- sync with other sessions and machines

    def refresh(self) -> None:
        """Read what other sessions wrote. A disk that cannot be written to is ignored: reading still works."""
        from dev2cto.study.state.sync import refresh

        with suppress(NotSaved):
            refresh(self)

    def merge(self, sources: Sequence[Path], *, partial: bool = False, consent: Consent | None = None) -> Merged:
        """Merge the records of other machines into this one; `partial` and `consent` as in record/merge.py.

        Raises RecordError, DamagedSource, NewerRecord, OtherCourse, NotSaved.
        """
        from dev2cto.record.merge import merge
        from dev2cto.study.state.sync import rebuild_all, refresh

        merged = merge(self.record, sources, self._course_ids, partial=partial, consent=consent)
        if merged.entries or merged.erased:
            rebuild_all(self)
        else:
            refresh(self)
        return merged

    def restore(self, source: Path, *, dry_run: bool = False, partial: bool = False) -> RestorePlan:
        """Restore a backup's documents; later ones are kept. A dry run only returns the plan.

        `partial` takes what is intact of a damaged backup.
        Raises RecordError, DamagedSource, NewerRecord, OtherCourse, NotSaved.
        """
        from dev2cto.record.backup.restoring import plan_restore, restore
        from dev2cto.study.state.sync import rebuild_all

        plan = plan_restore(self.record, source, self._course_ids, partial=partial)
        if not dry_run:
            self.progress.distrust()  # if interrupted, the next session rebuilds sums and cards
            restore(self.record, plan)
            rebuild_all(self)
        return plan

    @property
    def _course_ids(self) -> tuple[str, ...]:
        """The course's id, then its former ids."""
        return aliases(self.course.id, self.course.renamed)

    # -- snapshots and sessions

    def home(self) -> HomeView:
        """The snapshot for the home screen."""
        from dev2cto.study.queries.home import home_view

        return home_view(self)

    def step(self, module: str) -> StepView:
        """The snapshot for a step's screen. Raises CourseError if there is no such module."""
        from dev2cto.study.queries.step import step_view

        return step_view(self, self.module(module))

    def reading(self, id: str) -> ReadingSession:
        """Open a reading. Raises CourseError if it is unknown or broken."""
        from dev2cto.study.sessions.reading import ReadingSession

        return ReadingSession(self, self.curriculum.reading(id))

    def quiz(self, module: str, mode: Mode = "practice", retry_of: str = "") -> QuizSession:
        """Resume the open attempt of that module and mode, or start one.

        With `retry_of` (an attempt's id), the quiz asks only what was missed in that attempt.
        """
        from dev2cto.study.sessions.quiz import open_quiz

        return open_quiz(self, self.module(module), mode, retry_of)

    def attempt(self, id: str) -> QuizSession:
        """The quiz attempt with that id. Raises CourseError if the record has none."""
        from dev2cto.study.sessions.quiz import QuizSession

        return QuizSession(self, id)

    def final(self, module: str) -> FinalSession:
        """Resume the open attempt at the module's final form, or start one. Raises CourseError if it has none."""
        from dev2cto.study.sessions.final import open_final

        return open_final(self, self.module(module))

    def final_attempt(self, id: str) -> FinalSession:
        """The final-form attempt with that id. Raises CourseError if the record has none."""
        from dev2cto.study.sessions.final import FinalSession

        return FinalSession(self, id)

    def review(self, extra: Extra | None = None) -> ReviewSession:
        """Start a review of what is due now, or of what is reviewed beside that."""
        from dev2cto.study.sessions.review import ReviewSession

        return ReviewSession(self, extra)

    def exercise(self, id: str) -> ExerciseSession:
        """Open an exercise with the session class of its kind. Raises CourseError if it is unknown or broken."""
        from dev2cto.study.sessions.exercise_sessions import open_exercise

        return open_exercise(self, id)
