"""After a scenario: what each choice traded, and what the others would have been."""

from __future__ import annotations

from dataclasses import dataclass

from dev2cto.exercises.board import Change, Strike
from dev2cto.exercises.replay import State
from dev2cto.exercises.scenario import Choice, Scenario


@dataclass(frozen=True, slots=True)
class Other:
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
    changes: tuple[Change, ...]
    strikes: tuple[Strike, ...]
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class Debrief:
    """What is shown after an ending."""

    ending: str
    good: bool
    text: str
    decisions: tuple[Decision, ...]
    gauges: tuple[tuple[str, float, float], ...]
    """Name, value at the start, value at the end."""
    other_endings: tuple[str, ...]
    """Titles."""


def debrief(scenario: Scenario, state: State) -> Debrief:
    """The debrief of a path that has reached an ending; ValueError where it has not."""
    if state.ending is None:
        raise ValueError("there is no debrief before an ending")
    return Debrief(
        ending=state.ending.title,
        good=state.ending.good,
        text=scenario.debrief,
        decisions=tuple(
            Decision(
                title=step.title,
                chosen=taken.text,
                aside=taken.aside,
                harmful=taken.harmful or "",
                changes=step.changes,
                strikes=step.strikes,
                others=tuple(_other(choice, step.offered) for choice in scene.choices if choice is not taken),
            )
            for step in state.log
            if step.choice
            for scene in [scenario.scene(step.scene)]
            for taken in [next(choice for choice in scene.choices if choice.id == step.choice)]
        ),
        gauges=tuple((gauge.name, gauge.start, state.gauges[gauge.id]) for gauge in scenario.gauges),
        other_endings=tuple(ending.title for ending in scenario.endings if ending.id != state.ending.id),
    )


def _other(choice: Choice, offered: tuple[str, ...]) -> Other:
    return Other(choice.text, choice.aside, choice.harmful or "", choice.id in offered)
