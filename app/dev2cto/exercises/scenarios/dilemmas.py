"""The dilemma rule: finds decisions in which one option is as good as any other, whatever one values.

A decision is a scene with a set of open options that are not plainly harmful; different sets (by conditions) are
separate decisions. It is flat if one option is within NEAR points of the best on every gauge that an ending's `when`
names (on all gauges if none does), by the mean of the gauge at the end over all continuations: both with uniform later
choices and with the later choices that are best for that gauge, which is the highest mean that can still be reached
(the lowest if low is better). Moments are weighted by how often uniform choices lead to them. A scene is flat if that
holds for at least half of the ways into it.

Each gauge is computed separately, in a scenario reduced to what can affect it: so many moments become equal that all
can be counted. If there are still too many, `sampled` plays a sample of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from dev2cto.exercises.scenarios.engine import ScenarioEngine, ScenarioMoment
from dev2cto.exercises.scenarios.sampled import sampled
from dev2cto.exercises.scenarios.scenario import (
    END,
    Chance,
    Choice,
    DelayedEffect,
    Scenario,
    Scene,
    successors,
    variable_name,
)
from dev2cto.exercises.scenarios.tally import Means, Tally
from dev2cto.exercises.scenarios.worlds import odds, sensible
from dev2cto.items.expressions import ExpressionError, formula

NEAR = 3
"""In points: percent of a gauge's scale."""
MOST = 10_000
"""The most moments of a gauge for which all are counted."""
HALF = 0.5 - 1e-9


@dataclass(frozen=True, slots=True)
class Flat:
    """A scene that is not a dilemma, with the option that is as good as any other."""

    scene: str
    choice: str
    share: float
    """The share of the ways into the scene for which there is such an option."""


@dataclass(frozen=True, slots=True)
class Dilemmas:
    """The result of the rule."""

    flat: tuple[Flat, ...]
    exact: bool
    """Whether everything was counted; if not, it was estimated from plays with a fixed seed."""


def dilemmas(scenario: Scenario, most: int = MOST) -> Dilemmas:
    """Find the flat decisions, in file order; none in an invalid scenario, which other rules report."""
    try:
        tallies, exact = [], True
        for gauge in used_gauges(scenario):
            counted = _counted(scenario, gauge, most)
            exact = exact and counted is not None
            tallies.append(counted)
        if not exact:
            return Dilemmas(tuple(_flat(scenario, sampled(scenario, used_gauges(scenario)))), False)
        return Dilemmas(tuple(_flat(scenario, [tally for tally in tallies if tally is not None])), True)
    except ExpressionError:
        return Dilemmas((), True)


def used_gauges(scenario: Scenario) -> tuple[str, ...]:
    """Return the ids of the gauges that an ending's `when` names; of all gauges if none does."""
    named = {name for ending in scenario.endings if ending.when for name in formula(ending.when).names}
    return tuple(g.id for g in scenario.gauges if variable_name(g.id) in named) or tuple(g.id for g in scenario.gauges)


def _flat(scenario: Scenario, tallies: list[Tally]) -> Iterator[Flat]:
    """Yield the scenes that are flat by the tallies of all gauges, which contain the same decisions."""
    for scene in scenario.scenes:
        ways_in = flat = 0.0
        heaviest = (0.0, "")
        for offer, weight in tallies[0].weights(scene.id):
            ways_in += weight
            good = [id for id in offer if all(tally.near(scene.id, offer, id, NEAR) for tally in tallies)]
            if good:
                flat += weight
                heaviest = max(heaviest, (weight, good[0]))
        if ways_in and flat >= HALF * ways_in:
            yield Flat(scene.id, heaviest[1], flat / ways_in)


