"""What a period of a simulation is made of: budgets to divide, decisions to take, events by chance."""

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
"""Gauge to what is added to it; the gauge stays within its scale."""
LEFT = "left"
"""What expressions call the part of a budget that was given to none of its uses: `weeks_left`."""
BEFORE = "last_"
"""Before the name of an allocation: what it was in the period before, 0 in the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetUse(SourceObject):
    """Something that a budget can be spent on; expressions call it `budget_use`, as in `weeks_features`."""

    id: Id
    name: SingleLine
    meaning: SingleLine
    most: Annotated[float, Range(0)] | None = None
    """More than this cannot be given to it; None for as much as there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(SourceObject):
    """An amount to be divided among uses in whole steps.

    `amount` may use gauges, flags, values and the allocation before; less than a whole step is not handed out.
    """

    id: Id
    name: SingleLine
    amount: Expression
    step: Annotated[float, Range(0.01, 1_000_000)] = 1
    unit: SingleLine = ""
    uses: Annotated[tuple[BudgetUse, ...], MemberCount(2, 8)]
    spend_all: bool = field(default=False, metadata={"key": "all"})
    """Whether all of it must be given out."""

    def faults(self) -> Iterator[ValidationError]:
        """Uses that repeat or have a reserved name, and a fixed amount that is not made of whole steps."""
        yield from repeated(tuple(use.id for use in self.uses), "uses")
        for n, use in enumerate(self.uses):
            if use.id == LEFT:
                yield ValidationError(
                    ("uses", n, "id"), "X600", f"{LEFT!r} is what expressions call the part that is not used"
                )
        amount = constant(self.amount)
        if amount is not None and (amount <= 0 or abs(amount / self.step - round(amount / self.step)) > 1e-9):
            message = f"{amount:g} cannot be divided in whole steps of {self.step:g}"
            yield ValidationError(("amount",), "X602", message, f"a multiple of {self.step:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionChoice(SourceObject):
    """One way to decide; offered only while `when` holds."""

    id: Id
    text: SingleLine
    effects: Formulas = field(default_factory=dict)
    sets: tuple[Flag, ...] = ()
    result: MultilineText
    also: tuple[SideEffect, ...] = ()
    when: Expression | None = None
    aside: MultilineText
    harmful: MultilineText | None = None
    """Why it does plain harm; None for all that somebody could defend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodDecision(SourceObject):
    """A question that comes up in a period while `when` holds; its effects count at once."""

    id: Id
    title: SingleLine
    text: MultilineText
    also: tuple[SideEffect, ...] = ()
    when: Expression | None = None
    choices: Annotated[tuple[DecisionChoice, ...], MemberCount(2, 5)]

    def faults(self) -> Iterator[ValidationError]:
        """Choices that cannot be told apart or are too long for a line."""
        yield from repeated(tuple(choice.id for choice in self.choices), "choices")
        yield from repeated(tuple(choice.text for choice in self.choices), "choices", key="text")
        for n, choice in enumerate(self.choices):
            if len(choice.text) > 70:
                message = f"a choice has 70 characters at most, this has {len(choice.text)}"
                yield ValidationError(("choices", n, "text"), "X543", message)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodEvent(SourceObject):
    """Something that may happen at the end of a period, with probability `p` while `when` holds."""

    id: Id
    title: SingleLine
    p: Expression
    when: Expression | None = None
    effects: Formulas = field(default_factory=dict)
    sets: tuple[Flag, ...] = ()
    text: MultilineText
    also: tuple[SideEffect, ...] = ()

    def faults(self) -> Iterator[ValidationError]:
        """A fixed probability that is none."""
        p = constant(self.p)
        if p is not None and not 0 <= p <= 1:
            yield ValidationError(("p",), "X603", f"a probability is 0 to 1, not {p:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryPeriod(SourceObject):
    """What every period has beside its own: it comes before that."""

    allocate: Annotated[tuple[Budget, ...], MemberCount(0, 4)] = ()
    effects: Formulas = field(default_factory=dict)
    events: Annotated[tuple[PeriodEvent, ...], MemberCount(0, 12)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(SourceObject):
    """A quarter, say: budgets to divide, then decisions; then its effects count, then its events.

    All effects see the gauges as they are before any of them counts; each event sees what the one before has done.
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
    """The value of an expression without names; None where it has some, or no value."""
    try:
        found = formula(text)
        return None if found.names else found.value({})
    except ExpressionError:
        return None


def amount_names(budgets: tuple[Budget, ...]) -> Iterator[str]:
    """What expressions call the amounts of these budgets."""
    for budget in budgets:
        for use in budget.uses:
            yield amount_name(budget, use.id)
        yield amount_name(budget, LEFT)


def amount_name(budget: Budget, use: str) -> str:
    """What expressions call the amount that a use got, or what is LEFT."""
    return f"{variable_name(budget.id)}_{variable_name(use)}"
