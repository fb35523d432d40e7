"""A quiz attempt: drawn, left, resumed, finished, retried."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from dev2cto.errors import CourseError
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.study import Study
from tests.support.fake_learner import do_all_exercises, given, take
from tests.support.studies import FakeClock, open_study

ONE, TWO = {"t-q-mean"}, {"t-q-mean", "t-q-word"}
"""Of six questions, those that score nothing when missed."""


def test_leaving_and_coming_back_goes_on_at_the_same_question(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    session = study.quiz("t1")
    for _ in range(3):
        question = session.question()
        assert question is not None
        session.answer(question, given(study, question))
    waiting = session.question()
    study.record.close()
    again = open_study(tmp_path, clock)
    again.rng = Random("another")
    resumed = again.quiz("t1")
    assert resumed.id == session.id
    assert resumed.question() == waiting
    assert waiting is not None
    assert waiting.number == 4
    again.record.close()


def test_an_attempt_passes_at_the_mark_and_not_below(study: Study, clock: FakeClock) -> None:
    result = take(study, study.quiz("t2"), miss=TWO)
    assert not result.passed
    assert study.home().steps[1].state == "begun"
    clock.pass_(minutes=1)
    assert take(study, study.quiz("t2"), miss=ONE).passed  # five of six
    assert "t2" in study.progress.completed_work().quizzes
    clock.pass_(minutes=1)
    take(study, study.quiz("t2"), miss=TWO)
    assert "t2" in study.progress.completed_work().quizzes
    quiz = dict(study.record.table("sums").stream())["quiz:t2"]
    assert (quiz["attempts"], round(quiz["best"], 3)) == (3, 0.833)


def test_unscored_items_do_not_count(study: Study) -> None:
    session = study.quiz("t1")
    result = take(study, session)
    assert len(session.order) == 14
    assert (result.counted, result.score) == (13, 1.0)


def test_an_exam_asks_for_no_text_that_nobody_scores(study: Study) -> None:
    asked = [study.curriculum.item(id) for id in study.quiz("t1", "exam").order]
    assert len(asked) == 13
    assert all(item.scored for item in asked)


def test_a_retry_asks_what_was_missed_and_passes_nothing(study: Study, clock: FakeClock) -> None:
    first = take(study, study.quiz("t2"), miss=TWO)
    clock.pass_(minutes=1)
    session = study.quiz("t2", retry_of=first.attempt)
    assert set(session.order) == set(first.missed)
    result = take(study, session)
    assert result.retry
    assert not result.passed
    assert study.progress.completed_work().quizzes == set()
    assert dict(study.record.table("sums").stream())["quiz:t2"]["attempts"] == 1


def test_a_retry_after_nothing_was_missed_is_refused_in_words(study: Study) -> None:
    first = take(study, study.quiz("t2"))
    with pytest.raises(CourseError):
        study.quiz("t2", retry_of=first.attempt)


def test_an_exam_says_nothing_before_its_end_and_lets_answers_change(study: Study) -> None:
    session = study.quiz("t2", "exam")
    question = session.question(1)
    assert question is not None
    assert question.hints == 0
    feedback = session.answer(question, given(study, question, well=False))
    assert isinstance(feedback, Feedback)
    assert feedback.hidden
    assert study.record.table("cards").all() == []
    changed = given(study, question)
    session.answer(question, changed)
    asked_again = session.question(1)
    assert asked_again is not None
    assert asked_again.given == changed.response
    result = take(study, session)
    assert result.score == 1
    assert result.passed
    assert len(study.record.table("cards")) == 6


def test_an_exam_that_is_ended_early_counts_the_rest_as_nothing(study: Study) -> None:
    session = study.quiz("t2", "exam")
    for number in (1, 2, 3):
        question = session.question(number)
        assert question is not None
        session.answer(question, given(study, question))
    result = session.finish()
    assert result.score == 0.5
    assert session.finished
    assert session.finish().score == 0.5
    assert dict(study.record.table("sums").stream())["quiz:t2"]["attempts"] == 1


def test_practice_and_exam_are_attempts_of_their_own(study: Study) -> None:
    practice = study.quiz("t2")
    exam = study.quiz("t2", "exam")
    assert practice.id != exam.id
    assert study.quiz("t2").id == practice.id


def test_skipping_puts_a_question_last_and_survives(study: Study) -> None:
    session = study.quiz("t2")
    first = session.question()
    assert first is not None
    assert session.skip(first)
    assert QuizSession(study, session.id).order[-1] == first.item
    take(study, session)
    assert session.finished


def test_the_last_question_cannot_be_skipped(study: Study) -> None:
    session = study.quiz("t2")
    while len(session.left) > 1:
        question = session.question()
        assert question is not None
        session.answer(question, given(study, question))
    question = session.question()
    assert question is not None
    assert not session.skip(question)


def test_an_attempt_given_up_counts_for_nothing(study: Study) -> None:
    session = study.quiz("t2")
    session.leave()
    assert study.quiz("t2").id != session.id
    assert not study.record.table("sums").contains(doc_id="quiz:t2")


def test_an_attempt_that_another_session_ended_is_counted_once(tmp_path: Path, clock: FakeClock) -> None:
    one = open_study(tmp_path, clock)
    here = one.quiz("t2")
    while len(here.left) > 1:
        question = here.question()
        assert question is not None
        here.answer(question, given(one, question))
    two = open_study(tmp_path, clock)
    there = two.attempt(here.id)
    take(two, there)
    one.record.refresh()
    question = here.question()
    assert question is not None
    here.answer(question, given(one, question))
    assert here.finished
    assert dict(one.record.table("sums").stream())["quiz:t2"]["attempts"] == 1
    one.record.close()
    two.record.close()


def test_items_answered_longest_ago_come_first_unscored_ones_too(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"))
    clock.pass_(minutes=1)
    check = study.reading("s-contracts")
    question = check.check("twice")
    assert question is not None
    check.answer(question, given(study, question))
    from dev2cto.study.queries.history import last_seen

    seen = last_seen(study, [item.id for module in study.course.modules for item in module.items])
    assert "s-adr" in seen
    assert max(seen, key=lambda item: seen[item]) == "s-retry"


def test_an_open_quiz_is_begun_and_a_passed_one_with_all_exercises_makes_the_step(study: Study) -> None:
    study.quiz("t2")
    assert study.step("t2").parts[1].state == "begun"
    take(study, study.quiz("t2"))
    assert study.home().steps[1].state == "begun"
    do_all_exercises(study)
    assert study.home().steps[1].state == "done"
    assert study.home().steps[1].readings_done == 0


def test_an_unknown_attempt_and_an_unknown_step_are_reported_in_words(study: Study) -> None:
    with pytest.raises(CourseError, match="no longer exists"):
        study.attempt("nonsense")
    with pytest.raises(CourseError, match="no step"):
        study.quiz("9")
