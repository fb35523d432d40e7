"""The rules by which a scenario goes on from one moment to the next; the caller decides chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from dev2cto.exercises.scenarios.scenario import (
    END,
    Choice,
    DelayedEffect,
    Ending,
    Scenario,
    Scene,
    SideEffect,
    successors,
    variable_name,
)
from dev2cto.items.expressions import formula

GaugeValues = tuple[float, ...]
"""A value for each gauge, in file order."""


@dataclass(frozen=True, slots=True)
class ScenarioMoment:
    """All that decides how it goes on: what conditions can see, and what is still to strike."""

    scene: str
    gauges: GaugeValues
    flags: frozenset[str] = frozenset()
    pending: tuple[tuple[int, str, str], ...] = ()
    """Decisions until a delayed consequence strikes, and the scene and choice that it comes from."""


@dataclass(frozen=True, slots=True)
class GaugeChange:
    """How far a gauge really moved, after clamping to its scale."""

    gauge: str
    by: float


@dataclass(frozen=True, slots=True)
class TriggeredEffect:
    """A delayed consequence that took effect; the text is Markdown."""

    text: str
    changes: tuple[GaugeChange, ...]


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What one choice brought."""

    moment: ScenarioMoment
    result: str
    changes: tuple[GaugeChange, ...]
    strikes: tuple[TriggeredEffect, ...]


class ChoiceEffects(NamedTuple):
    """What one choice does at once, with or without its chance, as it is applied to the gauges in file order."""

    effects: Mapping[str, float]
    by: GaugeValues
    sets: frozenset[str]
    later: tuple[tuple[int, str, str], ...]
    goto: str
    ends: bool
    """Whether only the ending follows."""


