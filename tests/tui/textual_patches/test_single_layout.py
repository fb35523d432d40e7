"""A screen is laid out once when it is shown, and nothing of it is amiss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen

from dev2cto.study.sessions.reading import Position
from dev2cto.study.study import Study
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.reading import ReadingPage
from dev2cto.tui.widgets.reading_view import ReadingView
from tests.support.pilot_driver import opened
from tests.support.screen import Seen
from tests.support.tour import STOPS


@pytest.mark.parametrize("name", STOPS)
def test_laid_out_again_a_screen_is_as_it_was(tour: Mapping[str, Seen], name: str) -> None:
    assert tour[name].drawn_again == tour[name].drawn


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The screens that are laid out, in order."""
    found: list[str] = []
    lay_out = Screen._refresh_layout

    def noted(self: Screen[Any], *args: Any, **kwargs: Any) -> None:
        if isinstance(self, Page):
            found.append(type(self).__name__)
        lay_out(self, *args, **kwargs)

    monkeypatch.setattr(Screen, "_refresh_layout", noted)
    return found


async def test_each_screen_is_laid_out_once_when_it_is_shown(study: Study, layouts: list[str]) -> None:
    async with opened(study, (100, 30)) as driver:
        assert layouts == ["HomePage"]
        await driver.press("1")
        await driver.press("enter")
        assert layouts == ["HomePage", "StepPage", "ReadingPage"]


async def test_a_new_size_is_laid_out_for(study: Study) -> None:
    async with opened(study, (100, 30)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        wide = driver.text
        await driver.pilot.resize_terminal(70, 24)
        await driver.settle()
        assert len(driver.text.split("\n")) == 24
        await driver.pilot.resize_terminal(100, 30)
        await driver.settle()
        assert driver.text == wide


@pytest.mark.parametrize("words", ["", "protects"])
async def test_nothing_of_a_reading_is_drawn_but_the_place_where_it_opens(
    study: Study, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.reading("s-contracts").move(Position("limits"))
    tops: list[int] = []

    def drawn(self: App[Any], screen: Screen[Any], renderable: Any) -> None:
        if isinstance(screen, ReadingPage) and renderable is not None:
            tops.append(screen.query_one(ReadingView).scroll_offset.y)

    async with opened(study, (80, 20)) as driver:
        monkeypatch.setattr(App, "_display", drawn)
        if words:
            await driver.press("slash", *words, "enter", "enter")
        else:
            await driver.to("ReadingPage", "1", "reading:s-contracts")
        assert driver.name == "ReadingPage"
        assert len(set(tops)) == 1
        assert tops[0] > 0
