"""Highlighting: by keys and by mouse, kept over a lost line, listed in the notebook."""

from __future__ import annotations

from dev2cto.study.state.highlights import highlights
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import notes, write_note
from dev2cto.study.study import Study
from dev2cto.tui.widgets.reading_view import SectionText
from tests.study.sessions.test_cues import marked
from tests.support.pilot_driver import Driver, opened
from tests.tui.conftest import Disk

FIRST = "After a timeout the client knows nothing (Nygard, 2018)."


def passages(study: Study) -> list[str]:
    """What is highlighted, oldest first."""
    return [found.quotation.exact for found in reversed(highlights(study))]


def underlined(driver: Driver) -> str:
    """What looks highlighted on screen."""
    return "".join(
        s.text for strip in driver.strips for s in strip if s.style and s.style.underline and s.style.bgcolor
    )


async def to_reading(driver: Driver) -> None:
    await driver.to("ReadingPage", "1", "reading:s-contracts")


async def test_sentences_are_chosen_by_keys_and_highlighted(study: Study) -> None:
    async with opened(study) as driver:
        await to_reading(driver)
        await driver.press("c")
        assert "space adds the next" in driver.notice
        assert "space add the next   e note on it   m highlight" in driver.keys
        assert "outline" not in driver.keys
        await driver.press("escape")
        assert "space page" in driver.keys
        assert "m mark" in driver.keys
        await driver.press("c", "space", "m")
        assert "space page" in driver.keys
        (found,) = passages(study)
        assert found.startswith("After a timeout the client knows nothing")
        assert found.endswith("and each copy looked new.")
        assert "Highlighted:" in driver.notice
        assert "each copy looked new." in underlined(driver)
        await driver.press("u")
        assert passages(study) == []
        assert "copy" not in underlined(driver)


async def test_enter_highlights_and_escape_ends_without(study: Study) -> None:
    async with opened(study) as driver:
        await to_reading(driver)
        await driver.press("c", "down", "escape")
        assert driver.name == "ReadingPage"
        assert passages(study) == []
        await driver.press("c", "down", "space", "backspace", "enter")
        assert len(passages(study)) == 1
        assert passages(study)[0].startswith("In October")


async def test_choosing_goes_on_into_the_next_section_and_scrolls(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await to_reading(driver)
        await driver.press("c", *["down"] * 3, "m")
        (found,) = highlights(study)
        assert found.section == "s-contracts#retry"
        assert "The idempotency key stays the same" in found.quotation.exact
        assert "The idempotency key stays the same" in underlined(driver)


async def test_m_without_a_passage_sets_a_bookmark(study: Study) -> None:
    async with opened(study) as driver:
        await to_reading(driver)
        await driver.press("m")
        assert "Bookmarked." in driver.notice
        assert passages(study) == []


async def test_a_note_is_written_on_a_passage(study: Study) -> None:
    async with opened(study) as driver:
        await to_reading(driver)
        await driver.press("c", "e")
        assert driver.name == "NotePage"
        await driver.type("True here, too.")
        await driver.press("tab", "1")
        assert driver.name == "ReadingPage"
        (note,) = notes(study)
        assert note.anchor == f"highlight:{highlights(study)[0].id}"


async def test_what_the_mouse_selected_is_highlighted(study: Study) -> None:
    async with opened(study) as driver:
        await to_reading(driver)
        part = driver.page.query(SectionText).first()
        lines, left = [line.text for line in part.lines(part.room(part.size.width))], part.MARGIN
        first = next(n for n, line in enumerate(lines) if n and line and lines[n + 1])
        await driver.pilot.mouse_down(part, offset=(left + 6, first))
        await driver.pilot.hover(part, offset=(left + 12, first))
        await driver.pilot.mouse_up(part, offset=(left + 12, first))
        await driver.settle()
        await driver.press("m")
        assert passages(study) == [lines[first][6:13].strip()]
        assert underlined(driver) == passages(study)[0]


async def test_a_passage_being_chosen_survives_a_lost_line(study: Study) -> None:
    async with opened(study) as driver:
        await to_reading(driver)
        await driver.press("c", "space")
        kept = study.last_place()
    assert kept is not None
    async with opened(study) as driver:
        driver.app.go(kept[0])
        await driver.settle()
        assert "space adds the next" in driver.notice
        await driver.press("m")
        assert passages(study)[0].endswith("looked new.")


async def test_the_notebook_lists_opens_and_deletes_highlights(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        driver.app.go(Location("reading", ("s-contracts", "limits")))
        await driver.settle()
        await driver.press("c", "m", "q", "n")
        assert "0 notes, 1 highlight, 0 bookmarks" in driver.title
        (found,) = highlights(study)
        await driver.choose(f"highlight:{found.id}")
        assert driver.name == "ReadingPage"
        assert "3 of 3" in driver.title
        assert underlined(driver).startswith("The gateway gives up")
        await driver.press("q")
        await driver.to_row(f"highlight:{found.id}")
        await driver.press("d")
        assert highlights(study) == ()
        await driver.press("u")
        assert len(highlights(study)) == 1


async def test_a_rating_that_cannot_be_saved_leaves_the_passage_shown(study: Study, disk: Disk) -> None:
    marked(study)
    async with opened(study) as driver:
        driver.app.go(Location("cues"))
        await driver.settle()
        await driver.press("1")
        disk.full = True
        await driver.press("3")
        assert "No space left on device" in driver.notice
        assert "Did you recall it?" in driver.text
        disk.full = False
        await driver.press("3")
        assert "1 passage recalled" in driver.text


async def test_how_to_choose_is_said_again_after_another_screen(study: Study) -> None:
    async with opened(study) as driver:
        await to_reading(driver)
        await driver.press("c", "question_mark", "q")
        assert "space adds the next" in driver.notice


async def test_reviews_can_ask_about_a_highlight_and_nothing_else(study: Study) -> None:
    marked(study)
    write_note(study, "s-contracts#twice", "A thought")
    async with opened(study) as driver:
        await driver.press("n")
        assert "ask me" not in driver.keys
        await driver.press("down")
        assert "a ask me" in driver.keys
        await driver.press("up")
        assert "ask me" not in driver.keys
