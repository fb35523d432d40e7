"""What was just changed is undone on u; code is copied on y."""

from __future__ import annotations

import pytest

from dev2cto.items.forms import Response
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import bookmarks, notes, toggle_bookmark, write_note
from dev2cto.study.study import Study
from dev2cto.tui.answers.base import AnswerRows
from tests.support.pilot_driver import Driver, opened
from tests.support.tour import question


async def reading(driver: Driver) -> None:
    """A reading from home."""
    driver.app.go(Location("reading", ("s-contracts",)))
    await driver.settle()


async def test_a_bookmark_is_undone_and_comes_back_as_it_was(study: Study) -> None:
    toggle_bookmark(study, "s-contracts#twice")
    (before,) = bookmarks(study)
    async with opened(study) as driver:
        await reading(driver)
        await driver.press("m")
        assert driver.notice == "Bookmark removed. u undoes it."
        assert "u undo" in driver.keys
        assert bookmarks(study) == ()
        await driver.press("u")
        assert driver.notice == "The bookmark is back."
        assert bookmarks(study) == (before,)
        assert "u undo" not in driver.keys
        await driver.press("u")
        assert bookmarks(study) == (before,)


async def test_what_was_read_before_is_read_after_undoing_the_mark(study: Study) -> None:
    study.reading("s-contracts").mark_section("twice")
    async with opened(study) as driver:
        await reading(driver)
        await driver.press("x")
        assert "The reading is marked as read. u undoes it." in driver.notice
        await driver.press("u")
        assert study.reading("s-contracts").read == {"twice"}


async def test_a_note_is_deleted_in_the_notebook_and_comes_back(study: Study) -> None:
    write_note(study, "s-contracts#twice", "A walrus.")
    (before,) = notes(study)
    async with opened(study) as driver:
        await driver.press("n")
        assert "d delete" in driver.keys
        await driver.press("d")
        assert driver.notice == "Note deleted. u undoes it."
        assert notes(study) == ()
        assert "A walrus." not in driver.text
        await driver.press("u")
        assert notes(study) == (before,)
        assert "A walrus." in driver.text


async def test_a_note_is_deleted_on_its_own_page_and_comes_back_on_the_one_below(study: Study) -> None:
    write_note(study, "s-contracts#twice", "A walrus.")
    async with opened(study) as driver:
        await driver.press("n", "enter", "tab")
        await driver.choose("delete")
        assert driver.name == "NotebookPage"
        assert driver.notice == "Note deleted. u undoes it."
        await driver.press("u")
        assert [note.text for note in notes(study)] == ["A walrus."]


async def test_a_note_that_is_not_saved_cannot_be_deleted(study: Study) -> None:
    async with opened(study) as driver:
        await reading(driver)
        await driver.press("e", "tab")
        assert "Delete note" not in driver.text


async def test_a_skipped_question_comes_back(study: Study) -> None:
    async with opened(study) as driver:
        await question(driver, "s-burn")
        first = driver.title
        shown = driver.text.split("\n")[2:6]
        await driver.press("tab", "s")
        assert driver.text.split("\n")[2:6] != shown
        assert "u undoes it." in driver.notice
        await driver.press(*(("tab",) if "done typing" in driver.keys else ()), "u")
        assert driver.text.split("\n")[2:6] == shown
        assert driver.title == first


CHANGES: dict[str, tuple[str, ...]] = {
    "s-retry": ("2", "1"), "s-compatible": ("1", "2"), "s-rename": ("3", "down", "1"), "s-runtimes": ("2", "3"),
    "s-methods": ("1", "2"), "s-race": ("2", "4"), "s-quorum": ("1", "2"),
}  # fmt: skip
"""Two changes for each way of answering in rows, by the item."""


@pytest.mark.parametrize("item", CHANGES)
async def test_choices_that_are_not_submitted_are_undone_one_by_one(study: Study, item: str) -> None:
    async with opened(study) as driver:
        await question(driver, item)
        answer = driver.app.screen.query(AnswerRows).first()
        responses: list[Response] = [answer.response]
        for key in CHANGES[item]:
            await driver.press(key)
            if answer.response != responses[-1]:
                responses.append(answer.response)
        assert len(responses) > 1
        for before in reversed(responses[:-1]):
            await driver.press("u")
            assert answer.response == before
        assert not answer.check_action("undo", ())


async def test_undo_is_named_where_texts_are_written(study: Study) -> None:
    async with opened(study) as driver:
        await reading(driver)
        await driver.press("e")
        assert "ctrl _ undo" in driver.keys
        await driver.type("walrus")
        await driver.press("ctrl+underscore")
        assert "walrus" not in driver.text


async def test_code_is_copied_as_it_is_and_said(study: Study) -> None:
    async with opened(study) as driver:
        await reading(driver)
        await driver.press("y")
        assert driver.app.clipboard == "POST /bookings"
        assert driver.notice.startswith("Copied 1 line: POST /bookings")


async def test_nothing_is_copied_where_there_is_no_code(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("y")
        assert driver.app.clipboard == ""
        assert driver.notice == ""
