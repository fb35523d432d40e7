"""Sums of where the options of each decision lead a gauge, over the moments that lead to the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Means = tuple[float, float]
"""Mean points at the end (more is better): with uniform later choices, and with the best later choices."""
ROUNDING = 1e-9


@dataclass(slots=True)
class Sums:
    """The sums of one decision: its weight (how often it comes up), and the weighted means of each option."""

    weight: float = 0.0
    options: dict[str, Means] = field(default_factory=dict)


class Tally:
    """The sums of one gauge by decision: a scene and the ids of its open options."""

    def __init__(self) -> None:
        self._sums: dict[str, dict[tuple[str, ...], Sums]] = {}

    def add(self, scene: str, weight: float, options: Mapping[str, Means]) -> None:
        """Add a moment in which these options are open."""
        sums = self._sums.setdefault(scene, {}).setdefault(tuple(options), Sums())
        sums.weight += weight
        for id, (uniform, best) in options.items():
            before = sums.options.get(id, (0.0, 0.0))
            sums.options[id] = (before[0] + weight * uniform, before[1] + weight * best)

    def weights(self, scene: str) -> Iterable[tuple[tuple[str, ...], float]]:
        """Return the decisions of a scene with their weights."""
        return [(offer, sums.weight) for offer, sums in self._sums.get(scene, {}).items()]

    def near(self, scene: str, offer: tuple[str, ...], option: str, points: float) -> bool:
        """Return whether the option is within `points` of the best, by both means."""
        sums = self._sums[scene][offer]
        within = (points + ROUNDING) * sums.weight
        own = sums.options[option]
        return all(max(means[n] for means in sums.options.values()) - own[n] <= within for n in (0, 1))
