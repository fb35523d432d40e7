"""Spaced repetition: ratings, schedules against an independent implementation, plans."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.learning.review import AGAIN, GOOD, HARD, CardState, mixed, next_days, plan, rating, rebuild, schedule

VECTORS = json.loads((Path(__file__).with_name("fsrs_vectors.json")).read_text())
"""Made with ts-fsrs by fsrs_vectors.mjs: gaps in days, ratings, and what it gave after each."""
START = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("score", "confidence", "hints", "wanted"),
    [
        (1.0, 3, 0, GOOD),
        (1.0, 2, 0, HARD),
        (1.0, 1, 0, AGAIN),
        (1.0, 3, 1, HARD),
        (1.0, 1, 2, AGAIN),
        (0.99, 3, 0, AGAIN),
        (0.0, 1, 0, AGAIN),
        (1.0, None, 0, GOOD),
        (1.0, 0, 0, GOOD),
        (0.5, None, 0, AGAIN),
    ],
)
def test_ratings(score: float, confidence: int | None, hints: int, wanted: int) -> None:
    assert rating(score, confidence, hints) == wanted


@pytest.mark.parametrize(
    "run", VECTORS["runs"], ids=lambda run: "".join(f"{s['after_days']}r{s['rating']}" for s in run)[:32]
)
def test_schedules_agree_with_another_implementation(run: list[dict[str, Any]]) -> None:
    state: CardState | None = None
    at = START
    for step in run:
        at += timedelta(days=step["after_days"])
        state = schedule("m01-q-one", state, step["rating"], at)
        assert state.stability == pytest.approx(step["stability"], abs=5e-5)
        assert state.difficulty == pytest.approx(step["difficulty"], abs=5e-5)
        # ts-fsrs keeps the intervals of hard, good and easy apart by a day, which py-fsrs does not.
        assert abs((state.due - at).days - step["interval_days"]) <= 1


def test_the_weights_are_those_of_the_other_implementation() -> None:
    assert list(DEFAULT_PARAMETERS) == VECTORS["weights"]


@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from([AGAIN, HARD, GOOD])), min_size=1, max_size=8), st.randoms()
)
def test_a_card_follows_from_its_reviews_in_any_order(steps: list[tuple[int, int]], rng: Random) -> None:
    state: CardState | None = None
    at, events = START, []
    for days, rated in steps:
        at += timedelta(days=days)
        state = schedule("m01-q-one", state, rated, at)
        events.append((at, rated))
    rng.shuffle(events)
    assert rebuild("m01-q-one", events) == state


def test_a_card_stored_with_moments_is_read_by_its_days() -> None:
    document = schedule("m01-q-one", None, GOOD, START).document()
    document |= {"due": "2026-01-07T22:00:00+00:00", "last": "2026-01-05T22:00:00+00:00"}
    assert CardState.read("m01-q-one", document) == schedule("m01-q-one", None, GOOD, START)


def test_a_card_survives_being_stored() -> None:
    state = schedule("m01-q-one", None, GOOD, START)
    assert CardState.read("m01-q-one", json.loads(json.dumps(state.document()))) == state


def card(item: str, due: date) -> CardState:
    return CardState(item, due, 3.0, 5.0, due - timedelta(days=3))


def test_a_plan_takes_the_longest_overdue_first_and_stops_at_the_cap() -> None:
    cards = [card(f"q{n}", START - timedelta(days=n)) for n in range(81)]
    modules = {c.item: "m01" for c in cards}
    made = plan(cards, modules, START, 0, 20, Random(1), date(2025, 12, 17))
    assert set(made.today) == {f"q{n}" for n in range(61, 81)}
    assert made.later == 61
    assert made.words == "19 days away: 20 today, 61 spread over the following days"


def test_what_was_reviewed_today_counts_towards_the_cap() -> None:
    cards = [card(f"q{n}", START - timedelta(days=1)) for n in range(10)]
    made = plan(cards, {c.item: "m01" for c in cards}, START, 17, 20, Random(1))
    assert len(made.today) == 3


def test_cards_that_are_not_due_or_not_in_the_course_wait() -> None:
    cards = [card("later", START + timedelta(days=1)), card("gone", START - timedelta(days=1))]
    assert plan(cards, {"later": "m01"}, START, 0, 20, Random(1)).today == ()


@given(st.lists(st.sampled_from(["m01", "m02", "m03"]), max_size=24), st.integers())
def test_modules_take_turns_as_long_as_they_can(modules: list[str], seed: int) -> None:
    items = [f"{module}-q-{n}" for n, module in enumerate(modules)]
    order = mixed(items, dict(zip(items, modules, strict=True)), Random(seed))
    assert sorted(order) == sorted(items)
    pairs = sum(a[:3] == b[:3] for a, b in pairwise(order))
    most = Counter(modules).most_common(1)[0][1] if modules else 0
    assert pairs <= max(0, 2 * most - len(modules) - 1) + (1 if most * 2 <= len(modules) else 0)


def test_the_days_ahead_are_counted() -> None:
    cards = [
        card("a", START - timedelta(days=2)),
        card("b", START + timedelta(days=1)),
        card("c", START + timedelta(days=3)),
    ]
    assert next_days(cards, START) == (1, 1, 0, 1, 0, 0, 0)
