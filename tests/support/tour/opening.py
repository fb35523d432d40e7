"""Opening the app in a state, with the record that it needs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from random import Random

from dev2cto.course.curriculum import Curriculum
from dev2cto.record.opening import open_directory
from dev2cto.study.state.notes import toggle_bookmark, write_note
from dev2cto.study.state.peer_reviews import PeerReview, keep_peer_review
from dev2cto.study.state.promises import make_promise, proposed
from dev2cto.study.study import Study
from tests.support import fake_learner as learner
from tests.support.pilot_driver import Driver, opened
from tests.support.studies import COURSE, FakeClock, course_that_asks, open_study
from tests.support.tour.stops import STOPS


@cache
def curriculum() -> Curriculum:
    """The test course, read once."""
    return Curriculum.open(COURSE)


def quickly_opened(folder: Path, clock: FakeClock | None = None) -> Study:
    """A study of the test course, which is not read again for it."""
    clock = clock or FakeClock()
    record = open_directory(folder / "learner", clock=clock, device="laptop")
    return Study(curriculum(), record, clock, Random(7))


@asynccontextmanager
async def at(name: str, folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """The app in that state, with a record of its own in that folder."""
    clock = FakeClock()
    asking = name.startswith("reading, said")
    study = open_study(folder, clock, course=course_that_asks("s-board", folder)) if asking else None
    study = study or quickly_opened(folder, clock)
    study.set("workspace", str(folder / "workspace"))
    if name in LIVED_IN:
        live(study, clock)
    if name in PROMISED:
        make_promise(study, "s-contracts", proposed(study, "s-contracts"))
        clock.pass_(days=8)
    other = open_directory(study.record.directory, clock=clock, device="desk") if name == "sessions" else None
    async with opened(study, size) as driver:
        await STOPS[name](driver)
        await driver.settle()
        yield driver
    study.record.close()
    if other is not None:
        other.close()


def live(study: Study, clock: FakeClock) -> None:
    """A record of some weeks."""
    learner.take(study, study.quiz("t1", "practice"), miss=("s-retry", "s-compatible"))
    learner.write(study)
    read = learner.write(study, text=learner.GOOD_NOTE + "\nAgain.\n")
    submission, comments = (
        str(read.versions()[-1]["id"]),
        {"options": "Who would take\nthe second one?", "": "Keep it."},
    )
    keep_peer_review(study, PeerReview("t-x-note", submission, "Anna", "", {"context": 1, "options": 2}, comments))
    learner.assess(study)
    write_note(study, "s-contracts#twice", "A thought.\nIn two lines.", "", None)
    toggle_bookmark(study, "s-contracts#retry")
    clock.pass_(days=30)


PROMISED = {
    "home, promise due", "outcome", "outcome, answers", "home, promise answered", "outcome, kept",
    "notebook, promise deleted",
}  # fmt: skip
"""States that need a promise that is due."""
LIVED_IN = {
    "home, lived in", "review", "review judged", "review over", "notebook", "notebook, note deleted",
    "artefact with versions", "rubric",
    "versions", "version", "readers", "survey results", "progress", "plan", "transcript", "result", "all answers",
    "search with hits", "note again",
}  # fmt: skip
"""States that need a record of some weeks."""
