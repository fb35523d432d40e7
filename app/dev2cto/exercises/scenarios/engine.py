"""The rules of scenarios: how one moment leads to the next; the caller decides what chance does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
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
"""The values of all gauges, in file order."""
Steps = tuple[tuple[int, float, float, float], ...]
"""The gauges that move, each with its number, the amount, and the ends of its scale."""


class ScenarioMoment(NamedTuple):
    """The full state of a play: what conditions can see, and the delayed consequences still to strike.

    It is a tuple because the checker makes and compares hundreds of thousands of them.
    """

    scene: str
    gauges: GaugeValues
    flags: frozenset[str] = frozenset()
    pending: tuple[tuple[int, str, str], ...] = ()
    """Delayed consequences: the number of decisions until one strikes, and the scene and choice it comes from."""


@dataclass(frozen=True, slots=True)
class GaugeChange:
    """The actual change of a gauge, after clamping to its scale."""

    gauge: str
    by: float


@dataclass(frozen=True, slots=True)
class TriggeredEffect:
    """A delayed consequence that took effect; the text is Markdown."""

    text: str
    changes: tuple[GaugeChange, ...]


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """The consequences of one choice."""

    moment: ScenarioMoment
    result: str
    changes: tuple[GaugeChange, ...]
    strikes: tuple[TriggeredEffect, ...]


class ChoiceEffects(NamedTuple):
    """The immediate effects of a choice, with or without its chance."""

    effects: Mapping[str, float]
    by: Steps
    sets: frozenset[str]
    later: tuple[tuple[int, str, str], ...]
    goto: str
    ends: bool
    """Whether only an ending follows."""


class ScenarioEngine:
    """Computes the moments of a scenario. Its only state are caches."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.scenes = {scene.id: scene for scene in scenario.scenes}
        self._unset: dict[str, float] = dict.fromkeys(scenario.flags, 0.0)
        self.names = tuple(variable_name(gauge.id) for gauge in scenario.gauges)
        self._moves: dict[tuple[str, str, bool], ChoiceEffects] = {}
        self._laters: dict[tuple[str, str], tuple[DelayedEffect, Steps, frozenset[str]]] = {}

    def begin(self) -> ScenarioMoment:
        """Return the moment before the first scene."""
        return ScenarioMoment(self.scenario.start, tuple(float(gauge.start) for gauge in self.scenario.gauges))

    def known(self, moment: ScenarioMoment) -> dict[str, float]:
        """Return the values that conditions see: gauges, and 1 or 0 for every flag."""
        known = self._unset.copy()
        if moment.flags:
            known.update(dict.fromkeys(moment.flags, 1.0))
        known.update(zip(self.names, moment.gauges, strict=True))
        return known

    def open_choices(self, moment: ScenarioMoment) -> tuple[Choice, ...]:
        """Return the choices that are open in the moment's scene."""
        choices = self.scenes[moment.scene].choices
        for choice in choices:
            if choice.when is not None:
                names = self.known(moment)
                return tuple(c for c in choices if c.when is None or formula(c.when).holds(names))
        return choices

    def go_on(self, moment: ScenarioMoment) -> ScenarioMoment:
        """Return the moment after a scene without choices."""
        return moment._replace(scene=self.scenes[moment.scene].goto or END)

    def decide(self, moment: ScenarioMoment, choice: Choice, struck: bool) -> DecisionOutcome:
        """Apply a choice: its effects, those of its chance if `struck`, then the delayed consequences that are due.

        If only the ending follows, everything pending strikes, so that no consequence is lost.
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
        """Return only the moment that `decide` leads to; this is faster."""
        return self._after(moment, self._move(moment.scene, choice, struck), [])

    def _after(self, moment: ScenarioMoment, move: ChoiceEffects, due: list[tuple[str, str]]) -> ScenarioMoment:
        """Return the moment after a choice; append the consequences that strike to `due`, in order."""
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
                by=self._steps(effects),
                sets=frozenset(variable_name(flag) for flag in (*choice.sets, *(chance.sets if chance else ()))),
                later=((choice.later.after + 1, scene, choice.id),) if choice.later else (),
                goto=goto,
                ends=self.only_ends(goto),
            )
        return self._moves[key]

    def _later(self, origin: tuple[str, str]) -> tuple[DelayedEffect, Steps, frozenset[str]]:
        """Return the delayed consequence of a scene and choice, its effects on the gauges, and the flags it sets."""
        if origin not in self._laters:
            scene, id = origin
            later = next(choice.later for choice in self.scenes[scene].choices if choice.id == id)
            assert later is not None
            sets = frozenset(variable_name(flag) for flag in later.sets)
            self._laters[origin] = (later, self._steps(later.effects), sets)
        return self._laters[origin]

    def _steps(self, effects: Mapping[str, float]) -> Steps:
        return tuple(
            (n, float(effects[gauge.id]), float(gauge.least), float(gauge.most))
            for n, gauge in enumerate(self.scenario.gauges)
            if effects.get(gauge.id)
        )

    def _apply_effects(self, gauges: GaugeValues, by: Steps) -> GaugeValues:
        """Return the gauges after the effects, clamped to their scales."""
        if not by:
            return gauges
        after = list(gauges)
        for n, step, least, most in by:
            new = after[n] + step
            after[n] = new if least <= new <= most else most if new > most else least
        return tuple(after)

    def _changes(self, before: GaugeValues, by: Steps, effects: Mapping[str, float]) -> tuple[GaugeChange, ...]:
        """Return the actual change of each gauge that the effects name."""
        moved = zip(self.scenario.gauges, before, self._apply_effects(before, by), strict=True)
        return tuple(GaugeChange(gauge.id, new - old) for gauge, old, new in moved if gauge.id in effects)

    def only_ends(self, goto: str) -> bool:
        """Return whether there are only scenes without choices from `goto` to the endings."""
        while goto != END:
            scene = self.scenes[goto]
            if scene.choices or not scene.goto:
                return False
            goto = scene.goto
        return True

    def ending(self, moment: ScenarioMoment) -> Ending:
        """Return the first ending whose condition holds."""
        names = self.known(moment)
        return next(ending for ending, holds in self._endings if holds is None or holds(names))

    @cached_property
    def _endings(self) -> tuple[tuple[Ending, Callable[[Mapping[str, float]], bool] | None], ...]:
        """The endings, each with what tells whether it holds. Raises ExpressionError if that cannot be parsed."""
        return tuple((ending, formula(ending.when).holds if ending.when else None) for ending in self.scenario.endings)

    def text(self, part: Scene | Ending, moment: ScenarioMoment) -> str:
        """Return the text of a scene or ending with the paragraphs whose condition holds (Markdown)."""
        if not part.also:
            return part.text.strip()
        names = self.known(moment)
        more: tuple[SideEffect, ...] = tuple(also for also in part.also if formula(also.when).holds(names))
        return "\n\n".join([part.text.strip(), *(also.text.strip() for also in more)])

    def most_decisions(self, start: str) -> int:
        """Return the largest number of decisions from that scene to the end, ignoring conditions."""
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
