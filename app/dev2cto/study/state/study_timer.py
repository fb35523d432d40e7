"""Adds up study time from signs of life; long gaps do not count."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from dev2cto.clock import Clock
from dev2cto.errors import NotSaved
from dev2cto.learning.days import studied
from dev2cto.record.record import Record
from dev2cto.study.state.renames import resolve

KEEP_EVERY = 60.0
"""Seconds of study after which the sum is written, unless something else was written before."""


class StudyTime(NamedTuple):
    """Seconds of study on a day in a module (id; "home" outside of one), by one session."""

    day: date
    module: str
    seconds: float


def study_time(record: Record, renamed: Mapping[str, str]) -> Iterator[StudyTime]:
    """All study time there is."""
    for id, doc in record.table("study").stream():
        day, module, *_ = id.split("/")
        yield StudyTime(date.fromisoformat(day), resolve(module, renamed), float(doc.get("seconds", 0)))


class StudyTimer:
    """The study time of this session. Faces call `alive` at every key and `keep` when they leave a screen."""

    def __init__(self, record: Record, clock: Clock, today: Callable[[], date]) -> None:
        self._record, self._clock, self._today = record, clock, today
        self._last: float | None = None
        self._module = ""
        self._seconds = 0.0

    def record_activity(self, module: str = "") -> None:
        """The learner did something in that module (id; empty outside of one)."""
        now = self._clock.monotonic()
        if module != self._module:
            self.keep()
            self._module = module
        self._seconds += studied(self._last, now)
        self._last = now
        if self._seconds >= KEEP_EVERY:
            self.keep()

    def keep(self) -> None:
        """Write what came together. A full disk costs the minutes, not the learner's nerve: it is told elsewhere."""
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
