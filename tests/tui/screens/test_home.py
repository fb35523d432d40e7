"""Home: where every session begins."""

from __future__ import annotations

import pytest

from dev2cto.study.state.notes import write_note
from dev2cto.study.study import Study
from tests.support.fake_learner import take, write
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock


async def test_a_beginner_sees_the_first_reading_and_every_step(study: Study) -> None:
    async with opened(study) as driver:
        assert "A course to try things on" in driver.title
        assert "0 %" in driver.title
        assert "▌ Begin" in driver.text
        assert "Step 1 / Once is enough" in driver.text
        assert "1 ○ Calls that may fail" in driver.text
        assert "2 ○ Weighing and measuring" in driver.text
        assert "◐" not in driver.text
        assert "to review" not in driver.text


async def test_enter_begins_the_first_reading_and_q_leads_back(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("enter")
        assert driver.name == "ReadingPage"
        assert "Once is enough" in driver.title
        await driver.press("q")
        assert driver.name == "HomePage"
        assert "▌ Continue" in driver.text


async def test_a_digit_opens_its_step(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("2")
        assert "Weighing and measuring" in driver.title


async def test_arrows_and_enter_open_a_step(study: Study) -> None:
    async with opened(study) as driver:
        await driver.choose("t2")
        assert "Weighing and measuring" in driver.title


@pytest.mark.parametrize(
    ("key", "screen"),
    [
        ("r", "ReviewPage"),
        ("slash", "SearchPage"),
        ("n", "NotebookPage"),
        ("p", "ProgressPage"),
        ("g", "GlossaryPage"),
        ("question_mark", "HelpPage"),
    ],
)
async def test_letters_lead_away_and_q_or_escape_back(study: Study, key: str, screen: str) -> None:
    async with opened(study) as driver:
        await driver.press(key)
        assert driver.name == screen
        await driver.press(*(["tab"] if screen == "SearchPage" else []), "q")
        assert driver.name == "HomePage"


async def test_what_is_done_is_counted(study: Study) -> None:
    study.quiz("t1")
    write(study)
    async with opened(study, (80, 24)) as driver:
        assert "portfolio 1 of 4" in driver.flat
        assert driver.text.count("◐") == 2


async def test_questions_that_are_due_are_offered(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"), miss=("s-retry",))
    clock.pass_(days=30)
    async with opened(study) as driver:
        assert "questions to review, about" in driver.flat
        await driver.press("r")
        assert driver.name == "ReviewPage"


async def test_it_shows_what_was_done_meanwhile(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("1")
        await driver.choose("reading:s-reading-short")
        await driver.press("x", "q", "q")
        assert driver.name == "HomePage"
        assert "1/2" in driver.text


async def test_drafts_are_offered(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("1")
        await driver.choose("reading:s-contracts")
        await driver.press("e")
        await driver.type("half a thought")
        await driver.press("tab", "down", "enter", "q", "q")
        assert driver.name == "HomePage"
        assert "Begun" in driver.text
        await driver.choose("draft:0")
        assert driver.name == "NotePage"
        assert "half a thought" in driver.text


async def test_a_note_left_in_the_middle_is_offered_once(study: Study) -> None:
    write_note(study, "s-contracts#retry", "A walrus.")
    write_note(study, "s-contracts#twice", "A token.")
    for opening in (("n", "1"), ("n", "2")):
        async with opened(study) as driver:
            await driver.press(*opening)
            await driver.type("half a thought ")
    async with opened(study) as driver:
        assert "Continue  Note on Once is enough / A token in the request" in driver.text
        assert driver.text.count("note on Once is enough") == 1, "the other one"
        assert "Begun     note on Once is enough / Two bookings" in driver.text


async def test_a_narrow_terminal_loses_columns_and_no_step(study: Study) -> None:
    async with opened(study, (60, 20)) as driver:
        assert "2 ○ Weighing and measuring" in driver.text
        assert "exercises" not in driver.text
        assert "? help   q quit" in driver.keys


async def test_escape_stays_and_q_ends(study: Study) -> None:
    async with opened(study) as driver:
        await driver.press("escape")
        assert driver.name == "HomePage"
        await driver.press("q")
        assert driver.app.return_code == 0


async def test_each_step_has_a_bar_and_figures_in_columns(study: Study) -> None:
    study.reading("s-reading-short").mark(read=True)
    async with opened(study) as driver:
        rows = driver.text.split("\n")
        head = next(row for row in rows if row.endswith("exercises"))
        for module in study.course.modules:
            row = next(row for row in rows if module.title in row)
            assert "─" in row
            assert row[: head.index("read") + 4].rstrip()[-1].isdigit()


async def test_what_is_due_is_a_row_to_open(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"), miss=("s-retry",))
    clock.pass_(days=30)
    async with opened(study) as driver:
        await driver.choose("review")
        assert driver.name == "ReviewPage"


async def test_a_wide_terminal_shows_the_week_and_what_comes_next(study: Study, clock: FakeClock) -> None:
    for _ in range(90):
        clock.pass_(seconds=60)
        study.timer.record_activity("t1")
    study.timer.keep()
    for width, shown in ((109, False), (110, True), (200, True)):
        async with opened(study, (width, 40)) as driver:
            assert ("This week" in driver.text) is shown
            assert ("At this pace" in driver.text) is shown
    study.set("side_panes", "off")
    async with opened(study, (120, 40)) as driver:
        assert "This week" not in driver.text


async def test_what_continues_is_not_listed_as_next(study: Study) -> None:
    async with opened(study, (120, 40)) as driver:
        assert "Next" in driver.text
        assert driver.text.count("Once is enough") == 1


async def test_the_week_appears_when_the_window_grows_and_the_cursor_stays(study: Study) -> None:
    async with opened(study, (80, 24)) as driver:
        await driver.to_row("t2")
        await driver.pilot.resize_terminal(120, 40)
        await driver.settle()
        assert "This week" in driver.text
        assert driver.row == "t2"
        await driver.press("enter")
        assert "Weighing and measuring" in driver.title
        await driver.press("q")
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert "This week" not in driver.text
        assert driver.row == "t2"


async def test_the_notice_of_a_small_terminal_goes_when_there_is_room(study: Study) -> None:
    async with opened(study) as driver:
        for size, name in (((50, 15), "TooSmall"), ((80, 24), "HomePage"), ((100, 30), "HomePage")):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            assert driver.name == name
