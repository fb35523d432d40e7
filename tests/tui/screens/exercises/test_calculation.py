"""A calculation: the brief with its data, one part at a time, wrong numbers tried again."""

from __future__ import annotations

from dev2cto.study.study import Study
from dev2cto.tui.screens.exercises.calculation import CalculationPage
from tests.support.fake_learner import on_disk
from tests.support.pilot_driver import Driver, opened
from tests.tui.conftest import Disk


async def begin(driver: Driver) -> None:
    """From home to the first part."""
    await driver.to("CalculationPage", "2", "exercise:t-x-waits")
    await driver.press("enter")
    assert "part 1 of 2" in driver.title


async def test_the_brief_shows_the_data_and_where_all_of_it_is(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("CalculationPage", "2", "exercise:t-x-waits")
        assert "0 of 2 parts right" in driver.title
        assert "6 rows; the first 3 are shown." in driver.text
        assert "enter begins" in driver.text
        await driver.press("q")
        assert driver.name == "StepPage"


async def test_a_wrong_number_is_explained_and_tried_again(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.type("999")
        await driver.press("enter")
        assert "Not quite." in driver.text
        assert "How sure" not in driver.text
        assert "0 right" in driver.title


async def test_all_parts_right_is_done_and_shown(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        page = driver.page
        assert isinstance(page, CalculationPage)
        for number in (0, 1):
            key = page.session.sheet.item(number).key(page.session.question(number).draw)
            await driver.type(str(key))
            await driver.press("enter")
            assert f"{number + 1} right" in driver.title
            if not number:
                await driver.press("enter")
        assert "All parts are right: the exercise is done." in driver.notice
        assert len(on_disk(study.record.directory, "submissions")) == 1
        await driver.press("enter")
        assert "● Who waits how long" in driver.text


async def test_hints_and_the_solution_which_is_asked_about_once(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("tab", "h")
        assert "Hint 1 of 2" in driver.text
        await driver.press("v")
        assert "marks the exercise as helped" in driver.flat
        await driver.press("v")
        assert "Worked solution" in driver.title
        await driver.press("q")
        assert driver.name == "CalculationPage"


async def test_the_data_are_a_key_away_and_begin_nothing(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await begin(driver)
        await driver.press("tab", "d")
        assert "6 rows; the first 3 are shown." in driver.text
        assert "enter begins" not in driver.text
        await driver.press("q")
        assert "part 1 of 2" in driver.title


async def test_a_number_typed_in_part_is_there_again(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.type("123")
    async with opened(study, resume=True) as driver:
        assert "part 1 of 2" in driver.title
        await driver.type("9")
        assert "1239" in driver.text


async def test_a_full_disk_leaves_the_number_on_screen(study: Study, disk: Disk) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.type("180")
        disk.full = True
        await driver.press("enter")
        assert "Not saved, so not submitted" in driver.flat
        assert "180" in driver.text
        disk.full = False
        await driver.press("enter")
        assert "Not saved" not in driver.text


async def test_a_small_terminal_has_room_for_it(study: Study) -> None:
    async with opened(study, (60, 20)) as driver:
        await begin(driver)
        await driver.press("tab")
        assert driver.keys.endswith("? help   q back")
        assert max(len(line) for line in driver.text.split("\n")) <= 60


async def test_what_is_typed_is_shown_as_it_is_read_before_it_counts(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.type("0,075")
        assert "Read as 0.075 ms." in driver.text
        await driver.press(*["backspace"] * 5)
        await driver.type("1,250")
        assert "Read as 1250 ms. If you mean 1.25, write it like that." in driver.flat
        await driver.press(*["backspace"] * 5)
        assert "Type, then enter." in driver.text
        assert not study.record.table("answers").all()
