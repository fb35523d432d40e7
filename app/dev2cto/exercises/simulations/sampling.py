"""Plays samples of a simulation, for the checker: what is never reached or true, out of range, or dominant."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from dev2cto.exercises.scenarios.engine import GaugeChange
from dev2cto.exercises.scenarios.scenario import Ending
from dev2cto.exercises.simulations.engine import BudgetAmounts, Opening, SimulationMoment, Simulator
from dev2cto.exercises.simulations.outlook import first_of, in_shares, periods
from dev2cto.exercises.simulations.periods import LEFT, DecisionChoice, PeriodDecision, PeriodEvent
from dev2cto.exercises.simulations.simulation import Placed, Simulation
from dev2cto.items.expressions import ExpressionError

PLANS, MOST_PLANS, SEEDS = 60, 180, 6
"""Random plans (the minimum, and the maximum while something was not reached) and the seeds for each."""
COMPARED = 24
"""The number of seeds for comparing whole plans."""
NEARLY = 1e-9
NEVER = (0.0, 0.0)
"""The range of a condition that was never true."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """The findings of sampled play."""

    plays: int
    lost_endings: tuple[str, ...]
    never_true: tuple[Placed, ...]
    """Conditions that never held."""
    outside: tuple[tuple[Placed, float, float], ...]
    """Probabilities that left 0 to 1, with their minimum and maximum."""
    failing: tuple[tuple[Placed, str], ...]
    """Formulas without a value (such as a division by zero) and the reason; if any, there are no other findings."""
    dominant: tuple[tuple[str, str], ...]
    """Budget and use: spending all of it there in every period is at least as good on every gauge as anything tried."""


def sample(simulation: Simulation) -> Sampled:
    """Play a simulation many times; the seeds are fixed, so the result is always the same."""
    placed = tuple(simulation.formulas())
    watching = _Watching(simulation)
    try:
        conditions = [part.text for part in placed if part.role == "when"]
        played = 0
        while played < PLANS or (played < MOST_PLANS and (watching.lost or watching.never(conditions))):
            plan = _Anyhow(Random(played))
            *_, last = periods(watching, plan, range(played * SEEDS, (played + 1) * SEEDS))
            for moment in last:
                watching.ending(moment)
            played += 1
        dominant = tuple(_dominant(watching))
    except ExpressionError as error:
        guilty = tuple((part, error.message) for part in placed if part.text == watching.last)
        return Sampled(0, (), (), (), guilty, ())
    ranges = watching.ranges
    return Sampled(
        plays=played * SEEDS,
        lost_endings=watching.lost,
        never_true=tuple(p for p in placed if p.role == "when" and watching.never([p.text])),
        outside=tuple(
            (p, *ranges[p.text])
            for p in placed
            if p.role == "p" and p.text in ranges and not 0 <= ranges[p.text][0] <= ranges[p.text][1] <= 1
        ),
        failing=(),
        dominant=dominant,
    )


class _Watching(Simulator):
    """Records the range of every formula's values and which endings are reached."""

    def __init__(self, simulation: Simulation) -> None:
        super().__init__(simulation)
        self.ranges: dict[str, tuple[float, float]] = {}
        self.endings: set[str] = set()
        self.last = ""
        """The formula computed last."""

    @property
    def lost(self) -> tuple[str, ...]:
        """Endings that were not reached so far."""
        return tuple(ending.id for ending in self.simulation.endings if ending.id not in self.endings)

    def never(self, conditions: Sequence[str]) -> bool:
        """Return whether one of these conditions was never true."""
        return any(self.ranges.get(text, NEVER) == NEVER for text in conditions)

    def value(self, text: str, known: Mapping[str, float]) -> float:
        self.last = text
        value = super().value(text, known)
        least, most = self.ranges.get(text, (math.inf, -math.inf))
        if not least <= value <= most:
            self.ranges[text] = (min(least, value), max(most, value))
        return value

    def opening(self, moment: SimulationMoment) -> Opening:
        opening = super().opening(moment)
        self.text("", opening.period.also, moment, opening.names)
        return opening

    def asked(
        self, moment: SimulationMoment, opening: Opening, names: Mapping[str, float], first: int
    ) -> tuple[int, PeriodDecision, tuple[DecisionChoice, ...]] | None:
        found = super().asked(moment, opening, names, first)
        if found is not None:
            self.text("", found[1].also, moment, names)
        return found

    def decide(
        self, moment: SimulationMoment, names: Mapping[str, float], choice: DecisionChoice
    ) -> tuple[SimulationMoment, tuple[GaugeChange, ...]]:
        after, changes = super().decide(moment, names, choice)
        self.text("", choice.also, after, names)
        return after, changes

    def strike(
        self, moment: SimulationMoment, names: Mapping[str, float], event: PeriodEvent
    ) -> tuple[SimulationMoment, tuple[GaugeChange, ...]]:
        after, changes = super().strike(moment, names, event)
        self.text("", event.also, after, names)
        return after, changes

    def ending(self, moment: SimulationMoment) -> Ending:
        ending = super().ending(moment)
        self.text("", ending.also, moment, {})
        self.endings.add(ending.id)
        return ending


