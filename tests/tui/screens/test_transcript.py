"""The transcript on screen: from progress, from the portfolio, by name."""

from __future__ import annotations

from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from tests.support.fake_learner import decide, write
from tests.support.pilot_driver import opened


async def test_it_opens_from_progress_and_portfolio_and_leads_back(study: Study) -> None:
    decide(study)
    write(study)
    async with opened(study, (80, 60)) as driver:
        await driver.press("p", "t")
        assert driver.name == "TranscriptPage"
        assert "Transcript of learner" in driver.text
        assert "It is not a certificate." in driver.text
        assert "version 1" in driver.text
        assert "dev2cto export transcript FILE" in driver.text
        await driver.press("q")
        assert driver.name == "ProgressPage"
        driver.app.go(Location("portfolio"))
        await driver.settle()
        await driver.press("t")
        assert driver.name == "TranscriptPage"


async def test_it_is_found_by_its_name(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.press("colon", *"transcript", "enter")
        assert driver.name == "TranscriptPage"
        assert "Nothing yet." in driver.text


async def test_a_small_terminal_shows_all_its_columns(study: Study) -> None:
    decide(study)
    async with opened(study, (60, 40)) as driver:
        await driver.press("p", "t")
        for word in ("Day", "Step 2", "scenario", "Release", "ended:"):
            assert word in driver.text
