"""A scenario's path as blocks of text: what came of a decision, what happened so far, how it looks in hindsight."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.exercises.board import Change
from dev2cto.exercises.replay import Step
from dev2cto.exercises.scenario import Gauge
from dev2cto.prose.blocks import Block, Paragraph, Span, para
from dev2cto.study.judgement import Prose, indented, one_line
from dev2cto.study.scenario import ScenarioSession


def brief(session: ScenarioSession, prose: Prose) -> list[Block]:
    """The brief and what the gauges mean."""
    meanings = [
        Paragraph(
            (Span(g.name, "bold"), Span(f"  {g.start:.0f}   "), Span(g.meaning, "muted")), marker="- ", tight=n > 0
        )
        for n, g in enumerate(session.exercise.gauges)
    ]
    return [*prose(session.exercise.brief), *meanings]


def outcome(step: Step, gauges: Sequence[Gauge], prose: Prose) -> list[Block]:
    """What came of a decision: now, and what was on its way."""
    blocks = list(prose(step.result))
    if step.changes:
        blocks.append(Paragraph(changes(step.changes, gauges)))
    for strike in step.strikes:
        blocks += [para("Later", "accent"), *prose(strike.text)]
        if strike.changes:
            blocks.append(Paragraph(changes(strike.changes, gauges)))
    return blocks


def last_decision(session: ScenarioSession, prose: Prose) -> list[Block]:
    """The decision taken last, what came of it, and what happened then without the learner."""
    log = session.state.log
    taken = [step for step in log if step.choice][-1]
    blocks = [para(f"You: {taken.chosen}", "bold"), *outcome(taken, session.exercise.gauges, prose)]
    for step in log[log.index(taken) + 1 :]:
        blocks += [para(step.title, "heading"), *prose(step.text)]
    return blocks


def so_far(session: ScenarioSession, prose: Prose, *, decided: bool = False) -> list[Block]:
    """Everything that happened; with `decided`, without what still waits for a decision."""
    blocks: list[Block] = []
    for step in session.state.log:
        if decided and not step.choice:
            continue
        blocks += [para(step.title, "heading"), *prose(step.text)]
        if step.choice:
            blocks += [para(f"You: {step.chosen}", "bold"), *outcome(step, session.exercise.gauges, prose)]
    return blocks


def hindsight(session: ScenarioSession, prose: Prose) -> list[Block]:
    """What the path traded, and what others would have brought."""
    view = session.debrief()
    blocks: list[Block] = [para(f"How it ended: {view.ending}", "heading")]
    for name, start, end in view.gauges:
        blocks.append(para(f"{name:<14} from {start:3.0f} to {end:3.0f}", tight=True, indent=3))
    blocks += prose(view.text)
    for n, decision in enumerate(view.decisions, 1):
        blocks.append(para(f"{n}. {decision.title}", "heading"))
        blocks.append(Paragraph((Span("You: ", "muted"), *one_line(prose, decision.chosen))))
        blocks += indented(prose(decision.aside))
        if decision.harmful:
            blocks.append(
                Paragraph((Span("This does plain harm: ", "bad"), *one_line(prose, decision.harmful)), indent=3)
            )
        for other in decision.others:
            closed = "" if other.open else " (not open on your path)"
            blocks.append(Paragraph((Span("Or: ", "muted"), *one_line(prose, other.text), Span(closed, "muted"))))
            blocks += indented(prose(other.aside))
    seen = session.endings_seen
    total = len(session.exercise.endings)
    others = ", ".join(view.other_endings)
    blocks.append(para(f"Endings you have seen: {len(seen)} of {total}. Others: {others}.", "muted"))
    return blocks


def changes(found: Sequence[Change], gauges: Sequence[Gauge]) -> tuple[Span, ...]:
    """Changes of gauges: "trust +3   reliability -10"."""
    names = {gauge.id: gauge.name for gauge in gauges}
    return tuple(Span(f"{names.get(c.gauge, c.gauge)} {c.by:+.0f}   ", "good" if c.by > 0 else "bad") for c in found)
