"""Texts for scenarios while they are played: scenes, outcomes, the transcript.

Hidden gauges are shown in words until the debrief, which shows all in figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.exercises.scenarios.gauges import Gauge
from dev2cto.exercises.scenarios.player import ScenarioStep
from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.presenters.feedback import RenderMarkdown
from dev2cto.presenters.play_text import gauge_changes, meanings
from dev2cto.presenters.scenario_debrief import debrief_blocks
from dev2cto.study.sessions.scenario import ScenarioSession


def brief(session: ScenarioSession, prose: RenderMarkdown) -> list[Block]:
    """The brief and the meaning of the gauges."""
    return [*prose(session.exercise.brief), *meanings(session.exercise.gauges)]


def stage_blocks(session: ScenarioSession, stage: str, prose: RenderMarkdown, *, drawn: bool) -> list[Block]:
    """The text of a stage; `drawn` has no effect, since scenarios draw nothing."""
    match stage:
        case "brief":
            return brief(session, prose)
        case "result":
            return last_decision(session, prose)
        case "debrief":
            return debrief_blocks(session, prose)
        case _:
            return [para(session.state.title, "heading"), *prose(session.state.text)]


def how_far(session: ScenarioSession, stage: str) -> str:
    """The progress for the title: the current decision, or the one whose outcome is shown."""
    state = session.state
    if stage in ("ending", "debrief"):
        return "the end"
    return f"decision {len(state.choices) if stage == 'result' else state.decision} of {state.total}"


def outcome(
    step: ScenarioStep, gauges: Sequence[Gauge], prose: RenderMarkdown, *, figures: bool = False
) -> list[Block]:
    """The outcome of a decision: immediate effects, and delayed effects of earlier decisions."""
    blocks = list(prose(step.result))
    blocks += _line(gauge_changes(step.changes, gauges, figures=figures))
    for strike in step.strikes:
        blocks += [para("Later", "accent"), *prose(strike.text)]
        blocks += _line(gauge_changes(strike.changes, gauges, figures=figures))
    return blocks


def last_decision(session: ScenarioSession, prose: RenderMarkdown) -> list[Block]:
    """The last decision, its outcome, and the events after it that needed no decision."""
    log = session.state.log
    taken = [step for step in log if step.choice][-1]
    blocks = [para(f"You: {taken.chosen}", "bold"), *outcome(taken, session.exercise.gauges, prose)]
    for step in log[log.index(taken) + 1 :]:
        blocks += [para(step.title, "heading"), *prose(step.text)]
    return blocks


def transcript(session: ScenarioSession, stage: str, prose: RenderMarkdown) -> list[Block]:
    """Everything that happened so far; in the debrief, with all figures."""
    return _steps(session, session.state.log, prose, figures=stage == "debrief")


def beside(session: ScenarioSession, stage: str, prose: RenderMarkdown) -> list[Block]:
    """The decisions made so far, while the scenario is played; empty in other stages."""
    log = session.state.log if stage in ("scene", "result") else ()
    return _steps(session, [step for step in log if step.choice], prose)


def _steps(
    session: ScenarioSession, log: Sequence[ScenarioStep], prose: RenderMarkdown, *, figures: bool = False
) -> list[Block]:
    blocks: list[Block] = []
    for step in log:
        blocks += [para(step.title, "heading"), *prose(step.text)]
        if step.choice:
            blocks.append(para(f"You: {step.chosen}", "bold"))
            blocks += outcome(step, session.exercise.gauges, prose, figures=figures)
    return blocks


def _line(spans: tuple[Span, ...]) -> list[Block]:
    return [Paragraph(spans)] if spans else []
