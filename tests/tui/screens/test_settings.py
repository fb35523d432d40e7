"""Settings: each row changes at once, and says what it takes."""

from __future__ import annotations

from dev2cto.study.queries.home import next_step
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from tests.support.pilot_driver import Driver, opened
from tests.tui.conftest import Disk


async def settings(driver: Driver) -> None:
    """From anywhere, by the list of commands."""
    await driver.press("colon")
    await driver.type("settings")
    await driver.press("enter")
    assert driver.name == "SettingsPage"


async def test_a_switch_turns_at_once(study: Study) -> None:
    async with opened(study) as driver:
        await settings(driver)
        await driver.choose("confidence")
        assert study.settings.confidence is False
        assert "off" in driver.text
        await driver.press("q")
        assert driver.name == "HomePage"


async def test_a_number_is_typed_and_taken(study: Study) -> None:
    async with opened(study) as driver:
        await settings(driver)
        await driver.choose("goal_minutes")
        await driver.press(*["backspace"] * 3)
        await driver.type("90")
        await driver.press("enter")
        assert study.settings.goal_minutes == 90
        await driver.press("q")
        assert "of 1 h 30 this week" in driver.flat


async def test_what_cannot_be_is_said_and_changes_nothing(study: Study) -> None:
    async with opened(study) as driver:
        await settings(driver)
        await driver.choose("goal_minutes")
        await driver.type("x")
        await driver.press("enter")
        assert driver.notice
        assert study.settings.goal_minutes == 240
        await driver.press("escape")
        assert driver.row == "goal_minutes"


async def test_each_row_says_what_it_takes(study: Study) -> None:
    async with opened(study) as driver:
        await settings(driver)
        assert "0 for no goal" in driver.text
        await driver.to_row("theme")
        assert "auto, dark, light" in driver.text


async def test_a_full_disk_changes_nothing(study: Study, disk: Disk) -> None:
    async with opened(study) as driver:
        await settings(driver)
        disk.full = True
        await driver.choose("confidence")
        assert "No space left on device" in driver.notice
        assert study.settings.confidence is True


async def test_values_stand_beside_their_names_in_a_small_terminal(study: Study) -> None:
    async with opened(study, (60, 20)) as driver:
        await settings(driver)
        assert "Colours on this machine   auto" in driver.text


async def test_a_value_that_was_begun_is_no_place_once_it_is_set_or_left(study: Study) -> None:
    study.keep(Location("reading", ("s-contracts",)))
    for ending in ("enter", "escape"):
        async with opened(study) as driver:
            await settings(driver)
            await driver.choose("goal_minutes")
            await driver.type("0")
            assert "keep it" in driver.keys
            found = next_step(study)
            assert found is not None
            assert found.location.screen == "settings"
            await driver.press(ending)
        found = next_step(study)
        assert found is not None
        assert found.location.ids == ("s-contracts",)
