"""Estimates the means of the dilemma rule from plays with a fixed seed, if there are too many moments to count.

After each option of a decision, the same POLICIES (the preferred order of choices in each scene) are played in the
same WORLDS (whether chance strikes at each choice), so that options differ by their merits and not by luck. The best
mean is that of the best policy for the gauge.
"""

from __future__ import annotations

from random import Random

from dev2cto.exercises.scenarios.engine import ScenarioEngine, ScenarioMoment
from dev2cto.exercises.scenarios.scenario import END, Choice, Scenario
from dev2cto.exercises.scenarios.tally import Means, Tally
from dev2cto.exercises.scenarios.worlds import sensible

PLAYS, POLICIES, WORLDS = 16, 12, 3

Ranks = dict[tuple[str, str], float]
"""A random number for each scene and choice."""


def sampled(scenario: Scenario, gauges: tuple[str, ...]) -> list[Tally]:
    """Estimate a tally for each of those gauges; every decision of a play counts once."""
    board, rng = ScenarioEngine(scenario), Random(scenario.id)
    numbers = [n for n, gauge in enumerate(scenario.gauges) if gauge.id in gauges]
    tallies = [Tally() for _ in numbers]
    for _ in range(PLAYS):
        moment = board.begin()
        while moment.scene != END:
            if not board.scenes[moment.scene].choices:
                moment = board.go_on(moment)
                continue
            offered = board.open_choices(moment)
            if not offered:
                break
            means = _means(board, rng, moment, sensible(offered))
            for tally, number in zip(tallies, numbers, strict=True):
                tally.add(moment.scene, 1.0, {id: found[number] for id, found in means.items()})
            moment = _step(board, moment, rng.choice(offered), {}, rng)
    return tallies


def _means(
    board: ScenarioEngine, rng: Random, moment: ScenarioMoment, options: tuple[Choice, ...]
) -> dict[str, list[Means]]:
    """Return the means of all gauges for each option."""
    policies: list[Ranks] = [{} for _ in range(POLICIES)]
    worlds: list[Ranks] = [{} for _ in range(WORLDS)]
    found: dict[str, list[Means]] = {}
    for option in options:
        by_policy = []
        for policy in policies:
            ends = [_end(board, _step(board, moment, option, world, rng), policy, world, rng) for world in worlds]
            by_policy.append([sum(column) / len(ends) for column in zip(*ends, strict=True)])
        found[option.id] = [(sum(column) / len(column), max(column)) for column in zip(*by_policy, strict=True)]
    return found


def _end(board: ScenarioEngine, moment: ScenarioMoment, policy: Ranks, world: Ranks, rng: Random) -> list[float]:
    """Play a policy in a world and return the points of all gauges at the end."""
    while moment.scene != END:
        if not board.scenes[moment.scene].choices:
            moment = board.go_on(moment)
            continue
        open_ones = sensible(board.open_choices(moment))
        if not open_ones:
            break
        scene = moment.scene
        first = max(open_ones, key=lambda choice: _rank(policy, scene, choice, rng))
        moment = _step(board, moment, first, world, rng)
    return [gauge.points(value) for gauge, value in zip(board.scenario.gauges, moment.gauges, strict=True)]


def _step(board: ScenarioEngine, moment: ScenarioMoment, choice: Choice, world: Ranks, rng: Random) -> ScenarioMoment:
    struck = choice.chance is not None and _rank(world, moment.scene, choice, rng) < choice.chance.p
    return board.after(moment, choice, struck)


def _rank(ranks: Ranks, scene: str, choice: Choice, rng: Random) -> float:
    key = (scene, choice.id)
    if key not in ranks:
        ranks[key] = rng.random()
    return ranks[key]
