"""Answers in one's own words by lines: the time said once, the comparison, the ticks, and nothing of it lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.fake_learner import asked_in_quiz, given
from tests.support.studies import FakeClock, course_that_asks, open_study
from tests.support.typist import typed

QUIZ = ("1", "3", "1")
"""From home to the practice of Step 1."""
SAID = ("w", "We lose 9 clinics a year.", "Which of them do you *know*?", ".")
OUT = ("q", "q", "q")


@pytest.fixture
def board(study: Study) -> Study:
    """A learner whose next question is what a member of the board says."""
    asked_in_quiz(study, "s-board")
    return study


def test_who_speaks_what_and_the_time_are_said_once(board: Study) -> None:
    text = typed(board, *QUIZ, "e", "A note", ".", "?", *OUT)
    shows(text, "Elena Rossi, investor and board member, impatient:", '| "Churn is two per cent. So what?"')
    assert text.count("So what?") == 2, "shown again after the note"
    assert text.count("You have about 90 seconds. Nothing happens when they are over.") == 1
    assert "Time left" not in text


def test_the_text_the_replies_the_reason_and_the_points_come_one_after_the_other(board: Study) -> None:
    text = typed(board, *QUIZ, *SAID, "?", "q", "q", "q")
    shows(text, "Compare with your own answer.", "Your answer", "Which of them do you *know*?", "Reply 1", "Reply 2")
    shows(
        text,
        "Reply 3",
        "Why",
        "Reread: What a decision costs",
        "Look for these points. Tick what you find",
    )
    shows(text, "1. Names a number with its unit: ticked, as proposed", "5. Names who acts: not ticked, because")
    shows(text, "6. Says what would change your mind: not ticked", "1 to 6 ticks or unticks")
    shows(text, "1 to 6: ticks or unticks", "enter: continues")
    for rank in ("Strong. She can repeat", "Plausible. The sum is right.", "Weak. A reassurance"):
        assert rank in text.replace("\n   ", " ")
    assert "How sure" not in text


def test_points_are_ticked_by_number_and_settled_by_enter(board: Study) -> None:
    text = typed(board, *QUIZ, *SAID, "1", "6", "6", "9", "", *OUT)
    shows(text, "1, Names a number with its unit: not ticked.", "6, Says what would change your mind: ticked.")
    shows(text, "6, Says what would change your mind: not ticked.", "9 is not a choice here: 1 to 6.", "question 2 of")
    assert [doc["met"] for doc in board.record.table("ratings").all()].count(True) == 3
    assert [doc["rating"] for doc in board.record.table("reviews").all()] == [1]


def test_leaving_settles_as_well(board: Study) -> None:
    typed(board, *QUIZ, *SAID, "6", "5", *OUT)
    assert [doc["rating"] for doc in board.record.table("reviews").all()] == [3]


def test_overtime_is_said_and_kept(board: Study, clock: FakeClock) -> None:
    def slowly() -> object:
        yield "w"
        clock.pass_(seconds=95)
        yield from SAID[1:]

    text = typed(board, *QUIZ, slowly(), *OUT)  # type: ignore[arg-type]
    shows(text, "Your answer", "You took 95 s; the limit was 90 s.")
    (kept,) = board.record.table("answers").all()
    assert (kept["ms"], kept["seconds"]) == (95_000, 90)


def test_a_draft_goes_on_with_its_time(board: Study, clock: FakeClock) -> None:
    def some() -> object:
        yield "w"
        clock.pass_(seconds=40)
        yield "We lose 9 clinics a year."
        yield ".q"

    typed(board, *QUIZ, some(), *OUT)  # type: ignore[arg-type]
    clock.pass_(hours=1)
    text = typed(open_again(board), *QUIZ, "w", ".", *OUT)
    shows(text, "Your text so far has 1 line;", "We lose 9 clinics a year.")
    assert reader(board)["ms"] == 40_000


def open_again(study: Study) -> Study:
    """The same record in a session of its own."""
    return open_study(study.record.directory.parent, study.clock)  # type: ignore[arg-type]


def reader(study: Study) -> dict[str, object]:
    """The one answer on disk."""
    again = open_study(study.record.directory.parent, readonly=True)
    (kept,) = again.record.table("answers").all()
    return dict(kept)


def test_a_tick_on_a_full_disk_is_refused_in_words(board: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.pwrite
    full = False

    def pwrite(*arguments: object) -> int:
        if full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments)  # type: ignore[arg-type]

    def on_a_full_disk() -> object:
        nonlocal full
        full = True
        yield "6"
        yield ""
        full = False
        yield "6"
        yield ""

    monkeypatch.setattr(os, "pwrite", pwrite)
    text = typed(board, *QUIZ, *SAID, on_a_full_disk(), *OUT)  # type: ignore[arg-type]
    assert text.count("Not saved: No space left on device") >= 2
    shows(text, "6, Says what would change your mind: ticked.", "question 2 of")
    assert len(board.record.table("ratings")) == 6


def test_where_the_line_dropped_between_ticks_they_are_gone_on_with(board: Study, clock: FakeClock) -> None:
    typed(board, *QUIZ, *SAID, "6")
    assert board.record.readonly_reason, "the input ended, and the session with it"
    again = open_again(board)
    assert again.record.table("cards").all() == []
    text = typed(again, "5", "", "q", "q", resume=True)
    shows(
        text,
        "Compare with your own answer.",
        "We lose 9 clinics a year.",
        "6. Says what would change your mind: ticked",
    )
    shows(text, "5, Names who acts: ticked.", "question 2 of")
    assert set(dict(open_again(board).record.table("cards").stream())) == {"s-board"}


def all_but_the_last(study: Study) -> None:
    """A quiz of which only the answer to a member of the board is left."""
    session, _ = asked_in_quiz(study, "s-board")
    while session.left != ("s-board",):
        question = session.question()
        assert question is not None
        if question.item == "s-board":
            session.skip(question)
        else:
            session.answer(question, given(study, question))


def test_ticks_of_the_last_question_are_gone_on_with_before_the_result(study: Study) -> None:
    all_but_the_last(study)
    typed(study, *QUIZ, *SAID, "6")
    text = typed(open_again(study), "5", "", "q", "q", resume=True)
    shows(text, "6. Says what would change your mind: ticked", "5, Names who acts: ticked.", "Quiz result")


def test_ticks_of_a_review_are_gone_on_with_and_not_asked_for_again(board: Study, clock: FakeClock) -> None:
    typed(board, *QUIZ, *SAID, "", *OUT)
    clock.pass_(days=100)
    text = typed(open_again(board), "r", *SAID, "6")
    shows(text, "Helen Brandt, finance, worried:", "6, Says what would change your mind: ticked.")
    text = typed(open_again(board), "", "", "q", resume=True)
    shows(
        text,
        "Helen Brandt, finance, worried:" if "Helen" in text else "",
        "6. Says what would change your mind: ticked",
    )
    assert "So what" not in text
    assert len(open_again(board).record.table("reviews")) == 2


def test_a_check_in_a_reading_is_compared_ticked_and_gone_on_with(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path / "records", clock, course=course_that_asks("s-board", tmp_path))
    text = typed(study, "", "o", "3", *SAID, "6")
    shows(text, "Check: The board call.", "Your answer", "Reply 3", "6, Says what would change your mind: ticked.")
    again = open_study(tmp_path / "records", clock, course=tmp_path / "course")
    text = typed(again, "5", "", "q", "q", resume=True)
    shows(
        text,
        "You answered this section's question: in your own words.",
        "6. Says what would change your mind: ticked",
    )
    shows(text, "5, Names who acts: ticked.", "enter ends the reading")
    once_more = open_study(tmp_path / "records", clock, course=tmp_path / "course")
    assert set(dict(once_more.record.table("cards").stream())) == {"s-board"}
    text = typed(once_more, "q", "q", resume=True)
    assert "Your answer" not in text, "what is decided is not asked for again"


def test_an_explanation_is_compared_with_a_strong_one(study: Study) -> None:
    asked_in_quiz(study, "s-adr")
    text = typed(study, *QUIZ, "w", "A cache, for a year.", ".", "3", "", *OUT)
    shows(text, "Your answer", "A cache, for a year.", "A strong answer", "Reads may be a minute old", "Why")
    shows(
        text,
        "Look for these points. Tick what you find in your answer.",
        "3, An owner is named: ticked.",
    )
    assert "proposed" not in text
    assert study.record.table("cards").all() == []


def test_all_answers_show_what_was_ticked(study: Study) -> None:
    all_but_the_last(study)
    text = typed(study, *QUIZ, *SAID, "6", "", "a", *[""] * 14, "q", "q", "q")
    answers = text.split("Quiz result")[1]
    shows(answers, "Your answer", "We lose 9 clinics a year.", "Reply 3", "Look for these points")
    shows(answers, "[x] Names a number with its unit", "[ ] Names who acts", "[x] Says what would change your mind")
