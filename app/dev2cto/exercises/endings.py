"""What holds for the endings of a scenario and of a simulation: the first whose condition holds is the one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dev2cto.exercises.base import repeated
from dev2cto.exercises.scenario import Ending
from dev2cto.shapes import Fault


def ending_faults(endings: Sequence[Ending], what: str) -> Iterator[Fault]:
    """Endings that repeat, take more or less than is left for them, or leave fewer than two good ways out."""
    yield from repeated(tuple(ending.id for ending in endings), "endings")
    for n, ending in enumerate(endings):
        last = n == len(endings) - 1
        if ending.when is None and not last:
            yield Fault(("endings", n), "X546", "an ending without 'when' takes all: it must be the last")
        if ending.when is not None and last:
            yield Fault(("endings", n, "when"), "X546", "the last ending must hold for all who remain", "no 'when'")
    if sum(ending.good for ending in endings) < 2:
        yield Fault(("endings",), "X547", f"{what} needs at least two good endings", "good: true")
