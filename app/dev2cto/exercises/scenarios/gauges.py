"""Gauges of a scenario: shown as figures if one would know them in reality, else as words until the debrief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from dev2cto.exercises.base import ADDED, UNMEANT
from dev2cto.text import with_unit
from dev2cto.yaml.decode import Id, SingleLine, SourceObject, ValidationError

LEVELS = ("very low", "low", "middling", "high", "very high")
"""Words for values, from the lowest fifth of the scale to the highest."""
CURRENCIES = "$€£¥"
POINTS = 100
"""Points per scale: a point is one percent of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge(SourceObject):
    """A quantity that decisions move, from `least` to `most`; if `known`, its figures are always shown."""

    id: Id
    name: SingleLine
    start: float
    meaning: SingleLine
    known: bool = field(default=False, metadata=UNMEANT)
    unit: SingleLine = field(default="", metadata=UNMEANT)
    least: float = field(default=0, metadata=ADDED)
    most: float = field(default=100, metadata=ADDED)
    better: Literal["high", "low"] = field(default="high", metadata=UNMEANT)
    """The wanted end of the scale: low for a debt or an exposure."""

    def faults(self) -> Iterator[ValidationError]:
        """Yield faults: a scale that does not rise, a start outside it."""
        if self.least >= self.most:
            yield ValidationError(("most",), "X550", f"the scale must rise: most must be above least ({self.least:g})")
        elif not self.least <= self.start <= self.most:
            yield ValidationError(
                ("start",), "X550", f"start must be within the scale, {self.least:g} to {self.most:g}"
            )

    @property
    def span(self) -> float:
        """The length of the scale."""
        return self.most - self.least

    def share(self, value: float) -> float:
        """Return the position of a value on the scale, from 0 to 1."""
        return (value - self.least) / self.span

    def level(self, value: float) -> int:
        """Return the fifth of the scale that a value is in, from 0 to 4."""
        return max(0, min(len(LEVELS) - 1, int(self.share(value) * len(LEVELS))))

    def points(self, by: float) -> float:
        """Convert a change to points, positive if it is an improvement."""
        return (by if self.better == "high" else -by) / self.span * POINTS

    def trend(self, by: float) -> str:
        """Return the direction of a change in a word; if low is better, also whether it is better or worse."""
        if not by:
            return "steady"
        word = "rising" if by > 0 else "falling"
        return word if self.better == "high" else f"{word}, {'worse' if by > 0 else 'better'}"


def figure(gauge: Gauge, value: float, *, signed: bool = False) -> str:
    """Format a value or change with its unit: "$4,600k", "-3 weeks", "+5"."""
    number = round(value, 1)
    digits = f"{abs(number):,.0f}" if number == int(number) else f"{abs(number):,.1f}"
    sign = "-" if number < 0 else "+" if signed else ""
    if gauge.unit[:1] in tuple(CURRENCIES):
        return f"{sign}{gauge.unit[0]}{digits}{gauge.unit[1:]}"
    return with_unit(f"{sign}{digits}", gauge.unit)


def shown(gauge: Gauge, value: float, *, figures: bool = False) -> str:
    """Format a value for the learner: in figures if the gauge is known or `figures` is set, else as a word."""
    return figure(gauge, value) if figures or gauge.known else LEVELS[gauge.level(value)]
