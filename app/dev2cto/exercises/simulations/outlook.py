"""One plan over many seeds: what luck alone makes of it. Seeds in the same situation are worked out once."""

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
"""Seeds that a debrief tries."""
BINS = 10
"""Bars of a gauge's histogram."""


class PlayStrategy(Protocol):
    """Somebody who plays."""

    def amounts(self, opening: Opening) -> Mapping[str, BudgetAmounts]:
        """How the period's budgets are divided."""
        ...

    def choice(self, opening: Opening, decision: PeriodDecision, offered: Sequence[DecisionChoice]) -> DecisionChoice:
        """The choice that is taken."""
        ...


Groups = dict[SimulationMoment, list[int]]
"""Seeds by the moment that they are in."""


def periods(simulator: Simulator, plan: PlayStrategy, seeds: Iterable[int]) -> Iterator[Groups]:
    """The seeds by their moment after each period; those that are over stay where they are.

    Raises ExpressionError where a formula has no value, ValueError where the plan divides what is not there.
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
    """What a learner did, carried over to other seeds.

    Where there is more or less to divide than there was, the shares are kept; where other decisions come up, the first
    choice that does no harm is taken; periods that the learner never came to are divided as the last one was.
    """

    simulation: Simulation
    state: SimulationState

    def amounts(self, opening: Opening) -> Mapping[str, BudgetAmounts]:
        """The budgets, divided in the learner's shares."""
        reports = self.state.reports
        report = reports[min(opening.moment.period, len(reports) - 1)]
        shares = {
            division.budget: {id: amount / division.available for id, amount in _due_amounts(division.uses)}
            for division in report.divisions
            if division.available
        }
        return {a.budget.id: in_shares(a, shares.get(a.budget.id, {})) for a in opening.available}

    def choice(self, opening: Opening, decision: PeriodDecision, offered: Sequence[DecisionChoice]) -> DecisionChoice:
        """The learner's own choice, where it is offered."""
        taken = {
            done.choice.id
            for report in self.state.reports
            if report.period == opening.period.id
            for done in report.decided
            if done.decision.id == decision.id
        }
        return first_of(offered, taken)


def first_of(offered: Sequence[DecisionChoice], wanted: Iterable[str] = ()) -> DecisionChoice:
    """The wanted choice, else the first that does no harm, else the first."""
    own = next((choice for choice in offered if choice.id in wanted), None)
    return own or next((choice for choice in offered if not choice.harmful), offered[0])


def _due_amounts(uses: Sequence[tuple[str, str, float]]) -> Iterator[tuple[str, float]]:
    return ((id, amount) for id, _, amount in uses)


def in_shares(available: Available, shares: Mapping[str, float]) -> dict[str, float]:
    """The budget divided in whole steps as near to these shares of it as can be; what must be given out is."""
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
    """Where a gauge ends over all seeds."""

    gauge: str
    yours: float
    low: float
    """One seed in ten ends at it or below."""
    median: float
    high: float
    """One seed in ten ends at it or above."""
    least: float
    most: float
    """Where the seeds end that fare worst and best by its figure, the learner's own among them."""
    bins: tuple[int, ...]
    """How many seeds end in each of BINS equal parts from `least` to `most`; one part where these are the same."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The same plan over many seeds."""

    seeds: int
    endings: tuple[tuple[str, bool, int], ...]
    """Title, whether it is a good one, how many seeds end so; in file order."""
    same: int
    """How many seeds end as the learner's did."""
    spreads: tuple[GaugeSpread, ...]

    @property
    def good(self) -> int:
        """How many seeds come to a good ending."""
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
    """The plan of a state that has reached its ending, over these seeds; ValueError where it has not."""
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
