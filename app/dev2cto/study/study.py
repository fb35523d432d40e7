"""Study: the one object a front end holds. It hands out small sessions and snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from dev2cto.errors import NotSaved
from dev2cto.study.context import StudyContext
from dev2cto.study.state.renames import aliases

if TYPE_CHECKING:
    from pathlib import Path

    from dev2cto.record.backup.backup import RestorePlan
    from dev2cto.record.merge import Merged
    from dev2cto.study.queries.view_models import HomeView, StepView
    from dev2cto.study.sessions.exercise_sessions import ExerciseSession
    from dev2cto.study.sessions.final import FinalSession
    from dev2cto.study.sessions.quiz import Mode, QuizSession
    from dev2cto.study.sessions.reading import ReadingSession
    from dev2cto.study.sessions.review import ReviewSession


class Study(StudyContext):
    """A learner's study of one course."""

    # -- what other sessions, machines and days have

    def refresh(self) -> None:
        """Read what other sessions wrote; a disk that cannot be written does not stop the learner from reading."""
        from dev2cto.study.state.sync import refresh

        with suppress(NotSaved):
            refresh(self)

    def merge(self, sources: Sequence[Path]) -> Merged:
        """Import the records of other machines. Raises RecordError, NewerRecord, OtherCourse, NotSaved."""
        from dev2cto.record.merge import merge
        from dev2cto.study.state.sync import rebuild_all

        merged = merge(self.record, sources, self._course_ids)
        rebuild_all(self)
        return merged

    def restore(self, source: Path, *, dry_run: bool = False) -> RestorePlan:
        """Put a backup's documents back; what came later is kept.

        Raises RecordError, NewerRecord, OtherCourse, NotSaved.
        """
        from dev2cto.record.backup.backup import plan_restore, restore
        from dev2cto.study.state.sync import rebuild_all

        plan = plan_restore(self.record, source, self._course_ids)
        if not dry_run:
            self.progress.distrust()  # should it be cut short, the next session makes sums and cards again
            restore(self.record, plan)
            rebuild_all(self)
        return plan

    @property
    def _course_ids(self) -> tuple[str, ...]:
        """The course's id, and those it had."""
        return aliases(self.course.id, self.course.renamed)

    # -- snapshots and sessions

    def home(self) -> HomeView:
        """What home shows."""
        from dev2cto.study.queries.home import home_view

        return home_view(self)

    def step(self, module: str) -> StepView:
        """What a step's screen shows. Raises CourseError where there is no such module."""
        from dev2cto.study.queries.step import step_view

        return step_view(self, self.module(module))

    def reading(self, id: str) -> ReadingSession:
        """A reading, opened. Raises CourseError where it is unknown or broken."""
        from dev2cto.study.sessions.reading import ReadingSession

        return ReadingSession(self, self.curriculum.reading(id))

    def quiz(self, module: str, mode: Mode = "practice", retry_of: str = "") -> QuizSession:
        """The open attempt of that module and mode, or a new one; with `retry_of`, one of what was missed there."""
        from dev2cto.study.sessions.quiz import open_quiz

        return open_quiz(self, self.module(module), mode, retry_of)

    def attempt(self, id: str) -> QuizSession:
        """An attempt at a quiz by its id. Raises CourseError where the record has none."""
        from dev2cto.study.sessions.quiz import QuizSession

        return QuizSession(self, id)

    def final(self, module: str) -> FinalSession:
        """The open attempt at that module's final form, or a new one. Raises CourseError where it has none."""
        from dev2cto.study.sessions.final import open_final

        return open_final(self, self.module(module))

    def final_attempt(self, id: str) -> FinalSession:
        """An attempt at a final form by its id. Raises CourseError where the record has none."""
        from dev2cto.study.sessions.final import FinalSession

        return FinalSession(self, id)

    def review(self) -> ReviewSession:
        """What is due for review now."""
        from dev2cto.study.sessions.review import ReviewSession

        return ReviewSession(self)

    def exercise(self, id: str) -> ExerciseSession:
        """A session of that exercise, of its kind. Raises CourseError where it is unknown or broken."""
        from dev2cto.study.sessions.exercise_sessions import open_exercise

        return open_exercise(self, id)
