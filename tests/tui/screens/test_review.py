"""Review: what is due today, and a miss that comes back until it is right."""

from __future__ import annotations

import pytest

from dev2cto.study.study import Study
from tests.support.fake_learner import on_disk, take
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock
from tests.tui.screens.test_quiz import give, out_of_field


@pytest.fixture
def due(study: Study, clock: FakeClock) -> Study:
    """A study in which the quiz of Step 2 was taken a month ago."""
    take(study, study.quiz("t2"))
    clock.pass_(days=40)
    return study


async def test_an_empty_review_says_how_it_fills(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("r")
        assert "Nothing is due for review." in driver.flat
        assert driver.keys == "? help   q leave"
        await driver.press("q")
        assert driver.name == "HomePage"


async def test_what_is_right_is_through_for_today(due: Study) -> None:
    due.set("daily_reviews", "1")
    async with opened(due, (80, 40)) as driver:
        await driver.press("r")
        assert "0 of 1 right" in driver.title
        await give(driver, due, well=True)
        assert "Correct." in driver.text
        assert "1 of 1 right" in driver.title
        await driver.press("enter")
        assert "leads back" in driver.text
        assert len(on_disk(due.record.directory, "reviews")) == 7
        await driver.press("q")
        assert driver.name == "HomePage"


async def test_a_miss_comes_back_until_it_is_right(due: Study) -> None:
    due.set("daily_reviews", "2")
    async with opened(due, (80, 40)) as driver:
        await driver.press("r")
        missed = await give(driver, due, well=False)
        assert "0 of 2 right" in driver.title
        await driver.press("enter")
        assert await give(driver, due, well=True) != missed
        await driver.press("enter")
        assert await give(driver, due, well=True) == missed
        assert "2 of 2 right" in driver.title


async def test_a_choice_not_submitted_is_there_again(due: Study) -> None:
    async with opened(due, (80, 40)) as driver:
        await driver.press("r", "1")
        shown = driver.text
    async with opened(due, (80, 40), resume=True) as driver:
        assert driver.name == "ReviewPage"
        assert driver.text == shown


async def test_questions_can_be_put_off(due: Study) -> None:
    async with opened(due, (80, 40)) as driver:
        await driver.press("r")
        before = driver.text
        await driver.press(*out_of_field(driver), "s")
        assert driver.text != before
        assert "0 of 6 right" in driver.title
