"""The title line says how far one is, question by question; a second column lists them where there is room."""

from __future__ import annotations

import pytest

from dev2cto.study.study import Study
from dev2cto.tui.widgets.side_pane import SidePane
from tests.support.pilot_driver import Driver, opened
from tests.tui.screens.test_quiz import begin, give


def beside(driver: Driver) -> str:
    """What the second column shows."""
    left = driver.page.query_one(SidePane).region.x
    return " ".join(" ".join(line[left:] for line in driver.text.split("\n")[2:-2]).replace("│", " ").split())


async def test_the_strip_has_a_mark_for_each_question(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver, "practice")
        assert driver.title.endswith("1 of 6  ◆·····  0 right")
        await give(driver, study, well=True)
        assert driver.title.endswith("1 of 6  ✓·····  1 right")
        await driver.press("enter")
        assert driver.title.endswith("2 of 6  ✓◆····  1 right")


async def test_skipping_takes_its_mark_to_the_end(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver, "practice")
        await give(driver, study, well=True)
        await driver.press("enter", *(["tab"] if "done typing" in driver.keys else []), "s")
        assert driver.title.endswith("2 of 6  ✓◆····  1 right")


async def test_the_strip_is_plain_where_the_terminal_has_no_others(study: Study) -> None:
    study.set("symbols", "plain")
    async with opened(study) as driver:
        await begin(driver, "practice")
        await give(driver, study, well=True)
        await driver.press("enter")
        assert driver.title.endswith("2 of 6  +o....  1 right")


@pytest.mark.parametrize("width", [109, 110, 120, 200])
async def test_questions_are_listed_beside_where_there_is_room(study: Study, width: int) -> None:
    async with opened(study, (width, 40)) as driver:
        await begin(driver, "practice")
        if width >= 110:
            assert beside(driver).endswith("5 questions to come 80 % passes")
        await give(driver, study, well=True)
        await driver.press("enter")
        assert driver.page.query_one(SidePane).display == (width >= 110)
        if width >= 110:
            shown = beside(driver)
            assert shown.startswith("This quiz ✓ 1 ")
            assert "◆ 2 " in shown
            assert shown.endswith("4 questions to come 1 of 1 right so far 80 % passes")


async def test_an_exam_gives_no_verdict_away_in_either_column(study: Study) -> None:
    async with opened(study, (120, 40)) as driver:
        await begin(driver, "exam")
        await give(driver, study, well=True)
        assert "✓" not in driver.text
        assert "right" not in driver.title
        shown = beside(driver)
        assert shown.startswith("This exam ● 1 Five waits in ms, ")
        assert "◆ 2 One request " in shown
        assert "○ 3 Which of " in shown


async def test_a_wider_window_gets_the_list_at_once(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await begin(driver, "practice")
        await driver.pilot.resize_terminal(120, 40)
        await driver.settle()
        assert "5 questions to come" in beside(driver)
