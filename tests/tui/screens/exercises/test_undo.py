"""Undoing a rating, in a survey and against a rubric."""

from __future__ import annotations

from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.rebuild import rebuild
from dev2cto.study.study import Study
from tests.support.fake_learner import GOOD_NOTE
from tests.support.pilot_driver import opened

SURVEY, NOTE = "exercise:t-x-self", "exercise:t-x-note"


async def test_a_rating_of_a_statement(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("SurveyPage", "2", SURVEY)
        await driver.press("enter", "2")
        assert "undo" not in driver.notice, "nothing is rated before one said how sure one is"
        await driver.press("2")
        assert driver.notice == "Statement 1: you rated yourself 2, fairly sure. u undoes it."
        assert "Statement 2 of" in driver.text
        await driver.press("u")
        assert "Statement 1 of" in driver.text
        assert driver.notice == "Rating undone."
        assert "0 of" in driver.title
        assert study.record.table("ratings").all() == []


async def test_a_changed_rating_is_what_it_was(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("SurveyPage", "2", SURVEY)
        await driver.press("enter", "2", "2", "left", "0", "1", "u")
        (kept,) = study.record.table("ratings").all()
        assert (kept["rating"], kept["confidence"]) == (2, 1)
        await driver.press("0")
        assert "u undo" not in driver.keys
        assert driver.notice == ""


async def test_the_last_rating_before_the_results(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await driver.to("SurveyPage", "2", SURVEY)
        await driver.press("enter", *("2", "2") * 3)
        assert "Where you see yourself" in driver.text
        await driver.press("u")
        assert "Where you see yourself" not in driver.text
        assert "How sure" not in driver.text
        await driver.press("2", "2")
        assert "Where you see yourself" in driver.text
        await driver.press("a")
        assert driver.notice == "", "a rating of the survey before is not undone"


async def test_a_rating_of_a_criterion_and_what_it_completed(study: Study) -> None:
    session = study.exercise("t-x-note")
    assert isinstance(session, ArtefactSession)
    session.submit(GOOD_NOTE)
    async with opened(study, (80, 40)) as driver:
        await driver.to("ArtefactPage", "2", NOTE)
        await driver.choose("rate")
        await driver.press("2", "3", "2")
        assert driver.notice == "Criterion 3 rated 2. u undoes it."
        await driver.press("u")
        assert "criterion 3 of 4" in driver.title
        assert driver.notice == "Rating undone."
        await driver.press("2", "3")
        assert "Every criterion is at least 2." in driver.text
        assert study.progress.is_exercise_done("t-x-note")
        assert driver.notice == "That was the last criterion; all are rated. u undoes it."
        await driver.press("u")
        assert "criterion 4 of 4" in driver.title
        assert "Every criterion" not in driver.text
        assert not study.progress.is_exercise_done("t-x-note")
        (submitted,) = study.record.table("submissions").all()
        assert submitted["text"] == GOOD_NOTE
        assert not submitted["passed"]
        before = {key: doc for key, doc in study.record.table("sums").stream() if not key.startswith("seen")}
        rebuild(study)
        after = {key: doc for key, doc in study.record.table("sums").stream() if not key.startswith("seen")}
        assert after == before, "the record says the same"
