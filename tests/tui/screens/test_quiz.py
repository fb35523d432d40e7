"""A quiz: practice with the verdict at once, exam with the verdict at the end, both left and continued at will."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dev2cto.items.forms import Write
from dev2cto.presenters.quiz_text import overview_prompt
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.screens.question_page import QuestionPage
from dev2cto.tui.screens.quiz import ExamPage
from dev2cto.tui.widgets.question import QuestionBox
from tests.support.fake_learner import asked_in_quiz, on_disk, right, wrong
from tests.support.pilot_driver import Driver, opened
from tests.support.responses import keys
from tests.support.studies import FakeClock, course_that_asks, open_study
from tests.tui.conftest import Disk

SMALL = (60, 20)


async def begin(driver: Driver, mode: str, step: str = "2") -> None:
    """From home into a new attempt."""
    await driver.to("QuizStartPage", step, f"quiz:t{step}")
    await driver.choose(mode)
    assert driver.name == ("ExamPage" if mode == "exam" else "QuizPage")


def out_of_field(driver: Driver) -> list[str]:
    """The keys after which letters are commands."""
    fields = len(driver.page.query("LineInput"))
    return [] if driver.keys.endswith("q leave") else ["tab"] * max(1, fields)


def first(study: Study, item: str, step: str = "t1") -> None:
    """A practice attempt in which that question comes next; those before it are put off."""
    asked_in_quiz(study, item, step)


async def give(driver: Driver, study: Study, *, well: bool, sure: int = 3) -> str:
    """Answer the question on screen by keys; the item's id."""
    page = driver.page
    assert isinstance(page, QuestionPage)
    question = page.current
    assert question is not None
    item = study.curriculum.item(question.item)
    response = (right if well else wrong)(item, question.draw)
    if isinstance(question.form, Write) and str(page.query_one("LineInput").value):  # type: ignore[attr-defined]
        await driver.press("end", *["backspace"] * 12)
    await driver.press(*keys(question.form, response))
    if "How sure are you?" in driver.text:
        await driver.press(str(sure))
    return question.item


def answers(study: Study) -> list[dict[str, Any]]:
    """What the record holds of answers, in order."""
    return sorted(on_disk(study.record.directory, "answers").values(), key=lambda doc: str(doc["at"]))


