"""After a scenario: what each choice traded, what the others would have been, and what was luck."""

from __future__ import annotations

from dataclasses import dataclass

from dev2cto.exercises.scenarios.engine import GaugeChange, TriggeredEffect
from dev2cto.exercises.scenarios.gauges import Gauge
from dev2cto.exercises.scenarios.player import ScenarioProgress
from dev2cto.exercises.scenarios.scenario import Choice, Scenario
from dev2cto.exercises.scenarios.worlds import worlds


@dataclass(frozen=True, slots=True)
class UnchosenChoice:
    """A choice that was not taken."""

    text: str
    aside: str
    harmful: str
    open: bool
    """Whether it was offered on this path."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision in hindsight; all texts are Markdown."""

    title: str
    chosen: str
    aside: str
    harmful: str
    """Why the choice does plain harm; empty for all that somebody could defend."""
    changes: tuple[GaugeChange, ...]
    strikes: tuple[TriggeredEffect, ...]
    chance: float
    """The probability with which chance would strike; 0 where it had no part."""
    struck: bool
    duty: str
    """Why there was one answer only; empty for a dilemma."""
    others: tuple[UnchosenChoice, ...]


@dataclass(frozen=True, slots=True)
class GaugeRun:
    """How a gauge went: from the start to the end, and where the same choices lead on average."""

    gauge: Gauge
    start: float
    end: float
    mean: float


@dataclass(frozen=True, slots=True)
class Debrief:
    """What is shown after an ending."""

    ending: str
    """Its title; so are all endings below."""
    good: bool
    text: str
    fails: str
    """What technique failed in this one; empty where the file does not say."""
    decisions: tuple[Decision, ...]
    gauges: tuple[GaugeRun, ...]
    outcomes: tuple[tuple[str, float], ...]
    """Endings to which the same choices lead, with the share of the worlds in which they do, most often first."""
    exact: bool
    """Whether those shares are counted; if not, so many as WORLDS were drawn."""
    strayed: float
    """Share of the worlds in which one of the choices could not be repeated."""
    other_endings: tuple[str, ...]


def debrief(scenario: Scenario, state: ScenarioProgress) -> Debrief:
    """The debrief of a path that has reached an ending; ValueError where it has not."""
    if state.ending is None:
        raise ValueError("there is no debrief before an ending")
    found = worlds(scenario, {step.scene: step.choice for step in state.log if step.choice})
    titles = {ending.id: ending.title for ending in scenario.endings}
    return Debrief(
        ending=state.ending.title,
        good=state.ending.good,
        text=scenario.debrief,
        fails=scenario.fails or "",
        decisions=tuple(
            Decision(
                title=step.title,
                chosen=taken.text,
                aside=taken.aside,
                harmful=taken.harmful or "",
                changes=step.changes,
                strikes=step.strikes,
                chance=taken.chance.p if taken.chance else 0,
                struck=step.struck,
                duty=scene.duty or "",
                others=tuple(_other(choice, step.offered) for choice in scene.choices if choice is not taken),
            )
            for step in state.log
            if step.choice
            for scene in [scenario.scene(step.scene)]
            for taken in [next(choice for choice in scene.choices if choice.id == step.choice)]
        ),
        gauges=tuple(GaugeRun(g, g.start, state.gauges[g.id], found.gauges[g.id]) for g in scenario.gauges),
        outcomes=tuple((titles[id], share) for id, share in sorted(found.endings, key=lambda end: -end[1])),
        exact=found.exact,
        strayed=found.strayed,
        other_endings=tuple(ending.title for ending in scenario.endings if ending.id != state.ending.id),
    )


def _other(choice: Choice, offered: tuple[str, ...]) -> UnchosenChoice:
    return UnchosenChoice(choice.text, choice.aside, choice.harmful or "", choice.id in offered)
