"""scenario: decisions with consequences, some at once, some later, some by chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from dev2cto.exercises.base import UNMEANT, Exercise, repeated
from dev2cto.exercises.scenarios.gauges import Gauge
from dev2cto.exercises.script import Script
from dev2cto.items import numeric_grading
from dev2cto.yaml.decode import (
    Expression,
    Id,
    MemberCount,
    MultilineText,
    Pattern,
    Range,
    SingleLine,
    SourceObject,
    ValidationError,
)
from dev2cto.yaml.tree import PathSteps

END = "end"
"""The `goto` that leads to the endings."""

Flag = Annotated[str, Pattern(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*", "lower-case letters, digits, _ and -")]
Effects = Mapping[str, Annotated[float, Range(-1e9, 1e9)]]
"""The amount added to each gauge, which stays within its scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideEffect(SourceObject):
    """A paragraph added to a text if the condition holds."""

    when: Expression
    text: MultilineText


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayedEffect(SourceObject):
    """A consequence that strikes after a number of further decisions, or at the end if that is earlier."""

    after: Annotated[int, Range(1, 12)]
    effects: Effects = field(default_factory=dict)
    sets: tuple[Flag, ...] = ()
    text: MultilineText


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance(SourceObject):
    """What may happen after a choice, with probability `p`; its result and goto replace those of the choice."""

    p: Annotated[float, Range(0.01, 0.99)]
    effects: Effects = field(default_factory=dict)
    sets: tuple[Flag, ...] = ()
    result: MultilineText | None = None
    goto: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(SourceObject):
    """One option of a decision; offered only if `when` holds."""

    id: Id
    text: SingleLine
    effects: Effects = field(default_factory=dict)
    sets: tuple[Flag, ...] = ()
    result: MultilineText
    later: DelayedEffect | None = None
    chance: Chance | None = None
    when: Expression | None = None
    goto: Id
    aside: MultilineText
    harmful: MultilineText | None = None
    """Why the choice is plainly harmful; None if it can be defended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene(SourceObject):
    """A situation: a decision if it has choices, else a step on the way to `goto`."""

    id: Id
    decision: bool | None = None
    title: SingleLine
    text: MultilineText
    also: tuple[SideEffect, ...] = ()
    choices: Annotated[tuple[Choice, ...], MemberCount(0, 5)] = ()
    goto: Id | None = None
    duty: MultilineText | None = field(default=None, metadata=UNMEANT)
    """Why law or decency leaves only one answer; None for a decision that should be a dilemma."""

    def faults(self) -> Iterator[ValidationError]:
        """Yield faults: neither choices nor goto, or both; duplicate choices, choices too long for a line."""
        if self.choices and self.goto:
            yield ValidationError(
                ("goto",), "X540", "a scene with choices cannot have goto", "remove goto, or the choices"
            )
        if not self.choices and not self.goto:
            yield ValidationError((), "X540", "this scene leads nowhere", "give it choices, or goto")
        if self.decision is not None and self.decision != bool(self.choices):
            yield ValidationError(
                ("decision",),
                "X541",
                f"a scene with{'' if self.choices else 'out'} choices is {'' if self.choices else 'not '}a decision",
            )
        if self.duty is not None and not self.choices:
            yield ValidationError(
                ("duty",), "X541", "a scene without choices is not a decision and cannot have a duty", key=True
            )
        if len(self.choices) == 1:
            yield ValidationError(("choices",), "X542", "a decision needs at least two choices", "or give goto instead")
        yield from repeated(tuple(choice.id for choice in self.choices), "choices")
        yield from repeated(tuple(choice.text for choice in self.choices), "choices", key="text")
        for n, choice in enumerate(self.choices):
            if len(choice.text) > 70:
                yield ValidationError(
                    ("choices", n, "text"), "X543", f"a choice may have 70 characters, this has {len(choice.text)}"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending(SourceObject):
    """An outcome of the scenario; the first ending whose `when` holds applies."""

    id: Id
    title: SingleLine
    when: Expression | None = None
    text: MultilineText
    also: tuple[SideEffect, ...] = ()
    good: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Exercise):
    """Decide in scenes, beginning with `start`, that move gauges up to an ending. Scenes must not form cycles."""

    gauges: Annotated[tuple[Gauge, ...], MemberCount(2, 5)]
    start: Id
    scenes: Annotated[tuple[Scene, ...], MemberCount(2, 60)]
    endings: Annotated[tuple[Ending, ...], MemberCount(2, 12)]
    debrief: MultilineText
    fails: MultilineText | None = None
    """The technique that fails in this scenario although it works elsewhere; shown in the debrief."""
    script: Script | None = None

    meaning: ClassVar[tuple[str, ...]] = ("gauges", "start", "scenes", "endings")

    def scene(self, id: str) -> Scene:
        """Return the scene with that id. Raises KeyError if there is none."""
        for scene in self.scenes:
            if scene.id == id:
                return scene
        raise KeyError(id)

    @property
    def flags(self) -> tuple[str, ...]:
        """The names in expressions of all flags that a choice, chance or delayed consequence sets; sorted."""
        found = set()
        for scene in self.scenes:
            for choice in scene.choices:
                found |= {
                    variable_name(flag) for part in (choice, choice.chance, choice.later) if part for flag in part.sets
                }
        return tuple(sorted(found))

    def faults(self) -> Iterator[ValidationError]:
        """Yield faults: clashing or unknown ids, invalid conditions, cycles of scenes, endings that hide others."""
        yield from repeated(tuple(gauge.id for gauge in self.gauges), "gauges")
        yield from repeated(tuple(scene.id for scene in self.scenes), "scenes")
        scenes = {scene.id for scene in self.scenes}
        if self.start not in scenes:
            yield ValidationError(
                ("start",), "X544", f"there is no scene {self.start!r}", "the id of one of the scenes"
            )
        gauges = {variable_name(gauge.id) for gauge in self.gauges}
        for flag in sorted(gauges & set(self.flags)):
            yield ValidationError(("gauges",), "X545", f"{flag!r} is both a gauge and a flag")
        known = dict.fromkeys((*sorted(gauges), *self.flags))
        for n, scene in enumerate(self.scenes):
            yield from _scene_faults(scene, {gauge.id: gauge for gauge in self.gauges}, known, scenes, ("scenes", n))
        for n, ending in enumerate(self.endings):
            yield from _conditions(((ending.when, ("when",)), *_also(ending.also)), known, ("endings", n))
        yield from ending_faults(self.endings, "a scenario")
        if circle := _cycle(self):
            n = next(n for n, scene in enumerate(self.scenes) if scene.id == circle[0])
            yield ValidationError(("scenes", n), "X548", f"scenes must not form a cycle: {' -> '.join(circle)}")


def ending_faults(endings: tuple[Ending, ...], what: str) -> Iterator[ValidationError]:
    """Yield faults of endings: duplicates, one without `when` before the last, a conditional last one, too few good."""
    yield from repeated(tuple(ending.id for ending in endings), "endings")
    for n, ending in enumerate(endings):
        last = n == len(endings) - 1
        if ending.when is None and not last:
            yield ValidationError(
                ("endings", n), "X546", "an ending without 'when' always applies: it must be the last"
            )
        if ending.when is not None and last:
            yield ValidationError(("endings", n, "when"), "X546", "the last ending must always apply", "remove 'when'")
    if sum(ending.good for ending in endings) < 2:
        yield ValidationError(("endings",), "X547", f"{what} needs at least two good endings", "good: true")


def variable_name(id: str) -> str:
    """Return the name of a gauge or flag in expressions."""
    return id.replace("-", "_")


def successors(scene: Scene) -> Iterator[str]:
    """Yield every scene (or END) that may follow."""
    if scene.goto:
        yield scene.goto
    for choice in scene.choices:
        yield choice.goto
        if choice.chance and choice.chance.goto:
            yield choice.chance.goto


def _scene_faults(
    scene: Scene, gauges: Mapping[str, Gauge], known: Mapping[str, object], scenes: set[str], at: PathSteps
) -> Iterator[ValidationError]:
    if scene.goto and scene.goto not in scenes | {END}:
        yield _unknown_target(scene.goto, (*at, "goto"))
    yield from _conditions(_also(scene.also), known, at)
    for n, choice in enumerate(scene.choices):
        here = (*at, "choices", n)
        yield from _conditions(((choice.when, ("when",)),), known, here)
        parts = (((), choice), (("chance",), choice.chance), (("later",), choice.later))
        for steps, part in parts:
            for gauge, by in (part.effects if part else {}).items():
                yield from _effect_faults(gauge, by, gauges, (*here, *steps, "effects", gauge))
        if choice.goto not in scenes | {END}:
            yield _unknown_target(choice.goto, (*here, "goto"))
        if choice.chance and choice.chance.goto and choice.chance.goto not in scenes | {END}:
            yield _unknown_target(choice.chance.goto, (*here, "chance", "goto"))


def _effect_faults(gauge: str, by: float, gauges: Mapping[str, Gauge], at: PathSteps) -> Iterator[ValidationError]:
    if gauge not in gauges:
        yield ValidationError(
            at, "X549", f"there is no gauge {gauge!r}", f"one of {', '.join(sorted(gauges))}", key=True
        )
    elif abs(by) > gauges[gauge].span:
        yield ValidationError(at, "X551", f"{by:g} exceeds the whole scale of {gauge!r}, {gauges[gauge].span:g}")


def _unknown_target(goto: str, steps: PathSteps) -> ValidationError:
    return ValidationError(steps, "X544", f"there is no scene {goto!r}", f"the id of a scene, or {END}")


def _also(parts: tuple[SideEffect, ...]) -> tuple[tuple[str, PathSteps], ...]:
    return tuple((part.when, ("also", n, "when")) for n, part in enumerate(parts))


def _conditions(
    conditions: tuple[tuple[str | None, PathSteps], ...], known: Mapping[str, object], at: PathSteps
) -> Iterator[ValidationError]:
    for text, steps in conditions:
        if text is not None:
            yield from numeric_grading.expression_faults(text, known, *at, *steps)


def _cycle(scenario: Scenario) -> tuple[str, ...]:
    """Return a cycle of scenes; empty if there is none."""
    following = {scene.id: [way for way in successors(scene) if way != END] for scene in scenario.scenes}
    done: set[str] = set()
    for start in following:
        path: list[str] = []
        todo = [(start, 0)]
        while todo:
            id, depth = todo.pop()
            del path[depth:]
            if id in path:
                return (*path[path.index(id) :], id)
            if id not in done and id in following:
                path.append(id)
                done.add(id)
                todo += [(way, depth + 1) for way in following[id]]
    return ()
