"""A code review on the full screen: read, mark, comment, finish, compare."""

from __future__ import annotations

import pytest
from rich.segment import Segment

from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.widgets.diff_rows import DiffRows
from dev2cto.tui.widgets.inputs import TextEditor
from tests.support import fake_learner as learner
from tests.support.pilot_driver import Driver, opened
from tests.support.studies import FakeClock
from tests.tui.conftest import Disk

CHECK, TIMEOUT = "calls.py@-16", "calls.py@5"


def session(study: Study) -> DiffSession:
    found = study.exercise("t-x-review")
    assert isinstance(found, DiffSession)
    return found


async def begin(driver: Driver) -> None:
    """From home to the change."""
    await driver.to("DiffPage", "2", "exercise:t-x-review")
    await driver.press("enter")
    assert "0 marks" in driver.title


def line(driver: Driver, text: str) -> str:
    """The row of the terminal that shows that text."""
    return next(row for row in driver.text.split("\n") if text in row)


async def test_the_change_has_numbers_of_both_versions_and_signs(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        assert line(driver, "calls.py   changed")
        assert line(driver, '"""Calls of another').split() == [
            "▌",
            "1",
            "1",
            '"""Calls',
            "of",
            "another",
            'service."""',
        ]
        assert line(driver, "TIMEOUT = 2.0").split() == ["5", "-", "TIMEOUT", "=", "2.0"]
        assert line(driver, "TIMEOUT = 20.0").split() == ["5", "+", "TIMEOUT", "=", "20.0"]
        assert line(driver, "... 4 lines")
        await driver.press("end")
        assert line(driver, "continue").split() == ["▌", "12", "+", "continue"]


async def test_added_and_removed_lines_have_colours_of_their_own(study: Study) -> None:
    study.set("theme", "dark")
    async with opened(study) as driver:
        await begin(driver)

        def colour(line: str, word: str) -> str:
            strip = next(strip for strip in driver.strips if line in strip.text)
            segments: list[Segment] = [s for s in strip if word in s.text]
            style = segments[0].style
            return str(style.color.name) if style is not None and style.color is not None else ""

        lines = (("TIMEOUT = 2.0", "TIMEOUT"), ("TIMEOUT = 20.0", "TIMEOUT"), ("import http", "http"))
        colours = [colour(*line) for line in lines]
        assert len(set(colours)) == 3, colours
        assert colour("import http", "import") not in colours, "code has its own colours"


async def test_a_long_line_breaks_under_its_beginning(study: Study) -> None:
    for size in ((60, 24), (80, 24)):
        async with opened(study, size) as driver:
            driver.app.go(Location("exercise", ("t-x-review",)))
            await driver.settle()
            await driver.press("enter", "right", "right", "right")
            rows = driver.text.split("\n")
            first = next(n for n, row in enumerate(rows) if '+ """Prints the sum' in row)
            column = rows[first].index('"""Prints')
            after = rows[first + 1 : first + (3 if size[0] == 60 else 2)]
            assert [row[:column].strip(" ▌") for row in after] == [""] * len(after)
            joined = " ".join(row[column:].rstrip(" ▁▂▃▄▅▆▇█") for row in (rows[first], *after))
            assert (
                joined == '"""Prints the sum of all balances on one line, with the currency that everybody pays in."""'
            )


async def test_a_wide_terminal_has_room_for_long_lines(study: Study) -> None:
    async with opened(study, (120, 40)) as driver:
        await begin(driver)
        assert line(driver, "Prints the sum").rstrip().endswith('everybody pays in."""')


async def test_a_comment_is_written_and_saved_with_its_weight(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("right", "down", "enter")
        assert driver.name == "DiffCommentPage"
        assert "Comment on calls.py:5" in driver.title
        assert line(driver, "TIMEOUT = 20.0").split()[0] == ">"
        await driver.type("Too long.\nWhy?")
        await driver.press("tab", "2")
        assert driver.name == "DiffPage"
        assert "should: Too long. ..." in driver.text
        assert "1 mark" in driver.title
        assert driver.page.query_one(DiffRows).address == TIMEOUT, "the cursor stays on the line"
    assert session(study).marks[TIMEOUT].comment == "Too long.\nWhy?"


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_space_and_enter_open_the_comment(study: Study, key: str) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press(key)
        assert driver.name == "DiffCommentPage"


async def test_a_digit_marks_at_once_and_changes_the_weight(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("right", "3")
        assert "question: no comment" in driver.text
        await driver.press("1")
        assert "must: no comment" in driver.text
        assert "0 unmark" in driver.keys
        await driver.press("0")
        assert "no comment" not in driver.text
        assert "0 unmark" not in driver.keys
    assert session(study).marks == {}


async def test_a_mark_with_a_comment_is_removed_when_it_is_asked_for_twice(study: Study) -> None:
    session(study).mark(TIMEOUT, "should", "Too long.")
    async with opened(study) as driver:
        driver.app.go(Location("exercise", ("t-x-review",)))
        await driver.settle()
        await driver.press("right", "down", "0")
        assert "This also removes its comment." in driver.notice
        await driver.press("down", "up", "0")
        assert "Too long." in driver.text, "after moving it is asked again"
        await driver.press("0")
        assert "Too long." not in driver.text


async def test_a_mark_is_changed_and_removed_in_its_comment(study: Study) -> None:
    session(study).mark(TIMEOUT, "should", "Too long.")
    async with opened(study) as driver:
        driver.app.go(Location("exercise", ("t-x-review",)))
        await driver.settle()
        await driver.press("right", "down", "enter")
        await driver.type(" Much.")
        await driver.press("tab")
        assert driver.row == "should", "the present weight is chosen already"
        await driver.press("1")
        assert "must: Too long. Much." in driver.text
        await driver.press("enter", "tab", "4")
        assert driver.name == "DiffPage"
        assert "Too long" not in driver.text


async def test_gaps_are_opened_one_by_one_or_all_at_once(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await begin(driver)
        rows = driver.page.query_one(DiffRows)
        assert "1-3 mark" in driver.keys
        await driver.press(*["down"] * 9)
        assert rows.address == ""
        assert "1-3 mark" not in driver.keys
        await driver.press("enter")
        assert "user.is_admin" in driver.text
        assert rows.address == "calls.py@9", "the first line that was hidden"
        assert "The sum of all balances" not in driver.text
        await driver.press("o")
        assert "The sum of all balances" in driver.text
        assert rows.address == "calls.py@9"
        await driver.press("o")
        assert "user.is_admin" not in driver.text


async def test_arrows_lead_from_change_to_change(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        rows = driver.page.query_one(DiffRows)
        seen: list[str] = []
        while "-> change" in driver.keys or "<- -> change" in driver.keys:
            await driver.press("right")
            if seen and seen[-1] == rows.address:
                break
            seen.append(rows.address)
        assert seen == ["calls.py@-5", CHECK, "report.py@1"]
        await driver.press("left")
        assert rows.address == CHECK


async def test_the_list_of_marks_leads_to_a_line_even_in_a_gap(study: Study) -> None:
    mine = session(study)
    mine.mark("calls.py@10", "question", "Who is an admin?")
    mine.keep_draft("report.py@8", "Thr", 3)
    async with opened(study) as driver:
        driver.app.go(Location("exercise", ("t-x-review",)))
        await driver.settle()
        assert "Who is an admin?" not in driver.text
        await driver.press("l")
        assert "Your review: 1 mark: 1 question" in driver.title
        assert "report.py:8 a draft comment" in driver.flat
        await driver.press("1")
        assert driver.page.query_one(DiffRows).address == "calls.py@10"
        assert "question: Who is an admin?" in driver.text


async def test_finishing_without_marks_or_comments_is_asked_about(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("f")
        assert "You have not marked a line." in driver.notice
        await driver.press("down", "f")
        assert "f finishes the review anyway." in driver.notice, "after moving it is asked again"
        await driver.press("f")
        assert "Not done yet: 1 of 1 must missed." in driver.text
        assert "not done yet" in driver.title


async def test_what_was_missed_is_shown_on_demand(study: Study) -> None:
    learner.review(study, miss=("must",))
    async with opened(study, (80, 60)) as driver:
        driver.app.go(Location("exercise", ("t-x-review",)))
        await driver.settle()
        assert "Missed: 1 must" in driver.text
        assert "no longer noticed" not in driver.text
        assert "Looking back" not in driver.text
        assert "v missed" in driver.keys
        await driver.press("v")
        assert "marks the exercise as helped" in driver.notice
        await driver.press("v")
        assert "no longer noticed" in driver.text
        assert "Looking back" in driver.text
        assert "v missed" not in driver.keys


async def test_comments_are_beside_each_other_from_110_columns_on(study: Study) -> None:
    learner.review(study)
    for width, beside in ((109, False), (110, True), (140, True)):
        async with opened(study, (width, 60)) as driver:
            driver.app.go(Location("exercise", ("t-x-review",)))
            await driver.settle()
            row = line(driver, "You (must)")
            assert ("A senior engineer (must)" in row) is beside, driver.text


async def test_weights_that_differ_are_said(study: Study) -> None:
    session(study).mark(CHECK, "question", "Why?")
    session(study).finish()
    async with opened(study, (80, 60)) as driver:
        driver.app.go(Location("exercise", ("t-x-review",)))
        await driver.settle()
        assert "You chose question, they chose must; the score ignores that." in driver.flat
        assert "Done: 50 %. Every must was found." in driver.flat


async def test_another_review_keeps_what_found_a_fault(study: Study, clock: FakeClock) -> None:
    learner.review(study, miss=("must",))
    clock.pass_(minutes=1)
    async with opened(study) as driver:
        driver.app.go(Location("exercise", ("t-x-review",)))
        await driver.settle()
        await driver.press("a")
        assert driver.notice == "2 marks that found a fault are kept."
        assert "2 marks" in driver.title
        await driver.press("right", "right", "enter")
        await driver.type("Gone")
        await driver.press("tab", "1", "f")
        assert "Done: 100 %." in driver.text
        assert "done" in driver.title
        await driver.press("t")
        assert driver.name == "ChangePage"
        assert "user.is_admin" in driver.text


async def test_a_comment_is_there_again_with_its_cursor_and_weight(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("o", "right", "down", "enter")
        await driver.type("Too long")
        await driver.press("left", "left")
        shown, at = driver.text, driver.page.query_one(TextEditor).cursor
    async with opened(study, resume=True) as driver:
        assert driver.text == shown
        assert driver.page.query_one(TextEditor).cursor == at
        await driver.press("tab", "down", "down")
        below = driver.text
    async with opened(study, resume=True) as driver:
        assert driver.text == below
        await driver.press("enter")
        assert "question: Too long" in driver.text
        assert "user.is_admin" in driver.text, "the gaps are open as before"


async def test_a_comment_that_is_left_is_marked_as_a_draft(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("enter")
        await driver.type("Hm")
        await driver.press("tab", "4")
        assert "a draft comment" in driver.text
        assert "0 marks" in driver.title
        await driver.press("f")
        assert "1 draft comment does not count." in driver.notice


async def test_a_full_disk_keeps_the_comment(study: Study, disk: Disk) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("enter")
        await driver.type("Hm")
        disk.full = True
        await driver.press("tab", "1")
        assert driver.name == "DiffCommentPage"
        assert "No space left on device" in driver.notice
        disk.full = False
        await driver.press("1")
        assert "must: Hm" in driver.text


async def test_help_changes_nothing(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await driver.press("right", "1", "down", "down")
        shown = driver.text
        await driver.press("question_mark", "q")
        assert driver.text == shown


async def test_markup_and_escapes_of_comments_are_text(study: Study) -> None:
    session(study).mark(TIMEOUT, "should", "[b]bold[/b] [/x] \x1b[2Jcleared")
    async with opened(study, (80, 60)) as driver:
        driver.app.go(Location("exercise", ("t-x-review",)))
        await driver.settle()
        assert "[b]bold[/b] [/x] cleared" in driver.text
        await driver.press("f")
        assert "[b]bold[/b] [/x] cleared" in driver.text


async def test_a_search_leads_to_the_line(study: Study) -> None:
    session(study).mark("report.py@8", "question", "A zeppelin")
    async with opened(study) as driver:
        await driver.press("slash")
        await driver.type("zeppelin")
        await driver.press("enter", "enter")
        assert driver.name == "DiffPage"
        assert driver.page.query_one(DiffRows).address == "report.py@8"


async def test_a_review_is_done_by_the_mouse(study: Study) -> None:
    async with opened(study) as driver:

        async def click(text: str) -> None:
            y = max(y for y, strip in enumerate(driver.strips) if text in strip.text)
            await driver.pilot.click(offset=(driver.strips[y].text.index(text) + 1, y))
            await driver.settle()

        driver.app.go(Location("exercise", ("t-x-review",)))
        await driver.settle()
        await click("enter begin")
        await click("TIMEOUT = 20.0")
        await driver.type("Too long")
        await click("Save as a should")
        assert "should: Too long" in driver.text
        await click("... 4 lines")
        assert "user.is_admin" in driver.text
        await click("f finish")
        assert "Not done yet" in driver.text
        await click("a again")
        assert "1 mark that found a fault is kept." in driver.notice
