"""Computes how often chance decides: the share of paths on which the same choices reach more than one ending.

A path is a complete sequence of choices with their scenes; open choices are equally likely, and worlds (outcomes of
chance) are as likely as their probabilities. Chance changes a path's ending if, in some world, the same choices are
all open and reach another ending; a world with other decisions is another path. Each sequence is followed in all
worlds in which it is possible; if there are too many, PATHS of them are drawn with a fixed seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from dev2cto.exercises.scenarios.dilemmas import felt_by, in_order
from dev2cto.exercises.scenarios.engine import ScenarioEngine, ScenarioMoment
from dev2cto.exercises.scenarios.scenario import END, Choice, Scenario, successors, variable_name
from dev2cto.exercises.scenarios.worlds import odds
from dev2cto.items.expressions import ExpressionError, formula

MOST = 3_000
"""The most groups of moments for which all sequences are followed."""
PATHS = 300
"""The number of sequences drawn if there are more groups."""

MomentGroup = dict[ScenarioMoment, float]
"""The moments that the same choices lead to in different worlds, with their probabilities."""


@dataclass(frozen=True, slots=True)
class Chances:
    """The share of paths whose ending is changed by chance."""

    share: float
    exact: bool
    """Whether all paths were counted; if not, PATHS of them were drawn."""


def chances(scenario: Scenario, most: int = MOST) -> Chances:
    """Compute how often chance changes the ending; 0 for an invalid scenario, which other rules report."""
    board = ScenarioEngine(_felt(scenario))
    try:
        share = _counted(board, most)
        return Chances(_drawn(board), False) if share is None else Chances(share, True)
    except ExpressionError:
        return Chances(0.0, True)


def _felt(scenario: Scenario) -> Scenario:
    """Return the scenario without effects that change neither endings nor the choices that are open."""
    named = {name for ending in scenario.endings if ending.when for name in formula(ending.when).names}
    return felt_by(scenario, *(g.id for g in scenario.gauges if variable_name(g.id) in named), flags=frozenset(named))


def _counted(board: ScenarioEngine, most: int) -> float | None:
    """Compute the share over all sequences; None if there are more than `most` groups. Equal groups are merged."""
    changed, seen, risky = 0.0, 0, _risky(board.scenario)
    layer: dict[frozenset[ScenarioMoment], MomentGroup] = {}
    _join(layer, {_onward(board, board.begin()): 1.0})
    while layer:
        following: dict[frozenset[ScenarioMoment], MomentGroup] = {}
        seen += len(layer)
        for group in layer.values():
            if seen + len(following) > most:
                return None
            ended = {moment: share for moment, share in group.items() if moment.scene == END}
            if len({board.ending(moment).id for moment in ended}) > 1:
                changed += sum(ended.values())
            for after in _next(board, group):
                if len(after) > 1 or any(moment.scene in risky for moment in after):
                    _join(following, after)
        layer = following
    return changed


def _risky(scenario: Scenario) -> frozenset[str]:
    """Return the scenes at or after which chance can still strike."""
    found: set[str] = set()
    for id in reversed(in_order(scenario)):
        scene = scenario.scene(id)
        if any(choice.chance for choice in scene.choices) or found.intersection(successors(scene)):
            found.add(id)
    return frozenset(found)


def _join(layer: dict[frozenset[ScenarioMoment], MomentGroup], group: MomentGroup) -> None:
    """Merge a group into the one with the same moments."""
    known = layer.setdefault(frozenset(group), {})
    for moment, share in group.items():
        known[moment] = known.get(moment, 0.0) + share


def _next(board: ScenarioEngine, group: MomentGroup) -> Iterator[MomentGroup]:
    """Yield the groups after each choice that is open in some moment of the group."""
    by_choice: dict[tuple[str, str], MomentGroup] = {}
    for moment, share in group.items():
        if moment.scene == END:
            continue
        offered = board.open_choices(moment)
        for choice in offered:
            after = by_choice.setdefault((moment.scene, choice.id), {})
            for struck, p in odds(choice):
                child = _onward(board, board.after(moment, choice, struck))
                after[child] = after.get(child, 0.0) + share * p / len(offered)
    yield from by_choice.values()


def _onward(board: ScenarioEngine, moment: ScenarioMoment) -> ScenarioMoment:
    """Return the next moment with a decision, or the end."""
    while moment.scene != END and not board.scenes[moment.scene].choices:
        moment = board.go_on(moment)
    return moment


def _drawn(board: ScenarioEngine) -> float:
    """Estimate the share from PATHS drawn sequences."""
    rng = Random(board.scenario.id)

    @cache
    def ending(moment: ScenarioMoment) -> str:
        return board.ending(moment).id

    @cache
    def offered(moment: ScenarioMoment) -> tuple[str, ...]:
        return tuple(choice.id for choice in board.open_choices(moment))

    @cache
    def after(moment: ScenarioMoment, id: str) -> tuple[tuple[float, ScenarioMoment], ...]:
        choice: Choice = next(c for c in board.scenes[moment.scene].choices if c.id == id)
        return tuple((p, _onward(board, board.after(moment, choice, struck))) for struck, p in odds(choice))

    changed = 0
    for _ in range(PATHS):
        world = _onward(board, board.begin())
        others = {world}
        while world.scene != END and offered(world):
            id, scene = rng.choice(offered(world)), world.scene
            others = {m for o in others if o.scene == scene and id in offered(o) for _, m in after(o, id)}
            children = after(world, id)
            world = rng.choices([m for _, m in children], [p for p, _ in children])[0]
        changed += len({ending(moment) for moment in others if moment.scene == END}) > 1
    return changed / PATHS
