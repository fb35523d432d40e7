"""Drawing a quiz and judging an attempt."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.course.outline import ItemOutline
from dev2cto.learning.quiz import UNSCORED, GradedAnswer, draw_quiz, drawn, judge

SHELVES = st.lists(st.integers(0, 8), min_size=1, max_size=6)


def bank(shelves: list[int]) -> list[ItemOutline]:
    """As many items for each objective."""
    return [
        ItemOutline(f"q{objective}-{n}", "single", f"o{objective}", True, "", "")
        for objective, count in enumerate(shelves)
        for n in range(count)
    ]


@given(SHELVES, st.integers(1, 20), st.integers())
def test_a_quiz_is_spread_over_the_objectives_within_one(shelves: list[int], length: int, seed: int) -> None:
    items = bank(shelves)
    drawn = draw_quiz(items, {}, length, Random(seed), 1)
    assert len(drawn) == len(set(drawn)) == min(length, len(items))
    counts = Counter(id.split("-")[0] for id in drawn)
    open_shelves = [counts[f"q{n}"] for n, there in enumerate(shelves) if counts[f"q{n}"] < there]
    assert not open_shelves or max(counts.values()) - min(open_shelves) <= 1


@given(SHELVES, st.integers(1, 20), st.integers(), st.data())
def test_within_an_objective_the_least_recently_seen_come_first(
    shelves: list[int], length: int, seed: int, data: st.DataObject
) -> None:
    items = bank(shelves)
    ids = [item.id for item in items]
    seen = data.draw(st.dictionaries(st.sampled_from(ids), st.integers(0, 99).map("{:03}".format))) if ids else {}
    drawn = set(draw_quiz(items, seen, length, Random(seed), 1))
    for objective in {item.objective for item in items}:
        mine = [item.id for item in items if item.objective == objective]
        taken = [seen.get(id, "") for id in mine if id in drawn]
        left = [seen.get(id, "") for id in mine if id not in drawn]
        assert not taken or not left or max(taken) <= min(left)


def test_objectives_not_seen_for_long_get_the_odd_places() -> None:
    items = bank([2, 2, 2])
    seen = {"q0-0": "2", "q0-1": "2", "q1-0": "1", "q1-1": "1"}
    for seed in range(20):
        assert Counter(id[:2] for id in draw_quiz(items, seen, 2, Random(seed), 1)) == {"q1": 1, "q2": 1}


def test_chance_decides_what_the_rule_leaves_open_and_the_same_seed_decides_the_same() -> None:
    items = bank([6, 6])
    draws = {draw_quiz(items, {}, 4, Random(seed), 1) for seed in range(30)}
    assert len(draws) > 20
    assert draw_quiz(items, {}, 4, Random(5), 1) == draw_quiz(items, {}, 4, Random(5), 1)


def test_the_order_gives_no_objective_away() -> None:
    first = Counter(draw_quiz(bank([4, 4, 4]), {}, 6, Random(seed), 1)[0][:2] for seed in range(300))
    assert all(60 < first[objective] < 140 for objective in ("q0", "q1", "q2"))


def test_nothing_to_draw() -> None:
    assert draw_quiz([], {}, 12, Random(1), 1) == ()


@st.composite
def mixed_banks(draw: st.DrawFn) -> list[ItemOutline]:
    """A bank in which any items may be unscored."""
    items = bank(draw(SHELVES))
    return [item._replace(scored=draw(st.booleans())) for item in items]


@given(mixed_banks(), st.integers(1, 20), st.integers(), st.sampled_from([0, 1, 2]))
def test_no_more_unscored_items_are_drawn_than_asked_for_and_scored_ones_take_their_place(
    items: list[ItemOutline], length: int, seed: int, most: int
) -> None:
    scored = {item.id: item.scored for item in items}
    quiz = draw_quiz(items, {}, length, Random(seed), most)
    unscored = [id for id in quiz if not scored[id]]
    assert len(unscored) <= most
    there = sum(scored.values()) + min(most, len(items) - sum(scored.values()))
    assert len(quiz) == len(set(quiz)) == min(length, there) == drawn(items, length, most)


@given(mixed_banks(), st.integers(), st.data())
def test_the_unscored_item_is_the_one_not_seen_for_longest(
    items: list[ItemOutline], seed: int, data: st.DataObject
) -> None:
    moments = data.draw(st.lists(st.integers(0, 99), min_size=len(items), max_size=len(items)))
    seen = {item.id: f"{moment:03}" for item, moment in zip(items, moments, strict=True)}
    unscored = {item.id for item in items if not item.scored}
    drawn = unscored & set(draw_quiz(items, seen, len(items) or 1, Random(seed), 1))
    assert len(drawn) == min(1, len(unscored))
    assert all(seen[id] == min(seen[other] for other in unscored) for id in drawn)


def test_a_practice_asks_for_one_text_and_an_exam_for_none() -> None:
    assert UNSCORED == {"practice": 1, "exam": 0}


def test_an_outcome_by_objective() -> None:
    outcome = judge(
        [
            GradedAnswer("a", "x", 1),
            GradedAnswer("b", "x", 0.5),
            GradedAnswer("c", "y", 0),
            GradedAnswer("d", "y", 0, False),
        ]
    )
    assert (outcome.score, outcome.counted) == (0.5, 3)
    assert outcome.by_objective == {"x": (0.75, 2), "y": (0.0, 1)}
    assert outcome.missed == ("b", "c")


@pytest.mark.parametrize(("right", "of", "passed"), [(8, 10, True), (7, 10, False), (4, 5, True), (0, 0, False)])
def test_the_pass_mark_is_reached_or_not(right: int, of: int, passed: bool) -> None:
    assert judge(GradedAnswer(str(n), "x", float(n < right)) for n in range(of)).passed(0.8) is passed


def test_a_mean_of_thirds_reaches_its_mark() -> None:
    thirds = [1 / 3, 2 / 3, 1.0, 0.1, 0.2, 0.3]
    outcome = judge(GradedAnswer(str(n), "x", score) for n, score in enumerate(thirds))
    assert outcome.passed(sum(sorted(thirds)) / 6)


def test_only_what_is_not_scored_passes_nothing() -> None:
    assert not judge([GradedAnswer("a", "x", 1, False)]).passed(0.1)
