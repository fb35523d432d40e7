"""Plays one plan over many seeds to show the effect of luck. Seeds in the same moment are computed once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dev2cto.exercises.simulations.engine import Available, BudgetAmounts, Opening, SimulationMoment, Simulator
from dev2cto.exercises.simulations.periods import DecisionChoice, PeriodDecision
from dev2cto.exercises.simulations.player import SimulationState, roll
from dev2cto.exercises.simulations.simulation import Simulation

SEEDS = 1000
"""The number of seeds in a debrief."""
BINS = 10
"""The number of bars of a gauge's histogram."""


class PlayStrategy(Protocol):
    """Decides how a simulation is played."""

    def amounts(self, opening: Opening) -> Mapping[str, BudgetAmounts]:
        """Divide the period's budgets."""
        ...

    def choice(self, opening: Opening, decision: PeriodDecision, offered: Sequence[DecisionChoice]) -> DecisionChoice:
        """Take one of the choices that are offered."""
        ...


Groups = dict[SimulationMoment, list[int]]
"""The seeds that are in each moment."""


def periods(simulator: Simulator, plan: PlayStrategy, seeds: Iterable[int]) -> Iterator[Groups]:
    """Yield the seeds by moment after each period; those that are over keep their last moment.

    Raises ExpressionError if a formula has no value, ValueError if the plan divides a budget in an invalid way.
    """
    groups: Groups = {simulator.begin(): list(seeds)}
    for _ in simulator.simulation.periods:
        after: defaultdict[SimulationMoment, list[int]] = defaultdict(list)
        for moment, here in groups.items():
            if simulator.is_over(moment):
                after[moment] += here
                continue
            for following, there in _one_period(simulator, plan, moment, here):
                after[following] += there
        groups = dict(after)
        yield groups


def _one_period(
    simulator: Simulator, plan: PlayStrategy, moment: SimulationMoment, seeds: list[int]
) -> Iterator[tuple[SimulationMoment, list[int]]]:
    opening = simulator.opening(moment)
    names = simulator.divided(opening, plan.amounts(opening))
    first = 0
    while (asked := simulator.asked(moment, opening, names, first)) is not None:
        number, decision, offered = asked
        moment, _ = simulator.decide(moment, names, plan.choice(opening, decision, offered))
        first = number + 1
    moment, _ = simulator.work(moment, opening, names)
    groups: Groups = {moment: seeds}
    for event in simulator.simulation.events(opening.period):
        after: defaultdict[SimulationMoment, list[int]] = defaultdict(list)
        for before, here in groups.items():
            p = simulator.probability(before, names, event)
            struck = [seed for seed in here if p and roll(seed, opening.period.id, event.id) < p]
            if struck:
                after[simulator.strike(before, names, event)[0]] += struck
            if len(struck) < len(here):
                spared = set(struck)
                after[before] += [seed for seed in here if seed not in spared]
        groups = dict(after)
    for last, here in groups.items():
        yield simulator.close(last, opening, names), here


@dataclass(frozen=True, slots=True)
class SamePlan:
    """Applies a learner's moves to other seeds.

    If there is more or less to divide, the shares are kept; if other decisions come up, the first choice that is not
    harmful is taken; periods that the learner never reached are divided like the last one.
    """

    simulation: Simulation
    state: SimulationState

    def amounts(self, opening: Opening) -> Mapping[str, BudgetAmounts]:
        """Divide the budgets in the learner's shares."""
        reports = self.state.reports
        report = reports[min(opening.moment.period, len(reports) - 1)]
        shares = {
            division.budget: {id: amount / division.available for id, amount in _due_amounts(division.uses)}
            for division in report.divisions
            if division.available
        }
        return {a.budget.id: in_shares(a, shares.get(a.budget.id, {})) for a in opening.available}

    def choice(self, opening: Opening, decision: PeriodDecision, offered: Sequence[DecisionChoice]) -> DecisionChoice:
        """Take the learner's choice if it is offered, else the first that is not harmful."""
        taken = {
            done.choice.id
            for report in self.state.reports
            if report.period == opening.period.id
            for done in report.decided
            if done.decision.id == decision.id
        }
        return first_of(offered, taken)


