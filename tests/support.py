"""What tests of several parts share: a clock that stands, a study in a folder of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from dev2cto.curriculum.curriculum import Curriculum
from dev2cto.record.record import Record
from dev2cto.study.core import Study

COURSE = Path(__file__).with_name("course")
SHIPPED = Path(__file__).parent.parent / "course"


class FakeClock:
    """Time that moves when a test says so."""

    def __init__(self, start: datetime = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)) -> None:
        self.at = start
        self.seconds = 1000.0

    def now(self) -> datetime:
        """The moment."""
        return self.at

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return self.seconds

    def pass_(self, **time: float) -> None:
        """Let time pass: pass_(days=2), pass_(seconds=1.5)."""
        step = timedelta(**time)
        self.at += step
        self.seconds += step.total_seconds()


def open_study(
    home: Path, clock: FakeClock | None = None, *, course: Path = COURSE, device: str = "laptop", readonly: bool = False
) -> Study:
    """A study of the test course with a record in that folder."""
    clock = clock or FakeClock()
    record = Record.open(home / "learner", clock=clock, device=device, readonly=readonly)
    return Study(Curriculum.open(course), record, clock, Random(7))
