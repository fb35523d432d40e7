"""Lists: words or a number leave only the rows that fit; a row past the ninth is opened by typing its number."""

from __future__ import annotations

import pytest

from dev2cto.markdown.parser import Span
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import write_note
from dev2cto.study.study import Study
from dev2cto.tui.screens.list_page import ListPage
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.row_filter import fitting
from dev2cto.tui.widgets.rows import Rows
from tests.support.pilot_driver import Driver, opened

TEXTS = ["Once is enough", "Half of them wait", "Quiz", "Export progress", "Portfolio"]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("half", [2]),
        ("ENOUGH once", [1]),
        ("4", [4]),
        ("o", [1, 2, 4, 5]),
        ("exprog", [4]),
        ("prtf", [5]),
        ("zzz", []),
    ],
)
def test_words_leave_what_contains_them_or_their_letters(words: str, numbers: list[int]) -> None:
    assert fitting(TEXTS, words) == numbers


def test_a_number_fits_the_rows_that_begin_with_it_and_otherwise_texts() -> None:
    assert fitting([f"row {n}" for n in range(1, 13)], "1") == [1, 10, 11, 12]
    assert fitting(["a", "of 2026"], "2026") == [2]


def test_a_long_text_is_found_by_its_words_only() -> None:
    texts = ["Portfolio", f"Practise {'the interesting presentation of measurements ' * 5}"]
    assert fitting(texts, "measurements presentation") == [2]
    assert fitting(texts, "prtf") == [1]
    assert fitting(texts[1:], "interestingness") == []


def shown(driver: Driver) -> list[str]:
    return [row.id for row in driver.page.query(Rows).first().rows]


@pytest.mark.parametrize(
    ("screen", "words", "left"),
    [
        (Location("glossary"), "perc", ["percentile"]),
        (Location("step", ("t1",)), "quiz", ["quiz:t1"]),
        (Location("settings"), "colour", ["theme"]),
    ],
    ids=lambda value: value.screen if isinstance(value, Location) else "",
)
async def test_a_list_is_filtered(study: Study, screen: Location, words: str, left: list[str]) -> None:
    async with opened(study) as driver:
        driver.app.go(screen)
        await driver.settle()
        every = shown(driver)
        assert "/ filter" in driver.keys
        await driver.press("slash")
        await driver.type(words)
        assert shown(driver) == left
        await driver.press("down")
        assert driver.row == left[0]
        await driver.press("escape")
        assert shown(driver) == every
        assert driver.row == left[0], "the cursor stays on what was found"
        await driver.press("escape")
        assert driver.name == "HomePage"


async def test_notes_are_filtered_and_the_first_is_opened(study: Study) -> None:
    write_note(study, "s-contracts#retry", "A walrus.")
    write_note(study, "s-contracts#twice", "A token.")
    async with opened(study) as driver:
        await driver.press("n", "slash")
        await driver.type("walr")
        await driver.press("enter")
        assert driver.name == "NotePage"
        assert "A walrus." in driver.text
        await driver.press("tab", "down", "enter")
        assert driver.name == "NotebookPage"
        assert "A token." not in driver.text


async def test_a_note_is_found_by_words_past_those_that_its_row_shows(study: Study) -> None:
    write_note(study, "s-contracts#retry", f"{'A long note on retries. ' * 9}Ask the walrus.")
    write_note(study, "s-contracts#twice", "A token.")
    async with opened(study) as driver:
        await driver.press("n")
        assert "walrus" not in driver.text
        assert "A long note on ..." in driver.flat, "cut between words, and shown as cut"
        await driver.press("slash")
        await driver.type("walrus")
        await driver.press("enter")
        assert "Ask the walrus." in driver.flat


async def test_the_notebook_shows_which_note_has_an_unsaved_draft(study: Study) -> None:
    write_note(study, "s-contracts#retry", "A walrus.")
    async with opened(study) as driver:
        await driver.press("n", "enter")
        await driver.type("Today: ")
        await driver.press("tab", "2")
        assert "today; unsaved draft" in driver.flat
        await driver.press("enter", "tab", "1")
        assert "unsaved draft" not in driver.flat


