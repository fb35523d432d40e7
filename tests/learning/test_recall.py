"""Expected recall falls with time, rises with a review, and says what to review first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dev2cto.learning.recall import best_to_review, mean, recall, recall_if_reviewed
from dev2cto.learning.review import GOOD, CardState, schedule

TODAY = date(2026, 12, 2)


def card(item: str, days_ago: int, stability: float = 10.0) -> CardState:
    last = TODAY - timedelta(days=days_ago)
    return CardState(item, TODAY + timedelta(days=3), stability, 5.0, last)


def test_recall_is_ninety_percent_when_stability_has_passed() -> None:
    """That is what FSRS means by stability, and what the scheduler aims at."""
    assert recall(card("a", 10), TODAY) == pytest.approx(0.9)
    assert recall(card("a", 0), TODAY) == 1.0
    assert recall(schedule("a", None, GOOD, TODAY), TODAY - timedelta(days=9)) == 1.0


def test_recall_falls_day_by_day_and_rises_with_a_review() -> None:
    state = card("a", 5)
    days = [recall(state, TODAY + timedelta(days=n)) for n in range(60)]
    assert days == sorted(days, reverse=True)
    then = TODAY + timedelta(days=40)
    assert recall_if_reviewed(state, TODAY, then) > recall(state, then)


def test_what_gains_most_is_reviewed_first() -> None:
    weak, strong, today = card("weak", 6, 4.0), card("strong", 6, 400.0), card("today", 0, 2.0)
    on = TODAY + timedelta(days=30)
    assert best_to_review([strong, today, weak], TODAY, on, 5) == ("weak", "strong")
    assert best_to_review([strong, weak], TODAY, on, 1) == ("weak",)


def test_the_mean_of_nothing_is_unknown() -> None:
    assert mean([]) is None
    assert mean([0.5, 1.0]) == 0.75
