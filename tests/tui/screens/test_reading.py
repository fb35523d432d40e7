"""A reading: text first, its place kept to the word, its questions answered where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import write_note
from dev2cto.study.study import Study
from dev2cto.tui.widgets.question import QuestionBox
from dev2cto.tui.widgets.reading_view import ReadingView
from tests.support.fake_learner import on_disk
from tests.support.pilot_driver import Driver, opened
from tests.support.studies import SHIPPED, FakeClock, open_study
from tests.tui.conftest import Disk

MEASURING = "reading:t-measuring"


def top(driver: Driver) -> str:
    """The first line of text that is not blank."""
    return next(line.strip() for line in driver.text.split("\n")[2:] if line.strip())


async def test_it_opens_at_its_first_section_and_says_how_far(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        assert "Step 1 / Once is enough" in driver.title
        assert "1 of 3 ━━━━━━━━  9 min left" in driver.title
        assert top(driver) == "Two bookings for one click"


async def test_sections_are_gone_through_by_arrows_and_by_the_outline(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("right")
        assert top(driver) == "A token in the request"
        assert "2 of 3" in driver.title
        await driver.press("left")
        assert top(driver) == "Two bookings for one click"
        await driver.press("o")
        assert "Outline of Once is enough" in driver.title
        await driver.press("2")
        assert driver.name == "ReadingPage"
        assert top(driver) == "A token in the request"


async def test_pages_turn_and_turn_back(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        first = driver.text
        await driver.press("space")
        assert driver.text != first
        await driver.press("backspace")
        assert driver.text == first


async def test_a_section_counts_as_read_when_its_end_was_on_screen_for_a_moment(study: Study, clock: FakeClock) -> None:
    async with opened(study, (80, 24)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        clock.pass_(seconds=0.5)
        await driver.press("down", "up")
        assert not on_disk(study.record.directory, "sections")
        clock.pass_(seconds=2)
        await driver.press("down", "up")
        assert set(on_disk(study.record.directory, "sections")) == {"s-contracts#twice"}
        assert "6 min left" in driver.title


async def test_x_marks_it_read_and_unread(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("x")
        assert "1 of 3 ━━━━━━━━  read" in driver.title
        await driver.press("x")
        assert "1 of 3 ━━━━━━━━  9 min left" in driver.title


@pytest.mark.parametrize("widths", [(80, 120, 60, 80), (120, 60, 120)])
async def test_the_place_stays_when_the_width_changes(tmp_path: Path, widths: tuple[int, ...]) -> None:
    study = open_study(tmp_path, course=SHIPPED)
    async with opened(study, (widths[0], 24)) as driver:
        await driver.to("ReadingPage", "1", "reading:m01-one-click")
        await driver.press("space", "space")
        word = top(driver).split()[0]
        place = study.reading("m01-one-click").position
        for width in widths[1:]:
            await driver.pilot.resize_terminal(width, 24)
            await driver.settle()
            assert word in top(driver)
        assert study.reading("m01-one-click").position == place
    study.record.close()


async def test_a_message_below_moves_nothing(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("slash")
        await driver.type("server")
        await driver.press("enter")
        assert "match 1 of" in driver.notice
        await driver.press("m", "e", "tab", "down", "enter")
        assert driver.name == "ReadingPage"
        assert driver.notice == ""
        assert "A token in the request" not in driver.text
        await driver.press("N")
        assert "match 3 of" in driver.notice
        assert "A token in the request" in driver.text


async def test_find_steps_through_matches_and_an_empty_find_ends_it(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("slash")
        await driver.type("the server")
        await driver.press("enter")
        assert driver.notice.startswith("match 1 of")
        await driver.press("N")
        assert driver.notice.split(";")[0].split()[1] == driver.notice.split(";")[0].split()[3]
        await driver.press("slash", "escape")
        assert driver.notice == ""
        await driver.press("n")
        assert driver.name == "NotebookPage"


async def test_escape_after_a_find_closes_the_find_and_stays_in_the_reading(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("slash")
        await driver.type("server")
        await driver.press("enter", "escape")
        assert driver.name == "ReadingPage"
        assert driver.notice == ""
        assert looks(driver, "server") == set()
        await driver.press("escape")
        assert driver.name == "StepPage"


async def test_the_match_on_screen_looks_different_from_the_others(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("slash")
        await driver.type("server")
        await driver.press("enter")
        assert {(True, False), (False, True)} <= looks(driver, "server")
        reversed_before = rows_of_reversed(driver, "server")
        await driver.press("n")
        assert {(True, False), (False, True)} <= looks(driver, "server")
        assert rows_of_reversed(driver, "server") != reversed_before


def looks(driver: Driver, words: str) -> set[tuple[bool, bool]]:
    """Whether reversed, and whether underlined: of all places on screen where these words are."""
    found = [s.style for strip in driver.strips for s in strip if s.text.casefold() == words and s.style]
    return {(bool(style.reverse), bool(style.underline)) for style in found}


def rows_of_reversed(driver: Driver, words: str) -> list[int]:
    """The rows of the terminal in which these words are reversed."""
    strips = enumerate(driver.strips)
    return [
        y
        for y, strip in strips
        for s in strip
        if s.text.casefold() == words and s.style is not None and s.style.reverse
    ]


async def test_new_words_take_the_place_of_those_sought_before(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("slash")
        await driver.type("token")
        await driver.press("enter", "slash")
        await driver.type("zebra")
        await driver.press("enter")
        assert driver.notice == "No match for 'zebra' in this reading."


async def test_tab_takes_the_words_to_the_whole_course(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("slash")
        await driver.type("percentile")
        await driver.press("tab")
        assert driver.name == "SearchPage"
        assert "Half of them wait longer" in driver.text
        await driver.press("q")
        assert driver.name == "ReadingPage"


async def test_a_bookmark_is_set_shown_and_taken_away(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("right", "m")
        assert "* 2 of 3" in driver.title
        assert set(on_disk(study.record.directory, "bookmarks")) == {"s-contracts#retry"}
        await driver.press("m")
        assert "*" not in driver.title


async def test_terms_and_sources_of_this_reading(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("g")
        assert "Terms of this reading" in driver.title
        assert "idempotency key" in driver.text
        await driver.press("q", "i")
        assert "Sources of Once is enough" in driver.title
        assert "Nygard" in driver.text
        await driver.press("q")
        assert driver.name == "ReadingPage"


async def test_the_outline_is_beside_the_text_on_wide_terminals(study: Study) -> None:
    async with opened(study, (110, 24)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        assert "○ A token in" in driver.text
        await driver.pilot.resize_terminal(99, 24)
        await driver.settle()
        assert "○ A token in" not in driver.text


async def test_the_outline_stays_away_where_the_learner_wants_none(study: Study) -> None:
    study.set("side_panes", "off")
    async with opened(study, (120, 40)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        assert "○ A token in" not in driver.text


async def test_a_check_is_answered_in_place_and_kept(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("ReadingPage", "2", MEASURING)
        await driver.press("enter")
        await driver.type("30")
        await driver.press("enter")
        assert "How sure are you?" in driver.text
        assert not on_disk(study.record.directory, "answers")
        await driver.press("3")
        assert "Correct." in driver.text
        (answer,) = on_disk(study.record.directory, "answers").values()
        assert (answer["item"], answer["response"], answer["confidence"]) == ("t-q-rank", "30", 3)


async def test_an_answered_check_can_be_answered_again(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("ReadingPage", "2", MEASURING)
        await driver.press("enter")
        await driver.type("20")
        await driver.press("enter", "1")
        assert "Not quite" in driver.text
        await driver.press("a")
        assert "Not quite" not in driver.text
        await driver.type("30")
        await driver.press("enter", "3")
        assert len(on_disk(study.record.directory, "answers")) == 2


async def test_a_check_does_not_block(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await driver.to("ReadingPage", "2", MEASURING)
        await driver.press("enter")
        await driver.type("3")
        await driver.press("tab")
        assert "o outline" in driver.keys
        await driver.press("q")
        assert driver.name == "StepPage"


async def test_an_unsubmitted_check_is_there_again(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("enter", "3")
        assert "●  3" in driver.text
        shown = driver.text
    async with opened(study, (80, 40), resume=True) as driver:
        assert driver.name == "ReadingPage"
        assert driver.text == shown


async def test_enter_at_the_end_goes_on_to_what_comes_next(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-reading-short")
        assert "End of this reading." in driver.text
        await driver.press("enter")
        assert driver.name == "QuizStartPage"  # behind it in recommended order, though the reading before is not read
        await driver.press("q")
        assert driver.name == "StepPage"
        assert "● What a decision costs" in driver.text


async def test_what_cannot_be_saved_is_not_answered_yet(study: Study, disk: Disk) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("ReadingPage", "2", MEASURING)
        await driver.press("enter")
        await driver.type("30")
        await driver.press("enter")
        disk.full = True
        await driver.press("3")
        assert "Not saved, so not submitted" in driver.flat
        assert "No space left on device" in driver.notice
        assert "30" in driver.text
        disk.full = False
        await driver.press("enter", "3")
        assert len(on_disk(study.record.directory, "answers")) == 1
        assert driver.notice == ""


async def test_everything_is_usable_in_a_small_terminal(study: Study) -> None:
    async with opened(study, (60, 20)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        assert driver.keys.endswith("? help   q back")
        assert max(len(line) for line in driver.text.split("\n")) <= 60
        await driver.press("right", "enter")
        assert driver.keys == "enter answer   tab done typing"
        await driver.press("tab")
        assert driver.keys.endswith("? help   q back")


async def test_what_to_do_on_monday_ends_the_reading_and_is_found(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("end")
        flat = driver.flat.replace("\u2584 ", "")  # the end of the scrollbar
        assert "On Monday After the next timeout in production, I will look for a token in both copies" in flat
        assert "Look at: whether the second copy got the first result. z makes this plan your promise. End" in flat
        await driver.press("home", "slash", *"second", "space", *"copy", "space", *"got", "enter")
        assert "match 1 of 1" in driver.notice
        assert "On Monday" in driver.flat


async def test_a_search_leads_to_what_to_do_on_monday(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("slash", *"production", "enter")
        assert "Once is enough / On Monday" in driver.flat
        await driver.press("enter")
        assert driver.name == "ReadingPage"
        assert "After the next timeout in production" in driver.flat


async def test_a_choice_in_a_check_waits_while_one_reads_elsewhere(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("enter")
        await driver.press("2")
        assert "●  2" in driver.text
        await driver.press("tab", "q")
    study.keep(Location("reading", ("t-measuring",)))
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("enter")
        assert "●  2" in driver.text


async def test_a_check_says_what_works_before_and_after_it_has_the_focus(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        assert "Press enter to answer." in driver.text
        assert "A digit chooses" not in driver.text
        await driver.press("enter")
        assert "A digit chooses, enter submits." in driver.flat
        await driver.press("tab")
        assert "A digit chooses" not in driver.text
        assert "Press enter to answer." in driver.text


async def test_the_note_on_the_section_and_the_terms_are_beside_the_text(study: Study) -> None:
    write_note(study, "s-contracts#twice", "A walrus waits.")
    async with opened(study, (120, 20)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        assert "Your note" in driver.text
        assert "A walrus waits." in driver.text
        assert "Terms" in driver.text
        await driver.press("right")
        assert "Your note" not in driver.text
        await driver.press("left", "e")
        await driver.type(" And waits")
        await driver.press("tab", "1")
        assert "A walrus waits. And waits" in driver.text
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert "Your note" not in driver.text


async def test_enter_answers_a_check_whose_invitation_is_on_screen_even_if_its_first_line_is_not(study: Study) -> None:
    async with opened(study, (80, 24)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        reader = driver.page.query_one(ReadingView)
        box = driver.page.query(QuestionBox).first()
        reader.scroll_to(y=box.virtual_region.y + 2, animate=False, force=True, immediate=True)
        await driver.settle()
        assert "Press enter to answer." in driver.text
        await driver.press("enter")
        assert box.has_focus_within
        await driver.press("tab")
        reader.scroll_to(y=box.virtual_region.bottom + 1, animate=False, force=True, immediate=True)
        await driver.settle()
        await driver.press("enter")
        assert not box.has_focus_within, "once it is out of sight, enter reads on"


async def test_a_message_below_a_long_check_is_brought_on_screen(tmp_path: Path) -> None:
    async with opened(open_study(tmp_path, course=SHIPPED), (80, 24)) as driver:
        driver.app.go(Location("reading", ("m00-what-a-cto-is",)))
        await driver.settle()
        await driver.press("space", "space", "enter", "enter")
        reader, box = driver.page.query_one(ReadingView), driver.page.query(QuestionBox).first()
        assert box.has_focus_within
        reader.scroll_to(y=box.virtual_region.y - 3, animate=False, force=True, immediate=True)
        await driver.settle()
        await driver.press("3", "3")
        assert '3 was taken from: "Lead 18 engineers"' in driver.flat


async def test_a_message_goes_when_the_page_is_turned_and_undo_stays(study: Study) -> None:
    async with opened(study, (80, 20)) as driver:
        await driver.to("ReadingPage", "2", MEASURING)
        for turn in ("space", "down", "b"):
            await driver.press("v")
            assert driver.notice == "No verdict with more reasons is on screen."
            await driver.press(turn)
            assert driver.notice == ""
        await driver.press("m")
        assert "u undoes it." in driver.notice
        await driver.press("space")
        assert "u undoes it." in driver.notice
        await driver.press("home", "slash")
        await driver.type("the")
        await driver.press("enter")
        assert driver.notice.startswith("match 1 of")
        await driver.press("space")
        assert driver.notice.startswith("match 1 of")
