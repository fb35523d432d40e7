"""The plan: from today on, whatever was planned before; reviews beside the due ones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dev2cto.errors import UsageError
from dev2cto.presenters.plan_text import PAST, plan_blocks, review_actions
from dev2cto.study.queries.plan import WITHOUT_DATE, plan
from dev2cto.study.study import Study
from tests.support.fake_learner import given, take
from tests.support.studies import FakeClock


def words(study: Study) -> str:
    """The plan as plain mode shows it."""
    return str(plan_blocks(plan(study), drawn=False))


def test_without_a_day_the_rest_is_counted_and_nothing_planned(study: Study) -> None:
    found = plan(study)
    assert found.weeks == ()
    assert found.on == study.today() + WITHOUT_DATE
    assert found.left == sum(module.minutes for module in study.course.modules)


def test_every_part_that_is_left_is_in_a_week(study: Study) -> None:
    study.set("finish_by", (study.today() + timedelta(days=40)).isoformat())
    found = plan(study)
    assert sum(week.minutes for week in found.weeks) == found.left
    assert found.on == study.today() + timedelta(days=40)
    study.reading("s-contracts").mark(read=True)
    assert plan(study).left == found.left - 9


def test_after_a_gap_it_is_planned_again_from_today(study: Study, clock: FakeClock) -> None:
    study.set("finish_by", (study.today() + timedelta(days=40)).isoformat())
    before = plan(study)
    clock.pass_(days=20)
    after = plan(study)
    assert after.weeks[0].begins == study.today()
    assert after.left == before.left
    assert after.a_week > before.a_week
    clock.pass_(days=60)
    assert PAST in words(study)
    assert plan(study).weeks == ()


def test_a_goal_that_is_too_small_names_the_day_it_leads_to(study: Study) -> None:
    study.set("finish_by", (study.today() + timedelta(days=6)).isoformat())
    study.set("goal_minutes", "10")
    assert "Your weekly goal is 10 min. It leads to" in words(study)


@pytest.mark.parametrize("text", ["tomorrow", "2027-02-30", "0001-01-01", "9999-12-31", "31.12.2027"])
def test_days_that_cannot_be_meant_are_refused(study: Study, text: str) -> None:
    with pytest.raises(UsageError, match="enter a day like 2027-06-30"):
        study.set("finish_by", text)
    assert study.settings.finish_by == ""


def test_recall_is_expected_by_objective_and_rises_by_reviewing_ahead(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"), miss=("s-retry",))
    clock.pass_(days=1)
    found = plan(study)
    assert found.recall
    assert [line.then for line in found.recall] == sorted(line.then for line in found.recall)
    for line in found.recall:
        assert line.now > line.then
        assert line.reviewed >= line.then
    assert any(line.reviewed > line.then for line in found.recall)


def test_reviewing_ahead_asks_what_is_not_due_and_missed_what_was_wrong(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"), miss=("s-retry",))
    clock.pass_(days=1)
    due = {item for item, doc in study.progress.cards().items() if date.fromisoformat(doc["due"]) <= study.today()}
    ahead = plan(study).ahead
    assert ahead
    assert not due & set(ahead)
    assert plan(study).missed == ("s-retry",)
    assert [name for name, _ in review_actions(plan(study))] == ["ahead", "missed"]
    session = study.review("missed")
    assert session.total == 1
    question = session.question()
    assert question is not None
    assert question.item == "s-retry"
    assert study.review("ahead").total == len(ahead)


def test_a_right_answer_takes_a_question_off_what_was_missed(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"), miss=("s-retry",))
    clock.pass_(days=1)
    session = study.review("missed")
    question = session.question()
    assert question is not None
    session.answer(question, given(study, question))
    assert plan(study).missed == ()
    assert study.review("missed").total == 0
