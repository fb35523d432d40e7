"""Sessions of simulations. Amounts are saved as drafts, decisions at once, so that a lost connection loses none."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dev2cto.errors import CourseError, NotSaved, UsageError
from dev2cto.exercises.simulations.engine import Available
from dev2cto.exercises.simulations.outlook import Outlook, outlook
from dev2cto.exercises.simulations.player import Moves, SimulationState, play
from dev2cto.exercises.simulations.simulation import Simulation
from dev2cto.study.context import StudyContext
from dev2cto.study.sessions.attempt import Attempt, fresh_seed
from dev2cto.study.sessions.play import Offered, Play, path_of


@dataclass(frozen=True, slots=True)
class PastPlay:
    """A play that reached an ending."""

    at: str
    ending: str
    """The ending's title."""
    gauges: Mapping[str, float]
    """Final values by gauge id; gauges added to the course since then are missing."""
    present: bool
    """Whether it is the play on screen."""


class SimulationSession(Play):
    """The learner's play of a simulation."""

    DECIDING, OUTCOME, COUNT = "decision", "report", "over"

    def __init__(self, study: StudyContext, exercise: Simulation) -> None:
        self.study, self.exercise = study, exercise
        self.changed = ""
        self._load()

    def _load(self) -> None:
        self.attempt = Attempt(self.study, self.exercise)
        doc = self.attempt.doc
        self._seed = int(doc["seed"]) if "seed" in doc else fresh_seed(self.study)
        self._last, moves = self._stored()
        try:
            self.state: SimulationState = play(self.exercise, self._seed, moves)
        except CourseError as error:
            if not moves:
                raise
            self.changed = f"{error.message} You start over; your old play is kept."
            with contextlib.suppress(NotSaved):
                self.attempt.end("left")
            self.attempt, self._seed = Attempt(self.study, self.exercise), fresh_seed(self.study)
            self._last = ""
            self.state = play(self.exercise, self._seed, ())
        self._arrive()

    def _stored(self) -> tuple[str, tuple[Moves, ...]]:
        """The id of the latest choice, and all moves that led to it."""
        moves = [Moves.read(moves) for moves in self.attempt.doc.get("periods", ())]
        last, path = path_of(self.study, self.attempt.id)
        for made in path:
            if "amounts" in made:
                moves.append(Moves.read({"amounts": made["amounts"]}))
            else:
                before = moves.pop() if moves else Moves({})
                moves.append(Moves(before.amounts, (*before.choices, str(made["choice"]))))
        return last, tuple(moves)

    def sync(self) -> bool:
        """Reload the play if another session changed it; return whether it did."""
        if not self.attempt.begun or (self.attempt.doc.get("state") != "left" and self._same(self._stored()[1])):
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
        """The stage to show: the ending, or what the current period asks for (divide or decision)."""
        return "ending" if self.ended else "divide" if self.state.available else "decision"

    @property
    def outcomes(self) -> int:
        """The number of periods that are over."""
        return len(self.state.reports)

    @property
    def offered(self) -> Sequence[Offered]:
        """The choices of the pending decision; empty if none is pending."""
        return self.state.asked.offered if self.state.asked else ()

    @property
    def has_log(self) -> bool:
        """Whether anything was done yet."""
        return bool(self.state.reports or self.state.divisions)

    def begin(self) -> None:
        """Save the seed, so that chance events are the same after a lost connection. Raises NotSaved."""
        self.attempt.begin(seed=self._seed, periods=[])

    # -- dividing budgets

    def _arrive(self) -> None:
        """Set up the current period's amounts from the draft, if it belongs to this period."""
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
        """What is available of a budget in this period. Raises KeyError if the period has no such budget."""
        for available in self.state.available:
            if available.budget.id == budget:
                return available
        raise KeyError(budget)

    def amount(self, budget: str, use: str) -> float:
        """The amount that a use gets so far."""
        return self._steps[budget][use] * self.available(budget).budget.step

    def left(self, budget: str) -> float:
        """The amount of a budget not given out yet."""
        available = self.available(budget)
        return (available.steps - sum(self._steps[budget].values())) * available.budget.step

    def room(self, budget: str, use: str) -> float:
        """The most that a use can get while the others keep their amounts."""
        return self._room(self.available(budget), use) * self.available(budget).budget.step

    def _room(self, available: Available, use: str) -> int:
        steps = self._steps[available.budget.id]
        found = next(u for u in available.budget.uses if u.id == use)
        return min(available.most(found), available.steps - sum(steps.values()) + steps[use])

    def _set(self, available: Available, use: str, steps: int) -> None:
        self._steps[available.budget.id][use] = max(0, min(self._room(available, use), steps))

    def give(self, budget: str, use: str, amount: float) -> float:
        """Give a use the amount, rounded down to whole steps and what is available; return what it gets.

        The amounts are saved as a draft.
        """
        available = self.available(budget)
        self._set(available, use, int(amount / available.budget.step + 1e-9))
        if self.attempt.begun:
            lines = [f"{b} {u} {n}" for b, uses in self._steps.items() for u, n in uses.items() if n]
            self.study.keep_draft(self.exercise.id, "\n".join([self._draft_head, *lines]))
        return self.amount(budget, use)

    @property
    def amounts(self) -> dict[str, dict[str, float]]:
        """The chosen amounts of the current period by budget and use."""
        return {b: {u: self.amount(b, u) for u in uses} for b, uses in self._steps.items()}

    @property
    def unspent(self) -> tuple[Available, ...]:
        """The budgets with an amount left that some use could still get."""
        return tuple(a for a in self.state.available if any(self._can_get_more(a, use.id) for use in a.budget.uses))

    def is_due(self, available: Available) -> bool:
        """Whether more of a budget must be given out."""
        return sum(self._steps[available.budget.id].values()) < available.due

    def _can_get_more(self, available: Available, use: str) -> bool:
        return self._room(available, use) > self._steps[available.budget.id][use]

    def divide(self) -> SimulationState:
        """Submit the amounts. Raises UsageError if more of a budget must be given out, NotSaved."""
        for available in self.state.available:
            if self.is_due(available):
                left = f"{self.left(available.budget.id):g} {available.budget.unit}".strip()
                raise UsageError(f"All of {available.budget.name} must be allocated.", f"{left} left.")
        divided = Moves(self.amounts)
        return self._keep((*self.state.moves, divided), choice="", amounts=divided.document()["amounts"])

    def decide(self, choice: str) -> SimulationState:
        """Make a choice by its id and save it. Raises CourseError if it is not offered, NotSaved."""
        *before, present = self.state.moves
        return self._keep((*before, Moves(present.amounts, (*present.choices, choice))), choice=choice)

    def _keep(self, moves: tuple[Moves, ...], **made: Any) -> SimulationState:
        """Play these moves, save what was made last, and return the new state; an ending completes the exercise."""
        state = play(self.exercise, self._seed, moves)
        kept = [each.document() for each in moves]
        with self.study.record.batch():
            self.begin()
            last = self.study.record.table("choices").insert(
                {"attempt": self.attempt.id, "after": self._last, **made, "at": self.study.now()}
            )
            if state.ending is not None:
                self.attempt.submit(passed=True, attempt=self.attempt.id, seed=self._seed,
                       path=kept, ending=state.ending.id, gauges=dict(state.gauges))  # fmt: skip
                self.attempt.end("done")
            self.study.drop_draft(self.exercise.id)
        self.state, self._last = state, last
        self._arrive()
        return state

    # -- debrief

    @cached_property
    def _outlooks(self) -> dict[int, Outlook]:
        return {}

    def outlook(self) -> Outlook:
        """The same plan over many seeds, computed once for each play. Raises ValueError before the ending."""
        if self._seed not in self._outlooks:
            self._outlooks[self._seed] = outlook(self.exercise, self.state)
        return self._outlooks[self._seed]

    def runs(self) -> tuple[PastPlay, ...]:
        """All plays that reached an ending, oldest first."""
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
        """Start over with another seed; the old play is kept. Raises NotSaved."""
        seed = fresh_seed(self.study)
        with self.study.record.batch():
            self.attempt = self.attempt.leave()
            self._seed, self._last = seed, ""
            self.begin()
        self.state = play(self.exercise, seed, ())
        self._arrive()
