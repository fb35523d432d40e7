"""How well an objective is known, and how well the learner knows what they know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CONFIDENCE = {1: "guess", 2: "think so", 3: "sure"}
"""How sure a learner can be of an answer, in words."""
ENOUGH = 3
"""Answered items below which nothing is said of an objective."""


@dataclass(frozen=True, slots=True)
class Mastery:
    """Mean of the latest scores (0..1) of an objective's items; None while it is too early to say."""

    mean: float | None
    answered: int

    @property
    def words(self) -> str:
        """The mastery as shown."""
        return "too early to say" if self.mean is None else f"{self.mean * 100:.0f} %"


def mastery(latest: Mapping[str, float]) -> Mastery:
    """The mastery of an objective from the latest score of each of its answered items."""
    if len(latest) < ENOUGH:
        return Mastery(None, len(latest))
    return Mastery(sum(latest.values()) / len(latest), len(latest))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of the answers given with one confidence (1 guess, 2 think so, 3 sure): how many, and their mean score."""

    confidence: int
    answers: int
    mean: float


def calibration(answers: Iterable[tuple[int, float]]) -> tuple[Calibration, ...]:
    """One row for each confidence that was used, from (confidence, score) pairs."""
    rows: dict[int, list[float]] = {}
    for confidence, score in answers:
        if confidence:
            rows.setdefault(confidence, []).append(score)
    return tuple(Calibration(c, len(scores), sum(scores) / len(scores)) for c, scores in sorted(rows.items()))
