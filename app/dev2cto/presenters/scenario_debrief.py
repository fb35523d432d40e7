"""The debrief of a scenario: the ending, the share of choice and luck, every decision in figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dev2cto.exercises.scenarios.debrief import Debrief, Decision, GaugeRun
from dev2cto.exercises.scenarios.gauges import Gauge, figure
from dev2cto.exercises.scenarios.worlds import WORLDS
from dev2cto.markdown.parser import Align, Block, Paragraph, Span, TableBlock, para
from dev2cto.presenters.feedback import RenderMarkdown, indented, one_line
from dev2cto.presenters.play_text import gauge_changes
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.text import sanitize

ALIGNS: tuple[Align, ...] = ("left", "right", "right", "right")
COARSE = 20
"""The span of a gauge from which means are rounded to whole numbers."""


def debrief_blocks(session: ScenarioSession, prose: RenderMarkdown) -> list[Block]:
    """The whole debrief: what the path traded, what was luck, and where other choices would have led."""
    view = session.debrief()
    blocks: list[Block] = [para(f"How it ended: {view.ending}", "heading")]
    blocks.append(_runs(view.gauges))
    blocks += prose(view.text)
    if view.fails:
        blocks += [para("What fails here", "heading"), *prose(view.fails)]
    blocks += luck(view)
    for n, decision in enumerate(view.decisions, 1):
        blocks += _decision(n, decision, session.exercise.gauges, prose)
    seen = session.endings_seen
    total = len(session.exercise.endings)
    others = ", ".join(view.other_endings)
    blocks.append(para(f"Endings you have seen: {len(seen)} of {total}. Others: {others}.", "muted"))
    return blocks


def luck(view: Debrief) -> list[Block]:
    """The outcomes of the same choices under other chance events."""
    blocks: list[Block] = [para("Choice and luck", "heading")]
    if len(view.outcomes) == 1 and view.exact and not view.strayed:
        return [*blocks, para("These choices always end this way, whatever happens by chance.")]
    blocks.append(para("How the same choices end in worlds that differ only by chance:"))
    for title, share in view.outcomes:
        yours = "   (your ending)" if title == view.ending else ""
        blocks.append(
            Paragraph((Span(f"{_of_100(share):>3} in 100   {title}"), Span(yours, "muted")), indent=3, tight=True)
        )
    how = "Counted over all chance events." if view.exact else f"Estimated from {WORLDS:,} worlds."
    if view.strayed:
        how += (
            f" In {_of_100(view.strayed)} of 100, chance closes one of your choices; a harmless one is then picked at"
            " random."
        )
    blocks.append(para(how, "muted"))
    return blocks


def _of_100(share: float) -> str:
    """A share in percent without the sign; never rounded to 0 or 100, but "<1" or ">99"."""
    whole = round(share * 100)
    if share and not whole:
        return "<1"
    return ">99" if share < 0.9999 and whole == 100 else str(whole)


def _runs(runs: Sequence[GaugeRun]) -> TableBlock:
    """A table of every gauge at start and end, with the mean over all worlds unless it always equals the end."""
    rows: list[tuple[str, ...]] = [("", "start", "end", "mean of these choices")]
    for run in runs:
        mean = round(run.mean, 0 if run.gauge.span >= COARSE else 1)
        figures = (figure(run.gauge, value) for value in (run.start, run.end, mean))
        rows.append((sanitize(run.gauge.name), *figures))
    columns = 4 if any(end != mean for *_, end, mean in rows[1:]) else 3
    cells = tuple(tuple((Span(text),) for text in row[:columns]) for row in rows)
    return TableBlock(cells, ALIGNS[:columns], indent=3)


def _decision(number: int, decision: Decision, gauges: Sequence[Gauge], prose: RenderMarkdown) -> Iterator[Block]:
    yield para(f"{number}. {decision.title}", "heading")
    yield Paragraph((Span("You: ", "muted"), *one_line(prose, decision.chosen)))
    for label, found in (
        ("At once: ", decision.changes),
        *(("Came due: ", strike.changes) for strike in decision.strikes),
    ):
        if found:
            yield Paragraph((Span(label, "muted"), *gauge_changes(found, gauges, figures=True)), indent=3)
    if decision.chance:
        struck = "It happened." if decision.struck else "It did not happen."
        yield para(f"Chance: {decision.chance * 100:.0f} %. {struck}", indent=3)
    yield from indented(prose(decision.aside))
    if decision.duty:
        yield para("A duty, not a dilemma:", "accent", indent=3)
        yield from indented(prose(decision.duty))
    if decision.harmful:
        yield Paragraph((Span("This is harmful: ", "bad"), *one_line(prose, decision.harmful)), indent=3)
    for other in decision.others:
        closed = "" if other.open else " (not available on your path)"
        yield Paragraph((Span("Or: ", "muted"), *one_line(prose, other.text), Span(closed, "muted")))
        yield from indented(prose(other.aside))
