"""Makes the pictures of the README: python tests/pictures/make.py.

With a folder, and the beginnings of names of states on the tour if not all are wanted, it makes pictures of every
screen at three sizes in each theme, to be looked at: python tests/pictures/make.py /tmp/looks home "quiz, pick".
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from dev2cto.study.sessions.grading import SubmittedAnswer  # noqa: E402
from dev2cto.study.state.location import Location  # noqa: E402
from dev2cto.study.study import Study  # noqa: E402
from dev2cto.tui.app import CourseApp  # noqa: E402
from tests.support.studies import SHIPPED, FakeClock, open_study  # noqa: E402  (after the path)
from tests.support.tour import STOPS, at  # noqa: E402


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


PICTURES: dict[str, tuple[str, ...]] = {
    "home.svg": (),
    "reading.svg": ("1", "down", "down", "enter", "right"),
    "progress.svg": ("p",),
}
"""The keys that lead to what is shown in the README."""
SIZES = ((80, 24), (120, 40), (200, 60))
THEMES = ("dark", "light", "contrast", "terminal")


async def make(name: str, home: Path, folder: Path = HERE) -> None:
    """One picture of the README, in that folder; the record of its learner is made in `home`."""
    clock = FakeClock(datetime(2026, 11, 23, 10, 0, tzinfo=UTC))
    study = open_study(home, clock, course=SHIPPED)
    some_progress(study, clock)
    app = CourseApp(study)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*PICTURES[name])
        await pilot.pause()
        app.save_screenshot(name, path=str(folder))
    study.record.close()


async def make_all(folder: Path, names: Sequence[str]) -> None:
    """Every state of the tour (or those whose name begins with one of `names`), in each size and theme."""
    for stop in STOPS:
        if names and not stop.startswith(tuple(names)):
            continue
        for size in SIZES:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
                async with at(stop, Path(home), size) as driver:
                    for theme in THEMES:
                        driver.app.theme = theme
                        await driver.settle()
                        picture = f"{stop.replace(' ', '-')}-{size[0]}x{size[1]}-{theme}.svg"
                        driver.app.save_screenshot(picture.replace("/", "-"), path=str(folder))
        print(stop)


def main() -> None:
    """The pictures of the README; with a folder, those of every screen, into it."""
    if sys.argv[1:]:
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(make_all(folder, sys.argv[2:]))
        return
    for name in PICTURES:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            asyncio.run(make(name, Path(home)))


if __name__ == "__main__":
    main()
