"""Reporting a question: before the verdict without the answer, after it with it; the draft survives."""

from __future__ import annotations

from pathlib import Path

from dev2cto.study.study import Study
from dev2cto.tui.screens.quiz import QuizPage
from dev2cto.tui.screens.report import ReportPage
from tests.support.pilot_driver import Driver, opened
from tests.support.responses import SURE, keys
from tests.support.studies import open_study


async def to_question(driver: Driver) -> None:
    await driver.to("QuizStartPage", "1", "quiz:t1")
    await driver.press("enter")
    assert driver.name == "QuizPage", driver.text


def ready(driver: Driver) -> str:
    assert isinstance(driver.page, ReportPage)
    return driver.page.ready()


async def answer(driver: Driver, study: Study) -> None:
    assert isinstance(driver.page, QuizPage)
    question = driver.page.current
    assert question is not None
    right = study.curriculum.item(question.item).key(question.draw)
    for stroke in keys(question.form, right):
        await driver.press(stroke)
    await driver.press(str(SURE))


async def test_a_report_before_the_verdict_keeps_the_answer_to_itself(study: Study) -> None:
    async with opened(study) as driver:
        await to_question(driver)
        await driver.press("exclamation_mark")
        assert "My answer so far" in ready(driver)
        assert "The right answer" not in ready(driver)


async def test_a_report_after_the_verdict_names_it_also_when_resumed(study: Study, tmp_path: Path) -> None:
    async with opened(study) as driver:
        await to_question(driver)
        await answer(driver, study)
        await driver.press("exclamation_mark")
        assert "The right answer" in ready(driver)
        await driver.type("Both are right.")
        study.record.save_live()
        study.record.close()
        again = open_study(tmp_path / "records")
    async with opened(again, resume=True) as driver:
        assert driver.name == "ReportPage", driver.text
        assert "Both are right." in driver.text
        assert "The right answer" in ready(driver)
        await driver.press("tab", "enter")
        assert "Saved as" in driver.notice
    (file,) = (again.workspace / "reports").glob("*.txt")
    assert file.read_text().endswith("Both are right.\n")
    again.record.close()


async def test_what_is_reported_is_on_screen(study: Study) -> None:
    async with opened(study) as driver:
        await to_question(driver)
        asked = driver.page.current.prompt.split("\n")[0]  # type: ignore[attr-defined]
        await driver.press(*["tab"] * len(driver.page.query("LineInput, TextEditor")), "exclamation_mark")
        assert driver.name == "ReportPage"
        assert asked[:40] in driver.flat
