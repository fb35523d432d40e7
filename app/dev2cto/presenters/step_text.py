"""Texts for a step: its parts, its objectives, the mistakes in its files."""

from __future__ import annotations

from dev2cto.learning.mastery import SECURE
from dev2cto.markdown.parser import Block, Paragraph, Span, Style, inline, para
from dev2cto.presenters.bars import CELLS, bar
from dev2cto.study.queries.step_models import PartLine, StepView
from dev2cto.study.queries.view_models import minutes
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
    """The kind of an exercise, and the part's note: "code lab, helped"; empty if there is nothing to note."""
    kind = part.kind if part.part == "exercise" else ""
    return ", ".join(note for note in (kind, part.note) if note)


def part_facts(part: PartLine) -> str:
    """Minutes and notes: "20 min, code lab, helped"."""
    return ", ".join(note for note in (unbroken(f"{part.minutes} min"), part_notes(part)) if note)


def aside_blocks(view: StepView) -> list[Block]:
    """What stands beside the parts on wide terminals: the objectives with their mastery, and the minutes left."""
    blocks: list[Block] = [para("Afterwards you can", "heading")]
    for line in view.objectives:
        mean = line.mastery.mean
        style: Style = "fill-good" if mean is not None and mean >= SECURE else "fill"
        figure = Span(f"  {line.mastery.words if mean is not None else '--'}", "muted")
        blocks += [Paragraph(inline(line.text)), Paragraph((*bar(mean or 0, 1, CELLS, style), figure), tight=True)]
    total, left = sum(part.minutes for part in view.parts), minutes_left(view)
    share = 1 - left / total if total else 0.0
    words = Span(f"  {minutes(left * 60)} of {minutes(total * 60)} left", "muted")
    return [*blocks, para("Time", "heading"), Paragraph((*bar(share, 1, CELLS), words), tight=True)]


def minutes_left(view: StepView) -> int:
    """The estimated minutes of the parts that are not done."""
    return sum(part.minutes for part in view.parts if part.state != "done")


def objective_blocks(view: StepView) -> list[Block]:
    """The step's objectives with the learner's mastery."""
    blocks: list[Block] = [para("Afterwards you can", "heading")]
    for line in view.objectives:
        mastery = "   " + unbroken(line.mastery.words) if line.mastery.answered else ""
        spans = (*inline(line.text), Span(mastery, "muted"))
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
