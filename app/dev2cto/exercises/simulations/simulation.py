"""simulation: periods with budgets to divide, decisions to take and random events, up to an ending."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from dev2cto.exercises.base import Exercise, repeated
from dev2cto.exercises.scenarios.gauges import Gauge
from dev2cto.exercises.scenarios.scenario import Ending, SideEffect, ending_faults, variable_name
from dev2cto.exercises.simulations.periods import (
    BEFORE,
    Budget,
    EveryPeriod,
    Formulas,
    Period,
    PeriodDecision,
    PeriodEvent,
    amount_names,
)
from dev2cto.items import numeric_grading
from dev2cto.items.expressions import FUNCTIONS, WORDS
from dev2cto.yaml.decode import Expression, MemberCount, MultilineText, ValidationError, did_you_mean
from dev2cto.yaml.tree import PathSteps

Scope = str | int
"""The names that a formula may use: the name of a value, START, ALL, END, or the number of a period."""
START, ALL, END = "at start", "in all periods", "at end"
"""Names at the beginning of a period; names in every period; only gauges and flags."""
PERIOD = "period"
"""The name in expressions of the period's number, from 1."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A formula with its path in the file, its purpose and its scope."""

    steps: PathSteps
    text: str
    role: Literal["value", "amount", "effect", "p", "when", "ending"]
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation(Exercise):
    """Divide budgets and decide in periods that move gauges up to an ending.

    `values` are named formulas computed at the beginning of every period, in order, from gauges, flags and the previous
    allocation. The simulation ends early if `over` holds at the end of a period.
    """

    gauges: Annotated[tuple[Gauge, ...], MemberCount(2, 8)]
    values: Mapping[str, Expression] = field(default_factory=dict)
    every_period: EveryPeriod = field(default_factory=EveryPeriod)
    periods: Annotated[tuple[Period, ...], MemberCount(2, 8)]
    over: Expression | None = None
    endings: Annotated[tuple[Ending, ...], MemberCount(2, 12)]
    debrief: MultilineText

    meaning: ClassVar[tuple[str, ...]] = ("gauges", "values", "every_period", "periods", "over", "endings")

    def budgets(self, period: Period) -> tuple[Budget, ...]:
        """Return the budgets of that period."""
        return (*self.every_period.allocate, *period.allocate)

    def events(self, period: Period) -> tuple[PeriodEvent, ...]:
        """Return the events of that period, in order."""
        return (*self.every_period.events, *period.events)

    @property
    def flags(self) -> tuple[str, ...]:
        """The names in expressions of all flags that a choice or event sets; sorted."""
        events = (*self.every_period.events, *(event for period in self.periods for event in period.events))
        choices = (c for period in self.periods for decision in period.decisions for c in decision.choices)
        found = {flag for event in events for flag in event.sets} | {flag for choice in choices for flag in choice.sets}
        return tuple(sorted(variable_name(flag) for flag in found))

    def formulas(self) -> Iterator[Placed]:
        """Yield every formula with its path in the file."""
        for name, text in self.values.items():
            yield Placed(("values", name), text, "value", name)
        yield from _budgets(self.every_period.allocate, ("every_period", "allocate"))
        yield from _worked(self.every_period, ALL, ("every_period",))
        for n, period in enumerate(self.periods):
            at = ("periods", n)
            yield from _also(period.also, START, at)
            yield from _budgets(period.allocate, (*at, "allocate"))
            for d, decision in enumerate(period.decisions):
                yield from _decision(decision, n, (*at, "decisions", d))
            yield from _worked(period, n, at)
        if self.over is not None:
            yield Placed(("over",), self.over, "when", END)
        for n, ending in enumerate(self.endings):
            if ending.when is not None:
                yield Placed(("endings", n, "when"), ending.when, "ending", END)
            yield from _also(ending.also, END, ("endings", n))

    def known(self, scope: Scope) -> list[str]:
        """Return the names that formulas of that scope may use."""
        lasting = [*(variable_name(gauge.id) for gauge in self.gauges), *self.flags]
        if scope == END:
            return lasting
        values, allocations = list(self.values), self._allocations
        before = [f"{BEFORE}{name}" for name in dict.fromkeys(allocations)]
        if isinstance(scope, str) and scope in self.values:
            return [*lasting, PERIOD, *before, *values[: values.index(scope)]]
        start = [*lasting, PERIOD, *before, *values]
        if scope == START:
            return start
        if scope == ALL:
            return [*start, *(name for name, count in Counter(allocations).items() if count == len(self.periods))]
        return [*start, *amount_names(self.budgets(self.periods[int(scope)]))]

    @property
    def _allocations(self) -> list[str]:
        """The names of the allocations of all periods, without duplicates."""
        return [name for period in self.periods for name in dict.fromkeys(amount_names(self.budgets(period)))]

    def faults(self) -> Iterator[ValidationError]:
        """Yield faults: clashing or unknown names, invalid formulas, periods without budgets, faults of endings."""
        yield from repeated(tuple(gauge.id for gauge in self.gauges), "gauges")
        yield from repeated(tuple(period.id for period in self.periods), "periods")
        yield from self._clashes()
        yield from repeated(tuple(event.id for event in self.every_period.events), "every_period", "events")
        every = {event.id for event in self.every_period.events}
        for n, period in enumerate(self.periods):
            at = ("periods", n)
            if not self.budgets(period):
                hint = "allocate, here or under every_period"
                yield ValidationError(at, "X601", "this period has no budget to divide", hint)
            yield from repeated(tuple(budget.id for budget in self.budgets(period)), *at, "allocate")
            yield from repeated(tuple(decision.id for decision in period.decisions), *at, "decisions")
            yield from repeated(tuple(event.id for event in period.events), *at, "events")
            for e, event in enumerate(period.events):
                if event.id in every:
                    yield ValidationError((*at, "events", e, "id"), "X500", f"duplicate id {event.id!r}")
        gauges = {gauge.id for gauge in self.gauges}
        for placed in self.formulas():
            gauge = str(placed.steps[-1])
            if placed.role == "effect" and gauge not in gauges:
                hint = did_you_mean(gauge, sorted(gauges), all_of=True)
                yield ValidationError(placed.steps, "X549", f"there is no gauge {gauge!r}", hint, key=True)
            yield from numeric_grading.expression_faults(
                placed.text, dict.fromkeys(self.known(placed.scope)), *placed.steps
            )
        yield from ending_faults(self.endings, "a simulation")

    def _clashes(self) -> Iterator[ValidationError]:
        """Yield faults for names with two meanings."""
        taken = dict.fromkeys((*FUNCTIONS, *WORDS), "a word of the language") | {PERIOD: "the number of the period"}
        for n, gauge in enumerate(self.gauges):
            if variable_name(gauge.id) in taken:
                yield _clash(variable_name(gauge.id), "a gauge", taken, ("gauges", n, "id"))
            taken.setdefault(variable_name(gauge.id), "a gauge")
        for name in dict.fromkeys(self._allocations):
            if name in taken:
                yield _clash(name, "an allocation", taken, ("gauges",))
            taken.setdefault(name, "an allocation")
        for name in self.values:
            if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
                hint = "lower-case letters, digits and _"
                yield ValidationError(("values", name), "X520", f"{name!r} is not a valid name", hint, key=True)
            if name in taken or name.startswith(BEFORE):
                yield _clash(name, "a value", {name: "an allocation before"} | taken, ("values", name), key=True)
            taken.setdefault(name, "a value")
        for flag in self.flags:
            if flag in taken:
                yield _clash(flag, "a flag", taken, ("periods",))


