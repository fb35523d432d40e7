"""The parts of a simulation's periods: budgets to divide, decisions to take, random events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from dev2cto.exercises.base import repeated
from dev2cto.exercises.scenarios.scenario import Flag, SideEffect, variable_name
from dev2cto.items.expressions import ExpressionError, formula
from dev2cto.yaml.decode import (
    Expression,
    Id,
    MemberCount,
    MultilineText,
    Range,
    SingleLine,
    SourceObject,
    ValidationError,
)

Formulas = Mapping[str, Expression]
"""The amount added to each gauge, which stays within its scale."""
LEFT = "left"
"""The name in expressions of the unspent part of a budget, as in `weeks_left`."""
BEFORE = "last_"
"""The prefix in expressions for an allocation of the previous period; its value is 0 in the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetUse(SourceObject):
    """Something to spend a budget on; its amount in expressions is `budget_use`, as in `weeks_features`."""

    id: Id
    name: SingleLine
    meaning: SingleLine
    most: Annotated[float, Range(0)] | None = None
    """The most that can be spent on it; None for no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(SourceObject):
    """An amount to divide among uses in whole steps.

    `amount` may use gauges, flags, values and the previous allocation; it is rounded down to whole steps.
    """

    id: Id
    name: SingleLine
    amount: Expression
    step: Annotated[float, Range(0.01, 1_000_000)] = 1
    unit: SingleLine = ""
    uses: Annotated[tuple[BudgetUse, ...], MemberCount(2, 8)]
    spend_all: bool = field(default=False, metadata={"key": "all"})
    """Whether all of it must be spent."""

    def faults(self) -> Iterator[ValidationError]:
        """Yield faults: duplicate uses, a reserved name, a fixed amount that is not a multiple of the step."""
        yield from repeated(tuple(use.id for use in self.uses), "uses")
        for n, use in enumerate(self.uses):
            if use.id == LEFT:
                yield ValidationError(
                    ("uses", n, "id"), "X600", f"{LEFT!r} is reserved for the unspent part in expressions"
                )
        amount = constant(self.amount)
        if amount is not None and (amount <= 0 or abs(amount / self.step - round(amount / self.step)) > 1e-9):
            message = f"{amount:g} cannot be divided in whole steps of {self.step:g}"
            yield ValidationError(("amount",), "X602", message, f"a multiple of {self.step:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionChoice(SourceObject):
    """One option of a decision; offered only if `when` holds."""

    id: Id
    text: SingleLine
    effects: Formulas = field(default_factory=dict)
    sets: tuple[Flag, ...] = ()
    result: MultilineText
    also: tuple[SideEffect, ...] = ()
    when: Expression | None = None
    aside: MultilineText
    harmful: MultilineText | None = None
    """Why the choice is plainly harmful; None if it can be defended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodDecision(SourceObject):
    """A question that comes up in a period if `when` holds; the effects of its choices apply at once."""

    id: Id
    title: SingleLine
    text: MultilineText
    also: tuple[SideEffect, ...] = ()
    when: Expression | None = None
    choices: Annotated[tuple[DecisionChoice, ...], MemberCount(2, 5)]

    def faults(self) -> Iterator[ValidationError]:
        """Yield faults: duplicate choices, choices too long for a line."""
        yield from repeated(tuple(choice.id for choice in self.choices), "choices")
        yield from repeated(tuple(choice.text for choice in self.choices), "choices", key="text")
        for n, choice in enumerate(self.choices):
            if len(choice.text) > 70:
                message = f"a choice may have 70 characters, this has {len(choice.text)}"
                yield ValidationError(("choices", n, "text"), "X543", message)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodEvent(SourceObject):
    """Something that may happen at the end of a period, with probability `p`, if `when` holds."""

    id: Id
    title: SingleLine
    p: Expression
    when: Expression | None = None
    effects: Formulas = field(default_factory=dict)
    sets: tuple[Flag, ...] = ()
    text: MultilineText
    also: tuple[SideEffect, ...] = ()

    def faults(self) -> Iterator[ValidationError]:
        """Yield a fault if `p` is fixed and outside 0 to 1."""
        p = constant(self.p)
        if p is not None and not 0 <= p <= 1:
            yield ValidationError(("p",), "X603", f"a probability must be 0 to 1, not {p:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryPeriod(SourceObject):
    """Budgets, effects and events of every period, which come before the period's."""

    allocate: Annotated[tuple[Budget, ...], MemberCount(0, 4)] = ()
    effects: Formulas = field(default_factory=dict)
    events: Annotated[tuple[PeriodEvent, ...], MemberCount(0, 12)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(SourceObject):
    """A period, such as a quarter: budgets to divide, then decisions, then effects, then events.

    All effects are computed from the gauges before any of them; each event sees the changes made by earlier events.
    """

    id: Id
    title: SingleLine
    text: MultilineText
    also: tuple[SideEffect, ...] = ()
    allocate: Annotated[tuple[Budget, ...], MemberCount(0, 4)] = ()
    decisions: Annotated[tuple[PeriodDecision, ...], MemberCount(0, 3)] = ()
    effects: Formulas = field(default_factory=dict)
    events: Annotated[tuple[PeriodEvent, ...], MemberCount(0, 12)] = ()


def constant(text: str) -> float | None:
    """Return the value of a constant expression; None if it uses names or has no value."""
    try:
        found = formula(text)
        return None if found.names else found.value({})
    except ExpressionError:
        return None


def amount_names(budgets: tuple[Budget, ...]) -> Iterator[str]:
    """Yield the names in expressions of the amounts of these budgets."""
    for budget in budgets:
        for use in budget.uses:
            yield amount_name(budget, use.id)
        yield amount_name(budget, LEFT)


def amount_name(budget: Budget, use: str) -> str:
    """Return the name in expressions of the amount of a use, or of LEFT."""
    return f"{variable_name(budget.id)}_{variable_name(use)}"
