"""Small made-up scenarios for properties that must hold of all of them."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Literal

from dev2cto.exercises.scenarios.gauges import Gauge
from dev2cto.exercises.scenarios.scenario import END, Chance, Choice, DelayedEffect, Ending, Scenario, Scene

FLAGS = ("f0", "f1", "f2")
LOW_OR_HIGH: tuple[Literal["high", "low"], ...] = ("high", "low")


def made_up(rng: Random, decisions: int = 3) -> Scenario:
    """A scenario with a little of everything: chance, delay, flags, conditions, harm, scales, scenes on the way."""
    gauges = tuple(
        Gauge(id=f"g{n}", name=f"g{n}", start=start, meaning="m", least=least, most=most, better=better)
        for n in range(rng.choice((2, 3)))
        for least, most in [rng.choice(((0, 100), (0, 100), (-50, 150), (0, 10)))]
        for start in [least + rng.choice((0.1, 0.5, 0.5, 0.9)) * (most - least)]
        for better in [LOW_OR_HIGH[rng.random() < 0.3]]
    )
    names = [f"s{n}" for n in range(decisions)]
    scenes: list[Scene] = []
    for n, name in enumerate(names):
        way = Way(rng, gauges, (*names[n + 1 :], END))
        if n and rng.random() < 0.2:
            scenes.append(Scene(id=name, title="t", text="t", goto=way.goto()))
        else:
            options = tuple(way.choice(f"c{m}", always=m == 0) for m in range(rng.choice((2, 3))))
            scenes.append(Scene(id=name, title="t", text="t", choices=options))
    endings = tuple(
        Ending(id=f"e{n}", title=f"E{n}", when=condition(rng, gauges) if n < 2 else None, text="t", good=True)
        for n in range(3)
    )
    made = Scenario(
        kind="scenario", id="t-made-up", title="t", minutes=1, objectives=("o",), brief="b", debrief="d",
        gauges=gauges, start="s0", scenes=tuple(scenes), endings=endings,
    )  # fmt: skip
    missing = tuple(flag for flag in FLAGS if flag not in made.flags)
    first, last = scenes[0].choices[:-1], scenes[0].choices[-1]
    begin = replace(scenes[0], choices=(*first, replace(last, sets=tuple(sorted({*last.sets, *missing})))))
    return replace(made, scenes=(begin, *scenes[1:]))


def condition(rng: Random, gauges: tuple[Gauge, ...]) -> str:
    """A condition on a gauge or a flag, or on both."""
    gauge = rng.choice(gauges)
    of_gauge = f"{gauge.id} {rng.choice(('<', '>='))} {gauge.least + rng.choice((0.3, 0.5, 0.7)) * gauge.span:g}"
    of_flag = f"{rng.choice(('', 'not '))}{rng.choice(FLAGS)}"
    return rng.choice((of_gauge, of_gauge, of_flag, f"{of_gauge} and {of_flag}"))


class Way:
    """What one scene may lead to."""

    def __init__(self, rng: Random, gauges: tuple[Gauge, ...], further: tuple[str, ...]) -> None:
        self.rng, self.gauges, self.further = rng, gauges, further

    def goto(self) -> str:
        """The next scene mostly."""
        return self.further[0] if self.rng.random() < 0.7 else self.rng.choice(self.further)

    def effects(self) -> dict[str, float]:
        """Points of the scale, some of them large enough to hit its ends."""
        rng = self.rng
        return {
            gauge.id: rng.choice((-30, -10, -4, -2, 2, 4, 10, 30)) * gauge.span / 100
            for gauge in self.gauges
            if rng.random() < 0.6
        }

    def sets(self) -> tuple[str, ...]:
        """At times one flag."""
        return (self.rng.choice(FLAGS),) if self.rng.random() < 0.4 else ()

    def choice(self, id: str, *, always: bool) -> Choice:
        """With a bit of everything."""
        rng = self.rng
        later = chance = None
        if rng.random() < 0.3:
            later = DelayedEffect(after=rng.choice((1, 2)), effects=self.effects(), sets=self.sets(), text="t")
        if rng.random() < 0.4:
            goto = self.goto() if rng.random() < 0.5 else None
            chance = Chance(p=rng.choice((0.2, 0.5)), effects=self.effects(), sets=self.sets(), goto=goto)
        return Choice(
            id=id,
            text=id,
            effects=self.effects(),
            sets=self.sets(),
            result="r",
            later=later,
            chance=chance,
            when=None if always or rng.random() < 0.6 else condition(rng, self.gauges),
            goto=self.goto(),
            aside="a",
            harmful="h" if rng.random() < 0.15 else None,
        )