class ScenarioEngine:
    """A scenario with its scenes and flags at hand. It has no state but what it worked out before."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.scenes = {scene.id: scene for scene in scenario.scenes}
        self.flags = scenario.flags
        self.names = tuple(variable_name(gauge.id) for gauge in scenario.gauges)
        self._scales = tuple((float(gauge.least), float(gauge.most)) for gauge in scenario.gauges)
        self._moves: dict[tuple[str, str, bool], ChoiceEffects] = {}
        self._laters: dict[tuple[str, str], tuple[DelayedEffect, GaugeValues, frozenset[str]]] = {}

    def begin(self) -> ScenarioMoment:
        """The moment before the first scene."""
        return ScenarioMoment(self.scenario.start, tuple(float(gauge.start) for gauge in self.scenario.gauges))

    def known(self, moment: ScenarioMoment) -> dict[str, float]:
        """The values that conditions see: gauges, and 1 or 0 for every flag."""
        flags = {flag: float(flag in moment.flags) for flag in self.flags}
        return flags | dict(zip(self.names, moment.gauges, strict=True))

    def open_choices(self, moment: ScenarioMoment) -> tuple[Choice, ...]:
        """The choices that are open in the moment's scene."""
        choices = self.scenes[moment.scene].choices
        if not any(choice.when for choice in choices):
            return choices
        names = self.known(moment)
        return tuple(choice for choice in choices if choice.when is None or formula(choice.when).holds(names))

    def go_on(self, moment: ScenarioMoment) -> ScenarioMoment:
        """The moment after a scene without choices."""
        return replace(moment, scene=self.scenes[moment.scene].goto or END)

    def decide(self, moment: ScenarioMoment, choice: Choice, struck: bool) -> DecisionOutcome:
        """What the choice brings: its effects, those of its chance where that struck, then what was pending and is due.

        When only the ending follows, everything pending strikes: no consequence is lost.
        """
        move = self._move(moment.scene, choice, struck)
        due: list[tuple[str, str]] = []
        after = self._after(moment, move, due)
        gauges, changes = (
            self._apply_effects(moment.gauges, move.by),
            self._changes(moment.gauges, move.by, move.effects),
        )
        strikes: list[TriggeredEffect] = []
        for origin in due:
            later, by, _ = self._later(origin)
            strikes.append(TriggeredEffect(later.text, self._changes(gauges, by, later.effects)))
            gauges = self._apply_effects(gauges, by)
        chance = choice.chance if struck else None
        result = choice.result if chance is None or chance.result is None else chance.result
        return DecisionOutcome(after, result, changes, tuple(strikes))

    def after(self, moment: ScenarioMoment, choice: Choice, struck: bool) -> ScenarioMoment:
        """The moment that `decide` leads to, without the account of it."""
        return self._after(moment, self._move(moment.scene, choice, struck), [])

    def _after(self, moment: ScenarioMoment, move: ChoiceEffects, due: list[tuple[str, str]]) -> ScenarioMoment:
        """The moment after a move; what strikes by then is added to `due`, in its order."""
        gauges, flags = self._apply_effects(moment.gauges, move.by), moment.flags | move.sets
        if not moment.pending and not move.later:
            return ScenarioMoment(move.goto, gauges, flags)
        pending: list[tuple[int, str, str]] = []
        for left, scene, origin in sorted((*moment.pending, *move.later), key=itemgetter(0)):
            if left > 1 and not move.ends:
                pending.append((left - 1, scene, origin))
                continue
            due.append((scene, origin))
            _, by, sets = self._later((scene, origin))
            gauges, flags = self._apply_effects(gauges, by), flags | sets
        return ScenarioMoment(move.goto, gauges, flags, tuple(pending))

    def _move(self, scene: str, choice: Choice, struck: bool) -> ChoiceEffects:
        key = (scene, choice.id, struck)
        if key not in self._moves:
            chance = choice.chance if struck else None
            effects = dict(choice.effects)
            for gauge, by in (chance.effects if chance else {}).items():
                effects[gauge] = effects.get(gauge, 0) + by
            goto = (chance and chance.goto) or choice.goto
            self._moves[key] = ChoiceEffects(
                effects=effects,
                by=self._vector(effects),
                sets=frozenset(variable_name(flag) for flag in (*choice.sets, *(chance.sets if chance else ()))),
                later=((choice.later.after + 1, scene, choice.id),) if choice.later else (),
                goto=goto,
                ends=self.only_ends(goto),
            )
        return self._moves[key]

    def _later(self, origin: tuple[str, str]) -> tuple[DelayedEffect, GaugeValues, frozenset[str]]:
        """What that scene and choice left to strike: as the file has it, on the gauges, on the flags."""
        if origin not in self._laters:
            scene, id = origin
            later = next(choice.later for choice in self.scenes[scene].choices if choice.id == id)
            assert later is not None
            sets = frozenset(variable_name(flag) for flag in later.sets)
            self._laters[origin] = (later, self._vector(later.effects), sets)
        return self._laters[origin]

    def _vector(self, effects: Mapping[str, float]) -> GaugeValues:
        return tuple(float(effects.get(gauge.id, 0)) for gauge in self.scenario.gauges)

    def _apply_effects(self, gauges: GaugeValues, by: GaugeValues) -> GaugeValues:
        """The gauges after the effects, each kept within its scale."""
        scaled = zip(gauges, by, self._scales, strict=True)
        return tuple([min(most, max(least, old + step)) for old, step, (least, most) in scaled])

    def _changes(self, before: GaugeValues, by: GaugeValues, effects: Mapping[str, float]) -> tuple[GaugeChange, ...]:
        """How far each gauge that the effects name really moved."""
        moved = zip(self.scenario.gauges, before, self._apply_effects(before, by), strict=True)
        return tuple(GaugeChange(gauge.id, new - old) for gauge, old, new in moved if gauge.id in effects)

    def only_ends(self, goto: str) -> bool:
        """Whether only scenes without choices lie between there and the endings."""
        while goto != END:
            scene = self.scenes[goto]
            if scene.choices or not scene.goto:
                return False
            goto = scene.goto
        return True

    def ending(self, moment: ScenarioMoment) -> Ending:
        """The first ending whose condition holds."""
        names = self.known(moment)
        return next(e for e in self.scenario.endings if e.when is None or formula(e.when).holds(names))

    def text(self, part: Scene | Ending, moment: ScenarioMoment) -> str:
        """The text of a scene or ending with the paragraphs whose condition holds (Markdown)."""
        if not part.also:
            return part.text.strip()
        names = self.known(moment)
        more: tuple[SideEffect, ...] = tuple(also for also in part.also if formula(also.when).holds(names))
        return "\n\n".join([part.text.strip(), *(also.text.strip() for also in more)])

    def most_decisions(self, start: str) -> int:
        """The largest number of decisions between that scene and the end, conditions aside."""
        most = {END: 0}
        todo = [start]
        while todo:
            id = todo[-1]
            following = tuple(successors(self.scenes[id])) if id != END else ()
            if missing := [way for way in following if way not in most]:
                todo += missing
                continue
            todo.pop()
            if id != END:
                most[id] = bool(self.scenes[id].choices) + max(most[way] for way in following)
        return most[start]
