"""No key that is offered does nothing: each is pressed, and something is seen of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.title_and_keys import usable_bindings
from tests.support.pilot_driver import Driver
from tests.support.screen import Seen
from tests.support.tour import STOPS, at

BEFORE = {
    "up": "down", "k": "down", "down": "up", "j": "up", "home": "end", "end": "home", "pageup": "pagedown",
    "b": "pagedown", "backspace": "pagedown", "pagedown": "pageup", "space": "pageup", "left": "right", "right": "left",
    **{str(n): "down" for n in range(10)},
}  # fmt: skip
"""What makes room for a key that is at its end already: pressed before a second try."""
NOT_HERE = ("app.stop", "line.", "text.")
"""Stopping would stop the tests (test_job_control.py does it); editing is Textual's."""


def presses(tour: Mapping[str, Seen]) -> Mapping[str, list[str]]:
    """The keys to press in each state: each binding once for each screen and focus, what all screens have once."""
    done: set[tuple[str, ...]] = set()
    found: dict[str, list[str]] = {name: [] for name in tour}
    for name, seen in tour.items():
        for key, binding in seen.live:
            id = str(binding.id)
            what = (
                (id, key) if id.startswith(("app.", "page.", "rows.")) else (id, key, seen.screen.__name__, seen.focus)
            )
            if what not in done and not id.startswith(NOT_HERE):
                done.add(what)
                found[name].append(key)
    return found


def state(driver: Driver) -> tuple[object, ...]:
    """What a learner sees: the screen, its text, where the cursor is; and whether the app runs at all."""
    app = driver.app
    if not app._running or not app.screen_stack:
        return ("left",)
    focused = app.screen.focused
    styles = [segment.style for strip in driver.strips for segment in strip]
    selected = getattr(focused, "cursor", None) if focused is not None else None
    return (len(app.screen_stack), type(app.screen), type(focused), selected, driver.text, styles)


def offered(driver: Driver) -> set[tuple[object, ...]]:
    """The keys that are offered: each with its screen, what has the focus, and the id of its binding."""
    screen = driver.app.screen
    where = (type(screen), type(screen.focused))
    return {(*where, active.binding.key, active.binding.id) for active in usable_bindings(screen)}


async def does_something(driver: Driver, key: str) -> bool:
    before = state(driver)
    await driver.pilot.press(key)
    await driver.settle()
    await driver.app.workers.wait_for_complete() if driver.app._running else None
    return state(driver) != before


@pytest.mark.parametrize("name", STOPS)
async def test_every_key_that_is_offered_does_something(name: str, tour: Mapping[str, Seen], tmp_path: Path) -> None:
    """One after the other, as long as they are offered; what does nothing then is tried in a new session."""
    left = presses(tour)[name]
    round_ = 0
    while left:
        round_ += 1
        async with at(name, tmp_path / str(round_)) as driver:
            depth, start, first = len(driver.app.screen_stack), offered(driver), left[0]
            offers = {offer[2]: offer for offer in start}
            while left and (left[0] == first or offers[left[0]] in offered(driver)):
                key = left[0]
                done = await does_something(driver, key)
                if not done and key in BEFORE:
                    await driver.pilot.press(BEFORE[key])
                    await driver.settle()
                    done = await does_something(driver, key)
                if not done and key != first:
                    break
                assert done, f"{key} does nothing:\n{driver.text}"
                left.remove(key)
                if state(driver) == ("left",):
                    break
                while len(driver.app.screen_stack) > depth and isinstance(driver.app.screen, Page):
                    driver.app.pop_screen()
                    await driver.settle()
