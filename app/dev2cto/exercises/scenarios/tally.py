"""Where the options of each decision lead one gauge, summed over the moments that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Means = tuple[float, float]
"""Points at the end, the more the better: the mean with later choices uniform, and with later choices best."""
ROUNDING = 1e-9


@dataclass(slots=True)
class Sums:
    """One decision: how often it comes up, and for each option the means times that."""

    weight: float = 0.0
    options: dict[str, Means] = field(default_factory=dict)


class Tally:
    """The sums of one gauge; a decision is a scene and the ids of the options in it."""

    def __init__(self) -> None:
        self._sums: dict[str, dict[tuple[str, ...], Sums]] = {}

    def add(self, scene: str, weight: float, options: Mapping[str, Means]) -> None:
        """Count a moment in which these options are open."""
        sums = self._sums.setdefault(scene, {}).setdefault(tuple(options), Sums())
        sums.weight += weight
        for id, (uniform, best) in options.items():
            before = sums.options.get(id, (0.0, 0.0))
            sums.options[id] = (before[0] + weight * uniform, before[1] + weight * best)

    def weights(self, scene: str) -> Iterable[tuple[tuple[str, ...], float]]:
        """The decisions of a scene, each with how often it comes up."""
        return [(offer, sums.weight) for offer, sums in self._sums.get(scene, {}).items()]

    def near(self, scene: str, offer: tuple[str, ...], option: str, points: float) -> bool:
        """Whether the option is within so many points of the best, by both means."""
        sums = self._sums[scene][offer]
        within = (points + ROUNDING) * sums.weight
        own = sums.options[option]
        return all(max(means[n] for means in sums.options.values()) - own[n] <= within for n in (0, 1))
