"""Plays a scenario. The same seed and choices always lead to the same state, so only these are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from dev2cto.errors import CourseError
from dev2cto.exercises.scenarios.engine import GaugeChange, ScenarioEngine, ScenarioMoment, TriggeredEffect
from dev2cto.exercises.scenarios.scenario import END, Chance, Choice, Ending, Scenario, Scene


@dataclass(frozen=True, slots=True)
class ScenarioStep:
    """One scene of the path so far: its text, the choice and the consequences. All texts are Markdown."""

    scene: str
    title: str
    text: str
    offered: tuple[str, ...] = ()
    """The ids of the choices that were open."""
    choice: str = ""
    """The id of the choice taken; empty for a scene without choices."""
    chosen: str = ""
    result: str = ""
    changes: tuple[GaugeChange, ...] = ()
    struck: bool = False
    """Whether chance struck."""
    strikes: tuple[TriggeredEffect, ...] = ()


@dataclass(frozen=True, slots=True)
class ScenarioProgress:
    """The state of a play. Either `offered` has choices, or `ending` is set."""

    seed: int
    choices: tuple[str, ...]
    scene: str
    """The id of the current scene; END after the last."""
    title: str
    text: str
    """The current text (Markdown), of the scene or the ending."""
    gauges: Mapping[str, float]
    """Values by gauge id, each within its scale."""
    flags: frozenset[str]
    offered: tuple[Choice, ...]
    log: tuple[ScenarioStep, ...]
    """The scenes so far; those without choices are passed automatically and only appear here."""
    ending: Ending | None
    decision: int
    """The number of the current decision, from 1; at the end, the number of decisions taken."""
    total: int
    """The largest number of decisions that this path can have."""

    @property
    def moved(self) -> Mapping[str, float]:
        """How far the last decision moved each gauge, with the consequences that struck; empty before the first."""
        taken = [step for step in self.log if step.choice][-1:]
        by = dict.fromkeys(self.gauges if taken else (), 0.0)
        for step in taken:
            for change in (*step.changes, *(change for strike in step.strikes for change in strike.changes)):
                by[change.gauge] += change.by
        return by


def play(scenario: Scenario, seed: int, choices: tuple[str, ...]) -> ScenarioProgress:
    """Return the state after those choices (ids, in order).

    Raises CourseError if a choice is not offered: the scenario has changed since, or the path has ended.
    """
    board = ScenarioEngine(scenario)
    moment, log, left = board.begin(), list[ScenarioStep](), list(choices)
    while moment.scene != END:
        scene = board.scenes[moment.scene]
        text = board.text(scene, moment)
        if not scene.choices:
            log.append(ScenarioStep(scene.id, scene.title, text))
            moment = board.go_on(moment)
            continue
        offered = board.open_choices(moment)
        if not offered:
            raise CourseError(f"The scene {scene.id} offers no choice.", "This is a mistake in the course.")
        if not left:
            return _state(board, seed, choices, moment, log, (scene, text, offered))
        taken = left.pop(0)
        choice = next((choice for choice in offered if choice.id == taken), None)
        if choice is None:
            raise _changed(f"The choice {taken!r} is not offered in the scene {scene.id}.")
        struck = choice.chance is not None and chance_occurs(seed, scene, choice, choice.chance)
        outcome = board.decide(moment, choice, struck)
        step = ScenarioStep(
            scene=scene.id,
            title=scene.title,
            text=text,
            offered=tuple(offer.id for offer in offered),
            choice=choice.id,
            chosen=choice.text,
            result=outcome.result,
            changes=outcome.changes,
            struck=struck,
            strikes=outcome.strikes,
        )
        log.append(step)
        moment = outcome.moment
    if left:
        raise _changed(f"The path ends before the choice {left[0]!r}.")
    return _state(board, seed, choices, moment, log, None)


def chance_occurs(seed: int, scene: Scene, choice: Choice, chance: Chance) -> bool:
    """Return whether chance strikes. It does not depend on earlier choices, so that paths can be compared."""
    return Random(f"{seed}:{scene.id}:{choice.id}").random() < chance.p


def _changed(message: str) -> CourseError:
    return CourseError(message, "The scenario has changed since you started: start it again.")


def _state(
    board: ScenarioEngine,
    seed: int,
    choices: tuple[str, ...],
    moment: ScenarioMoment,
    log: list[ScenarioStep],
    here: tuple[Scene, str, tuple[Choice, ...]] | None,
) -> ScenarioProgress:
    ending = None if here else board.ending(moment)
    text = here[1] if here else board.text(ending, moment) if ending else ""
    return ScenarioProgress(
        seed=seed,
        choices=choices,
        scene=moment.scene,
        title=here[0].title if here else ending.title if ending else "",
        text=text,
        gauges=dict(zip((gauge.id for gauge in board.scenario.gauges), moment.gauges, strict=True)),
        flags=moment.flags,
        offered=here[2] if here else (),
        log=tuple(log),
        ending=ending,
        decision=len(choices) + bool(here),
        total=len(choices) + board.most_decisions(moment.scene),
    )