async def test_the_meaning_of_the_term_found_is_shown_while_typing(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("g", "slash")
        await driver.type("perc")
        assert "The value below which" in driver.text


async def test_nothing_that_fits_is_said_and_tab_searches_the_course(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("g", "slash")
        await driver.type("replica zzz")
        assert driver.notice == "Nothing here fits 'replica zzz'."
        assert "open the first" not in driver.keys
        await driver.press("enter")
        assert driver.name == "GlossaryPage"
        await driver.press("tab")
        assert driver.name == "SearchPage"
        assert "   replica zzz" in driver.text
        await driver.press("tab", "q")
        assert driver.notice == ""
        assert len(shown(driver)) > 1


async def test_words_typed_are_there_after_a_restart(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("1", "enter")
        driver.app.go(Location("glossary"))
        await driver.settle()
        await driver.press("slash")
        await driver.type("perc")
    async with opened(study, resume=True) as driver:
        assert driver.name == "GlossaryPage"
        assert "   perc" in driver.text
        await driver.press("escape", "q")
        assert driver.name == "ReadingPage"
    async with opened(study, resume=True) as driver:
        assert driver.name == "ReadingPage", "an empty line is no place"


async def test_a_list_that_was_left_is_not_come_back_to(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("g", "slash")
        await driver.type("perc")
        await driver.press("down", "q")
        assert driver.name == "HomePage"
    async with opened(study, resume=True) as driver:
        assert driver.name != "GlossaryPage"


# -- numbers


async def long_list(driver: Driver, count: int) -> list[str]:
    """A list of that many rows; the ids of those opened."""
    opened_rows: list[str] = []
    rows = [Row(f"row{n}", (Span(f"Row number {n}"),)) for n in range(1, count + 1)]
    driver.app.push_screen(ListPage("A list", rows, opened_rows.append))
    await driver.settle()
    return opened_rows


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (("2",), "row2"),
        (("1",), "row1"),
        (("0", "1", "2"), "row12"),
        (("0", "1", "enter"), "row1"),
        (("0", "9"), "row9"),
    ],
)
async def test_a_row_is_opened_by_its_number(study: Study, keys: tuple[str, ...], row: str) -> None:
    async with opened(study) as driver:
        found = await long_list(driver, 14)
        assert "  14  Row number 14" in driver.text
        assert "0 number" in driver.keys
        await driver.press(*keys)
        assert found == [row]


async def test_a_number_says_how_it_may_go_on_and_is_over_when_the_cursor_moves(study: Study) -> None:
    async with opened(study) as driver:
        found = await long_list(driver, 14)
        await driver.press("0")
        assert driver.notice == "Type the number of a row."
        await driver.press("1")
        assert driver.notice == "enter opens 1; another digit 10 to 14."
        await driver.press("down")
        assert driver.notice == ""
        await driver.press("3")
        assert found == ["row3"]


async def test_nine_rows_need_no_numbers_of_two_digits(study: Study) -> None:
    async with opened(study) as driver:
        await long_list(driver, 9)
        assert "number" not in driver.keys
        await driver.press("0")
        assert driver.notice == ""


async def test_a_number_typed_among_filtered_rows_means_the_row_that_shows_it(study: Study) -> None:
    async with opened(study) as driver:
        found = await long_list(driver, 30)
        rows = driver.page.query_one(Rows)
        rows.filter("number 2")
        await driver.settle()
        assert [row.id for row in rows.rows][:2] == ["row2", "row12"]
        await driver.press("0", "2", "5")
        assert found == ["row25"]


async def test_a_number_typed_as_a_filter_opens_that_row(study: Study) -> None:
    async with opened(study) as driver:
        found = await long_list(driver, 14)
        await driver.press("slash", "1", "2", "enter")
        assert found == ["row12"]


async def test_rows_keep_their_width_while_they_are_filtered(study: Study) -> None:
    async with opened(study, (80, 24)) as driver:
        await driver.press("1")
        row = next(line for line in driver.text.split("\n") if "What a decision costs" in line)
        await driver.press("slash")
        await driver.type("decision")
        assert row[4:] in [line[4:] for line in driver.text.split("\n")]
