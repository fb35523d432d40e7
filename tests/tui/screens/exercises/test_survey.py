"""The self-assessment: rate, say how sure, see the results, write the plan."""

from __future__ import annotations

import re

from dev2cto.study.study import Study
from tests.support.fake_learner import GOOD_PLAN
from tests.support.pilot_driver import Driver, opened
from tests.support.repeated_survey import AGAIN, FIRST, rate, survey
from tests.support.studies import FakeClock
from tests.tui.conftest import Disk


async def begin(driver: Driver) -> None:
    """From home to the first statement."""
    await driver.to("SurveyPage", "2", "exercise:t-x-self")
    await driver.press("enter")
    assert "Statement 1 of 3" in driver.text


async def test_each_statement_is_rated_and_how_sure_is_asked(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        assert "0  never done it" in driver.text
        await driver.press("2")
        assert "You: do it alone." in driver.text
        assert "How sure are you?" in driver.text
        await driver.press("3")
        assert "Statement 2 of 3" in driver.text
        assert "1 of 3 rated" in driver.title


async def test_arrows_lead_back_to_what_was_rated(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("2", "3", "left")
        assert "Statement 1 of 3" in driver.text
        assert "● 2" in driver.text


async def test_after_the_last_one_sees_the_results_and_plans(study: Study) -> None:
    study.keep_draft("t-x-self", GOOD_PLAN, 0)
    async with opened(study, (80, 40)) as driver:
        await begin(driver)
        await driver.press("2", "1", "0", "1", "3", "2")
        assert "Where you see yourself" in driver.text
        assert "Rated with little confidence" in driver.text
        await driver.press("1")
        assert driver.name == "WritingPage"
        await driver.press("tab", "1")
        assert driver.notice == "Submitted: done."
        assert "done" in driver.title


async def test_a_rating_that_is_not_sure_yet_is_there_again_with_its_cursor(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("2", "down")
        shown = driver.text
        assert "▌ ○ 2" in shown
    async with opened(study, resume=True) as driver:
        assert driver.text == shown


async def test_help_changes_nothing(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("2", "down")
        shown = driver.text
        await driver.press("question_mark", "q")
        assert driver.text == shown


async def test_a_full_disk_keeps_the_rating_open(study: Study, disk: Disk) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("2")
        disk.full = True
        await driver.press("3")
        assert "No space left on device" in driver.notice
        assert "You: do it alone." in driver.text
        disk.full = False
        await driver.press("3")
        assert "1 of 3 rated" in driver.title


async def test_a_survey_taken_again_is_shown_then_and_now(study: Study, clock: FakeClock) -> None:
    rate(survey(study, FIRST), (1, 0), (2, 2), (0, 1))
    clock.pass_(days=40)
    async with opened(study, (80, 40)) as driver:
        await driver.to("SurveyPage", "c11", f"exercise:{AGAIN}")
        await driver.press("enter")
        assert "I can find the slowest part of a page." in driver.text
        await driver.press("2", "2", "1", "3", "3", "3")
        assert "Then and now" in driver.text
        assert re.search(r"Calls that may fail +1\.5 +1\.5 +\+0\.0 +fairly sure +sure", driver.text)
        assert re.search(r"Weighing and measuring +0\.0 +3\.0 +\+3\.0 +fairly sure +sure", driver.text)
        assert "You were sure of these and now rate them lower" in driver.text
        assert "- I can read a query plan." in driver.text
        assert "Then: 5 weeks ago." in driver.text
