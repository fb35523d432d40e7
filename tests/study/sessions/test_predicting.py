"""An interval before a number: kept with the answer, spoken of in the judgement, given once in a calculation."""

from __future__ import annotations

from typing import Any

import pytest

from dev2cto.record.schema import TABLES
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions.calculation import CalculationSession
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.study import Study
from tests.support.fake_learner import on_disk

ITEM = "s-budget-sum"


def asked(study: Study, mode: Any = "practice") -> tuple[Any, Question]:
    """That question in an attempt."""
    session = study.quiz("t1", mode)
    question = session.question(session.order.index(ITEM) + 1)
    assert question is not None
    return session, question


def answer_of(study: Study) -> dict[str, Any]:
    """The only answer, as it is on disk."""
    (kept,) = on_disk(study.record.directory, "answers").values()
    return dict(kept)


def test_interval_and_score_are_kept_with_the_answer(study: Study) -> None:
    session, question = asked(study)
    right = session._items[ITEM].value(question.draw)
    session.answer(question, SubmittedAnswer((f"{right - 10!r}", f"{right + 30!r} ms", f"{right!r}"), 2))
    kept = answer_of(study)
    assert kept["response"] == [f"{right - 10!r}", f"{right + 30!r} ms", f"{right!r}"]
    assert (kept["range"], kept["held"], kept["score"]) == ([right - 10, right + 30], True, 1.0)
    assert kept["interval"] == pytest.approx(40 / right, abs=1e-6)
    assert {"range", "held", "interval"} <= set(TABLES["answers"].fields)


def test_an_interval_that_misses_is_judged_apart_from_the_number(study: Study) -> None:
    session, question = asked(study)
    right = session._items[ITEM].value(question.draw)
    verdict = session.answer(question, SubmittedAnswer((f"{right + 10!r}", f"{right + 20!r}", f"{right!r}"), 2))
    assert isinstance(verdict, Feedback)
    assert verdict.score == 1
    assert "misses the answer. It is 10 ms wide" in verdict.interval
    kept = answer_of(study)
    assert kept["held"] is False
    assert kept["interval"] == pytest.approx((10 + 20 * 10) / right, abs=1e-6)


def test_an_exam_says_nothing_of_it_before_its_end(study: Study) -> None:
    session, question = asked(study, "exam")
    verdict = session.answer(question, SubmittedAnswer(("1", "9000", "7"), 2))
    assert isinstance(verdict, Feedback)
    assert verdict.interval == ""
    again = session.question(question.number)
    assert again is not None
    assert again.given == ("1", "9000", "7")
    shown = [f for f in session.finish().answers if f.item == ITEM]
    assert "holds the answer" in shown[0].interval


def test_an_answer_without_an_interval_is_kept_without_one(study: Study) -> None:
    session, question = asked(study)
    session.answer(question, SubmittedAnswer("7", 2))
    assert not {"range", "held", "interval"} & set(answer_of(study))


def test_a_calculation_asks_for_it_once_and_keeps_it_with_every_try(study: Study) -> None:
    session = study.exercise("c1-x-cost")
    assert isinstance(session, CalculationSession)
    right = round(session.sheet.item(0).value(session.sheet.showing))
    missed = session.answer(0, SubmittedAnswer(("100", "20000 jobs", "7")))
    assert isinstance(missed, Feedback)
    assert missed.score == 0
    later = study.exercise("c1-x-cost")
    assert isinstance(later, CalculationSession)
    question = later.question(0)
    assert type(question.form).__name__ == "Write"
    assert question.given == "7"
    found = later.answer(0, SubmittedAnswer(str(right)))
    assert isinstance(found, Feedback)
    assert found.score == 1
    assert f"Your interval, 100 to {20000:,} jobs, holds the answer." in found.interval
    first, second = study.record.table("answers").all()
    assert first["range"] == second["range"] == [100, 20000]
    assert second["response"] == ["100", "20000 jobs", str(right)]
    assert later.done
    shown = later.feedback(0)
    assert shown is not None
    assert shown.interval == found.interval
    assert later.question(0).given == str(right)
