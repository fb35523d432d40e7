"""The result of a quiz: score, objectives, what to reread, what to try again."""

from __future__ import annotations

from dataclasses import replace

from dev2cto.presenters.quiz_text import quiz_verdict
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.widgets.side_pane import SidePane
from tests.support.fake_learner import given, take
from tests.support.pilot_driver import Driver, opened, shown


def all_but_one(study: Study, *, well: bool) -> QuizSession:
    """A quiz of Step 2 with its last question, t-q-mean, left."""
    session = study.quiz("t2", "practice")
    while (question := session.question()) is not None and session.left != ("t-q-mean",):
        if question.item == "t-q-mean":
            session.skip(question)
        else:
            session.answer(question, given(study, question, well=well))
    return session


async def finish(driver: Driver) -> None:
    """Answer the last question wrongly, and go on to the result."""
    await driver.to("QuizStartPage", "2", "quiz:t2")
    await driver.press("1")
    assert "6 of 6" in driver.title
    right = "The maximum of each minute"
    row = next(line for line in driver.text.split("\n") if right in line)
    await driver.press("2" if row.split()[row.split().index("The") - 1] == "1" else "1", "enter", "3", "enter")
    assert driver.name == "ResultPage"


async def test_it_says_whether_it_was_passed_and_how_well_each_objective_went(study: Study) -> None:
    all_but_one(study, well=True)
    async with opened(study, (80, 40)) as driver:
        await finish(driver)
        assert "Step 2 / Quiz result" in driver.title
        assert "83 %" in driver.text
        assert "not passed" not in driver.text
        assert "Read a distribution of waiting times." in driver.text
        assert "right questions" in driver.flat
        assert "━━━━━━━━━━━━ 100 % 3" in driver.flat


async def test_what_was_missed_is_tried_again_in_an_attempt_of_its_own(study: Study) -> None:
    all_but_one(study, well=True)
    async with opened(study, (80, 40)) as driver:
        await finish(driver)
        assert "Try the missed question again" in driver.text
        await driver.press("a")
        assert driver.name == "QuizPage"
        assert "Retry" in driver.title
        assert "1 of 1" in driver.title
        assert "One request of a hundred" in driver.flat


async def test_a_row_leads_to_what_is_to_be_reread_and_q_back(study: Study) -> None:
    all_but_one(study, well=True)
    async with opened(study, (80, 40)) as driver:
        await finish(driver)
        await driver.choose("read:t-measuring.tail")
        assert "Half of them wait longer" in driver.title
        await driver.press("q")
        assert driver.name == "ResultPage"


async def test_all_answers_are_there_with_their_reasons(study: Study) -> None:
    all_but_one(study, well=True)
    async with opened(study, (80, 40)) as driver:
        await finish(driver)
        await driver.press("v")
        assert "All answers" in driver.title
        assert "Question 1" in driver.text


async def test_nothing_missed_nothing_to_try_again(study: Study) -> None:
    take(study, study.quiz("t2", "exam"))
    session = next(id for id in dict(study.record.table("attempts").stream()))
    async with opened(study, (80, 40)) as driver:
        driver.app.go(Location("quiz", ("t2", session)))
        await driver.settle()
        assert driver.name == "ResultPage"
        assert "again" not in driver.text
        await driver.press("a")
        assert driver.name == "ResultPage"


async def test_q_leads_back_to_the_step_where_the_quiz_is_done(study: Study) -> None:
    all_but_one(study, well=True)
    async with opened(study) as driver:
        await finish(driver)
        await driver.press("q")
        assert driver.name == "StepPage"
        assert "● Quiz" in driver.text


async def test_nothing_opens_that_was_not_seen(study: Study) -> None:
    session = study.quiz("t1", "exam")
    session.finish()
    async with opened(study, (60, 20)) as driver:
        driver.app.go(Location("quiz", ("t1", session.id)))
        await driver.settle()
        assert driver.name == "ResultPage"
        assert ">" not in driver.text
        await driver.press("enter")
        assert driver.name == "ResultPage"
        assert "▌ 1  Reread" in driver.text
        await driver.press("enter")
        assert driver.name == "ReadingPage"


async def test_a_retry_left_at_its_first_question_is_offered_again(study: Study) -> None:
    all_but_one(study, well=True)
    async with opened(study, (80, 40)) as driver:
        await finish(driver)
        await driver.press("a")
        assert "Retry" in driver.title
        await driver.press("q")
    study.keep(Location("reading", ("s-contracts",)))
    async with opened(study, (80, 40)) as driver:
        await driver.to("QuizStartPage", "2", "quiz:t2")
        assert "Continue the retry the questions that were missed" in driver.flat
        await driver.choose("retry")
        assert "Retry" in driver.title
        assert "One request of a hundred" in driver.flat


async def test_the_missed_questions_are_beside_the_result(study: Study) -> None:
    session = all_but_one(study, well=True)
    asked = study.curriculum.item("t-q-mean").prompt.split()
    async with opened(study, (120, 40)) as driver:
        await finish(driver)
        pane = shown(driver.page.query_one(SidePane)).split()
        number = session.order.index("t-q-mean") + 1
        assert pane[:3] == ["Missed", "questions", f"{number}."]
        assert pane[3:9] == asked[:6]


async def test_it_says_how_answers_that_are_partly_right_count(study: Study) -> None:
    session = study.quiz("t1", "practice")
    halved = False
    while (question := session.question()) is not None:
        item = study.curriculum.item(question.item)
        partly = [each for each in item.mistakes(question.draw) if 0 < item.final(each, question.draw).score < 1]
        answer = given(study, question)
        session.answer(question, replace(answer, response=partly[0]) if partly and not halved else answer)
        halved = halved or bool(partly)
    assert halved
    result = session.result()
    words = quiz_verdict(result)
    assert words.endswith(f"{result.counted - 1} right, 1 partly right, which counts in part, 0 wrong.")
    assert quiz_verdict(take(study, study.quiz("t2"))).endswith("100 %.")
