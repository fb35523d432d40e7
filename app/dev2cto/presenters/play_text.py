"""Texts that scenarios and simulations share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from dev2cto.exercises.scenarios.engine import GaugeChange
from dev2cto.exercises.scenarios.gauges import CURRENCIES, Gauge, figure, shown
from dev2cto.markdown.parser import Block, Paragraph, Span, Spans
from dev2cto.presenters.feedback import RenderMarkdown
from dev2cto.text import with_unit

if TYPE_CHECKING:
    from dev2cto.exercises.simulations.player import Division
    from dev2cto.study.sessions.play import Play
    from dev2cto.study.sessions.scenario import ScenarioSession
    from dev2cto.study.sessions.simulation import SimulationSession

P_contra = TypeVar("P_contra", bound="Play", contravariant=True)
LOG = "What has happened so far"
ENTER = {
    "brief": "begins; every step is saved",
    "result": "continues",
    "report": "continues",
    "ending": "shows the debrief with all figures",
    "debrief": "goes back",
}
"""What enter does in each stage without choices."""
AGAIN = "plays again with another seed"


class PlayTexts(Protocol[P_contra]):
    """The texts of one kind of play: `scenario_text` or `simulation_text`."""

    def brief(self, session: P_contra, prose: RenderMarkdown) -> list[Block]:
        """The brief and the meaning of the gauges."""

    def stage_blocks(self, session: P_contra, stage: str, prose: RenderMarkdown, *, drawn: bool) -> list[Block]:
        """The text of a stage; figures are drawn as tables and bars if `drawn`, else given in sentences."""

    def how_far(self, session: P_contra, stage: str) -> str:
        """The progress for the title: the current step, or the one whose outcome is shown."""

    def transcript(self, session: P_contra, stage: str, prose: RenderMarkdown) -> list[Block]:
        """Everything that happened so far."""

    def beside(self, session: P_contra, stage: str, prose: RenderMarkdown) -> list[Block]:
        """The part of the transcript to show beside the stage on wide screens; empty in most stages."""


def meanings(gauges: Sequence[Gauge]) -> list[Block]:
    """The starting values of the gauges and their meaning."""
    return [
        Paragraph(
            (Span(gauge.name, "bold"), Span(f"  {shown(gauge, gauge.start)}   "), Span(gauge.meaning, "muted")),
            marker="- ",
            tight=n > 0,
        )
        for n, gauge in enumerate(gauges)
    ]


def levels(session: ScenarioSession | SimulationSession, stage: str) -> str:
    """The gauges on one line: "trust high, falling; cash $4,600k"; in the debrief, all in figures."""
    state, figures = session.state, stage == "debrief"
    parts = []
    for gauge in session.exercise.gauges:
        moved = not figures and not gauge.known and gauge.id in state.moved
        trend = f", {gauge.trend(state.moved[gauge.id])}" if moved else ""
        parts.append(f"{gauge.name} {shown(gauge, state.gauges[gauge.id], figures=figures)}{trend}")
    return "; ".join(parts)


def gauge_changes(found: Sequence[GaugeChange], gauges: Sequence[Gauge], *, figures: bool = False) -> tuple[Span, ...]:
    """Changes of gauges: "trust falling   cash -$300k"; with `figures`, also hidden values: "trust -3"."""
    known = {gauge.id: gauge for gauge in gauges}
    return tuple(_changes([(known[c.gauge], c.by) for c in found if c.gauge in known], figures))


def _changes(found: Sequence[tuple[Gauge, float]], figures: bool) -> Iterator[Span]:
    for gauge, by in found:
        if not round(by, 1):
            continue  # chance cancelled the effect, or the scale stopped it
        if figures:
            yield Span(f"{gauge.name} {figure(gauge, by, signed=True)}   ", "good" if gauge.points(by) > 0 else "bad")
        elif gauge.known:
            yield Span(f"{gauge.name} {figure(gauge, by, signed=True)}   ")
        else:
            yield Span(f"{gauge.name} {gauge.trend(by)}   ", "muted")


def quantity(amount: float, unit: str) -> str:
    """An amount with its unit: "60 weeks", "$40k", "2.5"."""
    number = f"{amount:,.10g}"
    if unit[:1] in tuple(CURRENCIES):
        return f"{unit[0]}{number}{unit[1:]}"
    return with_unit(number, unit)


def divided(division: Division) -> Spans:
    """The division of a budget: "engineer-weeks: features 40 weeks, repair 20 weeks"."""
    parts = [f"{name} {quantity(amount, division.unit)}" for _, name, amount in division.uses]
    left = f", {quantity(division.left, division.unit)} unused" if division.left > 1e-9 else ""
    return (Span(f"{division.name}: ", "muted"), Span(", ".join(parts) + left))
