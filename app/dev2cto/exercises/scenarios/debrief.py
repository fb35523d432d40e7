"""The debrief of a scenario: the trade-off of each choice, the alternatives, and the part of luck."""

from __future__ import annotations

from dataclasses import dataclass

from dev2cto.exercises.scenarios.engine import GaugeChange, TriggeredEffect
from dev2cto.exercises.scenarios.gauges import Gauge
from dev2cto.exercises.scenarios.player import ScenarioProgress
from dev2cto.exercises.scenarios.scenario import Choice, Scenario
from dev2cto.exercises.scenarios.worlds import worlds


@dataclass(frozen=True, slots=True)
class UnchosenChoice:
    """A choice of a decision that the learner did not take."""

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
    """Why the choice is plainly harmful; empty if it can be defended."""
    changes: tuple[GaugeChange, ...]
    strikes: tuple[TriggeredEffect, ...]
    chance: float
    """The probability of the choice's chance; 0 if it has none."""
    struck: bool
    duty: str
    """Why only one answer was right; empty for a dilemma."""
    others: tuple[UnchosenChoice, ...]


@dataclass(frozen=True, slots=True)
class GaugeRun:
    """The course of a gauge: its start, its end, and the mean end of the same choices in other worlds."""

    gauge: Gauge
    start: float
    end: float
    mean: float


@dataclass(frozen=True, slots=True)
class Debrief:
    """The debrief shown after an ending."""

    ending: str
    """The title of the ending; endings below are titles too."""
    good: bool
    text: str
    fails: str
    """The technique that fails in this scenario; empty if the file names none."""
    decisions: tuple[Decision, ...]
    gauges: tuple[GaugeRun, ...]
    outcomes: tuple[tuple[str, float], ...]
    """Endings that the same choices lead to, with the share of worlds that end so, most frequent first."""
    exact: bool
    """Whether the shares are exact; if not, they are estimated from WORLDS drawn worlds."""
    strayed: float
    """The share of worlds in which one of the choices could not be repeated."""
    other_endings: tuple[str, ...]


def debrief(scenario: Scenario, state: ScenarioProgress) -> Debrief:
    """Return the debrief of a path that has reached an ending. Raises ValueError if it has not."""
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
