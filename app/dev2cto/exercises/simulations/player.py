"""Plays a simulation. The same seed and moves always lead to the same state, so only these are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from dev2cto.errors import CourseError
from dev2cto.exercises.scenarios.engine import GaugeChange
from dev2cto.exercises.scenarios.scenario import Ending
from dev2cto.exercises.simulations.engine import Available, BudgetAmounts, Opening, SimulationMoment, Simulator
from dev2cto.exercises.simulations.periods import DecisionChoice, PeriodDecision, PeriodEvent
from dev2cto.exercises.simulations.simulation import Simulation

Values = Mapping[str, float]
"""Values by gauge id."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of one period: each budget's amounts by use, then the choices taken, in order."""

    amounts: Mapping[str, BudgetAmounts]
    choices: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """Return the moves as stored in the record; uses that get nothing are left out."""
        given = {b: {u: _plain(a) for u, a in uses.items() if a} for b, uses in self.amounts.items()}
        return {"amounts": {budget: uses for budget, uses in given.items() if uses}, "choices": list(self.choices)}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Moves:
        """Restore moves from their stored document."""
        amounts = dict(document.get("amounts", {}))
        return cls(
            {str(b): {str(u): float(a) for u, a in dict(uses).items()} for b, uses in amounts.items()},
            tuple(str(choice) for choice in document.get("choices", ())),
        )


