"""Values that are drawn for each showing of an item or lab: `given: {n: {from: 20, to: 60, step: 5}, d: [1.5, 2]}`."""

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
"""Up to so many combinations are tried one by one when an item is read; of more, every value occurs at least once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRange(SourceObject):
    """Evenly spaced values, both ends included where the step meets them."""

    least: float = field(metadata={"key": "from"})
    most: float = field(metadata={"key": "to"})
    step: float = 1.0

    @property
    def count(self) -> int:
        """How many values there are; 0 for a span that makes no sense."""
        if self.step <= 0 or self.most < self.least:
            return 0
        return int((self.most - self.least) / self.step + 1e-9) + 1

    def __getitem__(self, number: int) -> float:
        return round(self.least + number * self.step, 10)


Parameters = Mapping[str, ParameterRange | tuple[float, ...]]
"""Name to the values that it may take."""


def values(parameter: ParameterRange | tuple[float, ...]) -> list[float]:
    """Every value that the parameter may take."""
    if isinstance(parameter, ParameterRange):
        return [parameter[n] for n in range(parameter.count)]
    return list(parameter)


def draw_values(given: Parameters, rng: Random) -> dict[str, float]:
    """One value for each name; the file's order of names plays no part."""
    return {name: rng.choice(values(given[name])) for name in sorted(given)}


def with_new_parameters(given: Parameters, stored: Mapping[str, float]) -> dict[str, float]:
    """The stored values, and the first possible one for a name that the course has got since."""
    usual = {name: values(parameter)[0] for name, parameter in given.items()}
    kept = {name: value for name, value in stored.items() if isinstance(value, int | float)}
    return {**usual, **kept}


def combinations(given: Parameters) -> Iterator[dict[str, float]]:
    """Every combination while there are few; otherwise as many as the longest list, with every value in one."""
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
    """Names that no expression could use, and spans without values."""
    for name, parameter in given.items():
        if not re.fullmatch(r"[a-z_][a-z0-9_]*", name) or name in FUNCTIONS or name in WORDS:
            hint = "lower-case letters, digits and _"
            yield ValidationError((*steps, name), "I301", f"{name!r} cannot be a name", hint, key=True)
        count = parameter.count if isinstance(parameter, ParameterRange) else len(set(parameter))
        if not 2 <= count <= MAX_VALUES:
            yield ValidationError(
                (*steps, name), "I302", f"{name!r} takes {count} values", f"2 to {MAX_VALUES:,} different ones"
            )