@dataclass(frozen=True, slots=True)
class _Anyhow:
    """Divides and decides at random; sometimes everything goes to one use."""

    rng: Random

    def amounts(self, opening: Opening) -> Mapping[str, BudgetAmounts]:
        found = {}
        for available in opening.available:
            uses = [use.id for use in available.budget.uses]
            if self.rng.random() < 0.3:
                shares = {self.rng.choice([*uses, LEFT]): 1.0}
            else:
                weights = [self.rng.random() for _ in (*uses, LEFT)]
                shares = {id: weight / sum(weights) for id, weight in zip(uses, weights, strict=False)}
            found[available.budget.id] = in_shares(available, shares)
        return found

    def choice(self, opening: Opening, decision: PeriodDecision, offered: Sequence[DecisionChoice]) -> DecisionChoice:
        return self.rng.choice(offered)


@dataclass(frozen=True, slots=True)
class _Shares:
    """Divides every budget in the same shares in all periods; takes the first choice that is not harmful."""

    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Shares by budget; budgets without shares are divided evenly."""

    def amounts(self, opening: Opening) -> Mapping[str, BudgetAmounts]:
        found = {}
        for available in opening.available:
            uses = available.budget.uses
            even = {use.id: 1 / len(uses) for use in uses}
            found[available.budget.id] = in_shares(available, self.shares.get(available.budget.id, even))
        return found

    def choice(self, opening: Opening, decision: PeriodDecision, offered: Sequence[DecisionChoice]) -> DecisionChoice:
        return first_of(offered)


def _dominant(simulator: Simulator) -> Iterator[tuple[str, str]]:
    """Yield uses for which spending the whole budget on them is never worse than an even split or any other use."""
    simulation = simulator.simulation
    budgets = {b.id: b for period in simulation.periods for b in simulation.budgets(period)}
    even = _course_of(simulator, _Shares())
    for budget in budgets.values():
        courses = {use.id: _course_of(simulator, _Shares({budget.id: {use.id: 1.0}})) for use in budget.uses}
        nothing = () if budget.spend_all else (_course_of(simulator, _Shares({budget.id: {}})),)
        for use, mine in courses.items():
            others = [even, *nothing, *(course for other, course in courses.items() if other != use)]
            if all(_no_worse(mine, course) for course in others):
                yield budget.id, use
                break


def _course_of(simulator: Simulator, plan: _Shares) -> list[list[float]]:
    """Return the means of all gauges after each period, in points (higher is better)."""
    found = []
    for groups in periods(simulator, plan, range(COMPARED)):
        means = []
        for n, gauge in enumerate(simulator.simulation.gauges):
            mean = sum(moment.gauges[n] * len(seeds) for moment, seeds in groups.items()) / COMPARED
            means.append(gauge.points(mean))
        found.append(means)
    return found


def _no_worse(mine: list[list[float]], other: list[list[float]]) -> bool:
    return all(
        a >= b - NEARLY for here, there in zip(mine, other, strict=True) for a, b in zip(here, there, strict=True)
    )
