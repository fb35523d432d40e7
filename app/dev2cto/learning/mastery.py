"""Mastery of objectives, and calibration of the learner's confidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CONFIDENCE = {1: "guess", 2: "think so", 3: "sure"}
"""Labels of the confidence levels."""
SECURE = 0.8
"""Mean from which an objective is taken to be mastered."""
ENOUGH = 3
"""Minimum of answered items for a statement about an objective."""


@dataclass(frozen=True, slots=True)
class Mastery:
    """Mean of the latest scores (0..1) of an objective's items; None with fewer than `ENOUGH` answers."""

    mean: float | None
    answered: int

    @property
    def words(self) -> str:
        """The mastery as displayed."""
        return f"{self.answered} of {ENOUGH} answers" if self.mean is None else f"{self.mean * 100:.0f} %"


def mastery(latest: Mapping[str, float]) -> Mastery:
    """Return the mastery of an objective, given the latest score of each of its answered items."""
    if len(latest) < ENOUGH:
        return Mastery(None, len(latest))
    return Mastery(sum(latest.values()) / len(latest), len(latest))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Number and mean score of the answers given with one confidence (1 guess, 2 think so, 3 sure)."""

    confidence: int
    answers: int
    mean: float


def calibration(answers: Iterable[tuple[int, float]]) -> tuple[Calibration, ...]:
    """Return one row per confidence level used, from (confidence, score) pairs; confidence 0 (not asked) is skipped."""
    rows: dict[int, list[float]] = {}
    for confidence, score in answers:
        if confidence:
            rows.setdefault(confidence, []).append(score)
    return tuple(Calibration(c, len(scores), sum(scores) / len(scores)) for c, scores in sorted(rows.items()))