def first_of(offered: Sequence[DecisionChoice], wanted: Iterable[str] = ()) -> DecisionChoice:
    """Return the first wanted choice, else the first that is not harmful, else the first."""
    own = next((choice for choice in offered if choice.id in wanted), None)
    return own or next((choice for choice in offered if not choice.harmful), offered[0])


def _due_amounts(uses: Sequence[tuple[str, str, float]]) -> Iterator[tuple[str, float]]:
    return ((id, amount) for id, _, amount in uses)


def in_shares(available: Available, shares: Mapping[str, float]) -> dict[str, float]:
    """Divide the budget in whole steps as close to the shares as possible, spending what must be spent."""
    uses = available.budget.uses
    wanted = {use.id: min(available.most(use), shares.get(use.id, 0.0) * available.steps) for use in uses}
    steps = {id: int(exact + 1e-9) for id, exact in wanted.items()}
    goal = max(available.due, min(available.steps, round(sum(wanted.values()))))
    most = {use.id: available.most(use) for use in uses}
    while sum(steps.values()) < goal:
        open_ = [id for id in steps if steps[id] < most[id]]
        id = max(open_, key=lambda id: wanted[id] - steps[id])
        steps[id] += 1
    return {id: count * available.budget.step for id, count in steps.items()}


@dataclass(frozen=True, slots=True)
class GaugeSpread:
    """The distribution of a gauge at the end over all seeds."""

    gauge: str
    yours: float
    low: float
    """The value at or below which one seed in ten ends."""
    median: float
    high: float
    """The value at or above which one seed in ten ends."""
    least: float
    most: float
    """`least` and `most` are the extremes over all seeds, including the learner's."""
    bins: tuple[int, ...]
    """The number of seeds in each of BINS equal parts from `least` to `most`; one part if these are equal."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The results of the same plan over many seeds."""

    seeds: int
    endings: tuple[tuple[str, bool, int], ...]
    """Title, whether it is good, and the number of seeds, for each ending in file order."""
    same: int
    """The number of seeds that reach the learner's ending."""
    spreads: tuple[GaugeSpread, ...]

    @property
    def good(self) -> int:
        """The number of seeds that reach a good ending."""
        return sum(count for _, good, count in self.endings if good)


def _spread(gauge: str, yours: float, values: list[tuple[float, int]]) -> GaugeSpread:
    ordered, total = sorted(values), sum(count for _, count in values)
    marks, found, seen = [0.1, 0.5, 0.9], list[float](), 0
    for value, count in ordered:
        seen += count
        while marks and seen >= marks[0] * total:
            found.append(value)
            marks.pop(0)
    least, most = min(yours, ordered[0][0]), max(yours, ordered[-1][0])
    bins = [0] * (BINS if most > least else 1)
    for value, count in ordered:
        share = (value - least) / (most - least) if most > least else 0.0
        bins[min(len(bins) - 1, int(share * BINS))] += count
    low, median, high = found
    return GaugeSpread(gauge, yours, low, median, high, least, most, tuple(bins))


def outlook(simulation: Simulation, state: SimulationState, seeds: Iterable[int] = range(SEEDS)) -> Outlook:
    """Play the plan of a finished state over these seeds. Raises ValueError if it has not reached an ending."""
    if state.ending is None:
        raise ValueError("there is no outlook before an ending")
    simulator = Simulator(simulation)
    *_, last = periods(simulator, SamePlan(simulation, state), seeds)
    ends: Counter[str] = Counter()
    values: list[list[tuple[float, int]]] = [[] for _ in simulation.gauges]
    for moment, here in last.items():
        ends[simulator.ending(moment).id] += len(here)
        for n, value in enumerate(moment.gauges):
            values[n].append((value, len(here)))
    return Outlook(
        seeds=ends.total(),
        endings=tuple((ending.title, ending.good, ends[ending.id]) for ending in simulation.endings),
        same=ends[state.ending.id],
        spreads=tuple(
            _spread(gauge.id, state.gauges[gauge.id], found)
            for gauge, found in zip(simulation.gauges, values, strict=True)
        ),
    )
