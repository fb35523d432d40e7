"""A final form in the full screen: an exam with an overview, killed anywhere, gone on with at the very question."""

from __future__ import annotations

import shutil
from pathlib import Path

from dev2cto.items.forms import PickOne, Write
from dev2cto.study.sessions.final import FinalSession
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.screens.final import FinalPage
from dev2cto.tui.widgets.inputs import LineInput
from dev2cto.tui.widgets.question import QuestionBox
from tests.support.capstone import answer, take_final
from tests.support.fake_learner import right
from tests.support.pilot_driver import Driver, opened
from tests.support.responses import keys
from tests.support.studies import COURSE, FakeClock, open_study


def session_of(driver: Driver) -> FinalSession:
    """The open attempt."""
    return driver.app.study.final("c11")


async def begin(driver: Driver) -> None:
    """From home into the form."""
    await driver.choose("c11")
    await driver.choose("final:c11")
    assert driver.name == "FinalStartPage"
    await driver.press("enter")
    assert driver.name == "FinalPage"


async def command(driver: Driver, key: str) -> None:
    """A letter as a command: out of the field first."""
    if not driver.keys.endswith("q leave"):
        for _ in range(max(1, len([f for f in driver.page.query("LineInput") if f.display]))):
            if driver.keys.endswith("q leave"):
                break
            await driver.press("tab")
    await driver.press(key)


async def reply(driver: Driver) -> None:
    """The right answer to the question on screen, by keys."""
    page = driver.page
    assert isinstance(page, FinalPage)
    question = page.current
    assert question is not None
    if isinstance(page.focused, QuestionBox):
        await driver.press("enter")  # back into the field
    item = driver.app.study.curriculum.item(question.item)
    await driver.press(*keys(question.form, right(item, question.draw)), "3")


async def to_number(driver: Driver, number: int) -> None:
    """To a question by the overview."""
    await command(driver, "o")
    assert driver.name == "OverviewPage"
    await driver.press(*str(number), "enter")
    assert f"question {number} of 8" in driver.title


def picking(study: Study) -> int:
    """The number of a question in which one option is chosen."""
    session = study.final("c11")
    for number in range(1, 9):
        question = session.question(number)
        if question is not None and isinstance(question.form, PickOne):
            return number
    raise AssertionError("no such question was drawn")


def longer(tmp_path: Path) -> Path:
    """The course with a final form of 24 questions."""
    course = Path(shutil.copytree(COURSE, tmp_path / "longer course"))
    bank = course / "modules/01-calls/bank.yaml"
    more = "".join(
        f"  - id: c1-f-more-{n}\n    kind: short\n    objective: s-money\n    level: apply\n    final: true\n"
        f"    prompt: |\n      What is the word number {n}?\n    accept: [word {n}]\n    explain: |\n      It is.\n"
        for n in range(20)
    )
    bank.write_text(bank.read_text() + more)
    head = course / "modules/11-capstone/module.yaml"
    head.write_text(head.read_text().replace("items: 8", "items: 24"))
    return course


async def test_the_step_leads_to_it_and_it_says_what_to_expect(study: Study) -> None:
    async with opened(study) as driver:
        await driver.choose("c11")
        assert "○ Final form 10 min" in driver.flat
        await driver.choose("final:c11")
        assert "8 questions from 2 steps" in driver.flat
        assert "Begin the final form" in driver.text
        await driver.press("enter")
        assert "question 1 of 8, 8 left" in driver.title
        await command(driver, "q")
        await driver.choose("final:c11")
        assert "◐ Continue the final form" in driver.text or driver.name == "FinalPage"


