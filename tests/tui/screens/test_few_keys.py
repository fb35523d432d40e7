"""How many keys an answer takes: digit and enter, and a digit more where the learner is asked how sure they are."""

from __future__ import annotations

import pytest

from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.screens.question_page import QuestionPage
from tests.support.fake_learner import asked_in_quiz, right
from tests.support.pilot_driver import Driver, opened
from tests.support.responses import keys
from tests.tui.screens.test_quiz import answers
from tests.tui.screens.test_verdict import KINDS

SMALL = (80, 24)


async def asked(driver: Driver, study: Study, item: str) -> QuestionPage:
    """The question in a practice quiz."""
    session, _ = asked_in_quiz(study, item, "t1")
    driver.app.go(Location("quiz", ("t1", session.id)))
    await driver.settle()
    page = driver.page
    assert isinstance(page, QuestionPage)
    return page


async def test_digit_and_enter_answer_without_confidence(study: Study) -> None:
    study.set("confidence", "off")
    async with opened(study, SMALL) as driver:
        await asked(driver, study, "s-retry")
        await driver.press("1", "enter")
        assert len(answers(study)) == 1
        assert "enter next" in driver.keys


async def test_digit_enter_digit_answer_with_confidence(study: Study) -> None:
    async with opened(study, SMALL) as driver:
        await asked(driver, study, "s-retry")
        await driver.press("1", "enter")
        assert not answers(study)
        await driver.press("2")
        (kept,) = answers(study)
        assert kept["confidence"] == 2
        assert "You thought so." in driver.text


@pytest.mark.parametrize("confidence", ["on", "off"])
@pytest.mark.parametrize("kind", KINDS)
async def test_every_form_is_submitted_by_one_enter(study: Study, kind: str, confidence: str) -> None:
    """The last key of an answer is enter; with confidence on, one digit follows and nothing else."""
    study.set("confidence", confidence)
    async with opened(study, SMALL) as driver:
        page = await asked(driver, study, KINDS[kind])
        assert page.current is not None
        item = study.curriculum.item(page.current.item)
        pressed = keys(page.current.form, right(item, page.current.draw))
        assert pressed[-1] == "enter"
        await driver.press(*pressed)
        assert len(answers(study)) == (0 if confidence == "on" else 1)
        if confidence == "on":
            await driver.press("3")
        (kept,) = answers(study)
        assert kept["score"] == 1.0
        assert "Correct." in driver.text, "the verdict is on screen at 80x24"


@pytest.mark.parametrize("item", ["s-adr", "s-board"])
async def test_a_text_is_submitted_by_tab_and_enter(study: Study, item: str) -> None:
    async with opened(study, SMALL) as driver:
        await asked(driver, study, item)
        await driver.type("In my words")
        await driver.press("tab", "enter")
        (kept,) = answers(study)
        assert kept["response"] == "In my words"


async def test_enter_alone_answers_nothing(study: Study) -> None:
    async with opened(study, SMALL) as driver:
        await asked(driver, study, "s-compatible")
        await driver.press("enter")
        assert "Mark at least one first." in driver.text
        assert "How sure are you?" not in driver.text


NESTED = {
    "step": ("1",),
    "reading": ("1", "1"),
    "outline": ("1", "1", "o"),
    "note": ("1", "1", "e", "tab"),
    "quiz": ("1", "3", "1"),
    "settings": ("colon", *"settings", "enter"),
    "glossary": ("g",),
    "notebook": ("n",),
    "progress": ("p",),
    "review": ("r",),
    "help": ("question_mark",),
    "search": ("slash", *"retry", "enter"),
}


@pytest.mark.parametrize("where", NESTED)
async def test_q_leads_back_to_home_and_never_out_of_the_program(study: Study, where: str) -> None:
    async with opened(study, SMALL) as driver:
        await driver.press(*NESTED[where])
        assert driver.name != "HomePage"
        for _ in range(len(NESTED[where])):
            if driver.name == "HomePage":
                break
            await driver.press("tab" if "done typing" in driver.keys else "q")
        assert driver.name == "HomePage"
        assert driver.app._running


async def test_home_says_that_q_quits_and_asks_nothing(study: Study) -> None:
    async with opened(study, SMALL) as driver:
        assert driver.keys.endswith("q quit")
        await driver.press("escape")
        assert "q quits; everything is saved." in driver.notice
        await driver.press("q")
        assert driver.app.return_code == 0
