"""A step: its situation, its parts with their states, its objectives."""

from __future__ import annotations

from dev2cto.study.study import Study
from tests.support.fake_learner import decide, take
from tests.support.pilot_driver import opened


async def test_it_lists_its_parts_in_order_with_minutes_and_state(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.press("2")
        assert "Step 2 / Weighing and measuring" in driver.title
        assert "0 of 10 done" in driver.title
        parts = ("Half of them wait longer", "Quiz", "Who waits how long", "Adding, and once only", "Release Friday")
        places = [driver.text.index(part) for part in parts]
        assert places == sorted(places)
        assert "○ Half of them wait longer 6 min" in driver.flat
        assert "calculation" in driver.text
        assert "Read a distribution of waiting times." in driver.flat


async def test_a_digit_opens_a_part_and_q_leads_back_to_it(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("2", "5")
        assert "Release Friday" in driver.title
        await driver.press("q")
        assert driver.name == "StepPage"
        assert driver.row == "exercise:t-x-friday"


async def test_who_went_on_from_a_reading_comes_back_to_what_it_led_to(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await driver.press("1", "1")
        assert "Once is enough" in driver.title
        await driver.press("end", "enter")
        assert "What a decision costs" in driver.title
        await driver.press("q")
        assert (driver.name, driver.row) == ("StepPage", "reading:s-reading-short")
        await driver.press("1", "q")
        assert driver.row == "reading:s-contracts"


async def test_the_cursor_is_on_what_is_not_done(study: Study) -> None:
    study.reading("t-measuring").mark(read=True)
    async with opened(study) as driver:
        await driver.press("2")
        assert "● Half of them wait longer" in driver.text
        assert driver.row == "quiz:t2"


async def test_it_shows_what_was_done_meanwhile(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("2", "1", "x", "q")
        assert "● Half of them wait longer" in driver.text
        assert "1 of 10 done" in driver.title


async def test_states_say_what_is_done(study: Study) -> None:
    decide(study)
    take(study, study.quiz("t2"), miss=("t-q-rank", "t-q-mean", "t-q-figures"))
    study.exercise("t-x-waits").attempt.begin()
    async with opened(study, (80, 40)) as driver:
        await driver.press("2")
        assert "● Release Friday" in driver.text
        assert "◐ Quiz" in driver.text
        assert "◐ Who waits how long" in driver.text


async def test_a_small_terminal_shows_all_of_it_by_pages(study: Study) -> None:
    async with opened(study, (60, 20)) as driver:
        await driver.press("2")
        seen = driver.flat
        for _ in range(12):
            await driver.press("down")
            seen += driver.flat
        for title in ("Half of them wait longer", "A decision note", "Where you stand", "Decide between options"):
            assert title in seen
        assert "? help   q back" in driver.keys


async def test_a_choice_that_was_not_submitted_is_there_when_its_step_leads_to_it_again(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("enter", "3", "tab")
        chosen = driver.text
        assert "●" in chosen
        await driver.press("q", "enter")
        assert driver.name == "ReadingPage"
        assert "●" in driver.text
        await driver.press("q")
        await driver.choose("quiz:t1")
        await driver.choose("exam")
        question = driver.title
        await driver.press("1")
        marked = driver.text
        await driver.press("q")
        assert driver.name == "StepPage"
        await driver.choose("quiz:t1")
        await driver.choose("exam")
        assert driver.title == question
        assert driver.text == marked


async def test_parts_have_captions_and_their_minutes_in_a_column(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("2")
        rows = driver.text.split("\n")
        assert [row.strip() for row in rows if row.strip() in ("Readings", "Quiz", "Exercises")] == [
            "Readings",
            "Quiz",
            "Exercises",
        ]
        parts = [row for row in rows if row.endswith(" min") or row.endswith("\u00a0min")]
        assert len(parts) > 5
        assert len({len(row) for row in parts}) == 1


async def test_from_110_columns_on_the_objectives_are_beside_the_parts(study: Study) -> None:
    for width, beside in ((109, False), (110, True)):
        async with opened(study, (width, 40)) as driver:
            await driver.press("2")
            rows = driver.text.split("\n")
            assert any("Afterwards you can" in row and row.index("Afterwards") > 80 for row in rows) is beside
            assert driver.text.count("Afterwards you can") == 1
            assert ("Time" in driver.text) is beside
