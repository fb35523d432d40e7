"""The debrief of a simulation: its figures, each period, the same plan over many seeds, earlier plays."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.exercises.scenarios.engine import GaugeChange
from dev2cto.exercises.scenarios.gauges import Gauge, figure
from dev2cto.exercises.simulations.outlook import GaugeSpread, Outlook
from dev2cto.exercises.simulations.player import Decided, Happening, PeriodReport
from dev2cto.markdown.parser import Align, Block, Paragraph, Span, Spans, TableBlock, para
from dev2cto.presenters.bars import bar, history
from dev2cto.presenters.feedback import RenderMarkdown, indented, one_line
from dev2cto.presenters.play_text import divided, gauge_changes
from dev2cto.study.queries.home import relative_day
from dev2cto.study.sessions.simulation import SimulationSession

BAR = 20
MOSTLY, HARDLY = 0.8, 0.3
"""The learner's ending is attributed to choice from this share of seeds on, and to luck below that one."""


def debrief_blocks(session: SimulationSession, prose: RenderMarkdown, *, words: bool) -> list[Block]:
    """The whole debrief; with `words`, in sentences without tables and bars."""
    state = session.state
    outlook = session.outlook()
    blocks: list[Block] = [para(f"How it ended: {state.title}", "heading"), *_figures(session, words)]
    blocks += prose(session.exercise.debrief)
    for over in state.reports:
        blocks += _period(over, session.exercise.gauges, prose)
    blocks += _many_seeds(session, outlook, words)
    return [*blocks, *_runs(session, words)]


def luck(outlook: Outlook) -> str:
    """Whether choice or luck decided the ending, in one sentence."""
    same, good = outlook.same / outlook.seeds, outlook.good / outlook.seeds
    share = f"{_of_100(same)} in 100 seeds end as yours did, {_of_100(good)} in 100 end well"
    if same >= MOSTLY:
        return f"Choice more than luck: with the same plan {share}."
    if same < HARDLY:
        return f"Luck more than choice: with the same plan {share}."
    return f"Choice and luck together: with the same plan {share}."


def _figures(session: SimulationSession, words: bool) -> list[Block]:
    """All gauges, hidden ones too, at the start and after each period."""
    reports, gauges = session.state.reports, session.exercise.gauges
    if words:
        return [
            para(
                f"{gauge.name}: start {figure(gauge, gauge.start)}, "
                + ", ".join(f"after {over.title} {figure(gauge, over.after[gauge.id])}" for over in reports)
                + ".",
                tight=n > 0,
            )
            for n, gauge in enumerate(gauges)
        ]
    head = ("", "start", *(str(n) for n, _ in enumerate(reports, 1)))
    rows = [
        (gauge.name, figure(gauge, gauge.start), *(figure(gauge, over.after[gauge.id]) for over in reports))
        for gauge in gauges
    ]
    return [_table([head, *rows])]


def _period(over: PeriodReport, gauges: Sequence[Gauge], prose: RenderMarkdown) -> list[Block]:
    blocks: list[Block] = [para(over.title, "heading")]
    blocks += [Paragraph(divided(division), tight=n > 0) for n, division in enumerate(over.divisions)]
    blocks += _moved("Effect: ", over.changes, gauges)
    for done in over.decided:
        blocks += _decision(done, gauges, prose)
    for n, happening in enumerate(over.happenings):
        blocks.append(Paragraph(_chance(happening), tight=n > 0))
        blocks += _moved("Effect: ", happening.changes, gauges)
    return blocks


def _decision(done: Decided, gauges: Sequence[Gauge], prose: RenderMarkdown) -> list[Block]:
    """The choice made and its trade-off, then the other choices."""
    blocks: list[Block] = [Paragraph((Span("You: ", "muted"), *one_line(prose, done.choice.text)))]
    blocks += indented(tuple(_moved("At once: ", done.changes, gauges)))
    blocks += indented(prose(done.choice.aside))
    if done.choice.harmful:
        harm = one_line(prose, done.choice.harmful)
        blocks.append(Paragraph((Span("This is harmful: ", "bad"), *harm), indent=3))
    for other in done.decision.choices:
        if other is not done.choice:
            closed = "" if other in done.offered else " (not available to you)"
            blocks.append(Paragraph((Span("Or: ", "muted"), *one_line(prose, other.text), Span(closed, "muted"))))
            blocks += indented(prose(other.aside))
    return blocks


