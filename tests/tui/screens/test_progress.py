"""Progress and the glossary: pages that only tell."""

from __future__ import annotations

import pytest

from dev2cto.study.study import Study
from tests.support.fake_learner import take
from tests.support.pilot_driver import opened


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


async def test_the_glossary_shows_the_meaning_and_opens_the_reading(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("g")
        assert "Glossary" in driver.title
        await driver.to_row("percentile")
        term = study.curriculum.glossary["percentile"]
        assert " ".join(term.definition.split())[:30] in driver.flat
        await driver.press("enter")
        assert driver.name == "ReadingPage" or "No reading is named" in driver.notice