@dataclass(frozen=True, slots=True)
class Division:
    """One budget as divided, with the amount of each use in file order."""

    budget: str
    name: str
    unit: str
    available: float
    uses: tuple[tuple[str, str, float], ...]
    """Id, name and amount of each use."""

    @property
    def left(self) -> float:
        """The amount that was not spent."""
        return self.available - sum(amount for _, _, amount in self.uses)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was taken. All texts are Markdown."""

    decision: PeriodDecision
    choice: DecisionChoice
    offered: tuple[DecisionChoice, ...]
    text: str
    result: str
    changes: tuple[GaugeChange, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that could happen: its probability (0 to 1) and whether it did. The text is Markdown."""

    event: PeriodEvent
    p: float
    struck: bool
    text: str = ""
    changes: tuple[GaugeChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """The report of a finished period."""

    period: str
    title: str
    text: str
    divisions: tuple[Division, ...]
    decided: tuple[Decided, ...]
    changes: tuple[GaugeChange, ...]
    """The changes made by the period's effects."""
    happenings: tuple[Happening, ...]
    before: Values
    after: Values


@dataclass(frozen=True, slots=True)
class Asked:
    """The decision to take now. The text is Markdown."""

    decision: PeriodDecision
    text: str
    offered: tuple[DecisionChoice, ...]


@dataclass(frozen=True, slots=True)
class SimulationState:
    """The state of a play: it needs a division of budgets or a decision, or has reached an ending."""

    seed: int
    moves: tuple[Moves, ...]
    period: int
    """The number of the current period, from 0; at the end, the number of finished periods."""
    total: int
    """The largest possible number of periods."""
    gauges: Values
    flags: frozenset[str]
    title: str
    """The title of the period or the ending."""
    text: str
    """The text (Markdown) of the period or the ending."""
    available: tuple[Available, ...] = ()
    """The budgets to divide; empty if that is not the next step."""
    divisions: tuple[Division, ...] = ()
    """The current period's budgets as divided; empty before that."""
    decided: tuple[Decided, ...] = ()
    """The decisions taken in the current period."""
    asked: Asked | None = None
    reports: tuple[PeriodReport, ...] = ()
    ending: Ending | None = None

    @property
    def moved(self) -> Values:
        """How far each gauge moved in the last finished period and since; empty before the first is finished."""
        before = self.reports[-1].before if self.reports else {}
        return {id: self.gauges[id] - value for id, value in before.items()}


def roll(seed: int, period: str, event: str) -> float:
    """Return the random number (0 to 1) of an event. It does not depend on earlier moves, so that plays compare."""
    digest = blake2b(f"{seed}:{period}:{event}".encode(), digest_size=7).digest()
    return int.from_bytes(digest) / 2**56


def play(simulation: Simulation, seed: int, moves: Sequence[Moves]) -> SimulationState:
    """Return the state after those moves.

    Raises CourseError if they are not possible: the simulation has changed since, or the course has a mistake.
    """
    simulator = Simulator(simulation)
    moment, reports, left = simulator.begin(), list[PeriodReport](), list(moves)
    while not simulator.is_over(moment):
        opening = simulator.opening(moment)
        table = _Table(simulator, seed, opening)
        if not left:
            return table.state(tuple(moves), tuple(reports))
        made = left.pop(0)
        try:
            table.divide(made.amounts)
        except ValueError as error:
            raise _changed(str(error)) from None
        for choice in made.choices:
            table.decide(choice)
        if table.asked is not None:
            if left:
                raise _changed(f"{table.asked.decision.title!r} was not decided.")
            return table.state(tuple(moves), tuple(reports))
        report, moment = table.close()
        reports.append(report)
    if left:
        raise _changed(f"The simulation ends before period {len(moves)}.")
    ending = simulator.ending(moment)
    return SimulationState(
        seed=seed,
        moves=tuple(moves),
        period=len(reports),
        total=len(simulation.periods),
        gauges=_values(simulator, moment),
        flags=moment.flags,
        title=ending.title,
        text=simulator.text(ending.text, ending.also, moment, {}),
        reports=tuple(reports),
        ending=ending,
    )


class _Table:
    """One period being played."""

    def __init__(self, simulator: Simulator, seed: int, opening: Opening) -> None:
        self.simulator, self.seed, self.opening = simulator, seed, opening
        self.moment: SimulationMoment = opening.moment
        self.names: Mapping[str, float] = opening.names
        period = opening.period
        self.text = simulator.text(period.text, period.also, self.moment, self.names)
        self.before = _values(simulator, self.moment)
        self.divisions: tuple[Division, ...] = ()
        self.decided: list[Decided] = []
        self.asked: Asked | None = None
        self._next = 0

    def divide(self, amounts: Mapping[str, BudgetAmounts]) -> None:
        """Divide the budgets. Raises ValueError for an invalid division."""
        self.names = self.simulator.divided(self.opening, amounts)
        self.divisions = tuple(
            Division(
                a.budget.id, a.budget.name, a.budget.unit, a.amount,
                tuple((use.id, use.name, amounts.get(a.budget.id, {}).get(use.id, 0.0)) for use in a.budget.uses),
            )
            for a in self.opening.available
        )  # fmt: skip
        self.ask(0)

    def ask(self, first: int) -> None:
        """Move to the next decision from number `first` on."""
        found = self.simulator.asked(self.moment, self.opening, self.names, first)
        self.asked = None
        if found is not None:
            n, decision, offered = found
            self._next = n + 1
            text = self.simulator.text(decision.text, decision.also, self.moment, self.names)
            self.asked = Asked(decision, text, offered)

    def decide(self, id: str) -> None:
        """Take a choice. Raises CourseError if it is not offered."""
        asked = self.asked
        choice = next((c for c in asked.offered if c.id == id), None) if asked else None
        if asked is None or choice is None:
            raise _changed(f"The choice {id!r} is not offered in {self.opening.period.title!r}.")
        self.moment, changes = self.simulator.decide(self.moment, self.names, choice)
        result = self.simulator.text(choice.result, choice.also, self.moment, self.names)
        self.decided.append(Decided(asked.decision, choice, asked.offered, asked.text, result, changes))
        self.ask(self._next)

    def close(self) -> tuple[PeriodReport, SimulationMoment]:
        """Apply the period's effects and events; return its report and the moment after it."""
        simulator, period = self.simulator, self.opening.period
        moment, changes = simulator.work(self.moment, self.opening, self.names)
        happenings: list[Happening] = []
        for event in simulator.simulation.events(period):
            p = simulator.probability(moment, self.names, event)
            if p is None:
                continue
            p = min(1.0, max(0.0, p))
            if roll(self.seed, period.id, event.id) >= p:
                happenings.append(Happening(event, p, struck=False))
                continue
            moment, moved = simulator.strike(moment, self.names, event)
            text = simulator.text(event.text, event.also, moment, self.names)
            happenings.append(Happening(event, p, struck=True, text=text, changes=moved))
        report = PeriodReport(
            period=period.id,
            title=period.title,
            text=self.text,
            divisions=self.divisions,
            decided=tuple(self.decided),
            changes=changes,
            happenings=tuple(happenings),
            before=self.before,
            after=_values(simulator, moment),
        )
        return report, simulator.close(moment, self.opening, self.names)

    def state(self, moves: tuple[Moves, ...], reports: tuple[PeriodReport, ...]) -> SimulationState:
        """Return the state while this period is played."""
        return SimulationState(
            seed=self.seed,
            moves=moves,
            period=len(reports),
            total=len(self.simulator.simulation.periods),
            gauges=_values(self.simulator, self.moment),
            flags=self.moment.flags,
            title=self.opening.period.title,
            text=self.text,
            available=() if self.divisions else self.opening.available,
            divisions=self.divisions,
            decided=tuple(self.decided),
            asked=self.asked,
            reports=reports,
        )


def _values(simulator: Simulator, moment: SimulationMoment) -> Values:
    gauges = simulator.simulation.gauges
    return dict(zip((gauge.id for gauge in gauges), moment.gauges, strict=True))


def _changed(message: str) -> CourseError:
    return CourseError(message, "The simulation has changed since you started: start it again.")


def _plain(amount: float) -> float:
    return int(amount) if amount == int(amount) else amount
