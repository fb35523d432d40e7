"""A text that its author judges: each tick is kept, and the ticks of an answer to somebody drive its review."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from random import Random

import pytest

from dev2cto.errors import NotSaved
from dev2cto.learning.review import rating_of_points
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.queries.ticking import Ticking, ticking
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.rebuild import rebuild
from dev2cto.study.state.reset_commands import reset, undo
from dev2cto.study.study import Study
from tests.support.fake_learner import asked_in_quiz, given, take
from tests.support.studies import FakeClock, course_that_asks, open_study

SAID = "We lose 9 clinics a year. Which of them do you know?"
"""Meets the first four of six markers; the last is not for the program to see."""


def answered(study: Study, item: str = "s-board", text: str = SAID, *, ms: int = 0) -> tuple[QuizSession, Feedback]:
    """That question, answered in a quiz."""
    session, question = asked_in_quiz(study, item)
    feedback = session.answer(question, SubmittedAnswer(text, ms=ms))
    assert isinstance(feedback, Feedback)
    return session, feedback


def points(study: Study, feedback: Feedback) -> Ticking:
    found = ticking(study, feedback)
    assert found is not None
    return found


def met(found: Ticking) -> list[bool]:
    return [tick.met for tick in found.ticks]


def test_what_the_program_sees_is_proposed_and_nothing_is_decided(study: Study) -> None:
    found = points(study, answered(study)[1])
    assert met(found) == [True, True, True, True, False, False]
    assert [tick.proposed for tick in found.ticks] == [True] * 5 + [False]
    assert not any(tick.decided for tick in found.ticks)
    assert study.record.table("ratings").all() == []
    assert study.record.table("cards").all() == []


def test_every_tick_is_on_disk_at_once_and_is_there_in_the_next_session(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    session, feedback = answered(study)
    found = points(study, feedback)
    found.toggle(found.ticks[0].id)
    found.toggle(found.ticks[5].id)
    assert met(found) == [False, True, True, True, False, True]
    assert [tick.decided for tick in found.ticks] == [True, False, False, False, False, True]
    after_a_kill = open_study(tmp_path, clock, readonly=True)
    (shown,) = (f for f in after_a_kill.attempt(session.id).result().answers if f.item == "s-board")
    assert points(after_a_kill, shown).ticks == found.ticks
    study.record.close()


def test_a_tick_that_cannot_be_saved_is_not_shown(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    found = points(study, answered(study)[1])

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr("os.pwrite", full)
        with pytest.raises(NotSaved):
            found.toggle(found.ticks[5].id)
        with pytest.raises(NotSaved):
            found.confirm()
    assert not any(tick.decided for tick in found.ticks)
    assert study.record.table("cards").all() == []


@pytest.mark.parametrize(("more", "rated"), [((), 2), ((4,), 2), ((4, 5), 3), ((0,), 1), ((0, 1, 2, 3), 1)])
def test_the_ticks_as_they_are_left_rate_the_card(study: Study, more: tuple[int, ...], rated: int) -> None:
    found = points(study, answered(study)[1])
    for number in more:
        found.toggle(found.ticks[number].id)
    found.confirm()
    assert all(tick.decided for tick in found.ticks)
    (review,) = study.record.table("reviews").all()
    assert (review["card"], review["rating"]) == ("s-board", rated)
    assert set(dict(study.record.table("cards").stream())) == {"s-board"}


def test_settling_again_schedules_nothing_again(study: Study, clock: FakeClock) -> None:
    found = points(study, answered(study)[1])
    found.confirm()
    cards = dict(study.record.table("cards").stream())
    clock.pass_(days=40)
    found.confirm()
    assert len(study.record.table("reviews")) == 1
    assert dict(study.record.table("cards").stream()) == cards


def test_what_is_settled_days_later_counts_for_the_day_of_the_answer(study: Study, clock: FakeClock) -> None:
    day, found = study.today(), points(study, answered(study)[1])
    clock.pass_(days=3)
    found.confirm()
    assert dict(study.record.table("cards").stream())["s-board"]["last"] == day.isoformat()
    before = dict(study.record.table("cards").stream())
    rebuild(study)
    assert dict(study.record.table("cards").stream()) == before


def test_an_explanation_keeps_its_ticks_and_gets_no_card(study: Study) -> None:
    found = points(study, answered(study, "s-adr", "We chose a cache.")[1])
    assert [tick.proposed for tick in found.ticks] == [False] * 4
    found.toggle(found.ticks[1].id)
    found.confirm()
    assert met(found) == [False, True, False, False]
    assert len(study.record.table("ratings")) == 4
    assert study.record.table("cards").all() == []


def test_it_counts_for_no_score_no_mastery_and_no_progress(study: Study) -> None:
    session, feedback = answered(study)
    points(study, feedback).confirm()
    assert dict(study.record.table("sums").stream()).keys() == {f"open:{session.id}"}
    result = take(study, session)
    assert result.counted == 13
    assert "s-board" not in result.missed
    assert study.progress.scores("s-money").keys() == {"s-burn"}


def test_a_review_shows_the_variants_in_turn_and_the_ticks_schedule_it(study: Study, clock: FakeClock) -> None:
    points(study, answered(study)[1]).confirm()
    spoken = []
    for _ in range(3):
        clock.pass_(days=200)
        question = due(study)
        spoken.append(question.prompt)
        session = study.review()
        session.start_at("s-board", question.draw)
        again = session.question()
        assert again is not None
        assert again.prompt == question.prompt, "the draw is kept: the same person speaks"
        feedback = session.answer(again, SubmittedAnswer(SAID))
        assert isinstance(feedback, Feedback)
        assert session.question() is None
        assert due(study).item == "s-board", "until the points are settled it stays due"
        points(study, feedback).confirm()
        assert study.review().question() is None
    assert ["Helen Brandt" in spoken[0], "Tom Okafor" in spoken[1], "Helen Brandt" in spoken[2]] == [True] * 3


def due(study: Study) -> Question:
    question = study.review().question()
    assert question is not None
    return question


def test_a_check_in_a_reading_may_be_answered_in_own_words(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path / "records", clock, course=course_that_asks("s-board", tmp_path))
    session = study.reading("s-contracts")
    question = session.check("limits")
    assert question is not None
    assert not question.scored
    feedback = session.answer(question, SubmittedAnswer(SAID))
    assert isinstance(feedback, Feedback)
    found = points(study, feedback)
    found.toggle(found.ticks[5].id)
    shown = session.answered(question)
    assert shown is not None
    assert points(study, shown).ticks == found.ticks
    found.confirm()
    assert set(dict(study.record.table("cards").stream())) == {"s-board"}


def test_the_time_is_kept_with_the_answer(study: Study) -> None:
    session, feedback = answered(study, ms=104_900)
    assert feedback.overtime == "You took 104 s; the limit was 90 s."
    (doc,) = study.record.table("answers").all()
    assert (doc["ms"], doc["seconds"]) == (104_900, 90)
    (shown,) = (f for f in session.result().answers if f.item == "s-board")
    assert shown.overtime == feedback.overtime


def test_an_answer_in_time_and_one_without_a_time_say_nothing_of_it(study: Study) -> None:
    assert answered(study, ms=90_000)[1].overtime == ""
    assert answered(study, "s-adr", "A cache.", ms=900_000)[1].overtime == ""
    assert ["seconds" in doc for doc in study.record.table("answers").all()].count(True) == 1


def test_a_reset_sets_answer_and_ticks_aside_and_undoing_it_brings_them_back(study: Study, clock: FakeClock) -> None:
    session, feedback = answered(study)
    found = points(study, feedback)
    found.toggle(found.ticks[5].id)
    found.confirm()
    clock.pass_(seconds=1)
    id = reset(study, "item", "s-board")
    assert study.record.table("cards").all() == []
    assert not [f for f in QuizSession(study, session.id).result().answers if f.item == "s-board"]
    undo(study, id)
    assert set(dict(study.record.table("cards").stream())) == {"s-board"}
    (shown,) = (f for f in QuizSession(study, session.id).result().answers if f.item == "s-board")
    assert points(study, shown).ticks == found.ticks


def test_ticks_of_two_machines_on_one_answer_are_all_kept(tmp_path: Path, clock: FakeClock) -> None:
    one = open_study(tmp_path, clock)
    _, feedback = answered(one)
    two = open_study(tmp_path, clock, device="desk")
    here, there = points(one, feedback), points(two, feedback)
    here.toggle(here.ticks[0].id)
    there.toggle(there.ticks[5].id)
    one.record.refresh()
    two.record.refresh()
    assert met(here) == met(there) == [False, True, True, True, False, True]
    here.confirm()
    two.record.refresh()
    there.confirm()
    one.record.refresh()
    assert len(one.record.table("reviews")) == 1
    one.record.close()
    two.record.close()


def test_a_retry_and_a_record_without_the_answers_id_offer_no_ticks(study: Study) -> None:
    from dataclasses import replace

    _, feedback = answered(study)
    assert ticking(study, replace(feedback, answer="")) is None
    assert ticking(study, replace(feedback, hidden=True)) is None
    session = study.quiz("t2")
    question = session.question()
    assert question is not None
    scored = session.answer(question, given(study, question))
    assert isinstance(scored, Feedback)
    assert ticking(study, scored) is None


@pytest.mark.parametrize(
    ("met", "of", "hints", "rated"),
    [
        (4, 4, 0, 3), (4, 4, 1, 2), (3, 4, 0, 2), (2, 4, 0, 1), (0, 4, 0, 1),
        (3, 3, 0, 3), (2, 3, 0, 2), (1, 3, 0, 1), (4, 6, 0, 2), (3, 6, 0, 1), (5, 6, 2, 2),
    ],
)  # fmt: skip
def test_the_rating_follows_from_the_share_of_points(met: int, of: int, hints: int, rated: int) -> None:
    assert rating_of_points(met, of, hints) == rated


def test_answers_from_before_there_were_ticks_are_shown_with_what_to_look_for(study: Study) -> None:
    """Their place, or the page of their reading, does not name the answer."""
    from dataclasses import replace

    from dev2cto.markdown.layout import layout
    from dev2cto.markdown.parser import parse
    from dev2cto.presenters.feedback import feedback_blocks

    def shown(feedback: Feedback) -> str:
        return "\n".join(line.text for line in layout(feedback_blocks(feedback, parse)))

    _, feedback = answered(study, "s-adr", "We chose a cache.")
    assert "- An owner is named" in shown(replace(feedback, answer=""))
    assert "An owner is named" not in shown(feedback), "it is offered to be ticked"


def test_an_attempt_from_before_with_two_texts_is_gone_on_with(study: Study) -> None:
    bank = study.curriculum.bank("t1")
    items = ["s-adr", "s-board", "s-retry"]
    document = {"quiz": "t1", "module": "t1", "mode": "exam", "seed": 1, "items": items, "state": "open"}
    document |= {"draws": {id: bank[id].draw(Random(1)).document() for id in items}, "started": study.now()}
    attempt = study.record.table("attempts").insert(document)
    study.progress.keep_open(attempt, document)
    session = study.attempt(attempt)
    while (question := session.question()) is not None:
        feedback = session.answer(question, given(study, question))
        assert isinstance(feedback, Feedback)
        assert feedback.hidden
    result = session.finish()
    assert (result.counted, result.score, len(result.answers)) == (1, 1.0, 3)


def test_export_has_the_ticks(study: Study) -> None:
    from dev2cto.record.schema import TABLES

    found = points(study, answered(study)[1])
    found.confirm()
    assert TABLES["ratings"].exported
    exported = {id for id, _ in study.record.table("ratings").scan()}
    assert exported == {f"{found.feedback.answer}/{tick.id}" for tick in found.ticks}
