"""The portfolio adds up what its texts take, row by row, in both front ends."""

from __future__ import annotations

import pytest

from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.fake_learner import write
from tests.support.pilot_driver import opened
from tests.support.typist import typed


async def to_portfolio(driver_size: tuple[int, int], study: Study) -> str:
    async with opened(study, driver_size) as driver:
        await driver.press("colon")
        await driver.type("portfolio")
        await driver.press("enter")
        assert driver.name == "PortfolioPage"
        return driver.text


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40), (200, 60)])
async def test_minutes_and_their_running_sum_stand_in_columns(study: Study, size: tuple[int, int]) -> None:
    lines = [line.rstrip(" │") for line in (await to_portfolio(size, study)).split("\n")]
    head = next(n for n, line in enumerate(lines) if line.endswith("in all"))
    rows = lines[head + 1 : head + 5]
    assert [row.split()[-2] for row in rows] == ["20", "30", "40", "45"]
    assert {len(row) for row in rows} == {len(lines[head])}
    assert "Where you stand" in rows[1]


async def test_what_is_done_adds_nothing(study: Study) -> None:
    write(study)
    text = await to_portfolio((80, 24), study)
    assert "A decision note   note-001.md, submitted today\n" in text
    assert "10 min    10 min" in text.replace("\u00a0", " ")


def test_the_sum_by_lines(study: Study) -> None:
    write(study)
    text = typed(study, "portfolio", "q", "q")
    shows(
        text, "1. A decision note: done, note-001.md, submitted today", "2. Where you stand: not begun, 00_plan.md, 10"
    )
    shows(text, "10 min, 20 min with those above")
    assert "with those above" not in text.split("3. ")[0]
