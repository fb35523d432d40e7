"""Progress and the glossary: pages that only tell."""

from __future__ import annotations

import pytest

from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.fake_learner import take
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock
from tests.support.typist import typed


async def test_empty_progress_says_what_will_be_there(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.press("p")
        assert "No question answered yet." in driver.text
        assert "No quiz finished yet." in driver.text
        assert "Say after each answer how sure you are" in driver.flat


async def test_progress_shows_attempts_objectives_and_calibration(study: Study) -> None:
    take(study, study.quiz("t2"), miss=("t-q-mean",))
    async with opened(study, (80, 40)) as driver:
        await driver.press("p")
        assert "Step 2 Weighing and measuring" in driver.flat
        assert "Step 2 quiz 83 % passed today" in driver.flat
        assert "83 % right of 6 answers" in driver.flat
        await driver.press("q")
        assert driver.name == "HomePage"


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_no_word_of_progress_is_broken(study: Study, size: tuple[int, int]) -> None:
    take(study, study.quiz("t2"))
    async with opened(study, size) as driver:
        await driver.press("p")
        assert "Calls that may fail" in driver.text
        assert "Weighing and measuring" in driver.text


def studied(study: Study, clock: FakeClock) -> None:
    """Twenty minutes on a Monday and ten on the Wednesday of the week after; that Wednesday is today."""
    for days, minutes in ((0, 21), (9, 11)):
        clock.pass_(days=days)
        for _ in range(minutes):
            clock.pass_(seconds=60)
            study.timer.record_activity("t1")
        study.timer.keep()


async def test_the_calendar_shows_the_days_of_the_last_weeks(study: Study, clock: FakeClock) -> None:
    studied(study, clock)
    async with opened(study, (80, 60)) as driver:
        await driver.press("p")
        days = [" ".join(line.split()) for line in driver.text.replace("\u00a0", " ").split("\n")]
        head = days.index("M T W T F S S")
        assert days[head + 1 : head + 4] == ["This week · · ▅ · · · · 10 min", "Last week █ · · · · · · 20 min", ""]
    words = typed(study, "p", "q", "q")
    shows(words, "This week: Wednesday 10 min.", "Last week: Monday 20 min.")


@pytest.mark.parametrize(
    ("size", "beside"), [((120, 40), True), ((200, 60), True), ((120, 24), False), ((109, 40), False)]
)
async def test_judgement_and_time_stand_beside_the_work_where_there_is_room(
    study: Study, clock: FakeClock, size: tuple[int, int], beside: bool
) -> None:
    take(study, study.quiz("t2"), miss=("t-q-mean",))
    studied(study, clock)
    async with opened(study, size) as driver:
        await driver.press("p")
        first = next(line for line in driver.text.split("\n") if "What to do next" in line)
        assert ("How sure you were" in first) == beside
        if beside:
            assert "Reviews to come" in driver.text
        while "Reviews to come" not in driver.text:
            await driver.press("pagedown")
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        await driver.press("home")
        assert "How sure you were" not in driver.text.split("Steps")[0]


async def test_the_glossary_shows_the_meaning_and_opens_the_reading(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("g")
        assert "Glossary" in driver.title
        await driver.to_row("percentile")
        term = study.curriculum.glossary["percentile"]
        assert " ".join(term.definition.split())[:30] in driver.flat
        await driver.press("enter")
        assert driver.name == "ReadingPage" or "No reading is named" in driver.notice
