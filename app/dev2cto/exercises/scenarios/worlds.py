"""The same choices in other worlds: how a path comes out when chance alone is different.

A choice is repeated where its scene comes up again and offers it. Where chance leads elsewhere, or closes the choice,
any of the open ones that do no plain harm is taken, each as often as the others. All that chance can do is counted;
only where that is too much, WORLDS are drawn instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from dev2cto.exercises.scenarios.engine import ScenarioEngine, ScenarioMoment
from dev2cto.exercises.scenarios.scenario import END, Choice, Scenario

WORLDS = 1000
"""Worlds drawn where counting all would take too long."""
MOST = 2000
"""Moments up to which all are counted: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Worlds:
    """How the same choices end."""

    endings: tuple[tuple[str, float], ...]
    """Id and share of each ending that is reached, in file order; the shares make up 1."""
    gauges: Mapping[str, float]
    """Id to mean value at the end."""
    strayed: float
    """Share of the worlds in which one of the choices could not be repeated."""
    exact: bool
    """Whether all worlds were counted; if not, so many as WORLDS were drawn."""


Spread = dict[tuple[ScenarioMoment, bool], float]
"""Moments, each with whether a choice could not be repeated before it, to their probability."""


def worlds(scenario: Scenario, choices: Mapping[str, str], most: int = MOST) -> Worlds:
    """How the choices (ids by scene) end over all that chance can do."""
    board = ScenarioEngine(scenario)
    found = _counted(board, choices, most)
    return _summary(board, found, exact=True) if found else _summary(board, _drawn(board, choices), exact=False)


def _counted(board: ScenarioEngine, choices: Mapping[str, str], most: int) -> Spread:
    """Every last moment with its probability; nothing where there are more moments than `most`."""
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
    """WORLDS last moments, drawn by a seed that is the same at every look."""
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
    """The choice that is repeated, or the open ones of which any is taken; and which of the two it is."""
    offered = board.open_choices(moment)
    repeated = tuple(choice for choice in offered if choice.id == choices.get(moment.scene))
    return (repeated, True) if repeated else (sensible(offered), False)


def sensible(offered: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The choices that do no plain harm; all of them where each does."""
    return tuple(choice for choice in offered if not choice.harmful) or offered


def odds(choice: Choice) -> tuple[tuple[bool, float], ...]:
    """Whether chance strikes, with the probability of each."""
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
