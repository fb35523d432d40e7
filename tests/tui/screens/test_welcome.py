"""The welcome of a new learner."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.app import CourseApp
from tests.support.pilot_driver import Driver, opened, running
from tests.support.pty_driver import Start
from tests.support.studies import SHIPPED, FakeClock, open_study


async def test_a_new_learner_sees_it_once_and_then_the_first_step(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock, course=SHIPPED)
    app = CourseApp(study, welcome=True)
    async with running(app) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        assert driver.name == "WelcomePage"
        assert "Tessaly books appointments" in driver.text
        assert f"about {round(study.course.minutes / 60)} hours in all" in driver.flat
        assert "After an answer you say how sure you are" in driver.text
        assert driver.page.scroller().max_scroll_y == 0  # type: ignore[union-attr]  # one screen
        await driver.press("enter")
        assert driver.name == "StepPage"
        assert driver.title.startswith("Prologue")
        await driver.press("q")
        assert driver.name == "HomePage"
    study.record.close()
    again = open_study(tmp_path, clock, course=SHIPPED)
    app = CourseApp(again, welcome=True)
    async with running(app) as pilot:
        await pilot.pause()
        assert type(app.screen).__name__ == "HomePage"
    again.record.close()


async def test_left_with_q_it_does_not_come_back_by_itself(study: Study, tmp_path: Path) -> None:
    app = CourseApp(study, welcome=True)
    async with running(app) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        await driver.press("q")
        assert driver.name == "HomePage"
        assert "Begin" in driver.text
    study.record.close()
    again = open_study(tmp_path / "records", FakeClock())
    app = CourseApp(again, welcome=True)
    async with running(app) as pilot:
        await pilot.pause()
        assert type(app.screen).__name__ == "HomePage"
    again.record.close()


async def test_goal_and_confidence_are_chosen_there(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("colon", *"welcome", "enter")
        assert driver.name == "WelcomePage"
        assert "Weekly goal 4 h a week" in driver.flat
        await driver.press("2")
        assert "Weekly goal 5 h a week" in driver.flat
        await driver.press("3")
        assert "Ask how sure I am off" in driver.flat
        assert (study.settings.goal_minutes, study.settings.confidence) == (300, False)


async def test_read_again_it_is_no_place_to_continue_at(study: Study) -> None:
    study.keep(Location("reading", ("s-contracts",)))
    async with opened(study) as driver:
        await driver.press("colon", *"welcome", "enter", "q")
        assert driver.name == "HomePage"
        assert "Once is enough" in driver.text


def test_a_lost_line_leads_back_to_it(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEV2CTO_WELCOME", "1")
    first = start(course=SHIPPED, fresh=True)
    first.expect("Tessaly books appointments")
    first.press("down")
    assert first.hang_up() == 129
    second = start("--resume", course=SHIPPED)
    second.expect("Tessaly books appointments")
    second.press("up", "enter")
    second.expect("Prologue")
    assert second.hang_up() == 129
    third = start("--resume", course=SHIPPED)
    third.expect("Prologue")
