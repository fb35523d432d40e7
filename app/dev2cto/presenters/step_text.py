"""Texts for a step: its parts, its objectives, the mistakes in its files."""

from __future__ import annotations

from dev2cto.markdown.parser import Block, Paragraph, Span, inline, para
from dev2cto.study.queries.view_models import PartLine, StepView
from dev2cto.text import unbroken

MOST_BROKEN = 12
"""The maximum number of mistakes listed."""


def title(view: StepView) -> tuple[str, str]:
    """The step's title, and how many of its parts are done."""
    done = sum(part.state == "done" for part in view.parts)
    return f"{view.name} / {view.title}", f"{done} of {len(view.parts)} done"


def first_open(view: StepView) -> int | None:
    """The index of the first part that is not done; None if all are."""
    return next((n for n, part in enumerate(view.parts) if part.state != "done"), None)


def part_notes(part: PartLine) -> str:
    """Minutes, the kind of an exercise, and the part's note: "20 min, code lab, helped"."""
    kind = part.kind if part.part == "exercise" else ""
    return ", ".join(note for note in (unbroken(f"{part.minutes} min"), kind, part.note) if note)


def objective_blocks(view: StepView) -> list[Block]:
    """The step's objectives with the learner's mastery."""
    blocks: list[Block] = [para("Afterwards you can", "heading")]
    for line in view.objectives:
        spans = (*inline(line.text), Span("   " + unbroken(line.mastery.words), "muted"))
        blocks.append(Paragraph(spans, marker="- ", tight=True))
    return blocks


def broken_blocks(view: StepView) -> list[Block]:
    """The mistakes that prevent parts of the step from being shown; empty if there are none."""
    if not view.broken:
        return []
    head = para("Some of this step cannot be shown; the course has mistakes here:", "warn")
    more = len(view.broken) - MOST_BROKEN
    rest = [para(f"and {more} more; dev2cto check lists them all", "muted", tight=True)] if more > 0 else []
    return [head, *(para(problem, "muted", tight=True) for problem in view.broken[:MOST_BROKEN]), *rest]
