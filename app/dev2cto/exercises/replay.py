"""Plays a scenario: the same seed and choices always lead to the same state, so only these are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from dev2cto.errors import CourseError
from dev2cto.exercises.scenario import END, Also, Chance, Choice, Ending, Later, Scenario, Scene, name_of, ways
from dev2cto.items.expressions import formula


@dataclass(frozen=True, slots=True)
class Moment:
    """What decides how it goes on: all that conditions can see, and what is still to strike."""

    scene: str
    gauges: tuple[float, ...]
    flags: frozenset[str] = frozenset()
    pending: tuple[tuple[int, Later], ...] = ()
    """Decisions until it strikes, and what."""


@dataclass(frozen=True, slots=True)
class Change:
    """How far a gauge really moved, after clamping to 0..100."""

    gauge: str
    by: float


@dataclass(frozen=True, slots=True)
class Strike:
    """A delayed consequence that took effect."""

    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One scene of the path so far: what was read, what was chosen, what came of it. All texts are Markdown."""

    scene: str
    title: str
    text: str
    choice: str = ""
    """The id; empty for a scene without choices."""
    chosen: str = ""
    result: str = ""
    changes: tuple[Change, ...] = ()
    struck: bool = False
    """Whether chance struck."""
    strikes: tuple[Strike, ...] = ()
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Where a player stands. Either `offered` has choices, or `ending` is reached."""

    seed: int
    choices: tuple[str, ...]
    scene: str
    title: str
    text: str
    gauges: Mapping[str, float]
    flags: frozenset[str]
    offered: tuple[Choice, ...]
    log: tuple[Step, ...]
    ending: Ending | None
    decision: int
    """The number of the decision to take, from 1; at the end, how many were taken."""
    total: int
    """How many decisions there are on this path at most."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one choice brought."""

    moment: Moment
    changes: tuple[Change, ...]
    strikes: tuple[Strike, ...]
    result: str


def play(scenario: Scenario, seed: int, choices: tuple[str, ...]) -> State:
    """The state after those choices (ids, in order).

    Raises CourseError where a choice is not offered: the scenario has changed since, or the path has ended.
    """
    moment = begin(scenario)
    log: list[Step] = []
    taken = 0
    while moment.scene != END:
        scene = scenario.scene(moment.scene)
        text = text_of(scene.text, scene.also, scenario, moment)
        if not scene.choices:
            log.append(Step(scene.id, scene.title, text))
            moment = replace(moment, scene=scene.goto or END)
            continue
        offered = offers(scenario, moment)
        if taken == len(choices):
            if not offered:
                raise CourseError(f"The scene {scene.id} offers no choice.", "This is a mistake of the course.")
            return _state(scenario, seed, choices, moment, tuple(log), (scene, text, offered))
        choice = next((choice for choice in offered if choice.id == choices[taken]), None)
        if choice is None:
            raise CourseError(
                f"{choices[taken]} is no choice in the scene {scene.title!r}.", "The scenario has changed: start again."
            )
        struck = choice.chance is not None and lucky(seed, scene, choice, choice.chance)
        outcome = decide(scenario, moment, choice, struck)
        moment = outcome.moment
        names = tuple(offer.id for offer in offered)
        log.append(
            Step(
                scene.id, scene.title, text, choice.id, choice.text,
                outcome.result, outcome.changes, struck, outcome.strikes, names,
            )
        )  # fmt: skip
        taken += 1
    if taken < len(choices):
        raise CourseError(
            f"The path ends before the choice {choices[taken]}.", "The scenario has changed: start again."
        )
    return _state(scenario, seed, choices, moment, tuple(log), None)


def lucky(seed: int, scene: Scene, choice: Choice, chance: Chance) -> bool:
    """Whether chance strikes; the same for a seed wherever the choice stands on the path, so that paths compare."""
    return Random(f"{seed}:{scene.id}:{choice.id}").random() < chance.p


def begin(scenario: Scenario) -> Moment:
    """The moment before the first scene."""
    return Moment(scenario.start, tuple(float(gauge.start) for gauge in scenario.gauges))


def offers(scenario: Scenario, moment: Moment) -> tuple[Choice, ...]:
    """The choices that are open in the moment's scene."""
    names = known(scenario, moment)
    return tuple(c for c in scenario.scene(moment.scene).choices if c.when is None or formula(c.when).holds(names))


