"""The interval score, against its definition and against what it is for."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.learning.intervals import Interval, interval_score

NUMBERS = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("low", "high", "value", "score"),
    [
        (40, 60, 50, 20),
        (40, 60, 40, 20),
        (40, 60, 60, 20),
        (40, 60, 39, 20 + 20 * 1),
        (40, 60, 75, 20 + 20 * 15),
        (50, 50, 50, 0),
        (-10, 10, 20, 20 + 20 * 10),
    ],
)
def test_the_score_is_the_width_and_twenty_times_the_miss(low: float, high: float, value: float, score: float) -> None:
    assert interval_score(low, high, value) == pytest.approx(score)


@given(NUMBERS, st.floats(0, 1e6), NUMBERS, st.floats(0.01, 1))
def test_it_is_never_below_the_width(low: float, width: float, value: float, alpha: float) -> None:
    score = interval_score(low, low + width, value, alpha)
    assert score >= (low + width) - low
    if low <= value <= low + width:
        assert score == (low + width) - low


def test_nobody_does_better_than_with_what_they_know() -> None:
    """Of intervals around a number drawn evenly from 0 to 100, the one that leaves out 5 % on either side is best."""
    rng = Random(5)
    values = [rng.uniform(0, 100) for _ in range(20_000)]

    def mean(low: float, high: float) -> float:
        return sum(interval_score(low, high, value) for value in values) / len(values)

    honest = mean(5, 95)
    assert all(honest < mean(*other) for other in ((0, 100), (15, 85), (40, 60), (5, 70), (30, 95)))


@given(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(1, 1e4), st.floats(0.01, 1e4))
def test_the_unit_makes_no_difference(low: float, width: float, value: float, times: float) -> None:
    one = Interval(low, low + width, value)
    other = Interval(low * times, (low + width) * times, value * times)
    assert other.score == pytest.approx(one.score)


def test_what_an_interval_says_of_itself() -> None:
    assert Interval(40, 60, 50) == (40, 60, 50)
    assert (Interval(40, 60, 50).held, Interval(40, 60, 50).width, Interval(40, 60, 50).score) == (True, 20, 0.4)
    assert (Interval(40, 60, 80).held, Interval(40, 60, 80).score) == (False, (20 + 20 * 20) / 80)
    assert Interval(-1, 1, 0).score == 2, "at 0 its unit is the measure"
    assert Interval(-60, -40, -50).score == 0.4
