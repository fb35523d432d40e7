"""The time that an exam has taken so far: a guide, which ends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dev2cto.study.context import StudyContext

PAUSE = 300.0
"""Seconds after which a learner who does nothing is taken to be away."""


class ExamClock:
    """Counts while one works at an attempt, in this session and those before; kept with the live tables."""

    def __init__(self, study: StudyContext, attempt: str) -> None:
        self._study, self._id = study, f"{attempt}:clock"
        found = study.documents.find("responses", self._id) or {}
        self._seconds = float(found.get("used", 0))
        self._last = study.clock.monotonic()

    def touch(self) -> None:
        """Count the time since the last touch, as far as it was no pause, and keep it."""
        now = self._study.clock.monotonic()
        self._seconds += min(now - self._last, PAUSE)
        self._last = now
        if not self._study.record.readonly_reason:
            document = {"response": None, "used": round(self._seconds), "at": self._study.now()}
            self._study.record.table("responses").put(self._id, document)

    @property
    def minutes(self) -> int:
        """Whole minutes so far."""
        since = min(self._study.clock.monotonic() - self._last, PAUSE)
        return int((self._seconds + since) // 60)
