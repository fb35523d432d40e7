"""The dilemma rule: in which decisions of a scenario one option is as good as any, whatever one values.

A decision is a scene with the options that are open in it and do no plain harm; where conditions open different ones,
each set of them is a decision of its own. It is flat when one option is within NEAR points of the best on every gauge
that an ending's `when` names (on all gauges where none does), by the mean of the gauge at the end over all
continuations: once with later choices uniform, and again with later choices best for that gauge, which is the highest
mean that can still be reached (the lowest, where low is better). Moments that lead to the decision count by how often
uniform choices lead there. A scene is flat when that holds for at least half of the ways into it.

One gauge is looked at at a time, in a scenario from which everything else is left out that it cannot feel: so many
moments become the same that all can be counted. Where they are still too many, `sampled` plays some of them.
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
"""Points, which are percent of a gauge's own scale."""
MOST = 10_000
"""Moments up to which a gauge's are all counted."""
HALF = 0.5 - 1e-9


@dataclass(frozen=True, slots=True)
class Flat:
    """A scene whose decision is no dilemma, with the option that is as good as any and how often it is."""

    scene: str
    choice: str
    share: float
    """Share of the ways into the scene for which there is such an option."""


@dataclass(frozen=True, slots=True)
class Dilemmas:
    """What the rule found."""

    flat: tuple[Flat, ...]
    exact: bool
    """Whether everything was counted; if not, a part was estimated from plays with a fixed seed."""


def dilemmas(scenario: Scenario, most: int = MOST) -> Dilemmas:
    """The flat decisions, in file order; none where the scenario is broken, of which other rules speak."""
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
    """Ids of the gauges that an ending's `when` names; of all gauges where none does."""
    named = {name for ending in scenario.endings if ending.when for name in formula(ending.when).names}
    return tuple(g.id for g in scenario.gauges if variable_name(g.id) in named) or tuple(g.id for g in scenario.gauges)


def _flat(scenario: Scenario, tallies: list[Tally]) -> Iterator[Flat]:
    """The scenes that are flat by the tallies of all gauges, which saw the same decisions."""
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
    """The tally of one gauge over all moments; None where there are more than that."""
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
    """The moments after a choice (None: a scene without any) with their probability, without what is over."""
    after = (
        [(1.0, board.go_on(moment))]
        if choice is None
        else [(p, board.after(moment, choice, struck)) for struck, p in odds(choice)]
    )
    return [(p, m if m.flags <= needed[m.scene] else replace(m, flags=m.flags & needed[m.scene])) for p, m in after]


def in_order(scenario: Scenario) -> list[str]:
    """The scenes that can be reached, each before those that may follow it."""
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
    """The names that conditions in each scene or after it look at."""
    scenes = {scene.id: scene for scene in scenario.scenes}
    needed: dict[str, frozenset[str]] = {END: frozenset()}
    for id in reversed(order):
        own = {name for choice in scenes[id].choices if choice.when for name in formula(choice.when).names}
        needed[id] = frozenset(own).union(*(needed[way] for way in successors(scenes[id])))
    return needed


def felt_by(scenario: Scenario, *gauges: str, flags: frozenset[str] = frozenset()) -> Scenario:
    """The scenario without what cannot touch those gauges and flags: all that opens or closes a choice stays."""
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
    """The effects on those gauges and the flags of those names."""
    return replace(
        part,
        effects={gauge: by for gauge, by in part.effects.items() if gauge in gauges},
        sets=tuple(flag for flag in part.sets if variable_name(flag) in names),
    )
