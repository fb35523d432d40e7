"""What tests of several parts share: a clock that stands still, a study in a folder of its own."""

from __future__ import annotations

import shutil
import tempfile
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from dev2cto import bootstrap
from dev2cto.course.curriculum import Curriculum
from dev2cto.course.outline import CourseOutline
from dev2cto.course.outline_cache import outline_of
from dev2cto.paths import course_part
from dev2cto.record.opening import open_directory
from dev2cto.study.state.course_trust import is_trusted, trust
from dev2cto.study.study import Study

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "app" / "dev2cto"
COURSE = ROOT / "tests" / "sample_course"
SHIPPED = ROOT / "course"


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


def course_that_asks(item: str, folder: Path) -> Path:
    """A copy of the test course in that folder whose first reading ends with a check on that item."""
    course = Path(shutil.copytree(COURSE, folder / "course"))
    reading = course / "modules/01-calls/readings/1-contracts.yaml"
    text = reading.read_text(encoding="utf-8")
    reading.write_text(text.replace("monday:", f"    check: {item}\nmonday:"), encoding="utf-8")
    return course


@cache
def outline(course: Path) -> CourseOutline:
    """The outline of a course that no test changes, read once for all of them."""
    return outline_of(course, None)


@cache
def outline_files(course: Path) -> tuple[tuple[str, bytes], ...]:
    """The files, by name, in which the program caches the outline of a course that no test changes."""
    with tempfile.TemporaryDirectory() as folder:
        outline_of(course, Path(folder))
        return tuple((file.name, file.read_bytes()) for file in Path(folder).iterdir())


def keep_outline(home: Path, course: Path | None) -> None:
    """Cache the outline for a program that is about to start with this home: reading the course is half of a start."""
    if course in (COURSE, SHIPPED):
        cache = home / "cache"
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, data in outline_files(course):
            (cache / name).write_bytes(data)


def opened(course: Path) -> Curriculum:
    """That course; its texts are read again by each test, the outline only where tests change the course."""
    return Curriculum(course, outline(course)) if course in (COURSE, SHIPPED) else Curriculum.open(course)


def open_study(
    home: Path, clock: FakeClock | None = None, *, course: Path = COURSE, device: str = "laptop", readonly: bool = False
) -> Study:
    """A study of the test course with a record in that folder."""
    return open_study_in(home / "learner", clock, course=course, device=device, readonly=readonly)


def open_study_in(
    directory: Path,
    clock: FakeClock | None = None,
    *,
    course: Path = COURSE,
    device: str = "laptop",
    readonly: bool = False,
) -> Study:
    """A study with that very folder as its record."""
    clock = clock or FakeClock()
    record = open_directory(directory, clock=clock, device=device, readonly=readonly)
    return Study(opened(course), record, clock, Random(7))


def trusting(study: Study) -> Study:
    """The study, whose course may run its labs."""
    if not is_trusted(study):
        trust(study)
    return study


def trust_course(course: Path = COURSE) -> None:
    """Let programs with this test's home run the labs of that course."""
    study = bootstrap.open_study(Namespace(course=str(course), learner="learner"), readonly=True)
    trusting(study).record.close()


def record_of(home: Path, course: Path = COURSE, learner: str = "learner") -> Path:
    """Where the program with that home keeps its record of that course."""
    return home / "records" / learner / part_of(course)


def labs_of(home: Path, course: Path = COURSE) -> Path:
    """Where the program with that home puts the labs of that course."""
    return home / "workspace" / part_of(course)


def part_of(course: Path) -> Path:
    """What record and workspace call that course."""
    return course_part(course, opened(course).outline.id)
