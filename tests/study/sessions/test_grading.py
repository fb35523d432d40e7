"""An answer: judged, kept in one line, on disk before its verdict; scheduled once a study day."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from dev2cto.errors import NotSaved, ReadOnly
from dev2cto.items.base import Retry
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.study import Study
from tests.support.fake_learner import given, on_disk, reopened, take
from tests.support.studies import FakeClock, open_study


def lines(study: Study) -> int:
    return sum(path.read_bytes().count(b"\n") for path in study.record.directory.glob("*.jsonl"))


def test_an_answer_with_all_that_belongs_to_it_is_one_line_on_disk(study: Study) -> None:
    session = study.quiz("t1")
    question = session.question()
    assert question is not None
    before = lines(study)
    session.answer(question, given(study, question))
    assert lines(study) == before + 1
    other = reopened(study)
    kept = next(iter(other.table("answers").all()))
    assert kept["item"] == question.item
    assert kept["attempt"] == session.id
    assert kept["fingerprint"] == study.curriculum.item(question.item).fingerprint
    assert (
        set(dict(other.table("cards").stream()))
        == {doc["card"] for doc in other.table("reviews").all()}
        == {question.item}
    )
    assert on_disk(study.record.directory, "answers") == dict(study.record.table("answers").stream())


def test_an_answer_that_could_not_be_saved_was_not_given(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    session = study.quiz("t1")
    question = session.question()
    assert question is not None

    def full(fd: int, *rest: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr("os.pwrite", full)
        broken.setattr("os.write", full)
        with pytest.raises(NotSaved):
            session.answer(question, given(study, question))
    assert session.question() == question
    assert session.left == session.order
    assert study.record.table("answers").all() == []
    assert isinstance(session.answer(question, given(study, question)), Feedback)
    assert len(reopened(study).table("answers")) == 1


def test_a_slip_of_the_finger_asks_again_and_keeps_nothing(study: Study) -> None:
    session = study.reading("s-contracts")
    question = session.check("retry")
    assert question is not None
    retry = session.answer(question, SubmittedAnswer("idempotnet"))
    assert isinstance(retry, Retry)
    assert study.record.table("answers").all() == []
    meant = session.answer(question, SubmittedAnswer("idempotnet", asked=retry))
    assert isinstance(meant, Feedback)
    assert meant.score == 0


@pytest.mark.parametrize(
    ("well", "confidence", "hints", "rated"),
    [(False, 3, 0, 1), (True, 1, 0, 1), (True, 2, 0, 2), (True, 3, 1, 2), (True, 3, 0, 3), (True, 0, 0, 3)],
)
def test_what_is_rated_how(study: Study, well: bool, confidence: int, hints: int, rated: int) -> None:
    session = study.reading("s-contracts")
    question = session.check("twice")
    assert question is not None
    session.answer(question, given(study, question, well=well, confidence=confidence, hints=hints))
    assert [doc["rating"] for doc in study.record.table("reviews").all()] == [rated]


def test_only_the_first_answer_of_a_study_day_is_scheduled(study: Study, clock: FakeClock) -> None:
    session = study.reading("s-contracts")
    question = session.check("twice")
    assert question is not None
    session.answer(question, given(study, question, well=False))
    card = study.record.table("cards").get(doc_id="s-retry")
    clock.pass_(hours=17)  # 03:00 the next morning: the same study day
    session.answer(question, given(study, question))
    assert study.record.table("cards").get(doc_id="s-retry") == card
    clock.pass_(hours=1, seconds=1)
    session.answer(question, given(study, question))
    assert study.record.table("cards").get(doc_id="s-retry") != card
    assert len(study.record.table("reviews")) == 2
    assert len(study.record.table("answers")) == 3


def test_what_was_missed_late_in_the_evening_is_due_the_next_morning(study: Study, clock: FakeClock) -> None:
    clock.pass_(hours=12)  # 22:00
    session = study.reading("s-contracts")
    question = session.check("twice")
    assert question is not None
    session.answer(question, given(study, question, well=False))
    assert study.home().due == 0
    clock.pass_(hours=9)  # 07:00
    assert study.home().due == 1
    review = study.review()
    assert review.plan.today == ("s-retry",)
    asked = review.question()
    assert asked is not None
    before = study.record.table("cards").get(doc_id="s-retry")
    review.answer(asked, given(study, asked))
    after = study.record.table("cards").get(doc_id="s-retry")
    assert before is not None
    assert after is not None
    assert after["due"] > before["due"]
    assert study.home().due == 0


def test_what_is_not_scored_gets_no_card_and_counts_nowhere(study: Study) -> None:
    session = study.quiz("t1")
    while (question := session.question()) is not None and question.kind != "explain":
        session.skip(question)
    assert question is not None
    feedback = session.answer(question, given(study, question))
    assert isinstance(feedback, Feedback)
    assert feedback.verdict == "compare"
    assert feedback.points
    assert feedback.examples
    assert study.record.table("cards").all() == []
    assert dict(study.record.table("sums").stream()).keys() == {f"open:{session.id}"}


def test_nothing_is_answered_in_a_session_that_only_reads(tmp_path: Path) -> None:
    with open_study(tmp_path).record:
        pass
    study = open_study(tmp_path, readonly=True)
    reading = study.reading("s-contracts")
    question = reading.check("twice")
    assert question is not None
    with pytest.raises(ReadOnly):
        reading.answer(question, given(study, question))
    reading.mark_section("twice")
    assert not reading.read


def test_a_finished_quiz_shows_the_answers_as_they_were_given(study: Study) -> None:
    result = take(study, study.quiz("t2"), miss={"t-q-mean"})
    assert len(result.answers) == 6
    assert len(result.missed) == 1
    assert {answer.item for answer in result.answers if answer.score < 1} == set(result.missed)
