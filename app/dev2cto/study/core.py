"""Study: the one object a face holds. It hands out small sessions and snapshots, and keeps the learner's place."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from dev2cto.clock import Clock
from dev2cto.curriculum.curriculum import Curriculum
from dev2cto.curriculum.outline import CourseOutline, ModuleOutline
from dev2cto.errors import CourseError
from dev2cto.learning.days import study_day
from dev2cto.record.record import Record
from dev2cto.settings import Settings, checked, key_of, read_settings
from dev2cto.study.known import Known
from dev2cto.study.names import current, names
from dev2cto.study.place import Place, newest_place
from dev2cto.study.timekeeper import Timekeeper

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from dev2cto.record.drafts import Draft
    from dev2cto.study.artefact import ArtefactSession
    from dev2cto.study.calculation import CalculationSession
    from dev2cto.study.codelab import CodeSession
    from dev2cto.study.diff import DiffSession
    from dev2cto.study.final import FinalSession
    from dev2cto.study.overview import HomeView, StepView
    from dev2cto.study.quiz import Mode, QuizSession
    from dev2cto.study.reading import ReadingSession
    from dev2cto.study.review import ReviewSession
    from dev2cto.study.scenario import ScenarioSession
    from dev2cto.study.simulation import SimulationSession
    from dev2cto.study.survey import SurveySession

    ExerciseSession = (
        CalculationSession
        | CodeSession
        | ScenarioSession
        | SimulationSession
        | ArtefactSession
        | SurveySession
        | DiffSession
    )


class Study:
    """A learner's study of one course."""

    def __init__(self, curriculum: Curriculum, record: Record, clock: Clock, rng: Random | None = None) -> None:
        self.curriculum = curriculum
        self.record = record
        self.clock = clock
        self._rng = rng
        self.known = Known(curriculum.outline, record)
        self.timekeeper = Timekeeper(record, clock, self.today)

    @property
    def course(self) -> CourseOutline:
        """The outline of the course."""
        return self.curriculum.outline

    @cached_property
    def rng(self) -> Random:
        """Where quizzes and exercises have their chance from."""
        if self._rng is not None:
            return self._rng
        from random import SystemRandom

        return SystemRandom()

    # -- time and settings

    def now(self) -> str:
        """The moment, as documents store it: ISO 8601, UTC."""
        return self.clock.now().isoformat(timespec="milliseconds")

    @property
    def zone(self) -> tzinfo | None:
        """The learner's time zone; None for the machine's own."""
        if not self.settings.time_zone:
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.settings.time_zone)

    def today(self, at: datetime | None = None) -> date:
        """The study day of a moment (default: now)."""
        return study_day(at or self.clock.now(), self.zone, self.settings.day_start)

    @cached_property
    def settings(self) -> Settings:
        """The learner's settings."""
        return read_settings(self.record.all("settings"), self.device)

    @property
    def device(self) -> str:
        """This machine's name in the record."""
        return self.record.writer.rpartition(".")[0]

    def set(self, name: str, text: str) -> None:
        """Change a setting. Raises UsageError for what cannot be, NotSaved where it was not kept."""
        value = checked(name, text)
        self.record.put(
            "settings",
            key_of(name, self.device),
            {"value": str(value).lower() if value in (True, False) else str(value), "at": self.now()},
        )
        self.__dict__.pop("settings", None)

    @property
    def workspace(self) -> Path:
        """The folder of labs and texts."""

        from dev2cto.paths import default_workspace, expanded

        return expanded(self.settings.workspace) if self.settings.workspace else default_workspace()

    # -- the place

    def keep(self, place: Place) -> None:
        """Remember where the learner is; on disk within three seconds, or at once with `record.save_live`."""
        if not self.record.readonly_reason:
            self.record.put("place", self.record.writer, place.document(self.now()))

    def last_place(self) -> tuple[Place, str] | None:
        """The newest place of any session, where the course still has it, and its moment."""
        found = newest_place(self.record)
        if found is None:
            return None
        place, at = found
        ids = tuple(current(id, self.course.renamed) for id in place.ids)
        return Place(place.screen, ids, place.response, place.cursor, place.extra), at

    def draft(self, owner: str) -> str:
        """The newest half-typed text for that item, exercise or note; empty where there is none."""
        return next((draft.text for draft in self.drafts(owner)), "")

    def drafts(self, owner: str) -> tuple[Draft, ...]:
        """All half-typed texts for that item, exercise or note that differ, the newest first."""
        found = []
        for name in names(owner, self.course.renamed):
            newest = self.record.newest_draft(name)
            found += [newest, *self.record.other_drafts(name)] if newest else []
        return tuple(sorted(found, key=lambda draft: draft.at, reverse=True))

    @property
    def draft_is_kept(self) -> str:
        """What becomes of a half-typed text when it is left, in words."""
        return "nothing is saved in this session" if self.record.readonly_reason else "the draft is kept"

    def keep_draft(self, owner: str, text: str, cursor: int = 0, used: int = 0) -> None:
        """Remember a half-typed text, and the milliseconds spent on it where it has a time."""
        if not self.record.readonly_reason:
            self.record.put_draft(owner, text, cursor, used)

    def drop_draft(self, owner: str) -> None:
        """Forget this session's half-typed text: it was submitted."""
        for name in names(owner, self.course.renamed):
            id = f"{name}/{self.record.writer}"
            if not self.record.readonly_reason and self.record.get("drafts", id):
                self.record.remove("drafts", id)

    # -- snapshots and sessions

    def module(self, id: str) -> ModuleOutline:
        """The outline of a module by its id or step. Raises CourseError where there is none."""
        found = self.course.module(id)
        if found is None:
            names = ", ".join(m.step for m in self.course.modules)
            raise CourseError(f"There is no step {id} in this course.", f"Steps: {names}.")
        return found

    def home(self) -> HomeView:
        """What home shows."""
        from dev2cto.study.home import home_view

        return home_view(self)

    def step(self, module: str) -> StepView:
        """What a step's screen shows. Raises CourseError where there is no such module."""
        from dev2cto.study.step import step_view

        return step_view(self, self.module(module))

    def reading(self, id: str) -> ReadingSession:
        """A reading, opened. Raises CourseError where it is unknown or broken."""
        from dev2cto.study.reading import ReadingSession

        return ReadingSession(self, self.curriculum.reading(id))

    def quiz(self, module: str, mode: Mode = "practice", retry_of: str = "") -> QuizSession:
        """The open attempt of that module and mode, or a new one; with `retry_of`, one of what was missed there."""
        from dev2cto.study.quiz import open_quiz

        return open_quiz(self, self.module(module), mode, retry_of)

    def attempt(self, id: str) -> QuizSession:
        """An attempt at a quiz by its id. Raises CourseError where the record has none."""
        from dev2cto.study.quiz import QuizSession

        return QuizSession(self, id)

    def final(self, module: str) -> FinalSession:
        """The open attempt at that module's final form, or a new one. Raises CourseError where it has none."""
        from dev2cto.study.final import open_final

        return open_final(self, self.module(module))

    def final_attempt(self, id: str) -> FinalSession:
        """An attempt at a final form by its id. Raises CourseError where the record has none."""
        from dev2cto.study.final import FinalSession

        return FinalSession(self, id)

    def review(self) -> ReviewSession:
        """What is due for review now."""
        from dev2cto.study.review import ReviewSession

        return ReviewSession(self)

    def exercise(self, id: str) -> ExerciseSession:
        """A session of that exercise, of its kind. Raises CourseError where it is unknown or broken."""
        from dev2cto.study.exercise import open_exercise

        return open_exercise(self, id)
