"""A simulation: amounts are kept while they are chosen and decisions at once, so that a dropped line loses none."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dev2cto.errors import CourseError, NotSaved, UsageError
from dev2cto.exercises.simulations.engine import Available
from dev2cto.exercises.simulations.outlook import Outlook, outlook
from dev2cto.exercises.simulations.player import Moves, SimulationState, play
from dev2cto.exercises.simulations.simulation import Simulation
from dev2cto.study.context import StudyContext
from dev2cto.study.sessions.attempt import Attempt, fresh_seed
from dev2cto.study.sessions.play import Offered, Play


@dataclass(frozen=True, slots=True)
class PastPlay:
    """One play that came to an ending."""

    at: str
    ending: str
    """Its title."""
    gauges: Mapping[str, float]
    """Id to value in the end; gauges that are new since then are missing."""
    present: bool
    """Whether it is the one on screen."""


class SimulationSession(Play):
    """A simulation and one learner's play of it."""

    DECIDING, OUTCOME, COUNT = "decision", "report", "over"

    def __init__(self, study: StudyContext, exercise: Simulation) -> None:
        self.study, self.exercise = study, exercise
        self.changed = ""
        self._load()

    def _load(self) -> None:
        self.attempt = Attempt(self.study, self.exercise)
        doc = self.attempt.doc
        self._seed = int(doc["seed"]) if "seed" in doc else fresh_seed(self.study)
        moves = self._stored
        try:
            self.state: SimulationState = play(self.exercise, self._seed, moves)
        except CourseError as error:
            if not moves:
                raise
            self.changed = f"{error.message} You begin again; your old play is kept."
            with contextlib.suppress(NotSaved):
                self.attempt.end("left")
            self.attempt, self._seed = Attempt(self.study, self.exercise), fresh_seed(self.study)
            self.state = play(self.exercise, self._seed, ())
        self._arrive()

    @property
    def _stored(self) -> tuple[Moves, ...]:
        return tuple(Moves.read(moves) for moves in self.attempt.doc.get("periods", ()))

    def sync(self) -> bool:
        """Take in what another session did in this play; whether there was something."""
        if not self.attempt.begun or (self.attempt.doc.get("state") != "left" and self._same(self._stored)):
            return False
        self._load()
        return True

    def _same(self, stored: tuple[Moves, ...]) -> bool:
        return [moves.document() for moves in stored] == [moves.document() for moves in self.state.moves]

    @property
    def ended(self) -> bool:
        """Whether an ending was reached."""
        return self.state.ending is not None

    @property
    def waiting(self) -> str:
        """The ending, or what the present period asks for."""
        return "ending" if self.ended else "divide" if self.state.available else "decision"

    @property
    def outcomes(self) -> int:
        """How many periods are over."""
        return len(self.state.reports)

    @property
    def offered(self) -> Sequence[Offered]:
        """The choices of the decision that waits."""
        return self.state.asked.offered if self.state.asked else ()

    @property
    def has_log(self) -> bool:
        """Whether something was done yet."""
        return bool(self.state.reports or self.state.divisions)

    def begin(self) -> None:
        """Keep the seed, so that chance is the same after a dropped line. Raises NotSaved."""
        self.attempt.begin(seed=self._seed, periods=[])

    # -- dividing what there is

    def _arrive(self) -> None:
        """The present period's amounts, as far as they were chosen before."""
        self._steps: dict[str, dict[str, int]] = {
            a.budget.id: {use.id: 0 for use in a.budget.uses} for a in self.state.available
        }
        if not self.state.available or not self.attempt.begun:
            return
        head, *lines = self.study.draft(self.exercise.id).split("\n")
        for line in lines if head == self._draft_head else ():
            budget, use, steps = (*line.split(), "", "", "")[:3]
            if use in self._steps.get(budget, {}) and steps.isdecimal():
                self._set(self.available(budget), use, int(steps))

    @property
    def _draft_head(self) -> str:
        return f"{self.attempt.id} {self.exercise.periods[self.state.period].id}"

    def available(self, budget: str) -> Available:
        """What there is of a budget in this period; KeyError where it has no such budget."""
        for available in self.state.available:
            if available.budget.id == budget:
                return available
        raise KeyError(budget)

    def amount(self, budget: str, use: str) -> float:
        """What that use gets so far."""
        return self._steps[budget][use] * self.available(budget).budget.step

    def left(self, budget: str) -> float:
        """What is not given out yet."""
        available = self.available(budget)
        return (available.steps - sum(self._steps[budget].values())) * available.budget.step

    def room(self, budget: str, use: str) -> float:
        """The most that use can get while the others keep what they have."""
        return self._room(self.available(budget), use) * self.available(budget).budget.step

    def _room(self, available: Available, use: str) -> int:
        steps = self._steps[available.budget.id]
        found = next(u for u in available.budget.uses if u.id == use)
        return min(available.most(found), available.steps - sum(steps.values()) + steps[use])

    def _set(self, available: Available, use: str, steps: int) -> None:
        self._steps[available.budget.id][use] = max(0, min(self._room(available, use), steps))

    def give(self, budget: str, use: str, amount: float) -> float:
        """Give that use as much of the amount as can be, in whole steps; what it gets now. Kept as a draft."""
        available = self.available(budget)
        self._set(available, use, int(amount / available.budget.step + 1e-9))
        if self.attempt.begun:
            lines = [f"{b} {u} {n}" for b, uses in self._steps.items() for u, n in uses.items() if n]
            self.study.keep_draft(self.exercise.id, "\n".join([self._draft_head, *lines]))
        return self.amount(budget, use)

    @property
    def amounts(self) -> dict[str, dict[str, float]]:
        """All amounts of the present period as they are chosen."""
        return {b: {u: self.amount(b, u) for u in uses} for b, uses in self._steps.items()}

    @property
    def unspent(self) -> tuple[Available, ...]:
        """Budgets of which something is left that some use could still get."""
        return tuple(a for a in self.state.available if any(self._can_get_more(a, use.id) for use in a.budget.uses))

    def is_due(self, available: Available) -> bool:
        """Whether more of it must be given out."""
        return sum(self._steps[available.budget.id].values()) < available.due

    def _can_get_more(self, available: Available, use: str) -> bool:
        return self._room(available, use) > self._steps[available.budget.id][use]

    def divide(self) -> SimulationState:
        """Make the division final. Raises UsageError where something must still be given out, NotSaved."""
        for available in self.state.available:
            if self.is_due(available):
                left = f"{self.left(available.budget.id):g} {available.budget.unit}".strip()
                raise UsageError(f"All of {available.budget.name} must be given out.", f"{left} left.")
        return self._keep((*self.state.moves, Moves(self.amounts)))

    def decide(self, choice: str) -> SimulationState:
        """Take a choice by its id and keep it. Raises CourseError where it is not offered, NotSaved."""
        *before, present = self.state.moves
        return self._keep((*before, Moves(present.amounts, (*present.choices, choice))))

    def _keep(self, moves: tuple[Moves, ...]) -> SimulationState:
        """The state after these moves; an ending makes the exercise done."""
        state = play(self.exercise, self._seed, moves)
        kept = [made.document() for made in moves]
        with self.study.record.batch():
            self.begin()
            self.attempt.change(periods=kept)
            if state.ending is not None:
                self.attempt.submit(passed=True, attempt=self.attempt.id, seed=self._seed,
                       path=kept, ending=state.ending.id, gauges=dict(state.gauges))  # fmt: skip
                self.attempt.end("done")
            self.study.drop_draft(self.exercise.id)
        self.state = state
        self._arrive()
        return state

    # -- looking back

    @cached_property
    def _outlooks(self) -> dict[int, Outlook]:
        return {}

    def outlook(self) -> Outlook:
        """The same plan over many seeds; worked out once for a play. ValueError before the ending."""
        if self._seed not in self._outlooks:
            self._outlooks[self._seed] = outlook(self.exercise, self.state)
        return self._outlooks[self._seed]

    def runs(self) -> tuple[PastPlay, ...]:
        """All plays that came to an ending, oldest first."""
        titles = {ending.id: ending.title for ending in self.exercise.endings}
        return tuple(
            PastPlay(
                at=str(doc["at"]),
                ending=titles.get(str(doc.get("ending")), str(doc.get("ending"))),
                gauges={str(id): float(value) for id, value in dict(doc.get("gauges", {})).items()},
                present=doc.get("attempt") == self.attempt.id,
            )
            for doc in self.attempt.submissions()
        )

    def replay(self) -> None:
        """Begin again with another seed; the old play is kept. Raises NotSaved."""
        seed = fresh_seed(self.study)
        with self.study.record.batch():
            self.attempt = self.attempt.leave()
            self._seed = seed
            self.begin()
        self.state = play(self.exercise, seed, ())
        self._arrive()
