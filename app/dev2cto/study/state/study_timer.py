"""Measure study time from user activity; long gaps do not count."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from dev2cto.clock import Clock
from dev2cto.errors import NotSaved
from dev2cto.learning.days import studied
from dev2cto.record.record import Record
from dev2cto.study.state.renames import resolve

KEEP_EVERY = 60.0
"""Seconds of study time after which it is saved."""


class StudyTime(NamedTuple):
    """Seconds one session studied a module on a day; `module` is its id, or "home" outside all modules."""

    day: date
    module: str
    seconds: float


def study_time(record: Record, renamed: Mapping[str, str]) -> Iterator[StudyTime]:
    """The study time of all sessions, under the modules' present ids."""
    for id, doc in record.table("study").stream():
        day, module, *_ = id.split("/")
        yield StudyTime(date.fromisoformat(day), resolve(module, renamed), float(doc.get("seconds", 0)))


class StudyTimer:
    """This session's study time. Front ends call `record_activity` at every key and `keep` on leaving a screen."""

    def __init__(self, record: Record, clock: Clock, today: Callable[[], date]) -> None:
        self._record, self._clock, self._today = record, clock, today
        self._last: float | None = None
        self._module = ""
        self._seconds = 0.0

    def record_activity(self, module: str = "") -> None:
        """Count the time since the last activity towards that module (its id; empty outside all modules)."""
        now = self._clock.monotonic()
        if module != self._module:
            self.keep()
            self._module = module
        self._seconds += studied(self._last, now)
        self._last = now
        if self._seconds >= KEEP_EVERY:
            self.keep()

    def keep(self) -> None:
        """Save the time measured so far. If that fails, it is kept for the next try; errors are reported elsewhere."""
        if self._seconds < 1 or self._record.readonly_reason:
            return
        id = f"{self._today().isoformat()}/{self._module or 'home'}/{self._record.writer}"
        before = self._record.table("study").get(doc_id=id)
        seconds = (before.get("seconds", 0) if before else 0) + self._seconds
        try:
            self._record.table("study").put(id, {"seconds": round(seconds, 1)})
        except NotSaved:
            return
        self._seconds = 0.0
