"""A verdict is shown where the answer was given: each part ticked or crossed, its reason, the sentence below."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto import symbols
from dev2cto.items.forms import PickMany, PickOne, Response
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.screens.question_page import QuestionPage
from dev2cto.tui.widgets.reading_view import ReadingView
from tests.support.fake_learner import asked_in_quiz, right, wrong
from tests.support.pilot_driver import Driver, opened
from tests.support.responses import keys
from tests.support.studies import open_study

KINDS = {
    "single": "s-retry",
    "multi": "s-compatible",
    "numeric": "s-budget-sum",
    "plain number": "s-burn",
    "short": "s-idempotent",
    "order": "s-rename",
    "match": "s-runtimes",
    "categorise": "s-methods",
    "cloze": "s-cache-headers",
    "output": "s-closure",
    "lines": "s-race",
    "matrix": "s-quorum",
}


def response_to(study: Study, driver: Driver, *, well: bool) -> Response:
    """A right response to the question on screen, or one that is wrong and whole."""
    page = driver.page
    assert isinstance(page, QuestionPage)
    assert page.current is not None
    item, draw = study.curriculum.item(page.current.item), page.current.draw
    if well:
        return right(item, draw)
    if item.kind == "cloze":
        return ("no-cache", *right(item, draw)[1:])  # type: ignore[index]  # a cloze has a list
    return wrong(item, draw)


async def judged(driver: Driver, study: Study, kind: str, *, well: bool) -> list[str]:
    """Answer the question of that kind by keys; the rows of the terminal before it was submitted."""
    session, _ = asked_in_quiz(study, KINDS[kind], "t1")
    driver.app.go(Location("quiz", ("t1", session.id)))
    await driver.settle()
    page = driver.page
    assert isinstance(page, QuestionPage)
    assert page.current is not None
    await driver.press(*keys(page.current.form, response_to(study, driver, well=well))[:-1])
    before = driver.text.split("\n")
    await driver.press("enter")
    if "How sure are you?" in driver.text:
        await driver.press("3")
    return before


@pytest.mark.parametrize("well", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("kind", KINDS)
async def test_each_part_is_marked_and_the_answer_stays_where_it_was(study: Study, kind: str, well: bool) -> None:
    """The prompt and the first row of the answer keep their line and their column, and so does every number."""
    async with opened(study, (80, 60)) as driver:
        before = await judged(driver, study, kind, well=well)
        check_marks(driver.text, kind, well=well)
        after = driver.text.split("\n")
        top = driver.page.query_one(".answer").region.y
        assert after[2:top] == before[2:top]
        begin = before[top].strip("▌ ●○□■")[:6].strip()
        assert after[top].index(begin) == before[top].index(begin)


def check_marks(text: str, kind: str, *, well: bool) -> None:
    """A right answer is ticked and nothing is crossed; a wrong part is crossed, and the right one is there."""
    if well:
        assert "✓" in text
        assert "✗" not in text
        assert "Correct." in text
        return
    assert "✗" in text
    assert ("Not quite." in text) or ("Partly right" in text)
    if kind != "output":  # it has the whole output
        assert "right" in text.replace("Partly right", "").replace("right options", "")
    if "Partly right" in text:
        assert "Counted: " in text


@pytest.mark.parametrize("kind", ["single", "multi"])
async def test_options_keep_their_order_and_numbers(study: Study, kind: str) -> None:
    async with opened(study, (80, 40)) as driver:
        await judged(driver, study, kind, well=False)
        page = driver.page
        assert isinstance(page, QuestionPage)
        assert page.current is not None
        form = page.current.form
        assert isinstance(form, PickOne | PickMany)
        found = [line[5:7].strip() for line in driver.text.split("\n") if line[5:7].strip().isdigit()]
        assert found == [str(n) for n in range(1, len(form.options) + 1)]


async def test_reasons_of_other_options_come_on_a_key_and_go_again(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await judged(driver, study, "single", well=True)
        assert "v reasons" in driver.keys
        assert "A repeated key returns" in driver.text
        assert "Backoff spreads load" not in driver.text
        await driver.press("v")
        for reason in ("Backoff spreads load", "The lost answer is the problem", "A method's name promises"):
            assert reason in driver.text
        await driver.press("v")
        assert "Backoff spreads load" not in driver.text


async def test_no_key_is_offered_where_all_reasons_are_shown(study: Study) -> None:
    async with opened(study) as driver:
        await judged(driver, study, "lines", well=True)
        assert "reasons" not in driver.keys


@pytest.mark.parametrize("at", ["quiz", "reading"])
async def test_reasons_stay_after_a_lost_line(study: Study, tmp_path: Path, at: str) -> None:
    async with opened(study, (80, 40)) as driver:
        if at == "quiz":
            await judged(driver, study, "single", well=True)
        else:
            await check_answered(driver)
        await driver.press("v")
        assert "The lost answer is the problem" in driver.text
        text = driver.text
    study.record.save_and_close()
    again = open_study(tmp_path / "records")
    async with opened(again, (80, 40), resume=True) as driver:
        assert driver.text == text
    again.record.close()


async def check_answered(driver: Driver) -> None:
    """The first check of a reading, answered."""
    await driver.to("ReadingPage", "1", "reading:s-contracts")
    await driver.press("enter", "1", "enter", "3")


async def test_a_check_is_marked_while_it_waits_and_judged_in_place(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        assert f" {symbols.current().pointer} Check  " in driver.text
        line = next(line for line in driver.text.split("\n") if "Check  " in line)
        await driver.press("enter", "1", "enter", "3")
        assert line.replace(symbols.current().pointer, " ") in driver.text
        assert "v all reasons" in driver.text
        assert "answer again" in driver.text
        assert isinstance(driver.page.query_one(ReadingView), ReadingView)


async def test_signs_are_plain_where_the_terminal_has_no_others(study: Study) -> None:
    study.set("symbols", "plain")
    async with opened(study, (80, 40)) as driver:
        await judged(driver, study, "single", well=False)
        assert "✗" not in driver.text
        lines = driver.text.split("\n")
        assert any(line.startswith("   x    ") for line in lines)
        assert any(line.startswith("   +    ") for line in lines)
