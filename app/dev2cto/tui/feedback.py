"""A judgement as blocks of text: the same in a reading, a quiz, a review, an exercise."""

from __future__ import annotations

from collections.abc import Callable

from dev2cto.prose.blocks import Block, Paragraph, Span, Style, inline, para
from dev2cto.study.views import Feedback

SURE = {0: "", 1: "a guess", 2: "you thought so", 3: "you were sure"}
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


def feedback_blocks(feedback: Feedback, prose: Callable[[str], tuple[Block, ...]], *, title: bool) -> list[Block]:
    """The verdict (with `title`), what was given and why it is or is not right, the key, the reason."""
    if feedback.hidden:
        return [para("Kept. The verdict comes at the end of the exam.", "muted")]
    blocks: list[Block] = []
    words, style = verdict(feedback)
    sure = f"  {SURE[feedback.confidence].capitalize()}." if SURE.get(feedback.confidence) else ""
    if title:
        blocks.append(Paragraph((Span(words, style), Span(sure, "muted"))))
    for remark in feedback.chosen:
        blocks.append(Paragraph((Span("You: ", "muted"), *inline(remark.about))))
        blocks += indented(prose(remark.text)) if remark.text.strip() else []
    if feedback.verdict not in ("correct", "compare") and feedback.right:
        blocks.append(para("Right:", "bold"))
        for line in feedback.right:
            blocks += indented(prose(line))
    if feedback.model:
        blocks.append(para("A strong answer", "bold"))
        blocks += indented(prose(feedback.model))
    if feedback.explain.strip():
        blocks.append(para("Why", "bold"))
        blocks += indented(prose(feedback.explain))
    return blocks


def indented(blocks: tuple[Block, ...], by: int = 3) -> list[Block]:
    """The blocks moved to the right."""
    import dataclasses

    return [dataclasses.replace(block, indent=block.indent + by) for block in blocks]