def decide(scenario: Scenario, moment: Moment, choice: Choice, struck: bool) -> Outcome:
    """What the choice brings: its effects, those of chance where it struck, then what was pending and is due.

    On the way to the endings everything pending strikes: no consequence is lost.
    """
    chance = choice.chance if struck else None
    effects = dict(choice.effects)
    for gauge, by in (chance.effects if chance else {}).items():
        effects[gauge] = effects.get(gauge, 0) + by
    gauges, changes = moved(scenario, moment.gauges, effects)
    flags = moment.flags | {name_of(flag) for flag in (*choice.sets, *(chance.sets if chance else ()))}
    goto = (chance and chance.goto) or choice.goto
    over = goes_to_end(scenario, goto)
    pending: list[tuple[int, Later]] = []
    strikes: list[Strike] = []
    waiting = (*moment.pending, *([(choice.later.after + 1, choice.later)] if choice.later else []))
    for left, later in sorted(waiting, key=lambda entry: entry[0]):
        if left > 1 and not over:
            pending.append((left - 1, later))
            continue
        gauges, moves = moved(scenario, gauges, later.effects)
        flags |= {name_of(flag) for flag in later.sets}
        strikes.append(Strike(later.text, moves))
    result = choice.result if chance is None or chance.result is None else chance.result
    return Outcome(Moment(goto, gauges, flags, tuple(pending)), changes, tuple(strikes), result)


def moved(
    scenario: Scenario, gauges: tuple[float, ...], effects: Mapping[str, float]
) -> tuple[tuple[float, ...], tuple[Change, ...]]:
    """The gauges after the effects, each kept within 0..100, and how far each really moved."""
    after = tuple(
        min(100.0, max(0.0, value + effects.get(gauge.id, 0)))
        for gauge, value in zip(scenario.gauges, gauges, strict=True)
    )
    pairs = zip(scenario.gauges, gauges, after, strict=True)
    return after, tuple(Change(gauge.id, new - old) for gauge, old, new in pairs if gauge.id in effects)


@lru_cache(maxsize=1024)
def goes_to_end(scenario: Scenario, goto: str) -> bool:
    """Whether only scenes without choices lie between there and the endings."""
    while goto != END:
        scene = scenario.scene(goto)
        if scene.choices or not scene.goto:
            return False
        goto = scene.goto
    return True


def known(scenario: Scenario, moment: Moment) -> dict[str, float]:
    """The values that conditions see: gauges, and 1 or 0 for every flag."""
    names = {name_of(gauge.id): value for gauge, value in zip(scenario.gauges, moment.gauges, strict=True)}
    return names | {flag: float(flag in moment.flags) for flag in scenario.flags}


def text_of(text: str, also: tuple[Also, ...], scenario: Scenario, moment: Moment) -> str:
    """The text with the paragraphs whose condition holds."""
    names = known(scenario, moment)
    return "\n\n".join([text.strip(), *(part.text.strip() for part in also if formula(part.when).holds(names))])


def ending_of(scenario: Scenario, moment: Moment) -> Ending:
    """The first ending whose condition holds."""
    names = known(scenario, moment)
    return next(e for e in scenario.endings if e.when is None or formula(e.when).holds(names))


def most_decisions(scenario: Scenario, start: str) -> int:
    """The largest number of decisions between that scene and the end, conditions aside."""
    scenes = {scene.id: scene for scene in scenario.scenes}
    most = {END: 0}
    todo = [start]
    while todo:
        id = todo[-1]
        missing = [] if id in most else [way for way in ways(scenes[id]) if way not in most]
        if missing:
            todo += missing
            continue
        todo.pop()
        if id not in most:
            most[id] = bool(scenes[id].choices) + max(most[way] for way in ways(scenes[id]))
    return most[start]


def _state(
    scenario: Scenario,
    seed: int,
    choices: tuple[str, ...],
    moment: Moment,
    log: tuple[Step, ...],
    here: tuple[Scene, str, tuple[Choice, ...]] | None,
) -> State:
    gauges = {gauge.id: value for gauge, value in zip(scenario.gauges, moment.gauges, strict=True)}
    total = len(choices) + (most_decisions(scenario, moment.scene) if here else 0)
    if here is not None:
        scene, text, offered = here
        decision = len(choices) + 1
        return State(
            seed, choices, scene.id, scene.title, text, gauges, moment.flags, offered, log, None, decision, total
        )
    ending = ending_of(scenario, moment)
    text = text_of(ending.text, ending.also, scenario, moment)
    return State(seed, choices, END, ending.title, text, gauges, moment.flags, (), log, ending, len(choices), total)
