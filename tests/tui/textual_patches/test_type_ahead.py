"""Keys that come faster than screens: none is lost, and none waits for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.app import CourseApp
from dev2cto.tui.screens.base import Page
from dev2cto.tui.textual_patches import type_ahead
from tests.support.pilot_driver import Driver, opened
from tests.support.studies import FakeClock, open_study

NAMES = {"\r": "enter", ">": "right", "$": "end", " ": "space", "?": "question_mark", "/": "slash"}
UNPRINTED = "\r>$"


def at_once(driver: Driver, keys: str) -> None:
    """All of them in one piece, as a line brings them."""
    for char in keys:
        key = NAMES.get(char, char)
        driver.app.post_message(events.Key(key, None if char in UNPRINTED else char))


async def until_idle(driver: Driver) -> None:
    for _ in range(200):
        await driver.settle()
        if not driver.app._waiting and driver.app._limit is None and not driver.app.screen._callbacks:
            return
    raise AssertionError("keys still wait")


async def test_keys_in_one_piece_reach_the_screens_they_are_meant_for(study: Study) -> None:
    async with opened(study) as driver:
        at_once(driver, "\reearly words")
        await until_idle(driver)
        assert driver.name == "NotePage"
        assert driver.page.query_one(TextArea).text == "early words"


async def test_a_screen_that_is_never_ready_does_not_hold_keys_for_ever(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "SCREEN", 0.05)
    async with opened(study) as driver:
        monkeypatch.setattr(Page, "is_ready", property(lambda self: False, lambda self, value: None))
        at_once(driver, "?")
        await until_idle(driver)
        assert driver.name == "HelpPage"


@pytest.mark.parametrize("keys", ["1\r>>", "1\r$", "1\r>q\r>", "/the\r\rnn"])
async def test_keys_in_one_piece_do_what_they_do_one_by_one(
    study: Study, keys: str, tmp_path: Path, clock: FakeClock
) -> None:
    """Those behind the one that opens a reading turn its pages; those behind a search step through what it found."""
    slow = open_study(tmp_path / "slow", clock)
    async with opened(slow, (60, 20)) as driver:
        for key in keys:
            at_once(driver, key)
            await until_idle(driver)
        one_by_one = driver.text
        assert driver.name == "ReadingPage"
    slow.record.close()
    async with opened(study, (60, 20)) as driver:
        at_once(driver, keys)
        await until_idle(driver)
        assert driver.text == one_by_one


async def test_keys_typed_while_the_place_is_gone_to_reach_it(study: Study) -> None:
    study.keep(Location("reading", ("s-contracts",)))
    app = CourseApp(study, resume=True)
    async with app.run_test(size=(60, 20)) as pilot:
        driver = Driver(app, pilot)
        at_once(driver, ">")
        await until_idle(driver)
        assert "2 of 3" in driver.title
