"""The rules of simulations: how one moment leads to the next; the caller decides what chance does."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dev2cto.exercises.scenarios.engine import GaugeChange, GaugeValues
from dev2cto.exercises.scenarios.scenario import Ending, SideEffect, variable_name
from dev2cto.exercises.simulations.periods import (
    BEFORE,
    LEFT,
    Budget,
    BudgetUse,
    DecisionChoice,
    Formulas,
    Period,
    PeriodDecision,
    PeriodEvent,
    amount_name,
    amount_names,
)
from dev2cto.exercises.simulations.simulation import Simulation
from dev2cto.items.expressions import formula

BudgetAmounts = Mapping[str, float]
"""The amount of one budget for each use; uses that get nothing may be left out."""
EXACT = 6
"""Decimals to which gauges are rounded, so that sums of the same figures are equal in any order."""


class SimulationMoment(NamedTuple):
    """The full state of a play; a tuple, like a scenario's."""

    period: int
    """The number of the period, from 0; the number of periods once the simulation is over."""
    gauges: GaugeValues
    flags: frozenset[str] = frozenset()
    before: tuple[tuple[str, float], ...] = ()
    """The allocation of the previous period, as names and amounts."""


@dataclass(frozen=True, slots=True)
class Available:
    """A budget and the available amount in whole steps."""

    budget: Budget
    steps: int

    @property
    def amount(self) -> float:
        """The available amount."""
        return self.steps * self.budget.step

    def most(self, use: BudgetUse) -> int:
        """Return the largest number of steps for that use."""
        return self.steps if use.most is None else min(self.steps, math.floor(use.most / self.budget.step + 1e-9))

    @property
    def due(self) -> int:
        """The number of steps that must be spent."""
        return min(self.steps, sum(self.most(use) for use in self.budget.uses)) if self.budget.spend_all else 0

    def steps_of(self, amounts: BudgetAmounts) -> dict[str, int]:
        """Convert each use's amount to steps. Raises ValueError: part of a step, too much, unknown use."""
        uses = {use.id: use for use in self.budget.uses}
        if unknown := sorted(set(amounts) - set(uses)):
            raise ValueError(f"{self.budget.name} has no use {unknown[0]!r}.")
        found = {}
        for id, use in uses.items():
            steps = round(amounts.get(id, 0) / self.budget.step)
            if abs(steps * self.budget.step - amounts.get(id, 0)) > 1e-6:
                raise ValueError(f"{amounts[id]:g} for {use.name} is not a multiple of {self.budget.step:g}.")
            if not 0 <= steps <= self.most(use):
                raise ValueError(f"{amounts[id]:g} is not available for {use.name}.")
            found[id] = steps
        if sum(found.values()) > self.steps:
            raise ValueError(f"The total of {self.budget.name} exceeds what is available.")
        return found


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a period: the budgets to divide, and the names for formulas besides gauges and flags."""

    moment: SimulationMoment
    period: Period
    available: tuple[Available, ...]
    names: Mapping[str, float]


class Simulator:
    """Computes the moments of a simulation, without state. All methods raise ExpressionError for undefined values."""

    def __init__(self, simulation: Simulation) -> None:
        self.simulation = simulation
        self._unset = dict.fromkeys(simulation.flags, 0.0)
        self.names = tuple(variable_name(gauge.id) for gauge in simulation.gauges)
        self._at = {gauge.id: n for n, gauge in enumerate(simulation.gauges)}

    @cached_property
    def _allocations(self) -> tuple[str, ...]:
        """The names of the allocations of all periods."""
        periods = self.simulation.periods
        return tuple(dict.fromkeys(name for p in periods for name in amount_names(self.simulation.budgets(p))))

    def value(self, text: str, known: Mapping[str, float]) -> float:
        """Compute the value of a formula."""
        return formula(text).value(known)

    def holds(self, text: str, known: Mapping[str, float]) -> bool:
        """Return whether a condition is true."""
        return self.value(text, known) != 0

    def begin(self) -> SimulationMoment:
        """Return the moment before the first period."""
        return SimulationMoment(0, tuple(float(gauge.start) for gauge in self.simulation.gauges))

    def is_over(self, moment: SimulationMoment) -> bool:
        """Return whether only an ending follows."""
        return moment.period == len(self.simulation.periods)

    def known(self, moment: SimulationMoment, names: Mapping[str, float]) -> dict[str, float]:
        """Return all values that formulas see: gauges, flags as 1 or 0, and `names`."""
        known = {**names, **self._unset}
        if moment.flags:
            known.update(dict.fromkeys(moment.flags, 1.0))
        known.update(zip(self.names, moment.gauges, strict=True))
        return known

    def opening(self, moment: SimulationMoment) -> Opening:
        """Return the beginning of the moment's period."""
        period = self.simulation.periods[moment.period]
        names = {"period": moment.period + 1.0}
        names |= {f"{BEFORE}{name}": 0.0 for name in self._allocations}
        names |= {f"{BEFORE}{name}": amount for name, amount in moment.before}
        for name, text in self.simulation.values.items():
            names[name] = self.value(text, self.known(moment, names))
        known = self.known(moment, names)
        available = tuple(
            Available(budget, max(0, math.floor(self.value(budget.amount, known) / budget.step + 1e-9)))
            for budget in self.simulation.budgets(period)
        )
        return Opening(moment, period, available, names)

    def divided(self, opening: Opening, amounts: Mapping[str, BudgetAmounts]) -> dict[str, float]:
        """Return the names for formulas once the budgets are divided. Raises ValueError for an invalid division."""
        if unknown := sorted(set(amounts) - {available.budget.id for available in opening.available}):
            raise ValueError(f"There is no budget {unknown[0]!r} in this period.")
        names = dict(opening.names)
        for available in opening.available:
            budget = available.budget
            steps = available.steps_of(amounts.get(budget.id, {}))
            if sum(steps.values()) < available.due:
                raise ValueError(f"All of {budget.name} must be allocated.")
            for use, count in steps.items():
                names[amount_name(budget, use)] = count * budget.step
            names[amount_name(budget, LEFT)] = (available.steps - sum(steps.values())) * budget.step
        return names

    def asked(
        self, moment: SimulationMoment, opening: Opening, names: Mapping[str, float], first: int
    ) -> tuple[int, PeriodDecision, tuple[DecisionChoice, ...]] | None:
        """Return the next decision of the period, from number `first` (from 0), with its open choices; None if none.

        A decision with fewer than two open choices is skipped.
        """
        known = self.known(moment, names)
        for n, decision in enumerate(opening.period.decisions[first:], first):
            if decision.when is None or self.holds(decision.when, known):
                offered = tuple(c for c in decision.choices if c.when is None or self.holds(c.when, known))
                if len(offered) > 1:
                    return n, decision, offered
        return None

    def decide(
        self, moment: SimulationMoment, names: Mapping[str, float], choice: DecisionChoice
    ) -> tuple[SimulationMoment, tuple[GaugeChange, ...]]:
        """Return the moment after a choice and the changes it made."""
        return self._applied(moment, names, (choice.effects,), choice.sets)

    def work(
        self, moment: SimulationMoment, opening: Opening, names: Mapping[str, float]
    ) -> tuple[SimulationMoment, tuple[GaugeChange, ...]]:
        """Return the moment after the period's effects, which are all computed from the same gauges."""
        effects = (self.simulation.every_period.effects, opening.period.effects)
        return self._applied(moment, names, effects, ())

    def probability(self, moment: SimulationMoment, names: Mapping[str, float], event: PeriodEvent) -> float | None:
        """Return the event's probability by its formula (not clamped to 0..1); None if `when` does not hold."""
        known = self.known(moment, names)
        if event.when is not None and not self.holds(event.when, known):
            return None
        return self.value(event.p, known)

    def strike(
        self, moment: SimulationMoment, names: Mapping[str, float], event: PeriodEvent
    ) -> tuple[SimulationMoment, tuple[GaugeChange, ...]]:
        """Return the moment after the event and the changes it made."""
        return self._applied(moment, names, (event.effects,), event.sets)

    def close(self, moment: SimulationMoment, opening: Opening, names: Mapping[str, float]) -> SimulationMoment:
        """Return the moment at the beginning of the next period, or the end."""
        budgets = self.simulation.budgets(opening.period)
        before = tuple((name, names[name]) for name in amount_names(budgets))
        period = moment.period + 1
        over = self.simulation.over
        if over is not None and self.holds(over, self.known(moment, {})):
            period = len(self.simulation.periods)
        return SimulationMoment(period, moment.gauges, moment.flags, before)

    def ending(self, moment: SimulationMoment) -> Ending:
        """Return the first ending whose condition holds."""
        known = self.known(moment, {})
        return next(e for e in self.simulation.endings if e.when is None or self.holds(e.when, known))

    def text(self, text: str, also: Sequence[SideEffect], moment: SimulationMoment, names: Mapping[str, float]) -> str:
        """Return the text with the paragraphs whose condition holds (Markdown)."""
        if not also:
            return text.strip()
        known = self.known(moment, names)
        more = (part.text.strip() for part in also if self.holds(part.when, known))
        return "\n\n".join([text.strip(), *more])

    def _applied(
        self, moment: SimulationMoment, names: Mapping[str, float], effects: Sequence[Formulas], sets: Sequence[str]
    ) -> tuple[SimulationMoment, tuple[GaugeChange, ...]]:
        known = self.known(moment, names) if any(effects) else {}
        by: dict[str, float] = {}
        for formulas in effects:
            for id, text in formulas.items():
                by[id] = by.get(id, 0.0) + self.value(text, known)
        after, changes = list(moment.gauges), []
        for id, amount in by.items():
            n = self._at[id]
            gauge = self.simulation.gauges[n]
            after[n] = round(min(gauge.most, max(gauge.least, after[n] + amount)), EXACT)
            changes.append(GaugeChange(id, round(after[n] - moment.gauges[n], EXACT)))
        flags = moment.flags | {variable_name(flag) for flag in sets}
        return SimulationMoment(moment.period, tuple(after), flags, moment.before), tuple(changes)
