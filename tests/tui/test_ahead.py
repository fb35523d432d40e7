"""Keys that come faster than screens: none is lost, and none waits for ever."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import TextArea

from dev2cto.study.core import Study
from dev2cto.tui import ahead
from dev2cto.tui.page import Page
from tests.tui.driving import Driver, opened


def at_once(driver: Driver, keys: str) -> None:
    """All of them in one piece, as a line brings them."""
    for char in keys:
        key = {"\r": "enter", " ": "space", "?": "question_mark"}.get(char, char)
        driver.app.post_message(events.Key(key, None if key == "enter" else char))


async def until_idle(driver: Driver) -> None:
    for _ in range(200):
        await driver.settle()
        if not driver.app._waiting and driver.app._limit is None:
            return
    raise AssertionError("keys still wait")


async def test_keys_in_one_piece_reach_the_screens_they_are_meant_for(study: Study) -> None:
    async with opened(study) as driver:
        at_once(driver, "\reearly words")
        await until_idle(driver)
        assert driver.name == "NotePage"
        assert driver.page.query_one(TextArea).text == "early words"


async def test_a_screen_that_never_stands_does_not_hold_keys_for_ever(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "SCREEN", 0.05)
    async with opened(study) as driver:
        monkeypatch.setattr(Page, "standing", property(lambda self: False, lambda self, value: None))
        at_once(driver, "?")
        await until_idle(driver)
        assert driver.name == "HelpPage"
