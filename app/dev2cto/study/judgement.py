"""A judgement as blocks of text: the same in a reading, a quiz, a review, an exercise."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from dev2cto.prose.blocks import Block, Paragraph, Span, Spans, Style, inline, para
from dev2cto.study.views import Feedback

Prose = Callable[[str], tuple[Block, ...]]
"""Makes blocks of a Markdown text of the course, with its sources and facts filled in."""

SURE = {1: "you guessed", 2: "you thought so", 3: "you were sure"}
VERDICTS: dict[str, tuple[str, Style]] = {
    "correct": ("Correct.", "good"),
    "partly": ("Partly right", "warn"),
    "not quite": ("Not quite.", "bad"),
    "compare": ("Compare with your own answer.", "bold"),
}


def verdict(feedback: Feedback) -> tuple[str, Style]:
    """The verdict in words and its style."""
    words, style = VERDICTS[feedback.verdict]
    return (f"{words}: {feedback.score * 100:.0f} %.", style) if feedback.verdict == "partly" else (words, style)


def feedback_blocks(feedback: Feedback, prose: Prose, *, title: bool) -> list[Block]:
    """The verdict (with `title`), what was given and why it is or is not right, the key, the reason."""
    if feedback.hidden:
        return [para("Kept. The verdict comes at the end of the exam.", "muted")]
    blocks: list[Block] = []
    said, style = verdict(feedback)
    sure = f"{SURE[feedback.confidence][:1].upper()}{SURE[feedback.confidence][1:]}." if feedback.confidence else ""
    if title:
        blocks.append(Paragraph((Span(f"{said}  ", style), Span(sure, "muted"))))
    elif sure:
        blocks.append(para(sure, "muted"))
    for remark in feedback.chosen:
        label = "Not marked: " if remark.missing else "You: "
        if "\n" in remark.about.strip():
            blocks += labelled((Span(label.strip(), "muted"),), (*prose(remark.about), *prose(remark.text)))
        else:
            blocks += labelled((Span(label, "muted"), *inline(remark.about)), prose(remark.text))
    if feedback.interval:
        blocks.append(para(feedback.interval))
    if feedback.verdict not in ("correct", "compare") and feedback.right:
        right = [block for line in feedback.right for block in prose(line)]
        blocks += labelled((Span("Right", "bold"),), tuple(right))
    if feedback.model:
        blocks += labelled((Span("A strong answer", "bold"),), prose(feedback.model))
    if feedback.checklist:
        points = tuple(Paragraph(inline(point), marker="- ", tight=True) for point in feedback.checklist)
        blocks += labelled((Span("Look for these points in yours", "bold"),), points)
    if feedback.explain.strip():
        blocks += labelled((Span("Why", "bold"),), prose(feedback.explain))
    return blocks


def labelled(label: Spans, blocks: tuple[Block, ...]) -> list[Block]:
    """A label on a line of its own and the blocks under it, moved to the right, without a blank line between."""
    under = indented(blocks)
    if under and isinstance(under[0], Paragraph):
        under[0] = dataclasses.replace(under[0], tight=True)
    return [Paragraph(label), *under]


def indented(blocks: tuple[Block, ...], by: int = 3) -> list[Block]:
    """The blocks moved to the right."""
    return [dataclasses.replace(block, indent=block.indent + by) for block in blocks]


def one_line(prose: Prose, text: str) -> Spans:
    """The spans of a one-line text of the course."""
    blocks = prose(text)
    return blocks[0].spans if blocks and isinstance(blocks[0], Paragraph) else inline(text)
