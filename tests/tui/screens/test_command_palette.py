"""The palette: every command by its name, done on the screen below."""

from __future__ import annotations

from dev2cto.study.study import Study
from tests.support.pilot_driver import opened


async def test_a_command_leads_to_its_screen_and_q_leads_back(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("colon")
        await driver.type("settings")
        await driver.press("enter")
        assert driver.name == "SettingsPage"
        await driver.press("q")
        assert driver.name == "HomePage"


async def test_a_command_acts_on_the_screen_below_and_its_word_stays(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("colon")
        await driver.type("mark")
        await driver.press("tab", "enter")
        assert driver.name == "ReadingPage"
        assert "Bookmarked" in driver.notice
