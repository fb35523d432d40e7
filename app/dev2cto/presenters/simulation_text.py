"""Texts for simulations while they are played: the brief, budgets, decisions, reports, the transcript."""

from __future__ import annotations

from dev2cto.exercises.scenarios.engine import GaugeChange
from dev2cto.exercises.scenarios.gauges import CURRENCIES, Gauge, figure, shown
from dev2cto.exercises.simulations.engine import Available
from dev2cto.exercises.simulations.player import Decided, PeriodReport
from dev2cto.markdown.parser import Block, Paragraph, Span, Spans, para
from dev2cto.presenters.feedback import RenderMarkdown
from dev2cto.presenters.play_text import divided, gauge_changes, meanings, quantity
from dev2cto.presenters.simulation_debrief import debrief_blocks
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.text import pluralize

WENT_ON = "This play was continued in another session."


def brief(session: SimulationSession, prose: RenderMarkdown) -> list[Block]:
    """The brief, the number of periods, and the meaning of the gauges."""
    periods = pluralize(len(session.exercise.periods), "period")
    return [*prose(session.exercise.brief), para(f"{periods} to play.", "muted"), *meanings(session.exercise.gauges)]


def stage_blocks(session: SimulationSession, stage: str, prose: RenderMarkdown, *, drawn: bool) -> list[Block]:
    """The text of a stage; unless `drawn`, the debrief is given in sentences."""
    match stage:
        case "brief":
            return brief(session, prose)
        case "decision":
            return decision(session, prose)
        case "report":
            over = session.state.reports[-1]
            return report(session, over, prose, first=max(0, len(over.decided) - 1))
        case "debrief":
            return debrief_blocks(session, prose, words=not drawn)
        case _:
            return [para(session.state.title, "heading"), *prose(session.state.text)]


def how_far(session: SimulationSession, stage: str) -> str:
    """The progress for the title: the current period, or the one whose report is shown."""
    state = session.state
    if stage in ("ending", "debrief"):
        return "the end"
    return f"period {len(state.reports) if stage == 'report' else state.period + 1} of {state.total}"


def decision(session: SimulationSession, prose: RenderMarkdown) -> list[Block]:
    """The pending decision, after the outcome of the previous one in this period."""
    state = session.state
    blocks: list[Block] = []
    for done in state.decided[-1:]:
        blocks += decided(session, done, prose)
    if state.asked is not None:
        blocks += [para(state.asked.decision.title, "heading"), *prose(state.asked.text)]
    return blocks


def budget(session: SimulationSession, available: Available) -> str:
    """The amounts of a budget left and available."""
    unit, left = available.budget.unit, session.left(available.budget.id)
    part = quantity(left, unit) if unit[:1] in tuple(CURRENCIES) else quantity(left, "")
    return f"{available.budget.name}: {part} of {quantity(available.amount, unit)} left"


def rules(available: Available) -> str:
    """The rules for dividing a budget, as a phrase to follow its name."""
    step = available.budget.step
    rule = "; allocate all of it" if available.due else "; you may leave some unused"
    return (f", in steps of {step:g}" if step != 1 else "") + rule


def not_all(available: Available, use: str, wanted: float, got: float) -> str:
    """Message: why a use got another amount (`got`) than the learner wanted."""
    budget = available.budget
    name = next(u.name for u in budget.uses if u.id == use)
    if got + budget.step > wanted:
        return f"Typed {wanted:g}; amounts are in steps of {budget.step:g}."
    return f"{name} gets {quantity(got, budget.unit)}, the most it can get."


def left_over(session: SimulationSession) -> str:
    """Message: the amounts that would stay unused; empty if there are none, or if more must be given out first."""
    unspent = session.unspent
    if any(session.is_due(available) for available in unspent):
        return ""
    parts = [f"{a.budget.name}, {quantity(session.left(a.budget.id), a.budget.unit)}" for a in unspent]
    return f"Unused: {'; '.join(parts)}." if parts else ""


def decided(session: SimulationSession, done: Decided, prose: RenderMarkdown) -> list[Block]:
    """A decision that was made, and its outcome."""
    blocks: list[Block] = [para(f"You: {done.choice.text}", "bold"), *prose(done.result)]
    return [*blocks, *_moved(session, done.changes)]


def report(session: SimulationSession, over: PeriodReport, prose: RenderMarkdown, *, first: int = 0) -> list[Block]:
    """The report of a period, with its decisions from index `first` on."""
    blocks: list[Block] = [para(f"{over.title}: what happened", "heading")]
    for n, division in enumerate(over.divisions):
        blocks.append(Paragraph(divided(division), tight=n > 0))
    for done in over.decided[first:]:
        blocks += decided(session, done, prose)
    struck = [happening for happening in over.happenings if happening.struck]
    for happening in struck:
        blocks += [para(happening.event.title, "accent"), *prose(happening.text), *_moved(session, happening.changes)]
    if not struck and over.happenings:
        blocks.append(para("Nothing unforeseen happened.", "muted"))
    blocks.append(para("Now", "bold"))
    for n, gauge in enumerate(session.exercise.gauges):
        blocks.append(Paragraph(_from_to(gauge, over), marker="- ", tight=n > 0))
    return blocks


def transcript(session: SimulationSession, stage: str, prose: RenderMarkdown) -> list[Block]:
    """The reports of all finished periods, and what was done in the current one."""
    state = session.state
    blocks: list[Block] = []
    for over in state.reports:
        blocks += [*report(session, over, prose)]
    if state.divisions:
        blocks.append(para(state.title, "heading"))
        blocks += [Paragraph(divided(division), tight=n > 0) for n, division in enumerate(state.divisions)]
        for done in state.decided:
            blocks += decided(session, done, prose)
    return blocks


def beside(session: SimulationSession, stage: str, prose: RenderMarkdown) -> list[Block]:
    """The transcript while a period is played; empty in other stages."""
    return transcript(session, stage, prose) if stage in ("divide", "decision") else []


def _moved(session: SimulationSession, found: tuple[GaugeChange, ...]) -> list[Block]:
    spans = gauge_changes([change for change in found if change.by], session.exercise.gauges)
    return [Paragraph(spans)] if spans else []


def _from_to(gauge: Gauge, over: PeriodReport) -> Spans:
    before, after = over.before[gauge.id], over.after[gauge.id]
    by = after - before
    if gauge.known:
        word = f"{figure(gauge, after)}, from {figure(gauge, before)}"
    else:
        word = f"{shown(gauge, after)}, {gauge.trend(by)}"
    return (Span(f"{gauge.name}: ", "muted"), Span(word))
