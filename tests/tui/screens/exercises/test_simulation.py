"""A simulation: budgets divided by keys and mouse, decisions, reports, the end and the debrief; kept at every key."""

from __future__ import annotations

import shutil
from pathlib import Path

from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.study import Study
from dev2cto.tui.widgets.amounts import AmountRows
from dev2cto.tui.widgets.line_widget import LineWidget
from tests.support import fake_learner as learner
from tests.support.fake_learner import on_disk
from tests.support.pilot_driver import Driver, lines_of, opened
from tests.support.studies import open_study
from tests.tui.conftest import Disk
from tests.tui.test_mouse import click

FIRST = ("4", "5", "down", "1", "5")
"""Keys that divide the engineer-weeks of the first period."""


async def begin(driver: Driver) -> None:
    """From home to the first period."""
    await driver.to("SimulationPage", "2", "exercise:t-x-two-quarters")
    await driver.press("enter")


async def test_it_begins_with_the_brief_and_the_gauges_with_their_meaning(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("SimulationPage", "2", "exercise:t-x-two-quarters")
        assert "a promise to keep" in driver.text
        assert "$300k   What is in the bank." in driver.text
        assert "2 periods to play." in driver.text
        await driver.press("enter")
        assert "period 1 of 2" in driver.title
        assert "engineer-weeks: 60 of 60 weeks left" in driver.text


async def test_amounts_are_typed_and_stepped_and_never_more_than_there_is(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("4", "5")
        assert "features   [-] 45 weeks [+]" in driver.text.replace("\u00a0", " ")
        assert "15 of 60 weeks left" in driver.text
        await driver.press("down", "4", "0")
        assert "repair     [-] 15 weeks [+]" in driver.text.replace("\u00a0", " ")
        assert "repair gets 15 weeks, the most it can get." in driver.notice
        assert "0 of 60 weeks left" in driver.text
        await driver.press("left", "minus")
        assert "10 of 60 weeks left" in driver.text
        await driver.press("right")
        assert "5 of 60 weeks left" in driver.text
        await driver.press("7")
        assert "Typed 7; amounts are in steps of 5." in driver.notice


async def test_what_must_be_given_out_is_asked_for_and_what_may_stay_is_said_once(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("4", "5", "enter")
        assert driver.notice == "All of engineer-weeks must be allocated. 15 weeks left."
        await driver.press("down", "1", "5", "enter")
        assert driver.notice == "Unused: hires, 2. enter again leaves it so."
        await driver.press("enter")
        assert "First quarter: what happened" in driver.text
        assert "hires: engineers 0, support 0, 2 unused" in driver.text


async def test_a_click_on_less_and_more_does_that(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("4", "5")
        await click(driver, "[+]")
        assert "10 of 60 weeks left" in driver.text
        await click(driver, "[-]")
        assert "15 of 60 weeks left" in driver.text
        await click(driver, "repair")
        assert driver.page.query_one(AmountRows).current == driver.page.query_one(AmountRows).rows[2]
        await driver.press("right")
        assert "10 of 60 weeks left" in driver.text


async def test_it_comes_to_an_end_a_debrief_and_another_play(study: Study) -> None:
    async with opened(study, (80, 100)) as driver:
        await begin(driver)
        await driver.press(*FIRST, "enter", "enter")
        assert "k, from $300k" in driver.text
        await driver.press("enter")
        assert "period 2 of 2" in driver.title
        await driver.press("6", "0", "enter", "enter")
        assert "What to tell the customer" in driver.text
        assert on_disk(study.record.directory, "submissions") == {}
        await driver.press("1")
        assert "Second quarter" not in driver.text, "one key decides nothing"
        await driver.press("enter")
        assert "Second quarter: what happened" in driver.text
        assert "You: Say it as it is" in driver.text
        await driver.press("enter")
        assert "the end" in driver.title
        await driver.press("enter")
        assert "What is repaired is not built" in driver.text
        assert "The same plan over 1,000 seeds" in driver.text
        assert "Play it again to compare your plays here." in driver.text
        assert len(on_disk(study.record.directory, "submissions")) == 1
        await driver.press("a")
        assert "period 1 of 2" in driver.title
        await driver.press("q")
        assert "● Two quarters" in driver.text


async def test_plays_stand_beside_each_other_in_the_debrief(study: Study) -> None:
    learner.simulate(study)
    session = study.exercise("t-x-two-quarters")
    assert isinstance(session, SimulationSession)
    session.replay()
    learner.simulate(study)
    async with opened(study, (100, 100)) as driver:
        await driver.to("SimulationPage", "2", "exercise:t-x-two-quarters")
        await driver.press("enter")
        assert "Your plays" in driver.text
        assert "2, this one" in driver.text


async def test_what_happened_so_far(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        assert "l what has happened so far" not in driver.keys
        await driver.press(*FIRST, "enter", "enter")
        assert "l what has happened so far" in driver.keys
        await driver.press("l")
        assert "What has happened so far" in driver.title
        assert "features 45 weeks, repair 15 weeks" in driver.text


def without_notice(driver: Driver) -> str:
    """What the terminal shows but for the message, which is said once."""
    said = {line.strip() for line in lines_of(driver.page.query_one("#notice", LineWidget)).split("\n")}
    return "\n".join(line for line in driver.text.split("\n") if line.strip() and line.strip() not in said)


async def test_killed_after_any_key_it_goes_on_with_what_was_there(tmp_path: Path) -> None:
    keys = ("enter", "4", "5", "down", "1", "5", "left", "right", "down", "plus", "enter", "enter", "enter",
            "6", "0", "down", "1", "0", "enter", "enter", "down", "enter", "enter", "enter")  # fmt: skip
    home, shown = tmp_path / "records", ""
    for number, key in enumerate(keys):
        now = open_study(home)
        async with opened(now, (80, 30), resume=number > 0) as driver:
            if number == 0:
                await driver.to("SimulationPage", "2", "exercise:t-x-two-quarters")
            assert driver.name == "SimulationPage", driver.text
            assert shown in ("", without_notice(driver)), f"before key {number}, {key}"
            await driver.press(key)
            shown = without_notice(driver)
            now.record.save_live()
            later = tmp_path / f"after {number}"
            shutil.copytree(home, later)  # what a kill leaves, three seconds after the key
        now.record.close()
        home = later
    end = open_study(home)
    assert "the end" in shown
    assert len(on_disk(end.record.directory, "submissions")) == 1
    end.record.close()


async def test_a_full_disk_keeps_the_amounts_and_the_decision_open(study: Study, disk: Disk) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press(*FIRST, "enter")
        disk.full = True
        await driver.press("enter")
        assert "No space left on device" in driver.notice
        assert "0 of 60 weeks left" in driver.text
        disk.full = False
        await driver.press("enter")
        assert "First quarter: what happened" in driver.text


async def test_a_small_terminal_has_room_for_it(study: Study) -> None:
    async with opened(study, (60, 20)) as driver:
        await begin(driver)
        assert driver.keys.endswith("? help   q back")
        assert "features" in driver.text
        assert "60 of 60 weeks left" in driver.text


async def test_another_session_that_went_on_is_taken_in(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("4", "5")
        learner.simulate(study, periods=1)
        await driver.press("question_mark", "q")
        assert "period 2 of 2" in driver.title
        assert driver.notice == "This play was continued in another session."
