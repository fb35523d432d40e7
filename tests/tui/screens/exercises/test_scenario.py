"""A scenario: decide, see what comes of it, to the end and again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dev2cto.exercises.scenarios.scenario import Scenario
from dev2cto.study.study import Study
from tests.support.fake_learner import on_disk
from tests.support.pilot_driver import Driver, opened
from tests.tui.conftest import Disk


async def begin(driver: Driver) -> None:
    """From home to the first decision."""
    await driver.to("ScenarioPage", "2", "exercise:t-x-friday")
    await driver.press("enter")


async def test_it_begins_with_the_brief_and_the_gauges_with_their_meaning(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ScenarioPage", "2", "exercise:t-x-friday")
        assert "The build is red and the week is over." in driver.text
        assert "What customers believe of you." in driver.text
        await driver.press("enter")
        assert "decision 1 of 2" in driver.title
        assert "trust ━━━━━━━━── high   uptime ━━━━━━━━━━ very high   fund ━━──────── $1,200" in driver.text


async def test_a_decision_is_kept_and_its_outcome_is_shown_under_its_own_number(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("2", "enter")
        assert "Nobody is pleased, nothing breaks." in driver.text
        assert "decision 1 of 2" in driver.title
        await driver.press("enter")
        assert "decision 2 of 2" in driver.title
        assert "Saturday" in driver.text


async def test_a_digit_chooses_and_enter_decides(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("2")
        assert "▌ 2" in driver.text
        assert "Nobody is pleased" not in driver.text
        assert "enter decide" in driver.keys
        assert "choose" in driver.keys
        await driver.press("1", "2", "enter")
        assert "Nobody is pleased, nothing breaks." in driver.text


async def test_it_comes_to_an_end_a_debrief_and_another_play(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await begin(driver)
        await driver.press("2", "enter", "enter", "2", "enter")
        assert "decision 2 of 2" in driver.title
        await driver.press("enter")
        assert "the end" in driver.title
        await driver.press("enter")
        assert "Risk moved in time is still risk." in driver.text
        assert len(on_disk(study.record.directory, "submissions")) == 1
        await driver.press("a")
        assert "decision 1 of 2" in driver.title
        await driver.press("q")
        assert "● Release Friday" in driver.text


async def test_only_what_is_known_shows_figures_before_the_debrief(study: Study) -> None:
    async with opened(study, (80, 60)) as driver:
        await begin(driver)
        seen = driver.text
        for keys in ("2", "enter", "enter", "1", "enter", "enter"):
            await driver.press(keys)
            seen += driver.text
        assert "trust ━━━━━━━━── high ↑ uptime ━━━━━━━━━━ very high → fund ━━──────── $1,200" in driver.flat
        await driver.press("l")
        seen += driver.text
        assert not re.search(r"(trust|uptime) [-+0-9]", seen)
        assert "trust falling   uptime rising" in seen
        await driver.press("q", "enter")
        assert "trust ━━━━━━━─── 67   uptime ━━━━━━━━━━ 100   fund ━━──────── $1,200" in driver.text
        assert "At once: trust -3   uptime +5" in driver.text
        await driver.press("l")
        assert "trust -3   uptime +5" in driver.text


async def test_what_is_better_low_says_whether_a_change_is_good(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = study.curriculum.exercise("t-x-friday")
    assert isinstance(exercise, Scenario)
    gauges = tuple(replace(gauge, better="low") for gauge in exercise.gauges)
    made = replace(exercise, gauges=gauges)
    monkeypatch.setattr(study.curriculum, "exercise", lambda id: made)
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("2", "enter")
        assert "trust ━━━━━━──── middling ↓ better" in driver.text
        assert "uptime ━━━━━━━━━━ very high ↑ worse" in driver.text
        assert "trust falling, better   uptime rising, worse" in driver.text


async def test_the_debrief_sets_the_same_choices_in_other_worlds_beside_what_happened(study: Study) -> None:
    async with opened(study, (80, 70)) as driver:
        await begin(driver)
        await driver.press("1", "enter", "enter", "1", "enter", "enter", "enter")
        assert "What fails here" in driver.text
        assert "Waiting for more information" in driver.text
        assert "60 in 100   An honest Monday" in driver.text
        assert "40 in 100   A loud Monday" in driver.text
        assert "Customers who lost their bookings" in driver.text


async def test_the_script_for_two_people_is_a_page(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("t")
        assert driver.title.startswith("Script for two people")
        for words in ("Person A", "You are Mara.", "Person B", "Observer"):
            assert words in driver.text
        await driver.press("q")
        assert "decision 1 of 2" in driver.title
    async with opened(study) as driver:
        await driver.to("ArtefactPage", "2", "exercise:t-x-note")
        await driver.press("2", "enter")
        assert "You decided for the queue." in driver.text


async def test_what_happened_so_far(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        assert "l what has happened so far" not in driver.keys
        await driver.press("2", "enter")
        assert "l what has happened so far" in driver.keys
        await driver.press("l")
        assert "What has happened so far" in driver.title
        assert "Hold until Monday" in driver.text


async def test_it_goes_on_where_it_was_left(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("2", "enter", "enter", "down")
        shown = driver.text
        assert "▌ 2" in shown
    async with opened(study, resume=True) as driver:
        assert driver.text == shown


async def test_a_full_disk_keeps_the_decision_open(study: Study, disk: Disk) -> None:
    async with opened(study) as driver:
        await begin(driver)
        disk.full = True
        await driver.press("2", "enter")
        assert "No space left on device" in driver.notice
        assert "decision 1 of 2" in driver.title
        assert "Hold until Monday" in driver.text
        disk.full = False
        await driver.press("2", "enter")
        assert "Nobody is pleased, nothing breaks." in driver.text


async def test_a_small_terminal_has_room_for_it(study: Study) -> None:
    async with opened(study, (60, 20)) as driver:
        await begin(driver)
        assert driver.keys.endswith("? help   q back")
        assert "Hold until Monday" in driver.text
