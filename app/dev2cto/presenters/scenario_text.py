"""A scenario's path as blocks of text: what a decision led to, and what happened so far.

Gauges that are not known are words until the debrief; `figures` shows all of them in figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dev2cto.exercises.scenarios.engine import Change
from dev2cto.exercises.scenarios.gauges import Gauge, figure, shown
from dev2cto.exercises.scenarios.player import Step
from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.presenters.feedback import Prose
from dev2cto.study.sessions.scenario import ScenarioSession


def brief(session: ScenarioSession, prose: Prose) -> list[Block]:
    """The brief and what the gauges mean."""
    meanings = []
    for n, gauge in enumerate(session.exercise.gauges):
        value = Span(f"  {shown(gauge, gauge.start)}   ")
        spans = (Span(gauge.name, "bold"), value, Span(gauge.meaning, "muted"))
        meanings.append(Paragraph(spans, marker="- ", tight=n > 0))
    return [*prose(session.exercise.brief), *meanings]


def levels(session: ScenarioSession, *, figures: bool = False) -> str:
    """The gauges in a line: "trust high, falling; cash $4,600k"."""
    state = session.state
    return "; ".join(
        f"{gauge.name} {shown(gauge, state.gauges[gauge.id], figures=figures)}{trend(gauge, state.moved, figures)}"
        for gauge in session.exercise.gauges
    )


def trend(gauge: Gauge, moved: Mapping[str, float], figures: bool) -> str:
    """The direction of the last change, behind a comma; empty where figures say it, and before the first decision."""
    return f", {gauge.trend(moved[gauge.id])}" if not figures and not gauge.known and gauge.id in moved else ""


def outcome(step: Step, gauges: Sequence[Gauge], prose: Prose, *, figures: bool = False) -> list[Block]:
    """What a decision led to: now, and what was on its way."""
    blocks = list(prose(step.result))
    blocks += _line(changes(step.changes, gauges, figures=figures))
    for strike in step.strikes:
        blocks += [para("DelayedEffect", "accent"), *prose(strike.text)]
        blocks += _line(changes(strike.changes, gauges, figures=figures))
    return blocks


def last_decision(session: ScenarioSession, prose: Prose) -> list[Block]:
    """The last decision, what it led to, and what happened then without the learner."""
    log = session.state.log
    taken = [step for step in log if step.choice][-1]
    blocks = [para(f"You: {taken.chosen}", "bold"), *outcome(taken, session.exercise.gauges, prose)]
    for step in log[log.index(taken) + 1 :]:
        blocks += [para(step.title, "heading"), *prose(step.text)]
    return blocks


def so_far(session: ScenarioSession, prose: Prose, *, decided: bool = False, figures: bool = False) -> list[Block]:
    """Everything that happened; with `decided`, without what still waits for a decision."""
    blocks: list[Block] = []
    for step in session.state.log:
        if decided and not step.choice:
            continue
        blocks += [para(step.title, "heading"), *prose(step.text)]
        if step.choice:
            blocks.append(para(f"You: {step.chosen}", "bold"))
            blocks += outcome(step, session.exercise.gauges, prose, figures=figures)
    return blocks


def changes(found: Sequence[Change], gauges: Sequence[Gauge], *, figures: bool = False) -> tuple[Span, ...]:
    """Changes of gauges as they may be seen now: "trust falling   cash -$300k"; with figures, "trust -3"."""
    known = {gauge.id: gauge for gauge in gauges}
    return tuple(_changes([(known[c.gauge], c.by) for c in found if c.gauge in known], figures))


def _changes(found: Sequence[tuple[Gauge, float]], figures: bool) -> Iterator[Span]:
    for gauge, by in found:
        if figures:
            yield Span(f"{gauge.name} {figure(gauge, by, signed=True)}   ", "good" if gauge.points(by) > 0 else "bad")
        elif gauge.known:
            yield Span(f"{gauge.name} {figure(gauge, by, signed=True)}   ")
        elif by:
            yield Span(f"{gauge.name} {gauge.trend(by)}   ", "muted")


def _line(spans: tuple[Span, ...]) -> list[Block]:
    return [Paragraph(spans)] if spans else []
