"""How well a learner's 90 % intervals do over time: whether they hold the answer as often as claimed, and how wide."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from statistics import median
from typing import Literal, NamedTuple

from dev2cto.learning.intervals import ALPHA

Fit = Literal["unknown", "too narrow", "honest", "too wide"]
ENOUGH = 5
"""Intervals needed to say anything."""
DOUBT = 0.05
"""A number of hits is not honest if an honest learner would reach it, or one further off, less often than this."""
CLEARLY = 0.8
"""Intervals have become narrower if the later ones are at most this share as wide as the earlier ones."""


class GivenRange(NamedTuple):
    """An interval that was given, and how it did."""

    low: float
    high: float
    held: bool
    """Whether it contains the answer."""
    score: float
    """The interval score relative to the answer; see `Interval.score`."""

    @property
    def width(self) -> float | None:
        """The width relative to the middle, which the learner knew; None if the middle is 0."""
        middle = abs(self.low + self.high) / 2
        return (self.high - self.low) / middle if middle else None


class RangeTrack(NamedTuple):
    """What a learner's intervals show."""

    given: int
    held: int
    fit: Fit
    widths: tuple[float, float] | None
    """The median width of the earlier and of the later half; None without enough of them."""
    is_narrower: bool
    """Whether the later ones are clearly narrower and still hold the answer as often as claimed."""


def fit(held: int, count: int) -> Fit:
    """Return whether that many hits of `count` 90 % intervals are to be expected of an honest learner.

    Hits of honest intervals are binomial with a probability of 0.9 each; this is the exact one-sided test on either
    side.
    """
    if count < ENOUGH:
        return "unknown"
    hit = 1 - ALPHA
    chances = [comb(count, k) * hit**k * ALPHA ** (count - k) for k in range(count + 1)]
    if sum(chances[: held + 1]) < DOUBT:
        return "too narrow"
    return "too wide" if sum(chances[held:]) < DOUBT else "honest"


def track(given: Sequence[GivenRange]) -> RangeTrack:
    """Return what these intervals show, oldest first."""
    held = sum(each.held for each in given)
    halves = given[: len(given) // 2], given[len(given) // 2 :]
    earlier, later = ([w for each in half if (w := each.width) is not None] for half in halves)
    widths = (median(earlier), median(later)) if min(len(earlier), len(later)) >= ENOUGH else None
    kept = fit(sum(each.held for each in halves[1]), len(halves[1])) in ("honest", "too wide")
    narrower = widths is not None and widths[1] <= CLEARLY * widths[0] and kept
    return RangeTrack(len(given), held, fit(held, len(given)), widths, narrower)


def typical(scores: Sequence[float]) -> float | None:
    """Return the median of some interval scores, so that one wild miss does not decide; None if there are none."""
    return median(scores) if scores else None
