"""All paths through a scenario, for the checker: what cannot be reached, where one is stuck, what is never true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dev2cto.exercises.replay import Moment, begin, decide, ending_of, known, offers
from dev2cto.exercises.scenario import END, Scenario
from dev2cto.items.expressions import ExpressionError, formula
from dev2cto.shapes import Fault

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Branches:
    """What trying everything found; both sides of every chance are tried."""

    moments: int
    """Distinct moments seen."""
    complete: bool
    """Whether all were; if not, nothing is said about what cannot be reached."""
    endings: tuple[tuple[str, int], ...]
    """Each ending with the number of distinct last moments that reach it, in file order."""
    lost_scenes: tuple[str, ...]
    lost_endings: tuple[str, ...]
    dead_ends: tuple[tuple[str, tuple[str, ...]], ...]
    """Scenes in which no choice is open, with a path of choices that leads there."""
    never_true: tuple[Steps, ...]
    """Where the conditions stand that held in no moment in which they mattered."""
    failing: tuple[tuple[Steps, str], ...]
    """Conditions without a value in some moment (a division by zero), and why."""


def explore(scenario: Scenario, most: int = 50_000) -> Branches:
    """Try every choice and both sides of every chance, up to so many distinct moments."""
    places = {scene.id: n for n, scene in enumerate(scenario.scenes)}
    conditions = _Conditions(scenario)
    ends: Counter[str] = Counter()
    dead: dict[str, tuple[str, ...]] = {}
    first = begin(scenario)
    seen: set[Moment] = {first}
    todo: list[tuple[Moment, tuple[str, ...]]] = [(first, ())]
    while todo and len(seen) <= most:
        moment, path = todo.pop()
        try:
            if moment.scene == END:
                conditions.at_end(moment)
                ends[ending_of(scenario, moment).id] += 1
                continue
            number = places[moment.scene]
            scene = scenario.scenes[number]
            conditions.in_scene(number, moment)
            if scene.choices and not offers(scenario, moment):
                dead.setdefault(scene.id, path)
            following = [(replace(moment, scene=scene.goto), path)] if scene.goto else []
            for choice in offers(scenario, moment):
                for struck in (False, True) if choice.chance else (False,):
                    following.append((decide(scenario, moment, choice, struck).moment, (*path, choice.id)))
        except ExpressionError:  # noted by conditions
            continue
        for after in following:
            if after[0] not in seen:
                seen.add(after[0])
                todo.append(after)
    complete = not todo
    reached = {moment.scene for moment in seen}
    return Branches(
        moments=len(seen),
        complete=complete,
        endings=tuple((ending.id, ends[ending.id]) for ending in scenario.endings),
        lost_scenes=tuple(s.id for s in scenario.scenes if s.id not in reached) if complete else (),
        lost_endings=tuple(e.id for e in scenario.endings if not ends[e.id]) if complete else (),
        dead_ends=tuple(dead.items()),
        never_true=tuple(conditions.never_true()) if complete else (),
        failing=tuple(conditions.failing.items()),
    )


def branch_faults(scenario: Scenario, most: int = 50_000) -> Iterator[Fault]:
    """What `explore` found, as faults of the file."""
    found = explore(scenario, most)
    scenes = {scene.id: n for n, scene in enumerate(scenario.scenes)}
    endings = {ending.id: n for n, ending in enumerate(scenario.endings)}
    for name in found.lost_scenes:
        yield Fault(("scenes", scenes[name]), "X560", f"no path reaches the scene {name!r}")
    for name in found.lost_endings:
        yield Fault(("endings", endings[name]), "X561", f"no path reaches the ending {name!r}")
    for name, path in found.dead_ends:
        after = f" after {', '.join(path)}" if path else ""
        yield Fault(("scenes", scenes[name]), "X562", f"no choice is open in the scene {name!r}{after}")
    for steps in found.never_true:
        if steps[0] != "endings" or steps[-2:-1] == ("also",) or "also" in steps:
            yield Fault(steps, "X563", "this condition is never true on any path")
    for steps, message in found.failing:
        yield Fault(steps, "X564", message)


class _Conditions:
    """Which conditions held at least once where they mattered."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.failing: dict[Steps, str] = {}
        self.held: set[Steps] = set()
        self.scenes = [
            [
                *((("scenes", n, "also", m, "when"), also.when) for m, also in enumerate(scene.also)),
                *((("scenes", n, "choices", m, "when"), c.when) for m, c in enumerate(scene.choices) if c.when),
            ]
            for n, scene in enumerate(scenario.scenes)
        ]
        self.endings = [
            [
                *((("endings", n, "also", m, "when"), also.when) for m, also in enumerate(ending.also)),
                *([(("endings", n, "when"), ending.when)] if ending.when else []),
            ]
            for n, ending in enumerate(scenario.endings)
        ]

    def in_scene(self, number: int, moment: Moment) -> None:
        """Note which of the scene's conditions hold."""
        self.note(self.scenes[number], moment)

    def at_end(self, moment: Moment) -> None:
        """Note which of the endings' conditions hold."""
        for conditions in self.endings:
            self.note(conditions, moment)

    def note(self, conditions: list[tuple[Steps, str]], moment: Moment) -> None:
        if not conditions:
            return
        names = known(self.scenario, moment)
        for steps, text in conditions:
            try:
                if formula(text).holds(names):
                    self.held.add(steps)
            except ExpressionError as error:
                self.failing.setdefault(steps, error.message)

    def never_true(self) -> Iterator[Steps]:
        """Where the conditions stand that never held."""
        for conditions in (*self.scenes, *self.endings):
            yield from (steps for steps, _ in conditions if steps not in self.held)
