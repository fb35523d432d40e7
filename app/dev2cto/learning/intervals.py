"""Score the learner's 90 % confidence intervals."""

from __future__ import annotations

from typing import NamedTuple

ALPHA = 0.1
"""Expected share of misses of a 90 % interval."""


class Interval(NamedTuple):
    """An interval that the learner estimated, and the actual value, in the same unit."""

    low: float
    high: float
    value: float

    @property
    def held(self) -> bool:
        """Whether the value is in the interval, ends included."""
        return self.low <= self.value <= self.high

    @property
    def width(self) -> float:
        """The distance between its ends."""
        return self.high - self.low

    @property
    def score(self) -> float:
        """The interval score divided by the value, so that scores of different items are comparable; 0 is best.

        An interval that contains the value and is as wide as the value scores 1. If the value is 0, the score is not
        divided.
        """
        return interval_score(self.low, self.high, self.value) / (abs(self.value) or 1.0)


def interval_score(low: float, high: float, value: float, alpha: float = ALPHA) -> float:
    """Return the width plus 2 / alpha times the distance by which the interval misses the value; lower is better.

    Gneiting and Raftery, "Strictly Proper Scoring Rules, Prediction, and Estimation", Journal of the American
    Statistical Association 102 (2007), section 6.2. The rule is proper: the expected score is best for the interval
    that leaves out a probability of alpha / 2 on either side.
    """
    return (high - low) + 2 / alpha * max(low - value, value - high, 0.0)
