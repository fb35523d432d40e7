"""Repeats the same choices in other worlds: how a path ends if only chance is different.

A choice is repeated if its scene comes up and offers it. If chance leads elsewhere or closes the choice, the open
choices that are not plainly harmful are equally likely. All outcomes of chance are counted; only if they are too many,
WORLDS of them are drawn instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from dev2cto.exercises.scenarios.engine import ScenarioEngine, ScenarioMoment
from dev2cto.exercises.scenarios.scenario import END, Choice, Scenario

WORLDS = 1000
"""The number of worlds drawn if counting all would take too long."""
MOST = 2000
"""The most moments for which all worlds are counted: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Worlds:
    """How the same choices end in all worlds."""

    endings: tuple[tuple[str, float], ...]
    """The id and share of each ending that is reached, in file order; the shares add up to 1."""
    gauges: Mapping[str, float]
    """Mean values at the end by gauge id."""
    strayed: float
    """The share of worlds in which one of the choices could not be repeated."""
    exact: bool
    """Whether all worlds were counted; if not, WORLDS of them were drawn."""


Spread = dict[tuple[ScenarioMoment, bool], float]
"""Probabilities of moments, each with whether an earlier choice could not be repeated."""


def worlds(scenario: Scenario, choices: Mapping[str, str], most: int = MOST) -> Worlds:
    """Compute how the choices (ids by scene) end over all outcomes of chance."""
    board = ScenarioEngine(scenario)
    found = _counted(board, choices, most)
    return _summary(board, found, exact=True) if found else _summary(board, _drawn(board, choices), exact=False)


def _counted(board: ScenarioEngine, choices: Mapping[str, str], most: int) -> Spread:
    """Return all last moments with their probabilities; empty if there are more than `most` moments."""
    ends: Spread = {}
    spread: Spread = {(board.begin(), False): 1.0}
    seen = 0
    while spread:
        (moment, strayed), share = spread.popitem()
        seen += 1
        if seen > most:
            return {}
        if moment.scene == END:
            ends[moment, strayed] = ends.get((moment, strayed), 0) + share
            continue
        if not board.scenes[moment.scene].choices:
            _add(spread, (board.go_on(moment), strayed), share)
            continue
        taken, repeated = _taken(board, moment, choices)
        for choice in taken:
            for struck, p in odds(choice):
                key = (board.after(moment, choice, struck), strayed or not repeated)
                _add(spread, key, share * p / len(taken))
    return ends


def _drawn(board: ScenarioEngine, choices: Mapping[str, str]) -> Spread:
    """Draw WORLDS last moments; the seed is fixed, so that repeated calls agree."""
    rng, ends = Random(board.scenario.id), Counter[tuple[ScenarioMoment, bool]]()
    for _ in range(WORLDS):
        moment, strayed = board.begin(), False
        while moment.scene != END:
            if not board.scenes[moment.scene].choices:
                moment = board.go_on(moment)
                continue
            taken, repeated = _taken(board, moment, choices)
            choice = taken[0] if repeated else rng.choice(taken)
            strayed = strayed or not repeated
            moment = board.after(moment, choice, choice.chance is not None and rng.random() < choice.chance.p)
        ends[moment, strayed] += 1
    return {key: count / WORLDS for key, count in ends.items()}


def _add(spread: Spread, key: tuple[ScenarioMoment, bool], share: float) -> None:
    spread[key] = spread.get(key, 0) + share


def _taken(
    board: ScenarioEngine, moment: ScenarioMoment, choices: Mapping[str, str]
) -> tuple[tuple[Choice, ...], bool]:
    """Return the choices that may be taken, and whether that is the repeated one."""
    offered = board.open_choices(moment)
    repeated = tuple(choice for choice in offered if choice.id == choices.get(moment.scene))
    return (repeated, True) if repeated else (sensible(offered), False)


def sensible(offered: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the choices that are not plainly harmful; all of them if each one is."""
    return tuple(choice for choice in offered if not choice.harmful) or offered


def odds(choice: Choice) -> tuple[tuple[bool, float], ...]:
    """Return the outcomes of the choice's chance (whether it strikes) with their probabilities."""
    return ((True, choice.chance.p), (False, 1 - choice.chance.p)) if choice.chance else ((False, 1.0),)


def _summary(board: ScenarioEngine, ends: Spread, *, exact: bool) -> Worlds:
    shares = dict.fromkeys((ending.id for ending in board.scenario.endings), 0.0)
    means = [0.0] * len(board.scenario.gauges)
    for (moment, _), share in ends.items():
        shares[board.ending(moment).id] += share
        means = [mean + share * value for mean, value in zip(means, moment.gauges, strict=True)]
    return Worlds(
        endings=tuple((id, share) for id, share in shares.items() if share),
        gauges=dict(zip((gauge.id for gauge in board.scenario.gauges), means, strict=True)),
        strayed=sum(share for (_, strayed), share in ends.items() if strayed),
        exact=exact,
    )
