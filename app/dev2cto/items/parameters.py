"""Parameters, drawn for each showing of an item or lab: `given: {n: {from: 20, to: 60, step: 5}, d: [1.5, 2]}`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from dev2cto.items.expressions import FUNCTIONS, WORDS
from dev2cto.yaml.decode import SourceObject, ValidationError

MAX_VALUES = 10_000
EXHAUSTIVE = 2_000
"""Up to this many combinations are all checked; of more, enough that every value occurs at least once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRange(SourceObject):
    """Evenly spaced values from `from` to `to`, which is included if a step reaches it."""

    least: float = field(metadata={"key": "from"})
    most: float = field(metadata={"key": "to"})
    step: float = 1.0

    @property
    def count(self) -> int:
        """The number of values, at most one more than `MAX_VALUES`; 0 if the range is not valid."""
        if self.step <= 0 or self.most < self.least:
            return 0
        return int(min((self.most - self.least) / self.step + 1e-9, MAX_VALUES)) + 1

    def __getitem__(self, number: int) -> float:
        return round(self.least + number * self.step, 10)


Parameters = Mapping[str, ParameterRange | tuple[float, ...]]
"""The values that each name may take."""


def values(parameter: ParameterRange | tuple[float, ...]) -> list[float]:
    """Return all values that the parameter may take."""
    if isinstance(parameter, ParameterRange):
        return [parameter[n] for n in range(parameter.count)]
    return list(parameter)


def count(parameter: ParameterRange | tuple[float, ...]) -> int:
    """Return the number of values that the parameter may take."""
    return parameter.count if isinstance(parameter, ParameterRange) else len(parameter)


def draw_values(given: Parameters, rng: Random) -> dict[str, float]:
    """Draw one value for each name; the result does not depend on the order of names in the file."""
    return {name: given[name][rng.choice(range(count(given[name])))] for name in sorted(given)}


def with_new_parameters(given: Parameters, stored: Mapping[str, float]) -> dict[str, float]:
    """Return the stored values; names added to the course since get their first possible value."""
    kept = {name: value for name, value in stored.items() if isinstance(value, int | float)}
    return {name: parameter[0] for name, parameter in given.items() if name not in kept} | kept


def combinations(given: Parameters) -> Iterator[dict[str, float]]:
    """Yield all combinations if they are few; else as many as the longest list has values, each value in one."""
    names = sorted(given)
    lists = [values(given[name]) for name in names]
    total = 1
    for each in lists:
        total *= len(each)
    if total <= EXHAUSTIVE:
        for chosen in itertools.product(*lists):
            yield dict(zip(names, chosen, strict=True))
        return
    for n in range(max(map(len, lists))):
        yield {name: each[n % len(each)] for name, each in zip(names, lists, strict=True)}
    yield {name: each[-1] for name, each in zip(names, lists, strict=True)}


def faults(given: Parameters, *steps: str | int) -> Iterator[ValidationError]:
    """Yield faults for names that no expression could use and for ranges without enough values."""
    for name, parameter in given.items():
        if not re.fullmatch(r"[a-z_][a-z0-9_]*", name) or name in FUNCTIONS or name in WORDS:
            hint = "lower-case letters, digits and _"
            yield ValidationError((*steps, name), "I301", f"{name!r} is not a valid name", hint, key=True)
        number = parameter.count if isinstance(parameter, ParameterRange) else len(set(parameter))
        if not 2 <= number <= MAX_VALUES:
            has = number if number <= MAX_VALUES else f"more than {MAX_VALUES:,}"
            hint = f"give 2 to {MAX_VALUES:,} different"
            yield ValidationError((*steps, name), "I302", f"{name!r} has {has} possible values", hint)
