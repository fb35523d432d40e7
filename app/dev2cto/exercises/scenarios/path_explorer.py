"""Explores all paths through a scenario, for the checker: unreachable parts, dead ends, conditions never true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dev2cto.exercises.scenarios.engine import ScenarioEngine, ScenarioMoment
from dev2cto.exercises.scenarios.scenario import END, Scenario
from dev2cto.items.expressions import ExpressionError, formula
from dev2cto.yaml.decode import ValidationError
from dev2cto.yaml.tree import PathSteps

Conditions = Sequence[tuple[PathSteps, str]]
"""Conditions with their paths in the file."""


@dataclass(frozen=True, slots=True)
class Branches:
    """The result of an exploration; both outcomes of every chance are tried."""

    moments: int
    """The number of distinct moments explored."""
    complete: bool
    """Whether all moments were explored to their ends; if not, nothing is reported as unreachable."""
    endings: tuple[tuple[str, int], ...]
    """Each ending with the number of distinct last moments that lead to it, in file order."""
    lost_scenes: tuple[str, ...]
    lost_endings: tuple[str, ...]
    dead_ends: tuple[tuple[str, tuple[str, ...]], ...]
    """Scenes in which no choice is open, each with a path of choices that leads there."""
    never_true: tuple[PathSteps, ...]
    """The paths in the file of conditions (of choices and paragraphs) that never held."""
    failing: tuple[tuple[PathSteps, str], ...]
    """Conditions that have no value in some moment (such as a division by zero), and the reason."""


def explore(scenario: Scenario, most: int = 50_000) -> Branches:
    """Try every choice and both outcomes of every chance, up to `most` distinct moments."""
    board, watch = ScenarioEngine(scenario), _Watch(scenario)
    ends: Counter[str] = Counter()
    dead: dict[str, tuple[str, ...]] = {}
    first = board.begin()
    paths: dict[ScenarioMoment, tuple[str, ...]] = {first: ()}
    todo = [first]
    while todo and len(paths) <= most:
        moment = todo.pop()
        try:
            if moment.scene == END:
                ending = board.ending(moment)
                ends[ending.id] += 1
                if conditions := watch.endings[ending.id]:
                    watch.note(conditions, board.known(moment))
                continue
            if conditions := watch.scenes[moment.scene]:
                watch.note(conditions, board.known(moment))
            following = _following(board, moment)
        except ExpressionError:
            watch.failed(moment, board.known(moment))
            continue
        if not following:
            dead.setdefault(moment.scene, paths[moment])
        for choice, after in following:
            if after not in paths:
                paths[after] = (*paths[moment], choice) if choice else paths[moment]
                todo.append(after)
    complete = not todo and not dead and not watch.failing
    reached = {moment.scene for moment in paths}
    return Branches(
        moments=len(paths),
        complete=complete,
        endings=tuple((ending.id, ends[ending.id]) for ending in scenario.endings),
        lost_scenes=tuple(s.id for s in scenario.scenes if s.id not in reached) if complete else (),
        lost_endings=tuple(e.id for e in scenario.endings if not ends[e.id]) if complete else (),
        dead_ends=tuple(dead.items()),
        never_true=tuple(watch.never_true()) if complete else (),
        failing=tuple(watch.failing.items()),
    )


def branch_faults(scenario: Scenario, most: int = 50_000) -> Iterator[ValidationError]:
    """Explore the scenario and yield what is wrong as faults of the file."""
    found = explore(scenario, most)
    scenes = {scene.id: n for n, scene in enumerate(scenario.scenes)}
    endings = {ending.id: n for n, ending in enumerate(scenario.endings)}
    for name in found.lost_scenes:
        yield ValidationError(("scenes", scenes[name]), "X560", f"no path reaches the scene {name!r}")
    for name in found.lost_endings:
        yield ValidationError(("endings", endings[name]), "X561", f"no path reaches the ending {name!r}")
    for name, path in found.dead_ends:
        after = f" after {', '.join(path)}" if path else ""
        yield ValidationError(("scenes", scenes[name]), "X562", f"no choice is open in the scene {name!r}{after}")
    for steps in found.never_true:
        if not (steps[0] == "scenes" and scenario.scenes[int(steps[1])].id in found.lost_scenes):
            yield ValidationError(steps, "X563", "this condition is never true, on any path")
    for steps, message in found.failing:
        yield ValidationError(steps, "X564", message)


def _following(board: ScenarioEngine, moment: ScenarioMoment) -> list[tuple[str, ScenarioMoment]]:
    """Return the id of every open choice and the moment after it; the id is empty for a scene without choices."""
    if not board.scenes[moment.scene].choices:
        return [("", board.go_on(moment))]
    return [
        (choice.id, board.after(moment, choice, struck))
        for choice in board.open_choices(moment)
        for struck in ((False, True) if choice.chance else (False,))
    ]


class _Watch:
    """Records which conditions held at least once and which failed."""

    def __init__(self, scenario: Scenario) -> None:
        self.failing: dict[PathSteps, str] = {}
        self.held: set[PathSteps] = set()
        self.scenes: dict[str, Conditions] = {
            scene.id: [
                *((("scenes", n, "also", m, "when"), also.when) for m, also in enumerate(scene.also)),
                *((("scenes", n, "choices", m, "when"), c.when) for m, c in enumerate(scene.choices) if c.when),
            ]
            for n, scene in enumerate(scenario.scenes)
        }
        self.endings: dict[str, Conditions] = {
            ending.id: [(("endings", n, "also", m, "when"), also.when) for m, also in enumerate(ending.also)]
            for n, ending in enumerate(scenario.endings)
        }
        self.last: Conditions = [(("endings", n, "when"), e.when) for n, e in enumerate(scenario.endings) if e.when]

    def note(self, conditions: Conditions, names: dict[str, float]) -> None:
        """Record which of the conditions hold. Raises ExpressionError at the first that has no value."""
        for steps, text in conditions:
            if formula(text).holds(names):
                self.held.add(steps)

    def failed(self, moment: ScenarioMoment, names: dict[str, float]) -> None:
        """Record which of the moment's conditions have no value."""
        at_end = [*self.last, *(condition for also in self.endings.values() for condition in also)]
        for steps, text in at_end if moment.scene == END else self.scenes[moment.scene]:
            try:
                formula(text).holds(names)
            except ExpressionError as failure:
                self.failing.setdefault(steps, failure.message)

    def never_true(self) -> Iterator[PathSteps]:
        """Yield the paths of conditions that never held, except those of endings, which count as unreached instead."""
        for conditions in (*self.scenes.values(), *self.endings.values()):
            yield from (steps for steps, _ in conditions if steps not in self.held)
