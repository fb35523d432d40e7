"""What a learner's intervals show, against the binomial distribution and against made-up learners."""

from __future__ import annotations

from random import Random

import pytest

from dev2cto.learning.intervals import Interval
from dev2cto.learning.ranges import Fit, GivenRange, fit, track, typical


def given(low: float, high: float, value: float) -> GivenRange:
    found = Interval(low, high, value)
    return GivenRange(low, high, found.held, found.score)


HITS: list[tuple[int, int, Fit]] = [
    (0, 4, "unknown"),
    (3, 5, "honest"),  # an honest learner has at most 3 of 5 in 8 % of all cases
    (2, 5, "too narrow"),
    (7, 10, "honest"),
    (6, 10, "too narrow"),
    (10, 10, "honest"),
    (28, 28, "honest"),  # 0.9 ** 28 is 0.052
    (29, 29, "too wide"),
    (90, 100, "honest"),
    (84, 100, "too narrow"),
    (96, 100, "too wide"),
]


@pytest.mark.parametrize(("held", "count", "wanted"), HITS)
def test_hits_are_judged_by_what_an_honest_learner_would_have(held: int, count: int, wanted: Fit) -> None:
    assert fit(held, count) == wanted


def test_an_honest_learner_is_seldom_called_otherwise() -> None:
    chance = Random(3)
    wrong = sum(fit(sum(chance.random() < 0.9 for _ in range(20)), 20) != "honest" for _ in range(1000))
    assert wrong < 100


def test_ranges_that_get_narrower_without_losing_hits_are_said_to() -> None:
    wide, narrow = given(50, 150, 100), given(90, 110, 100)
    found = track([wide] * 5 + [narrow] * 5)
    assert (found.given, found.held, found.fit, found.widths, found.is_narrower) == (10, 10, "honest", (1, 0.2), True)
    assert not track([narrow] * 5 + [wide] * 5).is_narrower
    assert not track([wide] * 10).is_narrower


def test_narrower_ranges_that_miss_are_no_progress() -> None:
    found = track([given(50, 150, 100)] * 10 + [given(90, 110, 200)] * 10)
    assert found.fit == "too narrow"
    assert not found.is_narrower


def test_a_range_around_nothing_has_no_relative_width() -> None:
    assert given(-5, 5, 1).width is None
    assert given(-15, -5, -10).width == 1
    assert track([given(-5, 5, 1)] * 20).widths is None


def test_one_wild_miss_does_not_decide() -> None:
    assert typical([0.5, 0.7, 400.0]) == 0.7
    assert typical([]) is None


def test_no_range_is_no_track() -> None:
    assert track([]) == (0, 0, "unknown", None, False)
