"""Makes the pictures of the README: python tests/pictures/make.py."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from dev2cto.study.sessions.grading import SubmittedAnswer  # noqa: E402
from dev2cto.study.state.location import Location  # noqa: E402
from dev2cto.study.study import Study  # noqa: E402
from dev2cto.tui.app import CourseApp  # noqa: E402
from tests.support.studies import SHIPPED, FakeClock, open_study  # noqa: E402  (after the path)


def some_progress(study: Study, clock: FakeClock) -> None:
    """A learner some days into Step 1."""
    study.set("theme", "dark")
    study.set("time_zone", "UTC")
    for reading in ("m00-what-a-cto-is", "m00-check-a-claim", "m01-one-click", "m01-contracts"):
        study.reading(reading).mark(read=True)
    quiz = study.quiz("m01")
    while question := quiz.question():
        item = study.curriculum.item(question.item)
        quiz.answer(question, SubmittedAnswer(item.key(question.draw), 3))
    for _ in range(70):
        clock.pass_(seconds=60)
        study.timer.record_activity("m01")
    study.timer.keep()
    clock.pass_(days=2, hours=2)
    study.keep(Location("reading", ("m01-data",)))
    clock.pass_(days=1)


PICTURES = {"home.svg": (), "reading.svg": ("1", "down", "down", "enter", "right")}
"""The keys that lead to what is shown."""


async def make(name: str, home: Path, folder: Path = HERE) -> None:
    """One picture, in that folder; the record of its learner is made in `home`."""
    clock = FakeClock(datetime(2026, 11, 23, 10, 0, tzinfo=UTC))
    study = open_study(home, clock, course=SHIPPED)
    some_progress(study, clock)
    app = CourseApp(study)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*PICTURES[name])
        await pilot.pause()
        app.save_screenshot(name, path=str(folder))


def main() -> None:
    """Home and a reading."""
    for name in PICTURES:
        with tempfile.TemporaryDirectory() as home:
            asyncio.run(make(name, Path(home)))


if __name__ == "__main__":
    main()
