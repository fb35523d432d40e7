"""How good an interval was that somebody was 90 % sure of."""

from __future__ import annotations

from typing import NamedTuple

ALPHA = 0.1
"""An interval of 90 % may miss once in ten times."""


class Interval(NamedTuple):
    """An interval that was given before a number, and the number that it should hold, in one unit."""

    low: float
    high: float
    value: float

    @property
    def held(self) -> bool:
        """Whether the number is in it, its ends included."""
        return self.low <= self.value <= self.high

    @property
    def width(self) -> float:
        """From end to end."""
        return self.high - self.low

    @property
    def score(self) -> float:
        """The interval score in shares of the number, so that those of different items compare; 0 is best.

        An interval as wide as the number itself that holds it scores 1. Where the number is 0, its unit is the
        measure.
        """
        return interval_score(self.low, self.high, self.value) / (abs(self.value) or 1.0)


def interval_score(low: float, high: float, value: float, alpha: float = ALPHA) -> float:
    """The width, and 2 / alpha times the distance by which the interval misses the value; lower is better.

    Gneiting and Raftery, "Strictly Proper Scoring Rules, Prediction, and Estimation", Journal of the American
    Statistical Association 102 (2007), section 6.2. Nobody scores better in the long run than with the interval that
    leaves out alpha / 2 on either side.
    """
    return (high - low) + 2 / alpha * max(low - value, value - high, 0.0)
