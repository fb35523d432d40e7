"""What is beside the content on wide terminals: there to be looked at, never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.widgets.side_pane import SidePane
from tests.support.fake_learner import GOOD_NOTE
from tests.support.pilot_driver import Driver, lines_of, opened

WIDE, NARROW = (120, 30), (99, 30)


@pytest.fixture(autouse=True)
def workspace(study: Study, tmp_path: Path) -> None:
    """Data is laid out there."""
    study.set("workspace", str(tmp_path / "work"))


def beside(driver: Driver) -> str:
    """What the pane shows; nothing where there is none."""
    aside = driver.page.query_one(SidePane)
    return " ".join(lines_of(aside._text).split()) if aside.display and aside.size.width else ""


async def again(driver: Driver) -> None:
    """Laid out again, nothing moves."""
    before = driver.text
    driver.page.refresh(layout=True)
    await driver.settle()
    assert driver.text == before


async def at_the_editor(driver: Driver) -> None:
    driver.app.go(Location("exercise", ("t-x-note",)))
    await driver.settle()
    await driver.press("1")
    assert driver.name == "WritingPage"


async def test_the_brief_is_beside_the_text_that_is_written(study: Study) -> None:
    async with opened(study, WIDE) as driver:
        await at_the_editor(driver)
        assert beside(driver).startswith("Brief")
        await driver.type("a line")
        assert "a line" in driver.text
        await again(driver)


@pytest.mark.parametrize("size", [NARROW, (80, 24), (60, 20)])
async def test_there_is_no_pane_where_there_is_no_room(study: Study, size: tuple[int, int]) -> None:
    async with opened(study, size) as driver:
        await at_the_editor(driver)
        assert beside(driver) == ""
        await driver.pilot.resize_terminal(*WIDE)
        await driver.settle()
        assert beside(driver).startswith("Brief")
        await driver.pilot.resize_terminal(*size)
        await driver.settle()
        assert beside(driver) == ""


async def test_a_setting_takes_it_away(study: Study) -> None:
    study.set("side_panes", "off")
    async with opened(study, WIDE) as driver:
        await at_the_editor(driver)
        assert beside(driver) == ""


async def test_a_calculations_numbers_stand_beside_its_parts(study: Study) -> None:
    async with opened(study, WIDE) as driver:
        driver.app.go(Location("exercise", ("t-x-waits",)))
        await driver.settle()
        assert beside(driver) == ""
        await driver.press("enter")
        assert beside(driver).startswith("Brief")
        assert " rows: " in beside(driver)
        await again(driver)


async def test_the_story_so_far_is_beside_the_next_decision(study: Study) -> None:
    async with opened(study, WIDE) as driver:
        driver.app.go(Location("exercise", ("t-x-friday",)))
        await driver.settle()
        await driver.press("enter")
        assert beside(driver) == ""
        await driver.press("1", "enter", "enter")
        story = "So far Friday, 16:30 The build is red. You: Ship it It is out, and down."
        assert beside(driver) == f"{story} trust falling uptime falling fund -$300"
        await again(driver)


async def test_the_section_rated_and_the_examples_are_beside_the_rubric(study: Study) -> None:
    study.exercise("t-x-note").submit(GOOD_NOTE)  # type: ignore[union-attr]
    async with opened(study, WIDE) as driver:
        driver.app.go(Location("exercise", ("t-x-note",)))
        await driver.settle()
        await driver.choose("rate")
        assert driver.name == "RubricPage"
        mine, example = (part.split() for part in beside(driver).split("A strong example: Context"))
        assert mine[:3] == ["Your", "text:", "Context"]
        assert " ".join(mine[3:]) in " ".join(GOOD_NOTE.split())
        assert "Options" not in mine
        assert example[:3] == ["On", "Monday", "31"]
        assert "Options" not in example
        await driver.press("right")
        assert beside(driver).startswith("Your text: Options")
        await again(driver)
