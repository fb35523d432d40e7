"""The dilemma rule and the part of chance by plain recursion over everything, written without the program's own rules.

It knows a scenario's fields and nothing of boards, moments and tallies; conditions are evaluated by Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dev2cto.exercises.scenarios.scenario import Choice, Ending, Scenario, Scene

Values = dict[str, float]
Value = Callable[[int, "Here"], float]


@dataclass(frozen=True)
class Here:
    """Where one is: the scene, values, flags, and what is to come with the decisions until then."""

    scene: str
    values: tuple[float, ...]
    flags: frozenset[str]
    coming: tuple[tuple[int, Choice], ...]


class Brute:
    """Everything that can happen in a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.flags = sorted({f for s in scenario.scenes for c in s.choices for f in self.all_sets(c)})

    @staticmethod
    def all_sets(choice: Choice) -> Iterator[str]:
        for part in (choice, choice.chance, choice.later):
            yield from part.sets if part else ()

    def start(self) -> Here:
        return Here(self.scenario.start, tuple(g.start for g in self.scenario.gauges), frozenset(), ())

    def scene(self, id: str) -> Scene:
        return next(scene for scene in self.scenario.scenes if scene.id == id)

    def true(self, condition: str | None, here: Here) -> bool:
        if condition is None:
            return True
        names = {g.id: v for g, v in zip(self.scenario.gauges, here.values, strict=True)}
        names |= {flag: float(flag in here.flags) for flag in self.flags}
        return bool(eval(condition, {"__builtins__": {}}, names))  # our own made-up conditions

    def open(self, here: Here) -> list[Choice]:
        return [choice for choice in self.scene(here.scene).choices if self.true(choice.when, here)]

    def fair(self, here: Here) -> list[Choice]:
        """The open choices that do no harm, or all where each does."""
        found = self.open(here)
        return [choice for choice in found if not choice.harmful] or found

    def shifted(self, values: tuple[float, ...], effects: dict[str, float]) -> tuple[float, ...]:
        new = []
        for gauge, value in zip(self.scenario.gauges, values, strict=True):
            value += effects.get(gauge.id, 0)
            new.append(gauge.least if value < gauge.least else gauge.most if value > gauge.most else value)
        return tuple(new)

    def over(self, scene: str) -> bool:
        while scene != "end":
            if self.scene(scene).choices:
                return False
            scene = str(self.scene(scene).goto)
        return True

    def outcomes(self, here: Here, choice: Choice) -> Iterator[tuple[float, Here]]:
        """Each side of chance with its probability and where it leads."""
        chance = choice.chance
        for struck in (False, True) if chance else (False,):
            p = 1.0 if not chance else chance.p if struck else 1 - chance.p
            effects, flags, goto = defaultdict(float, choice.effects), here.flags | set(choice.sets), choice.goto
            if chance and struck:
                for gauge, by in chance.effects.items():
                    effects[gauge] += by
                flags, goto = flags | set(chance.sets), chance.goto or goto
            values = self.shifted(here.values, effects)
            coming = [*here.coming, *([(choice.later.after + 1, choice)] if choice.later else [])]
            left = []
            for count, origin in sorted(coming, key=lambda entry: entry[0]):
                later = origin.later
                assert later is not None
                if count == 1 or self.over(goto):
                    values, flags = self.shifted(values, dict(later.effects)), flags | set(later.sets)
                else:
                    left.append((count - 1, origin))
            yield p, self.settled(Here(goto, values, flags, tuple(left)))

    def settled(self, here: Here) -> Here:
        """Past the scenes that ask nothing."""
        while here.scene != "end" and not self.scene(here.scene).choices:
            here = Here(str(self.scene(here.scene).goto), here.values, here.flags, here.coming)
        return here

    def goodness(self, number: int, here: Here) -> float:
        """Points of a gauge, the more the better."""
        gauge = self.scenario.gauges[number]
        points = 100 * here.values[number] / (gauge.most - gauge.least)
        return points if gauge.better == "high" else -points

    def uniform(self, number: int, here: Here) -> float:
        if here.scene == "end":
            return self.goodness(number, here)
        means = [self.then(self.uniform, number, here, choice) for choice in self.fair(here)]
        return sum(means) / len(means)

    def best(self, number: int, here: Here) -> float:
        if here.scene == "end":
            return self.goodness(number, here)
        return max(self.then(self.best, number, here, choice) for choice in self.fair(here))

    def then(self, value: Value, number: int, here: Here, choice: Choice) -> float:
        return sum(p * value(number, after) for p, after in self.outcomes(here, choice))

    def arrivals(self, here: Here | None = None, weight: float = 1.0) -> Iterator[tuple[Here, float]]:
        """Every decision of every path, with how likely it is."""
        here = here or self.settled(self.start())
        if here.scene != "end":
            yield here, weight
            for choice in self.open(here):
                for p, after in self.outcomes(here, choice):
                    yield from self.arrivals(after, weight * p / len(self.open(here)))

    def flat(self) -> dict[str, float]:
        """Scenes whose decision is flat, with the share of the ways into them for which it is."""
        used = [
            n for n, g in enumerate(self.scenario.gauges) if any(g.id in (e.when or "") for e in self.scenario.endings)
        ]
        used = used or list(range(len(self.scenario.gauges)))
        groups: dict[tuple[str, tuple[str, ...]], list[tuple[Here, float]]] = defaultdict(list)
        for here, weight in self.arrivals():
            groups[here.scene, tuple(choice.id for choice in self.fair(here))].append((here, weight))
        total: Values = defaultdict(float)
        flat: Values = defaultdict(float)
        for (scene, options), found in groups.items():
            weight = sum(w for _, w in found)
            total[scene] += weight
            good = set(options)
            for n in used:
                for value in (self.uniform, self.best):
                    means: Values = defaultdict(float)
                    for here, w in found:
                        for choice in self.fair(here):
                            means[choice.id] += w * self.then(value, n, here, choice) / weight
                    good &= {id for id, mean in means.items() if mean >= max(means.values()) - 3 - 1e-6}
            flat[scene] += weight if good else 0
        return {scene: flat[scene] / total[scene] for scene in total if flat[scene] >= total[scene] / 2 - 1e-9}

    def ending(self, here: Here) -> Ending:
        return next(ending for ending in self.scenario.endings if self.true(ending.when, here))

    def paths(
        self, here: Here | None = None, weight: float = 1.0, path: tuple[str, ...] = ()
    ) -> Iterator[tuple[tuple[str, ...], str, float]]:
        """Every sequence of choices with an ending and how likely both are."""
        here = here or self.settled(self.start())
        if here.scene == "end":
            yield path, self.ending(here).id, weight
            return
        for choice in self.open(here):
            for p, after in self.outcomes(here, choice):
                step = f"{here.scene}:{choice.id}"
                yield from self.paths(after, weight * p / len(self.open(here)), (*path, step))

    def changed_by_chance(self) -> float:
        """The share of paths on which the same choices have more than one ending."""
        endings: dict[tuple[str, ...], Values] = defaultdict(lambda: defaultdict(float))
        for path, ending, weight in self.paths():
            endings[path][ending] += weight
        return sum(sum(found.values()) for found in endings.values() if len(found) > 1)