async def test_the_modes_are_described_before_the_beginning(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("QuizStartPage", "2", "quiz:t2")
        assert "80 % passes" in driver.flat
        assert "feedback after each answer" in driver.flat
        assert "feedback comes at the end" in driver.flat
        await driver.press("q")
        assert driver.name == "StepPage"


async def test_practice_judges_at_once_and_enter_goes_on(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver, "practice")
        assert "1 of 6" in driver.title
        item = await give(driver, study, well=True, sure=2)
        assert "Correct." in driver.text
        assert "right" in driver.text
        (kept,) = answers(study)
        assert (kept["item"], kept["confidence"], kept["score"]) == (item, 2, 1.0)
        await driver.press("enter")
        assert "2 of 6" in driver.title


async def test_a_wrong_answer_shows_the_right_one_and_where_to_reread(study: Study) -> None:
    first(study, "t-q-mean", "t2")
    async with opened(study, (80, 40)) as driver:
        await begin(driver, "practice")
        await give(driver, study, well=False)
        assert "Not quite." in driver.text
        assert "right" in driver.text
        assert "Reread  " in driver.text
        await driver.press("o")
        assert driver.name == "ReadingPage"
        await driver.press("q")
        assert driver.name == "QuizPage"
        assert "Not quite." in driver.text


async def test_how_sure_can_be_taken_back(study: Study) -> None:
    first(study, "s-retry")
    async with opened(study) as driver:
        await begin(driver, "practice", "1")
        await driver.press("1", "enter")
        assert "How sure are you?" in driver.text
        await driver.press("q")
        assert "How sure are you?" not in driver.text
        assert not answers(study)
        assert "●  1" in driver.text


async def test_what_is_no_number_is_refused_before_how_sure_is_asked(study: Study) -> None:
    first(study, "s-burn")
    async with opened(study) as driver:
        await begin(driver, "practice", "1")
        await driver.type("many")
        await driver.press("enter")
        assert "This cannot be read as one number." in driver.flat
        assert "How sure are you?" not in driver.text
        await driver.press("enter")
        assert "How sure are you?" in driver.text, "given a second time, it is meant"
        await driver.press("3")
        (kept,) = answers(study)
        assert (kept["response"], kept["confidence"], kept["score"]) == ("many", 3, 0.0)


async def test_how_sure_is_not_asked_where_the_learner_wants_none(study: Study) -> None:
    study.set("confidence", "off")
    async with opened(study) as driver:
        await begin(driver, "practice")
        await give(driver, study, well=True)
        assert "Correct." in driver.text
        assert answers(study)[0]["confidence"] == 0


async def test_an_incomplete_answer_is_not_taken(study: Study) -> None:
    first(study, "t-q-options", "t2")
    async with opened(study) as driver:
        await begin(driver, "practice")
        await driver.press("1", "enter")
        assert "How sure" not in driver.text
        assert not answers(study)


async def test_hints_come_one_by_one_and_are_kept_with_the_answer(study: Study) -> None:
    first(study, "s-retry")
    async with opened(study, (80, 40)) as driver:
        await begin(driver, "practice", "1")
        await driver.press("h")
        assert "Hint 1 of 2" in driver.text
        assert "Hint 2 of 2" not in driver.text
        await driver.press("h", "h")
        assert "Hint 2 of 2" in driver.text
        assert "No more hints." in driver.text
        await give(driver, study, well=True)
        assert answers(study)[0]["hints"] == 2


async def test_a_skipped_question_comes_at_the_end(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver, "practice")
        page = driver.page
        assert isinstance(page, QuestionPage)
        assert page.current is not None
        skipped = page.current.item
        await driver.press(*out_of_field(driver), "s")
        assert page.current.item != skipped
        order = []
        for _ in range(6):
            order.append(await give(driver, study, well=True))
            await driver.press("enter")
        assert order[-1] == skipped
        assert driver.name == "ResultPage"


async def test_leaving_is_safe_and_the_step_offers_to_go_on(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver, "practice", "1")
        await give(driver, study, well=True)
        await driver.press("enter", "q")
        while driver.name == "QuizPage":
            await driver.press("tab", "q")
        assert "◐ Quiz" in driver.text
        await driver.choose("quiz:t1")
        assert "Continue the practice" in driver.text
        await driver.choose("practice")
        assert "2 of 14" in driver.title


async def test_options_keep_their_order_and_the_choice_that_was_not_submitted(study: Study) -> None:
    first(study, "s-retry")
    async with opened(study) as driver:
        await begin(driver, "practice", "1")
        await driver.press("3")
        shown = driver.text
        assert "●  3" in shown
    async with opened(study, resume=True) as driver:
        assert driver.text == shown


async def test_a_verdict_that_was_not_left_is_there_again(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver, "practice")
        await give(driver, study, well=False)
        shown = driver.text
    async with opened(study, resume=True) as driver:
        assert driver.text == shown
        await driver.press("enter")
        assert "2 of 6" in driver.title


async def test_an_exam_tells_nothing_before_its_end(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver, "exam")
        assert "Exam" in driver.title
        assert "h hint" not in driver.keys
        await give(driver, study, well=False)
        assert "question 2 of 6, 5 left" in driver.title
        assert "Not quite" not in driver.text
        for _ in range(5):
            await give(driver, study, well=False)
            assert "Not quite" not in driver.text
        assert "All questions are answered." in driver.notice
        assert driver.name == "ExamPage"


async def test_an_exams_answers_can_be_changed_until_its_end(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver, "exam")
        first_item = await give(driver, study, well=False)
        await driver.press(*out_of_field(driver), "left")
        assert "question 1 of 6, 5 left" in driver.title
        assert await give(driver, study, well=True) == first_item
        assert [doc["score"] < 1 for doc in answers(study)] == [True, False]
        for _ in range(5):
            await give(driver, study, well=True)
        await driver.press(*out_of_field(driver), "f")
        assert driver.name == "ResultPage"
        assert "100 %" in driver.text


async def test_finishing_early_is_asked_about_once_at_each_question(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver, "exam", "1")
        await driver.press(*out_of_field(driver), "f")
        assert "13 of 13 have no answer" in driver.notice
        await driver.press("right")
        assert driver.notice == ""
        await driver.press(*out_of_field(driver), "f")
        assert driver.name == "ExamPage"
        await driver.press("f")
        assert driver.name == "ResultPage"
        assert "0 %" in driver.text


async def test_what_cannot_be_saved_is_not_answered_yet(study: Study, disk: Disk) -> None:
    first(study, "s-retry")
    async with opened(study) as driver:
        await begin(driver, "practice", "1")
        await driver.press("2", "enter")
        disk.full = True
        await driver.press("3")
        assert "Not saved, so not submitted; your answer is still here." in driver.flat
        assert "No space left on device" in driver.notice
        assert "●  2" in driver.text
        assert not answers(study)
        disk.full = False
        await driver.press("enter", "3")
        assert len(answers(study)) == 1


async def test_a_question_opens_with_its_beginning_on_screen(study: Study) -> None:
    async with opened(study, SMALL) as driver:
        await begin(driver, "exam", "1")
        for _ in range(14):
            page = driver.page
            assert isinstance(page, QuestionPage)
            assert page.current is not None
            assert " ".join(page.current.prompt.split()[:3]).replace("`", "") in driver.flat
            await driver.press(*out_of_field(driver), "right")


async def test_no_row_is_cut_and_the_keys_fit_in_a_small_terminal(study: Study) -> None:
    async with opened(study, SMALL) as driver:
        await begin(driver, "practice", "1")
        for _ in range(14):
            for _ in range(3):
                if not driver.keys.endswith("q leave"):
                    await driver.press("tab")
            assert driver.keys.endswith("? help   q leave"), driver.text
            assert max(len(line) for line in driver.text.split("\n")) <= SMALL[0]
            await driver.press("s")


async def test_the_time_of_an_answer_begins_with_the_first_key(study: Study, clock: FakeClock) -> None:
    first(study, "s-retry")
    async with opened(study) as driver:
        await begin(driver, "practice", "1")
        clock.pass_(seconds=50)
        await driver.press("1")
        clock.pass_(seconds=4)
        await driver.press("enter", "2")
        assert answers(study)[0]["ms"] == 4000


async def test_a_number_taken_from_another_line_is_named_and_counts_follow_each_change(study: Study) -> None:
    first(study, "s-runtimes")
    async with opened(study) as driver:
        await begin(driver, "practice", "1")
        await driver.press("1", "1")
        assert "was taken from: Node.js" in driver.flat
        assert "[1]  PHP-FPM" in driver.text
        await driver.press("enter")
        assert "2 of 3 are still without a partner." in driver.flat
        await driver.press("2")
        assert "still without a partner" not in driver.flat
        await driver.press("enter")
        assert "1 of 3 is still without a partner." in driver.flat


async def test_space_changes_nothing_in_a_matching_question(study: Study, tmp_path: Path) -> None:
    """In a reading it turns the page, also while the check has the focus."""
    course = course_that_asks("s-runtimes", tmp_path)
    asking = open_study(tmp_path / "own", course=course)
    async with opened(asking, (80, 24)) as driver:
        driver.app.go(Location("reading", ("s-contracts", "s-runtimes"), {}))
        await driver.settle()
        await driver.press("1")
        assert "[1]" in driver.text
        box = driver.page.query(QuestionBox).last()
        before = box.response
        await driver.press("up", "space", "space")
        assert box.response == before
    asking.record.close()


async def test_picks_wait_at_a_question_of_an_exam_that_was_left(study: Study) -> None:
    attempt = study.quiz("t1", "exam")
    study.keep(Location("quiz", ("t1", attempt.id, "s-methods")))
    last = attempt.order[-1] == "s-methods"
    there, back = ("left", "right") if last else ("right", "left")
    async with opened(study, resume=True) as driver:
        await driver.press("1", "2")
        shown = driver.text
        assert "[1]" in shown
        assert "[2]" in shown
        await driver.press(there)
        assert driver.text != shown
        await driver.press(back)
        assert driver.text.count("[1]") == shown.count("[1]")
        assert driver.text.count("[2]") == shown.count("[2]")


async def test_picks_wait_while_one_reads_elsewhere(study: Study) -> None:
    session, _ = asked_in_quiz(study, "s-methods")
    study.keep(Location("quiz", ("t1", session.id, "s-methods")))
    async with opened(study, resume=True) as driver:
        await driver.press("1", "2", "q")
    study.keep(Location("reading", ("t-measuring",)))
    async with opened(study) as driver:
        await driver.to("QuizStartPage", "1", "quiz:t1")
        await driver.choose("practice")
        assert "[1]" in driver.text
        assert "[2]" in driver.text
        assert len(study.record.table("responses").all()) == 1
        await give(driver, study, well=True)
    assert study.record.table("responses").all() == []


async def test_a_longer_answer_has_a_label_and_submit_in_sight_of_it(study: Study) -> None:
    first(study, "s-closure")
    async with opened(study, (80, 24)) as driver:
        await begin(driver, "practice", "1")
        await driver.type("0")
        rows = driver.text.splitlines()
        label = next(n for n, row in enumerate(rows) if "Your answer" in row)
        assert "0" in rows[label + 1]
        assert any("Submit" in row for row in rows[label + 2 :])


async def test_an_exam_has_an_overview_with_flags(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("QuizStartPage", "1", "quiz:t1")
        await driver.choose("exam")
        page = driver.page
        assert isinstance(page, ExamPage)
        await driver.press(*out_of_field(driver), "m")
        assert "flagged" in driver.title
        await driver.press("o")
        assert driver.name == "OverviewPage"
        assert "Exam" in driver.title
        assert "open, flagged" in driver.text
        await driver.press("1", "2", "enter")
        assert "question 12 of" in driver.title


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_questions_in_the_overview_are_cut_between_words(study: Study, width: int) -> None:
    async with opened(study, (width, 24)) as driver:
        await driver.to("QuizStartPage", "1", "quiz:t1")
        await driver.choose("exam")
        await driver.press(*out_of_field(driver), "o")
        lines = [line for line in driver.text.split("\n") if "  open  " in line]
        assert len(lines) >= 10
        whole = {line.number: overview_prompt(line) for line in study.quiz("t1", "exam").overview()}
        for line in lines:
            number, words = int(line.replace("▌", " ").split()[1]), line.partition("  open  ")[2].strip()
            begins = words.removesuffix(" ...").split()
            assert begins == whole[number].split()[: len(begins)]
            assert words == whole[number] or words.endswith(" ...")
        assert any(line.rstrip().endswith(" ...") for line in lines)


async def test_the_clock_of_an_exam_is_shown_by_the_minute_and_can_be_hidden(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    attempt = study.quiz("t1", "exam")
    study.keep(Location("quiz", ("t1", attempt.id, "s-retry")))
    async with opened(study, resume=True) as driver:
        page = driver.page
        assert isinstance(page, ExamPage)
        assert driver.title.endswith("0 min")
        clock.pass_(seconds=130)
        await driver.press("2")
        page.tick()
        await driver.settle()
        assert driver.title.endswith("2 min")
    study.record.save_and_close()
    clock.pass_(hours=9)
    again = open_study(tmp_path, clock)
    async with opened(again, resume=True) as driver:
        assert driver.title.endswith("2 min")
        await driver.press("C")
        assert "min" not in driver.title
        assert "hidden" in driver.notice
        assert not again.settings.exam_clock
        await driver.press("C")
        assert driver.title.endswith("2 min")
    again.record.close()
