"""The context of sessions and queries: course, record, clock, random source, settings, drafts and location."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from dev2cto import symbols
from dev2cto.clock import Clock
from dev2cto.course.curriculum import Curriculum
from dev2cto.course.outline import CourseOutline, ModuleOutline
from dev2cto.device_settings import DeviceSettings
from dev2cto.errors import CourseError
from dev2cto.learning.days import study_day
from dev2cto.record.moments import Moment
from dev2cto.record.record import Record
from dev2cto.settings import ACTING, Settings, checked, key_of, read_settings
from dev2cto.study.state.documents import Documents
from dev2cto.study.state.location import Location
from dev2cto.study.state.progress_store import ProgressStore
from dev2cto.study.state.renames import aliases
from dev2cto.study.state.resets import ResetIndex
from dev2cto.study.state.study_timer import StudyTime, StudyTimer, study_time

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from dev2cto.record.drafts import Draft


class StudyContext:
    """One learner and one course. Sessions import this class and not `Study`, which imports them: no import cycle."""

    def __init__(self, curriculum: Curriculum, record: Record, clock: Clock, rng: Random | None = None) -> None:
        self.curriculum = curriculum
        self.record = record
        self.clock = clock
        self._rng = rng
        self.documents = Documents(record, curriculum.outline.renamed)
        self.progress = ProgressStore(curriculum.outline, record, self.documents)
        self.timer = StudyTimer(record, clock, self.today)

    @property
    def course(self) -> CourseOutline:
        """The outline of the course."""
        return self.curriculum.outline

    @cached_property
    def rng(self) -> Random:
        """Random source for quizzes and exercises."""
        if self._rng is not None:
            return self._rng
        from random import SystemRandom

        return SystemRandom()

    @property
    def resets(self) -> ResetIndex:
        """The active resets."""
        return ResetIndex(self.course, self.documents, self.record)

    # -- time and settings

    def now(self) -> str:
        """The current time as documents store it: ISO 8601, UTC."""
        return self.clock.now().isoformat(timespec="milliseconds")

    @property
    def zone(self) -> tzinfo | None:
        """The learner's time zone; None for the machine's."""
        if not self.settings.time_zone:
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.settings.time_zone)

    def today(self, at: datetime | None = None) -> date:
        """The study day of a point in time (default: now)."""
        return study_day(at or self.clock.now(), self.zone, self.settings.day_start)

    @cached_property
    def settings(self) -> Settings:
        """The learner's settings."""
        return read_settings(dict(self.record.table("settings").stream()), self.device, self.device_settings.read())

    @property
    def device_settings(self) -> DeviceSettings:
        """What names a command or a path, or lets a course's code run, on this machine."""
        return DeviceSettings(self.record.directory, self.device)

    @property
    def device(self) -> str:
        """This machine's name in the record."""
        return self.record.writer.rpartition(".")[0]

    def set(self, name: str, text: str) -> None:
        """Change a setting. Raises UsageError for an unknown name or an invalid value, NotSaved."""
        value = checked(name, text)
        stored = str(value).lower() if value in (True, False) else str(value)
        if name in ACTING:
            self.record.check_writable()
            self.device_settings.change({name: stored})
        else:
            self.record.table("settings").put(key_of(name, self.device), {"value": stored, "at": self.now()})
        self.__dict__.pop("settings", None)
        if name == "symbols":
            symbols.use(self.settings.symbols)

    @property
    def workspace(self) -> Path:
        """The folder for this course's labs and texts."""
        from dev2cto.paths import course_part

        return self.workspace_root / course_part(self.curriculum.root, self.course.id)

    @property
    def workspace_root(self) -> Path:
        """The workspace folder from the settings, or the default; courses not shipped with the app use a subfolder."""
        from dev2cto.paths import default_workspace, expanded

        return expanded(self.settings.workspace) if self.settings.workspace else default_workspace()

    def study_time(self) -> Iterator[StudyTime]:
        """The study time of all sessions."""
        return study_time(self.record, self.course.renamed)

    # -- location and drafts

    def keep(self, place: Location) -> None:
        """Save the learner's location; it is on disk within three seconds, or immediately after `record.save_live`."""
        if not self.record.readonly_reason:
            self.record.table("place").put(self.record.writer, place.document(self.now()))

    def last_place(self) -> tuple[Location, str] | None:
        """The newest location of any session and its time; None for a new learner."""
        places = self.documents.all("place")
        id = max(places, key=lambda id: self.record.version("place", id), default=None)
        return (Location.read(places[id]), str(places[id]["at"])) if id is not None else None

    def draft(self, owner: str) -> str:
        """The newest draft for that item, exercise or note; empty if there is none."""
        return next((draft.text for draft in self.drafts(owner)), "")

    def drafts(self, owner: str) -> tuple[Draft, ...]:
        """All differing drafts for that item, exercise or note, newest first.

        A session that was killed leaves its draft behind: once an item is answered or a report saved, older drafts
        of it are over.
        """
        found, names = [], aliases(owner, self.course.renamed)
        for name in names:
            newest = self.record.newest_draft(name)
            found += [newest, *self.record.other_drafts(name)] if newest else []
        if found:
            from dev2cto.study.state.finished import finished_at

            since = finished_at(self.record, names)
            found = [draft for draft in found if draft.moment.ms >= since]
        return tuple(sorted(found, key=lambda draft: draft.version, reverse=True))

    def draft_owners(self) -> dict[str, Moment]:
        """The owners of all drafts, each with the moment when one of its drafts last changed."""
        found: dict[str, Moment] = {}
        for id, moment in self.documents.changes("drafts").items():
            owner = id.rpartition("/")[0]
            found[owner] = max(found.get(owner, moment), moment)
        return found

    @property
    def draft_is_kept(self) -> str:
        """Message: whether an unsubmitted text is kept."""
        return "nothing is saved in this session" if self.record.readonly_reason else "the draft is kept"

    def keep_draft(self, owner: str, text: str, cursor: int = 0, used: int = 0) -> None:
        """Save a draft; `used` is the milliseconds already spent on it if the answer is timed."""
        if not self.record.readonly_reason:
            self.record.put_draft(owner, text, cursor, used)

    def drop_draft(self, owner: str) -> None:
        """Remove this session's draft once it is submitted."""
        if not self.record.readonly_reason:
            for name in aliases(owner, self.course.renamed):
                self.record.table("drafts").remove(doc_ids=[f"{name}/{self.record.writer}"])

    def module(self, id: str) -> ModuleOutline:
        """The outline of a module by its id or step. Raises CourseError if there is none."""
        found = self.course.module(id)
        if found is None:
            names = ", ".join(m.step for m in self.course.modules)
            raise CourseError(f"There is no step {id} in this course.", f"Steps: {names}.")
        return found