def _clash(name: str, what: str, taken: Mapping[str, str], steps: PathSteps, *, key: bool = False) -> ValidationError:
    return ValidationError(steps, "X600", f"{name!r} is {what} and {taken[name]}", "choose another name", key=key)


def _budgets(budgets: Sequence[Budget], at: PathSteps) -> Iterator[Placed]:
    for n, budget in enumerate(budgets):
        yield Placed((*at, n, "amount"), budget.amount, "amount", START)


def _decision(decision: PeriodDecision, scope: Scope, at: PathSteps) -> Iterator[Placed]:
    if decision.when is not None:
        yield Placed((*at, "when"), decision.when, "when", scope)
    yield from _also(decision.also, scope, at)
    for n, choice in enumerate(decision.choices):
        here = (*at, "choices", n)
        if choice.when is not None:
            yield Placed((*here, "when"), choice.when, "when", scope)
        yield from _also(choice.also, scope, here)
        yield from _effects(choice.effects, scope, here)


def _worked(part: EveryPeriod | Period, scope: Scope, at: PathSteps) -> Iterator[Placed]:
    """Yield the formulas of effects and events."""
    yield from _effects(part.effects, scope, at)
    for n, event in enumerate(part.events):
        here = (*at, "events", n)
        yield Placed((*here, "p"), event.p, "p", scope)
        if event.when is not None:
            yield Placed((*here, "when"), event.when, "when", scope)
        yield from _also(event.also, scope, here)
        yield from _effects(event.effects, scope, here)


def _effects(effects: Formulas, scope: Scope, at: PathSteps) -> Iterator[Placed]:
    for gauge, text in effects.items():
        yield Placed((*at, "effects", gauge), text, "effect", scope)


def _also(parts: Sequence[SideEffect], scope: Scope, at: PathSteps) -> Iterator[Placed]:
    for n, part in enumerate(parts):
        yield Placed((*at, "also", n, "when"), part.when, "when", scope)
