"""The mouse works, too: rows, options, the line of keys, whole answers; and nothing is there for the mouse alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual import events

from dev2cto.items.forms import Response
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.answers.assign import AssignAnswer
from dev2cto.tui.screens.question_page import QuestionPage
from dev2cto.tui.widgets.question import QuestionBox
from dev2cto.tui.widgets.reading_view import SectionText
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.ticks import Ticks
from dev2cto.tui.widgets.title_and_keys import HorizontalRule, KeyBar, TitleLine
from tests.support import fake_learner as learner
from tests.support.pilot_driver import Driver, opened
from tests.support.pty_driver import Start
from tests.support.tour import FORMS, at, classes, question


async def click(driver: Driver, text: str, *, last: bool = False) -> None:
    """Click on where the terminal shows that text."""
    rows = [(strip.text.rfind(text), y) for y, strip in enumerate(driver.strips) if text in strip.text]
    assert rows, f"{text!r} is not on\n{driver.text}"
    x, y = rows[-1] if last else rows[0]
    await driver.pilot.click(offset=(x + 1, y))
    await driver.settle()


async def press(driver: Driver, words: str) -> None:
    """Click on an entry of the line of keys."""
    assert words in driver.keys, driver.keys
    await click(driver, words, last=True)


async def test_a_click_on_a_row_opens_it(study: Study) -> None:
    async with opened(study) as driver:
        await click(driver, "Calls that may fail")
        assert driver.name == "StepPage"
        await click(driver, "Quiz", last=True)
        assert driver.name == "QuizStartPage"
        await click(driver, "Practice")
        assert driver.name == "QuizPage"


async def test_a_click_on_an_entry_of_the_key_line_does_what_the_key_does(study: Study) -> None:
    async with opened(study) as driver:
        for words, name in (("? help", "HelpPage"), ("/ search", "SearchPage"), ("n notebook", "NotebookPage")):
            await press(driver, words)
            assert driver.name == name
            await driver.press("escape") if name == "SearchPage" else None
            await press(driver, "q back")
            assert driver.name == "HomePage"
        await press(driver, "enter open")
        assert driver.name == "ReadingPage"


async def test_both_arrows_of_an_entry_can_be_clicked(study: Study) -> None:
    async with opened(study) as driver:
        driver.app.go(Location("reading", ("s-contracts",)))
        await driver.settle()
        line = driver.page.query_one(KeyBar)
        x, y = driver.keys.index("<-") + line.MARGIN, line.region.y
        await driver.pilot.click(offset=(x + 3, y))
        await driver.settle()
        assert "2 of 3" in driver.title
        await driver.pilot.click(offset=(x, y))
        await driver.settle()
        assert "1 of 3" in driver.title


async def test_a_click_on_title_rule_gap_or_edge_does_nothing(study: Study) -> None:
    async with opened(study) as driver:
        before = driver.text
        for kind in (TitleLine, HorizontalRule):
            region = driver.page.query(kind).first().region
            await driver.pilot.click(offset=(region.x + 5, region.y))
        line = driver.page.query_one(KeyBar)
        gap = driver.keys.index("   ") + line.MARGIN + 1
        for x in (gap, line.region.right - 4):
            await driver.pilot.click(offset=(x, line.region.y))
        await driver.pilot.click(offset=(0, 20))
        await driver.settle()
        assert driver.text == before
        assert driver.name == "HomePage"


async def test_a_click_on_a_range_of_keys_says_what_to_click(tmp_path: Path) -> None:
    async with at("quiz, pick one", tmp_path) as driver:
        await press(driver, "1-4 choose")
        assert "row itself" in driver.notice


async def test_the_wheel_scrolls(tmp_path: Path) -> None:
    for name in ("reading", "help", "version"):
        async with at(name, tmp_path / name.replace(" ", "")) as driver:
            frame = driver.page.scroller()
            assert frame is not None
            assert frame.max_scroll_y > 0
            before = frame.scroll_offset.y
            await driver.pilot._post_mouse_events([events.MouseScrollDown], offset=(10, 8))
            await driver.settle()
            assert frame.scroll_offset.y > before, name


def box(driver: Driver) -> QuestionBox:
    return driver.page.query_one(QuestionBox)


async def row(driver: Driver, number: int) -> None:
    """Click on a row by its number, wherever it is."""
    rows = driver.page.query(Rows).first()
    frame = driver.page.scroller()
    assert frame is not None
    region = rows.region_of(number)
    frame.scroll_to_region(region.translate(rows.virtual_region.offset), animate=False, force=True)
    await driver.settle()
    await driver.pilot.click(rows, offset=(6, rows.region_of(number).y))
    await driver.settle()


async def answer(driver: Driver, form: str) -> None:
    """Give the whole answer by clicks; only text is typed."""
    page = driver.page
    assert isinstance(page, QuestionPage)
    assert page.current is not None
    asked = page.current
    key: Response = learner.right(driver.app.study.curriculum.item(asked.item), asked.draw)
    rows = [r.id for r in box(driver).query(Rows).first().rows] if box(driver).query(Rows) else []
    match key:
        case str() if form in ("pick one",):
            await row(driver, rows.index(key))
        case str():
            await driver.pilot.click(box(driver)._answer.query("LineInput, TextEditor").first())
            await driver.type(key[:60])
        case tuple() if form == "arrange":
            for place, id in enumerate(key):
                now = [r.id for r in box(driver).query(Rows).first().rows]
                if now.index(id) != place:
                    await row(driver, now.index(id))
                    await row(driver, place)
            left = [r.id for r in box(driver).query(Rows).first().rows][len(key) :]
            for id in left:
                now = [r.id for r in box(driver).query(Rows).first().rows]
                await row(driver, now.index(id))
                await press(driver, "0 leave out")
        case tuple() if form == "mark lines":
            for number in key:
                await row(driver, int(number) - 1)
        case tuple() if form == "predict":
            for text in key:
                await driver.pilot.click(box(driver)._answer.fields[-1 if text == key[-1] else list(key).index(text)])  # type: ignore[union-attr]  # it has lines
                await driver.type(text)
                if text == key[1]:
                    await press(driver, "enter answer")
        case tuple() if form == "blanks":
            for field, text in zip(box(driver)._answer.query("LineInput"), key, strict=True):
                await driver.pilot.click(field)
                await driver.type(text)
        case tuple():
            for id in key:
                await row(driver, rows.index(id))
        case _:
            assigned = box(driver)._answer
            assert isinstance(assigned, AssignAnswer)
            targets = [target.id for target in assigned.targets]
            for entry, right in key.items():
                if box(driver).query(Rows).first().cursor != rows.index(entry):
                    await row(driver, rows.index(entry))
                await row(driver, len(key) + targets.index(right))


@pytest.mark.parametrize("form", FORMS)
async def test_a_whole_question_is_answered_by_clicks(form: str, tmp_path: Path) -> None:
    async with at(f"quiz, {form}", tmp_path) as driver:
        page = driver.page
        assert isinstance(page, QuestionPage)
        await answer(driver, form)
        if "Submit" in driver.text:
            await click(driver, "Submit")
        else:
            await press(driver, "enter answer")
        if form in ("text", "said"):
            await ticked(driver, page)
            return
        assert "How sure are you?" in driver.text, driver.text
        await click(driver, "3 sure")
        if page.feedback is None:  # asked once whether it is meant like this
            await press(driver, "enter answer")
            await click(driver, "3 sure")
        assert page.feedback is not None
        assert page.feedback.score == 1.0, driver.text
        await press(driver, "enter next")
        assert page.feedback is None


async def ticked(driver: Driver, page: QuestionPage) -> None:
    """The points of a text are ticked by clicks, and the question is left by them."""
    ticks = page.query_one(Ticks)
    ticking, before = ticks.ticking, [tick.met for tick in ticks.ticking.ticks]
    ticks.rows.reveal()
    await driver.settle()
    await driver.pilot.click(ticks.rows, offset=(6, ticks.rows.region_of(len(before) - 1).y))
    await driver.settle()
    assert [tick.met for tick in ticking.ticks] == [*before[:-1], not before[-1]]
    assert ticking.ticks[-1].decided
    for _ in range(9):
        if page.feedback is not None:
            await press(driver, "enter go on")
    assert page.feedback is None


async def test_how_sure_is_clicked_in_the_key_line_as_well(tmp_path: Path) -> None:
    async with at("quiz, how sure", tmp_path) as driver:
        await press(driver, "1 guess")
        page = driver.page
        assert isinstance(page, QuestionPage)
        assert page.feedback is not None
        assert page.feedback.confidence == 1


async def test_the_answer_cannot_be_changed_by_a_click_while_how_sure_is_asked(tmp_path: Path) -> None:
    async with at("quiz, how sure", tmp_path) as driver:
        before = box(driver).response
        rows = box(driver).query(Rows).first()
        await driver.pilot.click(rows, offset=(6, rows.region_of(0).y))
        await driver.pilot.click(rows, offset=(6, rows.region_of(3).y))
        await driver.settle()
        assert box(driver).response == before
        await press(driver, "q change the answer")
        await row(driver, 3)
        assert box(driver).response != before


async def test_hints_skip_and_report_are_clicked(study: Study) -> None:
    async with opened(study) as driver:
        await question(driver, "s-burn")
        await press(driver, "tab done typing")
        await press(driver, "h hint")
        assert "Hint 1 of" in driver.text
        await press(driver, "! report")
        assert driver.name == "ReportPage"
        await press(driver, "tab done typing")
        await click(driver, "Leave")
        await press(driver, "s skip")
        page = driver.page
        assert isinstance(page, QuestionPage)
        assert page.current is not None
        assert page.current.item != "s-burn"


async def test_a_scenario_is_played_by_clicks(tmp_path: Path) -> None:
    async with at("scenario, brief", tmp_path) as driver:
        await press(driver, "enter go on")
        for _ in range(10):
            rows = driver.page.query_one(Rows)
            if rows.rows:
                await row(driver, 0)
            elif "enter go on" in driver.keys:
                await press(driver, "enter go on")
        assert "plays again" in driver.text or "a play again" in driver.keys


async def test_a_rubric_and_a_survey_are_rated_by_clicks(tmp_path: Path) -> None:
    for name in ("rubric", "survey, statement"):
        async with at(name, tmp_path / name[:3]) as driver:
            before = driver.text
            await row(driver, 1)
            assert driver.text != before


def test_nothing_is_there_for_the_mouse_alone() -> None:
    """What takes clicks is what the keys have: rows, keys in a line, the answers to how sure, amounts."""
    assert {cls.__name__ for cls in classes() if "on_click" in cls.__dict__} == {
        "Rows",
        "KeyBar",
        "ConfidencePrompt",
        "AmountRows",
    }


def test_moving_the_mouse_sends_nothing(start: Start) -> None:
    """In a real terminal: no hover repaints, no tooltip, no other shape of the pointer."""
    terminal = start()
    terminal.expect("Calls that may fail")
    for keys in ((), ("1",), ("q", ":"), ("q",)):
        terminal.press(*keys)
        terminal.settle(0.3)
        before = terminal.bytes
        for y in range(1, 24):
            os.write(terminal.fd, b"".join(b"\x1b[<35;%d;%dM" % (x, y) for x in range(1, 80, 3)))
        terminal.settle(0.4)
        assert terminal.bytes == before, terminal.raw[-400:]


async def test_what_is_marked_stands_out_and_is_copied_and_nothing_else(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        part = driver.page.query(SectionText).first()
        lines, left = [line.text for line in part.lines(part.room(part.size.width))], part.MARGIN
        first = next(n for n, line in enumerate(lines) if n and line and lines[n + 1])
        await driver.pilot.mouse_down(part, offset=(left + 3, first))
        await driver.pilot.hover(part, offset=(left + 5, first + 1))
        await driver.pilot.mouse_up(part, offset=(left + 5, first + 1))
        await driver.settle()
        shown = [segment for strip in driver.strips for segment in strip if segment.style and segment.style.reverse]
        assert lines[first][3:] in "".join(segment.text for segment in shown)
        await driver.press("ctrl+c")
        assert driver.app.clipboard == f"{lines[first][3:]}\n{lines[first + 1][:6]}"
