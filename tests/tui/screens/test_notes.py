"""Notes and bookmarks, and the notebook that lists them."""

from __future__ import annotations

from dev2cto.study.state.notes import notes, write_note
from dev2cto.study.study import Study
from tests.support.fake_learner import on_disk
from tests.support.pilot_driver import Driver, opened
from tests.tui.conftest import Disk


async def to_note(driver: Driver) -> None:
    """From home to a note in a reading."""
    await driver.to("ReadingPage", "1", "reading:s-contracts")
    await driver.press("e")
    assert driver.name == "NotePage"


async def test_an_empty_notebook_says_how_it_fills(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("n")
        assert "0 notes, 0 bookmarks" in driver.title
        assert "e writes a note, m sets a bookmark, and c chooses" in driver.flat


async def test_a_note_is_saved_and_said_to_be(study: Study) -> None:
    async with opened(study) as driver:
        await to_note(driver)
        await driver.type("Ask for the key first.")
        await driver.press("tab", "enter")
        assert driver.name == "ReadingPage"
        assert driver.notice == "Saved in your notebook."
        assert [note.text for note in notes(study)] == ["Ask for the key first."]
        await driver.press("n")
        assert "1 note, 0 bookmarks" in driver.title
        assert "Ask for the key first." in driver.text
        await driver.press("enter")
        assert driver.name == "NotePage"
        assert "Ask for the key first." in driver.text


async def test_letters_are_text_in_a_note_and_commands_beneath_it(study: Study) -> None:
    async with opened(study) as driver:
        await to_note(driver)
        await driver.type("q n ? /")
        assert driver.name == "NotePage"
        await driver.press("escape", "q")
        assert driver.name == "ReadingPage"
        assert not notes(study)


async def test_a_note_that_was_left_is_there_again_with_its_cursor(study: Study) -> None:
    async with opened(study) as driver:
        await to_note(driver)
        await driver.type("one\ntwo")
        await driver.press("up", "home")
    async with opened(study, resume=True) as driver:
        assert driver.name == "NotePage"
        await driver.type("X")
        assert "Xone" in driver.text
        await driver.press("tab", "down", "enter")
        assert driver.name == "ReadingPage"


async def test_an_emptied_note_is_taken_away(study: Study) -> None:
    write_note(study, "s-contracts#twice", "Short.")
    async with opened(study) as driver:
        await to_note(driver)
        await driver.press(*["backspace"] * 6, "tab", "enter")
        assert driver.notice == "Note deleted. u undoes it."
        assert not notes(study)


async def test_a_bookmark_opens_its_section(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("right", "m", "left", "q", "n")
        assert "0 notes, 1 bookmark" in driver.title
        await driver.press("1")
        assert "2 of 3" in driver.title
        await driver.press("q")
        assert driver.name == "NotebookPage"


async def test_a_full_disk_leaves_the_text_on_screen(study: Study, disk: Disk) -> None:
    async with opened(study) as driver:
        await to_note(driver)
        await driver.type("worth keeping")
        disk.full = True
        await driver.press("tab", "enter")
        assert driver.name == "NotePage"
        assert "worth keeping" in driver.text
        assert "No space left on device" in driver.notice
        disk.full = False
        await driver.press("enter")
        assert driver.name == "ReadingPage"
        assert len(on_disk(study.record.directory, "notes")) == 1


async def test_the_note_gone_on_with_is_the_place_and_not_the_reading_beneath(study: Study) -> None:
    """The reading finds its own place a moment later than the note is shown."""
    async with opened(study) as driver:
        await to_note(driver)
        await driver.type("one")
    async with opened(study, resume=True) as driver:
        await driver.pilot.pause(0.1)
        assert driver.name == "NotePage"
        found = study.last_place()
        assert found is not None
        assert found[0].screen == "note"


async def test_a_note_without_a_word_is_not_gone_on_with(study: Study) -> None:
    async with opened(study) as driver:
        await to_note(driver)
    async with opened(study, resume=True) as driver:
        assert [type(screen).__name__ for screen in driver.app.screen_stack[1:]] == ["HomePage", "ReadingPage"]
