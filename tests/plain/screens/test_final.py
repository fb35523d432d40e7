"""A final form by lines: an exam with an overview, left anywhere, gone on with at the very question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dev2cto.items.forms import Pair, Predict
from dev2cto.study.sessions.final import FinalSession
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.capstone import row_of_form, take_final, without_exercises
from tests.support.fake_learner import right
from tests.support.responses import lines
from tests.support.studies import FakeClock, open_study
from tests.support.typist import typed


def into(study: Study) -> tuple[str, str, str]:
    """From home into the form."""
    return "capstone", str(row_of_form(study)), ""


OUT = ("q", "q", "q")
"""From a question back home and out."""


def reply(study: Study, number: int) -> list[str]:
    """The lines that answer a question rightly, sure of it."""
    question = study.final("c11").question(number)
    assert question is not None
    return [*lines(question.form, right(study.curriculum.item(question.item), question.draw)), "3"]


def half(session: FinalSession) -> tuple[int, str, str]:
    """The number of a question that takes several lines, the first of them, and the words for what it gives."""
    for number in range(1, len(session.order) + 1):
        question = session.question(number)
        if question is not None and isinstance(question.form, Pair):
            return number, "1b", "1b"
        if question is not None and isinstance(question.form, Predict):
            return number, "10 to 20", "interval 10 to 20"
    raise AssertionError("no such question was drawn")


def whole(study: Study) -> Iterator[str]:
    """Every answer, each when its turn comes."""
    for number in range(1, 9):
        yield from reply(study, number)


def test_the_whole_form_is_taken(study: Study) -> None:
    text = typed(study, *into(study), whole(study), "f", "a", "q", "q", "q", "q")
    shows(
        text,
        "Final form, 10 min: not begun",
        "Capstone / Final form: 10 min",
        "8 questions from 2 steps",
        "enter begins the final form",
        "Capstone / Final form: question 1 of 8, 8 left",
        "Saved. The verdict comes at the end of the exam.",
        "question 8 of 8, 1 left",
        "All questions are answered. f finishes the exam",
        "Capstone / Result of the final form: 8 questions",
        "Passed with 100 %.",
        "Step 1 / Calls that may fail 100 % of",
        "Step 2 / Weighing and measuring 100 % of",
        "t retry",
        "Question 1 of 8",
        "Final form, 10 min, best 100 %: done",
    )


def test_the_last_question_is_shown_with_the_answer_just_given(study: Study) -> None:
    text = typed(study, *into(study), whole(study), *OUT)
    _, _, after = text.partition("All questions are answered. f finishes the exam")
    shows(after, "question 8 of 8, 0 left", "Your answer so far: ")


def test_questions_are_flagged_and_gone_to_from_the_overview(study: Study) -> None:
    text = typed(study, *into(study), "m", "o", "7", "m", "o", "", "m", *reply_later(study), "o", "q", *OUT)
    shows(
        text,
        "Flagged; o shows all.",
        "Overview: 0 answered, 8 open, 1 flagged",
        "1. open, flagged: ",
        "question 7 of 8, 8 left",
        "Overview: 0 answered, 8 open, 2 flagged",
        "7. open, flagged: ",
        "question 7 of 8, flagged, 8 left",
        "No longer flagged.",
        "Overview: 1 answered, 7 open, 1 flagged",
        "7. answered: ",
    )
    session = study.final("c11")
    assert session.flagged == {session.order[0]}


def reply_later(study: Study) -> Iterator[str]:
    """The answer to question 7, when its turn comes."""
    yield from reply(study, 7)


def test_it_goes_on_at_the_question_that_was_left(tmp_path: Path, study: Study) -> None:
    typed(study, *into(study), "o", "5", *OUT)
    again = open_study(tmp_path / "records")
    text = typed(again, "", *OUT[1:])
    shows(text, "Continue: Capstone / Final form, begun.", "question 5 of 8")


def test_what_is_begun_waits_at_its_question(tmp_path: Path, study: Study) -> None:
    number, line, words = half(study.final("c11"))
    typed(study, *into(study), "o", str(number), line, "o", str(number % 8 + 1), *OUT)
    again = open_study(tmp_path / "records")
    text = typed(again, "", "o", str(number), *OUT[1:])
    shows(text, f"question {number % 8 + 1} of 8", f"{number}. begun: ", f"Your answer so far: {words}")


def test_the_overview_is_shown_again_where_it_was_left(tmp_path: Path, study: Study) -> None:
    number, line, words = half(study.final("c11"))
    typed(study, *into(study), "o", str(number), line, "o")  # the line is lost at the overview
    again = open_study(tmp_path / "records")
    text = typed(again, "", "", *OUT[1:])
    shows(text, "Overview: 0 answered", f"{number}. begun", f"question {number} of 8", f"Your answer so far: {words}")


def test_finishing_with_open_questions_is_asked_once(study: Study) -> None:
    text = typed(study, *into(study), "f", "f", "q", "q", "q")
    shows(text, "8 of 8 have no answer and would count as wrong. f finishes anyway.", "0 %, not passed")


def test_it_is_taken_again_with_other_questions(study: Study, clock: FakeClock) -> None:
    first = study.final("c11")
    take_final(first)
    clock.pass_(hours=1)
    text = typed(study, *into(study), "f", "f", "t", "", *OUT)
    shows(text, "Your best so far: 100 %. Questions you have seen before come last.", "0 %, not passed", "begins")
    assert len(study.record.table("attempts")) == 3


def test_home_says_how_it_went(tmp_path: Path) -> None:
    course = without_exercises(tmp_path)
    study = open_study(tmp_path / "others", course=course)
    shows(typed(study, "q"), "Run it: not begun; readings 0 of 1, final form not taken.")
    again = open_study(tmp_path / "others", course=course)
    take_final(again.final("c11"))
    shows(typed(again, "q"), "Run it: done; readings 0 of 1, final form best 100 %.")
