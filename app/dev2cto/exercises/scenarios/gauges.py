"""Gauges of a scenario: figures where a sensible person would know them, else words until the debrief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from dev2cto.exercises.base import ADDED, UNMEANT
from dev2cto.yaml.decode import Id, SingleLine, SourceObject, ValidationError

LEVELS = ("very low", "low", "middling", "high", "very high")
"""Words for a value, from the lowest fifth of its scale to the highest."""
CURRENCIES = "$€£¥"
POINTS = 100
"""Points on every scale: a point is one percent of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge(SourceObject):
    """Something that decisions move, from `least` to `most`; the figures of a known one are shown throughout."""

    id: Id
    name: SingleLine
    start: float
    meaning: SingleLine
    known: bool = field(default=False, metadata=UNMEANT)
    unit: SingleLine = field(default="", metadata=UNMEANT)
    least: float = field(default=0, metadata=ADDED)
    most: float = field(default=100, metadata=ADDED)
    better: Literal["high", "low"] = field(default="high", metadata=UNMEANT)
    """Which end of the scale is wanted: low for a debt or an exposure."""

    def faults(self) -> Iterator[ValidationError]:
        """A scale without room, or a start outside it."""
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
        """How far up the scale a value is, 0 to 1."""
        return (value - self.least) / self.span

    def level(self, value: float) -> int:
        """The fifth of the scale that a value lies in, from 0."""
        return max(0, min(len(LEVELS) - 1, int(self.share(value) * len(LEVELS))))

    def points(self, by: float) -> float:
        """A change in points, positive where it is for the better."""
        return (by if self.better == "high" else -by) / self.span * POINTS

    def trend(self, by: float) -> str:
        """The direction of a change in a word; for what is better low, also whether that is good news."""
        if not by:
            return "steady"
        word = "rising" if by > 0 else "falling"
        return word if self.better == "high" else f"{word}, {'worse' if by > 0 else 'better'}"


def figure(gauge: Gauge, value: float, *, signed: bool = False) -> str:
    """A value or change in figures with its unit: "$4,600k", "-3 weeks", "+5"."""
    number = round(value, 1)
    digits = f"{abs(number):,.0f}" if number == int(number) else f"{abs(number):,.1f}"
    sign = "-" if number < 0 else "+" if signed else ""
    if gauge.unit[:1] in tuple(CURRENCIES):
        return f"{sign}{gauge.unit[0]}{digits}{gauge.unit[1:]}"
    return f"{sign}{digits} {gauge.unit}" if gauge.unit else f"{sign}{digits}"


def shown(gauge: Gauge, value: float, *, figures: bool = False) -> str:
    """A value as the learner may see it now: in figures where the gauge is known, or everything is, else in a word."""
    return figure(gauge, value) if figures or gauge.known else LEVELS[gauge.level(value)]
