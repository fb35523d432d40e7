"""An interval first, then the number, in the full screen."""

from __future__ import annotations

from pathlib import Path

from dev2cto.study.study import Study
from tests.support.pilot_driver import Driver, opened
from tests.support.studies import FakeClock, open_study

COST = "exercise:c1-x-cost"


async def typed(driver: Driver, *lines: str) -> None:
    """Each line, and enter."""
    for line in lines:
        await driver.type(line)
        await driver.press("enter")


async def test_the_number_is_asked_for_after_the_interval(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("CalculationPage", "c11", COST)
        await driver.press("enter")
        assert "at least    a number in jobs" in driver.text
        assert "First an interval that you are 90 % sure of, then the number." in driver.flat
        assert "the number  a number in jobs" not in driver.text
        await typed(driver, "2000")
        assert "the number  a number in jobs" not in driver.text
        await typed(driver, "900")
        assert "The low end of the interval is above the high end." in driver.text
        assert "the number  a number in jobs" not in driver.text
        await driver.press("backspace", "backspace", "backspace")
        await typed(driver, "3000")
        assert "the number  a number in jobs" in driver.text


async def test_a_wrong_number_is_tried_again_without_another_interval(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("CalculationPage", "c11", COST)
        await driver.press("enter")
        await typed(driver, "500", "3000", "7")
        assert "Not quite." in driver.text
        assert "at least" not in driver.text
        right = str(round(dict(study.record.table("attempts").stream()).popitem()[1]["draw"]["given"]["rate"] * 48))
        await driver.press("backspace")
        await typed(driver, right)
        assert "Correct." in driver.text
        assert "Your interval, 500 to 3000 jobs, holds the answer. It is 2500 jobs wide" in driver.flat


async def test_what_was_begun_is_there_again(study: Study, tmp_path: Path) -> None:
    async with opened(study) as driver:
        await driver.to("CalculationPage", "c11", COST)
        await driver.press("enter")
        await typed(driver, "500", "3000")
        await driver.press("1", "2")
        before = driver.text
    study.record.save_and_close()
    again = open_study(tmp_path / "records", FakeClock())
    async with opened(again, resume=True) as driver:
        assert driver.text == before
        await driver.press("0")
        assert "120" in driver.text
    again.record.close()


async def test_the_interval_and_the_number_are_shown_as_they_are_read(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("CalculationPage", "c11", COST)
        await driver.press("enter")
        await typed(driver, "0,5", "3,000")
        assert "Interval read as 0.5 jobs to 3000 jobs. If you mean 3, write it like that." in driver.flat
        await driver.type("about 700")
        assert "Number read as 700 jobs." in driver.text
