"""Feedback on an answer as blocks of text, the same in readings, quizzes, reviews and exercises."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from dev2cto import symbols
from dev2cto.items.base import FeedbackNote
from dev2cto.markdown.parser import Block, Paragraph, Span, Spans, Style, inline, para
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.queries.ticking import Tick
from dev2cto.text import sanitize

RenderMarkdown = Callable[[str], tuple[Block, ...]]
"""Renders a Markdown text of the course to blocks, with its citations and facts filled in."""

SURE = {1: "you guessed", 2: "you thought so", 3: "you were sure"}
KEPT = "Saved. The verdict comes at the end of the exam."
LAST_QUESTION = "Only this question is left."
SKIPPED = "Skipped: the question comes again at the end."
NO_MORE_HINTS = "No more hints."
LOOK_FOR = "Look for these points"
VERDICTS: dict[str, tuple[str, Style]] = {
    "correct": ("Correct.", "good"),
    "partly": ("Partly right", "warn"),
    "not quite": ("Not quite.", "bad"),
    "compare": ("Compare with your own answer.", "bold"),
}


def verdict(feedback: Feedback) -> tuple[str, Style]:
    """The verdict as text, and its style."""
    words, style = VERDICTS[feedback.verdict]
    return (f"{words}: {feedback.score * 100:.0f} %.", style) if feedback.verdict == "partly" else (words, style)


def feedback_blocks(
    feedback: Feedback, prose: RenderMarkdown, *, title: bool, ticks: Sequence[Tick] = ()
) -> list[Block]:
    """The verdict (with `title`), remarks on the response, the right answer, the reason.

    For an unscored text: the text, the examples to compare it with, the reason, and the points with their ticks.
    """
    if feedback.hidden:
        return [para(KEPT, "muted")]
    blocks: list[Block] = []
    words, style = verdict(feedback)
    sure = f"{SURE[feedback.confidence][:1].upper()}{SURE[feedback.confidence][1:]}." if feedback.confidence else ""
    if title:
        blocks.append(Paragraph((Span(f"{words}  ", style), Span(sure, "muted"))))
    elif sure:
        blocks.append(para(sure, "muted"))
    several = sum(not remark.missing for remark in feedback.chosen) > 1
    for remark in feedback.chosen:
        label = remark_label(remark, several=several)
        if "\n" in remark.about.strip():
            blocks += labelled((Span(label.strip(), "muted"),), (*prose(remark.about), *prose(remark.text)))
        else:
            blocks += labelled((Span(label, "muted"), *inline(remark.about)), prose(remark.text))
    if feedback.interval:
        blocks.append(para(feedback.interval))
    if feedback.verdict not in ("correct", "compare") and feedback.right:
        blocks += right_answer(feedback, prose)
    if not feedback.scored:
        blocks += own_text(feedback)
        blocks += example_blocks(feedback, prose)
    blocks += why(feedback, prose)
    return [*blocks, *point_blocks(feedback, ticks)]


def remark_label(remark: FeedbackNote, *, several: bool) -> str:
    """What a remark on the response is about, in a word; with several parts, whether this one is right."""
    if remark.missing:
        return "Left out: "
    if remark.asked:
        return ""
    return ("Wrong: " if remark.wrong else "Right: ") if several else "You: "


def right_answer(feedback: Feedback, prose: RenderMarkdown) -> list[Block]:
    """The right answer: on one line if it is short, else line by line."""
    lines = [block for line in feedback.right for block in prose(line)]
    if len(lines) == 1 and isinstance(lines[0], Paragraph) and not lines[0].marker:
        return [Paragraph((Span("Right answer: ", "bold"), *lines[0].spans))]
    tight = (dataclasses.replace(each, tight=True) if isinstance(each, Paragraph) else each for each in lines)
    return labelled((Span("Right answer", "bold"),), tuple(tight))


def point_blocks(feedback: Feedback, ticks: Sequence[Tick] = ()) -> list[Block]:
    """The points to look for in the text with their ticks; as a plain list if the answer is not in the record.

    Empty if the answer is in the record and no ticks are given: the caller then shows the points itself.
    """
    listed = [(f"{symbols.current().tick(tick.met)} ", tick.text) for tick in ticks]
    if not feedback.answer:
        listed = [("- ", point.text) for point in feedback.points]
    points = tuple(Paragraph(inline(text), marker=marker, tight=True) for marker, text in listed)
    return labelled((Span(LOOK_FOR, "bold"),), points) if points else []


def why(feedback: Feedback, prose: RenderMarkdown) -> list[Block]:
    """The reason for the right answer; empty if the course gives none."""
    return labelled((Span("Why", "bold"),), prose(feedback.explain)) if feedback.explain.strip() else []


def own_text(feedback: Feedback) -> list[Block]:
    """The learner's text as typed, line by line, with a note if it exceeded its time limit."""
    lines = sanitize(str(feedback.response)).strip().split("\n")
    text = (para(line, tight=n > 0 and bool(lines[n - 1].strip())) for n, line in enumerate(lines) if line.strip())
    blocks = labelled((Span("Your answer", "bold"),), tuple(text))
    if feedback.overtime:
        blocks.append(para(feedback.overtime, "muted", indent=3))
    return blocks


def example_blocks(feedback: Feedback, prose: RenderMarkdown) -> list[Block]:
    """The examples to compare the text with, each under its label and followed by its note."""
    return [
        block
        for example in feedback.examples
        for block in labelled((Span(example.label, "bold"),), (*prose(example.text), *prose(example.note)))
    ]


def proposal(ticks: Sequence[Tick]) -> str:
    """The instruction for ticking; it mentions proposed ticks if there are any."""
    if not any(tick.proposed for tick in ticks):
        return "Tick what you find in your answer."
    return "Tick what you find in your answer. The program proposes what it can see; you decide."


def labelled(label: Spans, blocks: tuple[Block, ...]) -> list[Block]:
    """A label line with the blocks indented directly below it."""
    under = indented(blocks)
    if under and isinstance(under[0], Paragraph):
        under[0] = dataclasses.replace(under[0], tight=True)
    return [Paragraph(label), *under]


def indented(blocks: tuple[Block, ...], by: int = 3) -> list[Block]:
    """The blocks, indented by so many more columns."""
    return [dataclasses.replace(block, indent=block.indent + by) for block in blocks]


def one_line(prose: RenderMarkdown, text: str) -> Spans:
    """Render a one-line Markdown text of the course to spans."""
    blocks = prose(text)
    return blocks[0].spans if blocks and isinstance(blocks[0], Paragraph) else inline(text)
