"""Rules about simulations, based on sampled plays."""

from __future__ import annotations

from collections.abc import Iterator

from dev2cto.course.check.rules import Finding, Rule
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.simulations.sampling import Sampled, sample
from dev2cto.exercises.simulations.simulation import Simulation

_found: dict[str, Sampled] = {}


def sampled(exercise: Exercise) -> Sampled | None:
    """Return the result of sampled plays, cached by content; None if the exercise is not a simulation."""
    if not isinstance(exercise, Simulation):
        return None
    content = repr(exercise)
    if content not in _found:
        _found[content] = sample(exercise)
    return _found[content]


def formulas_have_values(exercise: Exercise) -> Iterator[Finding]:
    """Report formulas that have no value in some play, such as a division by zero."""
    found = sampled(exercise)
    for placed, message in found.failing if found else ():
        yield Finding(exercise, placed.steps, f"in sampled play {message}")


def endings_are_reached(exercise: Exercise) -> Iterator[Finding]:
    """Report endings that no sampled play reaches."""
    found = sampled(exercise)
    if found is not None and isinstance(exercise, Simulation):
        ids = [ending.id for ending in exercise.endings]
        for id in found.lost_endings:
            message = f"none of {found.plays} sampled plays reaches the ending {id!r}"
            yield Finding(exercise, ("endings", ids.index(id)), message)


def conditions_hold(exercise: Exercise) -> Iterator[Finding]:
    """Report conditions that are never true in sampled plays."""
    found = sampled(exercise)
    for placed in found.never_true if found else ():
        yield Finding(exercise, placed.steps, "this condition is not true in any sampled play")


def probabilities_are_probabilities(exercise: Exercise) -> Iterator[Finding]:
    """Report probabilities outside 0..1, which the simulation clamps."""
    found = sampled(exercise)
    for placed, least, most in found.outside if found else ():
        message = f"this probability ranges from {least:.3g} to {most:.3g} in sampled play; it is limited to 0 to 1"
        yield Finding(exercise, placed.steps, message, "use min and max")


def allocations_are_dilemmas(exercise: Exercise) -> Iterator[Finding]:
    """Report budgets for which giving everything to one use is always best."""
    found = sampled(exercise)
    if found is not None and isinstance(exercise, Simulation):
        for budget, use in found.dominant:
            steps = next(_places(exercise, budget))
            message = f"all of {budget!r} for {use!r} in every period is at least as good on every gauge as any other"
            yield Finding(exercise, steps, message, "give each use a benefit that the others lack")


def _places(simulation: Simulation, budget: str) -> Iterator[tuple[str | int, ...]]:
    """Yield the paths to the budget's definitions in the file."""
    for n, every in enumerate(simulation.every_period.allocate):
        if every.id == budget:
            yield ("every_period", "allocate", n)
    for p, period in enumerate(simulation.periods):
        for n, own in enumerate(period.allocate):
            if own.id == budget:
                yield ("periods", p, "allocate", n)


RULES = (
    Rule("Q381", "a formula of a simulation has no value", "exercise", formulas_have_values),
    Rule("Q382", "an ending that sampled play never reaches", "exercise", endings_are_reached),
    Rule("Q383", "a condition that is never true", "exercise", conditions_hold, "warning"),
    Rule("Q384", "a probability outside 0 to 1", "exercise", probabilities_are_probabilities, "warning"),
    Rule("Q385", "an allocation that is not a dilemma", "exercise", allocations_are_dilemmas, "warning"),
)