async def test_the_whole_form_is_taken_by_keys(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        for number in range(1, 9):
            assert f"question {number} of 8, {9 - number} left" in driver.title
            await reply(driver)
        assert "All questions are answered. f finishes the exam" in driver.notice
        await command(driver, "f")
        assert driver.name == "FinalResultPage"
        assert "Passed with 100 %." in driver.text
        assert "Step 1 / Calls that may fail   100 % of" in driver.text
        assert "Retake the final form; new questions come first" in driver.text
        await driver.press("v")
        assert "Question 1" in driver.text
        await driver.press("q", "a")
        assert driver.name == "FinalStartPage"
        assert "Your best so far: 100 %." in driver.flat
        await driver.press("q")
        assert "● Final form" in driver.text
        assert "best 100 %" in driver.text.replace("\u00a0", " ")


async def test_questions_are_flagged_and_gone_to_by_number(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await command(driver, "m")
        assert "question 1 of 8, flagged, 8 left" in driver.title
        assert "Flagged; o shows all." in driver.notice
        await to_number(driver, 3)
        await command(driver, "o")
        assert "0 answered, 8 open, 1 flagged." in driver.text
        assert "○   1  open, flagged" in driver.text
        assert driver.row == "3"
        await driver.press("7", "m")
        assert "○   7  open, flagged" in driver.text
        await driver.press("enter")
        assert "question 7 of 8, flagged, 8 left" in driver.title
        await command(driver, "m")
        assert "No longer flagged." in driver.notice
        assert session_of(driver).flagged == {session_of(driver).order[0]}
        await reply(driver)
        await command(driver, "o")
        assert "●   7  answered" in driver.text
        await driver.press("q")
        assert "question 8 of 8" in driver.title


async def test_a_number_of_two_digits_is_typed_as_it_is_read(tmp_path: Path) -> None:
    course = longer(tmp_path)
    study = open_study(tmp_path / "longer", course=course)
    async with opened(study) as driver:
        await begin(driver)
        assert "question 1 of 24" in driver.title
        await command(driver, "o")
        assert driver.page.check_action("digit", (1,))
        assert not driver.page.check_action("digit", (0,)), "there is no question 0"
        for typed, row in (("1", "1"), ("2", "12"), ("2", "2"), ("0", "20"), ("4", "4"), ("9", "9")):
            await driver.press(typed)
            assert driver.row == row
        await driver.press("2", "up", "3")
        assert driver.row == "3", "an arrow ends a number"
    study.record.close()


async def test_what_is_chosen_and_not_submitted_waits_at_its_question(study: Study) -> None:
    number = picking(study)
    async with opened(study) as driver:
        await begin(driver)
        await to_number(driver, number)
        await driver.press("2")
        other = number % 8 + 1
        await to_number(driver, other)
        await command(driver, "o")
        assert f"◐   {number}  begun" in driver.text
        await driver.press(str(number), "enter")
        assert "●  2" in driver.text
        await driver.press("enter", "3")
        await command(driver, "o")
        assert f"●   {number}  answered" in driver.text


async def test_killed_at_a_question_it_goes_on_there(tmp_path: Path, study: Study) -> None:
    number = picking(study)
    async with opened(study) as driver:
        await begin(driver)
        await to_number(driver, number)
        await driver.press("2")
        await to_number(driver, number % 8 + 1)
        text = driver.text
    study.record.save_and_close()
    again = open_study(tmp_path / "records")
    async with opened(again, resume=True) as driver:
        assert driver.text == text
        await to_number(driver, number)
        assert "●  2" in driver.text
    again.record.close()


async def test_killed_in_the_overview_it_goes_on_there(tmp_path: Path, study: Study) -> None:
    number = picking(study)
    async with opened(study) as driver:
        await begin(driver)
        await to_number(driver, number)
        await driver.press("2")
        await command(driver, "o")
        await driver.press("down")
        text = driver.text
    study.record.save_and_close()
    again = open_study(tmp_path / "records")
    async with opened(again, resume=True) as driver:
        assert driver.name == "OverviewPage"
        assert driver.text == text
        await driver.press("q")
        assert "●  2" in driver.text
    again.record.close()


async def test_finishing_with_open_questions_is_asked_once(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        await command(driver, "o")
        await driver.press("f")
        assert "8 of 8 have no answer and would count as wrong. f finishes anyway." in driver.notice
        await driver.press("f")
        assert driver.name == "FinalResultPage"
        assert "0 %, not passed yet; 80 % passes." in driver.text


async def test_the_result_leads_to_what_to_reread(study: Study) -> None:
    session = study.final("c11")
    for number in range(1, 9):
        answer(session, number, well=session.order[number - 1].startswith("c1"))
    async with opened(study) as driver:
        driver.app.go(Location("final", ("c11", session.id)))
        await driver.settle()
        assert "8 of 8, 0 left" in driver.title or "question 1 of 8, 0 left" in driver.title
        await command(driver, "f")
        shown = driver.flat
        assert shown.index("Step 2 / Weighing and measuring") < shown.index("Step 1 / Calls that may fail")
        await driver.choose("read:s-reading-short.record")
        assert driver.name == "ReadingPage"


async def test_home_goes_on_with_it_and_shows_the_best(study: Study, clock: FakeClock) -> None:
    take_final(study.final("c11"))
    clock.pass_(hours=1)
    async with opened(study) as driver:
        assert "100 %" in driver.text
        await begin(driver)
        await driver.press("q") if driver.keys.endswith("q leave") else await command(driver, "q")
        await driver.press("q")
        assert "Capstone / Final form" in driver.text


async def answer_next(driver: Driver) -> None:
    """Go to the first open question that is answered by one key or line, and answer it rightly."""
    if driver.name == "OverviewPage":
        await driver.press("q")
    session = session_of(driver)
    asked = [session.question(session.order.index(item) + 1) for item in session.left]
    await to_number(driver, next(q.number for q in asked if q is not None and isinstance(q.form, PickOne | Write)))
    for field in driver.page.query(LineInput):
        field.value = ""
    await reply(driver)


WALK = (
    "1", "right", "flag", "answer", "overview", "down", "m", "5", "enter", "2", "space", "enter", "left", "answer",
    "flag", "right", "overview", "8", "enter", "answer", "tab", "1",
)  # fmt: skip
"""What a learner might do: options, ways, flags, the overview, whole answers."""


async def test_killed_after_any_key_it_goes_on_with_what_was_there(tmp_path: Path, study: Study) -> None:
    study.keep(Location("final", ("c11", study.final("c11").id)))
    study.record.save_and_close()
    home = tmp_path / "records"
    title = ""
    answered = 0
    for n, key in enumerate(WALK):
        now = open_study(home)
        async with opened(now, resume=True) as driver:
            assert driver.name in ("FinalPage", "OverviewPage"), driver.text
            assert not title or driver.title == title, f"before key {n}, {key}:\n{driver.text}"
            match key:
                case "answer":
                    await answer_next(driver)
                case "flag" | "overview":
                    await command(driver, {"flag": "m", "overview": "o"}[key])
                case _:
                    await driver.press(key)
            title = driver.title
            now.record.save_live()
            assert len(now.record.table("answers")) >= answered
            answered = len(now.record.table("answers"))
            later = tmp_path / f"after {n}"
            shutil.copytree(home, later)  # what a kill leaves, three seconds after the key
        now.record.close()
        home = later
    assert answered == 3
    end = open_study(home)
    form = end.final("c11")
    assert form.flagged
    assert form.finish().counted == 8
    end.record.close()


async def test_an_order_that_nobody_touched_is_not_begun(study: Study) -> None:
    async with opened(study) as driver:
        await begin(driver)
        for number in range(1, 9):
            await to_number(driver, number)
        await command(driver, "o")
        assert "begun" not in driver.text