def _moved(label: str, found: tuple[GaugeChange, ...], gauges: Sequence[Gauge]) -> list[Block]:
    moves = gauge_changes([change for change in found if change.by], gauges, figures=True)
    return [Paragraph((Span(label, "muted"), *moves), tight=True)] if moves else []


def _chance(happening: Happening) -> Spans:
    word = "Happened: " if happening.struck else "Did not happen: "
    likely = f"   {_of_100(happening.p)} in 100"
    return (Span(word, "muted"), Span(happening.event.title), Span(likely, "muted"))


def _of_100(share: float) -> str:
    """A share in percent without the sign; never rounded to 0 or 100, but "<1" or ">99"."""
    whole = round(share * 100)
    if share and not whole:
        return "<1"
    return ">99" if share < 1 and whole == 100 else str(whole)


def _many_seeds(session: SimulationSession, outlook: Outlook, words: bool) -> list[Block]:
    blocks: list[Block] = [
        para(f"The same plan over {outlook.seeds:,} seeds", "heading"),
        para(luck(outlook)),
    ]
    total, mine = outlook.seeds, session.state.title
    if words:
        for title, _, count in outlook.endings:
            blocks.append(para(f"{title}: {_of_100(count / total)} in 100{_mark(title, mine)}.", tight=True))
        blocks += [para(_as_sentences(session.exercise.gauges[n], s)) for n, s in enumerate(outlook.spreads)]
        return blocks
    blocks.append(
        _table([
            ("ending", "", "seeds"),
            *(
                (f"{title}{_mark(title, mine)}", bar(count, total, BAR), f"{count}")
                for title, _, count in outlook.endings
            ),
        ], aligns=("left", "left", "right"))
    )  # fmt: skip
    blocks.append(
        _table([
            ("in the end", "", "lowest", "middle", "highest", "yours"),
            *(_drawn(session.exercise.gauges[n], s) for n, s in enumerate(outlook.spreads)),
        ], aligns=("left", "left", "right", "right", "right", "right"))
    )  # fmt: skip
    carried = "If there is more or less to divide, amounts keep their shares; other decisions take their first choice."
    return [*blocks, para(carried, "muted")]


def _mark(title: str, mine: str) -> str:
    return ", yours" if title == mine else ""


def _drawn(gauge: Gauge, spread: GaugeSpread) -> tuple[str | Spans, ...]:
    """A gauge's row: its name, a histogram of its final values, and the figures."""
    drawn: str | Spans = history(spread.bins, gap="") if len(spread.bins) > 1 else "always"
    values = (spread.least, spread.median, spread.most, spread.yours)
    return (gauge.name, drawn, *(figure(gauge, value) for value in values))


def _as_sentences(gauge: Gauge, spread: GaugeSpread) -> str:
    if spread.least == spread.most:
        return f"{gauge.name} always ends at {figure(gauge, spread.yours)}."
    return (
        f"{gauge.name} ends between {figure(gauge, spread.least)} and {figure(gauge, spread.most)}, "
        f"eight times in ten between {figure(gauge, spread.low)} and {figure(gauge, spread.high)}, "
        f"with a median of {figure(gauge, spread.median)}; yours {figure(gauge, spread.yours)}."
    )


def _runs(session: SimulationSession, words: bool) -> list[Block]:
    """All plays that reached an ending, compared."""
    runs = session.runs()
    if len(runs) < 2:
        return [para("Play it again to compare your plays here.", "muted")]
    gauges = session.exercise.gauges
    blocks: list[Block] = [para("Your plays", "heading")]
    rows = []
    for n, run in enumerate(runs, 1):
        name = f"{n}, {'this one' if run.present else relative_day(session.study, run.at)}"
        figures = [figure(g, run.gauges[g.id]) if g.id in run.gauges else "--" for g in gauges]
        if words:
            listed = ", ".join(f"{g.name} {value}" for g, value in zip(gauges, figures, strict=True))
            blocks.append(para(f"Play {name}: {run.ending}; {listed}.", tight=n > 1))
        rows.append((name, run.ending, *figures))
    return blocks if words else [*blocks, _table([("play", "ending", *(g.name for g in gauges)), *rows])]


def _table(rows: Sequence[tuple[str | Spans, ...]], aligns: tuple[Align, ...] = ()) -> TableBlock:
    cells = tuple(tuple((Span(cell),) if isinstance(cell, str) else cell for cell in row) for row in rows)
    others: list[Align] = ["right"] * (len(rows[0]) - 1)
    return TableBlock(cells, aligns or ("left", *others))
