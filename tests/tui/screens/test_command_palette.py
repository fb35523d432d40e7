"""The palette: every command by its name, done on the screen below."""

from __future__ import annotations

from dev2cto.study.study import Study
from dev2cto.tui.widgets.rows import Rows
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
        await driver.type("bookm")
        await driver.press("tab", "enter")
        assert driver.name == "ReadingPage"
        assert "Bookmarked" in driver.notice


async def test_enter_with_nothing_typed_does_nothing(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("colon", "enter")
        assert driver.name == "CommandsPage"
        assert "Type a word to find a command" in driver.notice
        assert driver.app.return_code is None
        await driver.type("  ")
        await driver.press("enter")
        assert driver.name == "CommandsPage"
        await driver.press("q")
        await driver.press(*["backspace"] * 3)
        await driver.type("glossary")
        await driver.press("enter")
        assert driver.name == "GlossaryPage"


async def test_what_leaves_comes_last(study: Study) -> None:
    async with opened(study, (80, 60)) as driver:
        await driver.press("colon", "down")
        rows = [row.spans[0].text for row in driver.page.query_one(Rows).rows]
        assert rows[-3:] == ["Quit", "Quit dev2cto", "To the shell; fg returns"]


async def test_each_screen_is_listed_once(study: Study) -> None:
    async with opened(study, (80, 60)) as driver:
        await driver.press("colon", "down")
        rows = ["".join(span.text for span in row.spans) for row in driver.page.query_one(Rows).rows]
        for word in ("review", "search", "notebook", "progress", "glossary", "settings", "help"):
            assert len([row for row in rows if word in row.lower().split("   ")[0]]) == 1, word