def _counted(scenario: Scenario, gauge: str, most: int) -> Tally | None:
    """Tally one gauge over all moments; None if there are more than `most`."""
    felt = felt_by(scenario, gauge)
    board, order = ScenarioEngine(felt), in_order(felt)
    needed = _needed(felt, order)
    arrived: dict[str, dict[ScenarioMoment, float]] = {id: {} for id in (*order, END)}
    first = board.begin()
    arrived[first.scene][first] = 1.0
    moves: dict[ScenarioMoment, list[tuple[Choice | None, list[tuple[float, ScenarioMoment]]]]] = {}
    for id in order:
        if len(moves) + len(arrived[id]) > most:
            return None
        for moment, weight in arrived[id].items():
            offered: tuple[Choice | None, ...] = board.open_choices(moment) if board.scenes[id].choices else (None,)
            moves[moment] = options = []
            for choice in offered:
                after = _after(board, moment, choice, needed)
                options.append((choice, after))
                for p, child in after:
                    arrivals = arrived[child.scene]
                    arrivals[child] = arrivals.get(child, 0.0) + weight * p / len(offered)
    number = [g.id for g in felt.gauges].index(gauge)
    points = felt.gauges[number].points
    values: dict[ScenarioMoment, Means] = {m: (points(m.gauges[number]),) * 2 for m in arrived[END]}
    tally = Tally()
    for id in reversed(order):
        for moment, weight in arrived[id].items():
            means = [(choice, _mean(values, after)) for choice, after in moves[moment]]
            open_ones = {c.id for c in sensible(tuple(choice for choice, _ in means if choice is not None))}
            found = [mean for choice, mean in means if choice is None or choice.id in open_ones]
            if open_ones:
                tally.add(id, weight, {c.id: mean for c, mean in means if c is not None and c.id in open_ones})
            if found:
                values[moment] = (sum(u for u, _ in found) / len(found), max(b for _, b in found))
            else:
                values[moment] = (points(moment.gauges[number]),) * 2
    return tally


def _mean(values: Mapping[ScenarioMoment, Means], after: list[tuple[float, ScenarioMoment]]) -> Means:
    return sum(p * values[moment][0] for p, moment in after), sum(p * values[moment][1] for p, moment in after)


def _after(
    board: ScenarioEngine, moment: ScenarioMoment, choice: Choice | None, needed: dict[str, frozenset[str]]
) -> list[tuple[float, ScenarioMoment]]:
    """Return the moments after a choice (None: a scene without choices) with their probabilities, without ends."""
    after = (
        [(1.0, board.go_on(moment))]
        if choice is None
        else [(p, board.after(moment, choice, struck)) for struck, p in odds(choice)]
    )
    return [(p, m if m.flags <= needed[m.scene] else m._replace(flags=m.flags & needed[m.scene])) for p, m in after]


def in_order(scenario: Scenario) -> list[str]:
    """Return the reachable scenes, each before those that may follow it (topological order)."""
    scenes = {scene.id: scene for scene in scenario.scenes}
    done: dict[str, None] = {}
    todo = [(scenario.start, False)]
    while todo:
        id, left = todo.pop()
        if left:
            done.setdefault(id)
        elif id != END and id not in done:
            todo.append((id, True))
            todo += [(way, False) for way in successors(scenes[id])]
    return list(reversed(done))


def _needed(scenario: Scenario, order: list[str]) -> dict[str, frozenset[str]]:
    """Return, for each scene, the names used by conditions in it or in later scenes."""
    scenes = {scene.id: scene for scene in scenario.scenes}
    needed: dict[str, frozenset[str]] = {END: frozenset()}
    for id in reversed(order):
        own = {name for choice in scenes[id].choices if choice.when for name in formula(choice.when).names}
        needed[id] = frozenset(own).union(*(needed[way] for way in successors(scenes[id])))
    return needed


def felt_by(scenario: Scenario, *gauges: str, flags: frozenset[str] = frozenset()) -> Scenario:
    """Reduce the scenario to what can affect those gauges and flags, or open or close a choice."""
    names = flags | {n for scene in scenario.scenes for c in scene.choices if c.when for n in formula(c.when).names}
    kept = frozenset(g.id for g in scenario.gauges if g.id in gauges or variable_name(g.id) in names)
    return replace(
        scenario,
        gauges=tuple(gauge for gauge in scenario.gauges if gauge.id in kept),
        scenes=tuple(_scene(scene, kept, names) for scene in scenario.scenes),
    )


def _scene(scene: Scene, gauges: frozenset[str], names: frozenset[str]) -> Scene:
    return replace(scene, choices=tuple(_choice(choice, gauges, names) for choice in scene.choices))


def _choice(choice: Choice, gauges: frozenset[str], names: frozenset[str]) -> Choice:
    later = choice.later and _part(choice.later, gauges, names)
    chance = choice.chance and _part(choice.chance, gauges, names)
    if chance and not chance.effects and not chance.sets and chance.goto in (None, choice.goto):
        chance = None
    return replace(
        _part(choice, gauges, names), later=later if later and (later.effects or later.sets) else None, chance=chance
    )


Part = TypeVar("Part", Choice, Chance, DelayedEffect)


def _part(part: Part, gauges: frozenset[str], names: frozenset[str]) -> Part:
    """Reduce a part of the scenario to the effects on those gauges and the flags of those names."""
    return replace(
        part,
        effects={gauge: by for gauge, by in part.effects.items() if gauge in gauges},
        sets=tuple(flag for flag in part.sets if variable_name(flag) in names),
    )
