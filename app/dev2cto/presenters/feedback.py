"""Feedback on an answer as blocks of text, the same in readings, quizzes, reviews and exercises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dev2cto import symbols
from dev2cto.items.forms import Write
from dev2cto.markdown.parser import Block, Listing, Paragraph, Span, Spans, Style, flowing, inline, para
from dev2cto.presenters.judged_parts import judged_blocks, right_order
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
    feedback: Feedback,
    prose: RenderMarkdown,
    *,
    ticks: Sequence[Tick] = (),
    every: bool = False,
    signs: bool = False,
) -> list[Block]:
    """The verdict, each part of the answer with its own, the right answer, the reason.

    `every` shows all reasons, `signs` ticks and crosses beside the words. For an unscored text: the text, the examples
    to compare it with, the reason, and the points with their ticks.
    """
    if feedback.hidden:
        return [para(KEPT, "muted")]
    blocks: list[Block] = [*verdict_blocks(feedback)]
    blocks += judged_blocks(feedback, every=every, signs=signs)
    blocks += right_blocks(feedback, prose)
    if not feedback.scored:
        blocks += own_text(feedback)
        blocks += example_blocks(feedback, prose)
    blocks += why(feedback, prose)
    return [*blocks, *point_blocks(feedback, ticks)]


def verdict_blocks(feedback: Feedback) -> Iterator[Block]:
    """The verdict with the learner's confidence, and how a score between right and wrong is counted."""
    words, style = verdict(feedback)
    sure = f"{SURE[feedback.confidence][:1].upper()}{SURE[feedback.confidence][1:]}." if feedback.confidence else ""
    yield Paragraph((Span(words, style), *((Span(f"  {sure}", "muted"),) if sure else ())))
    if feedback.counted:
        yield para(f"Counted: {feedback.counted}", "muted", tight=True)


def right_blocks(feedback: Feedback, prose: RenderMarkdown) -> list[Block]:
    """What is right and not said at a part: about an interval, the right order, the output of a program."""
    blocks: list[Block] = [para(feedback.interval)] if feedback.interval else []
    if order := right_order(feedback):
        entries = (Paragraph(flowing(e.text), marker=f"{n}. ", tight=True) for n, e in enumerate(order, 1))
        blocks += labelled((Span("Right order", "bold"),), tuple(entries))
    elif feedback.scored and feedback.verdict != "correct" and (not feedback.parts or is_long(feedback)):
        for remark in feedback.chosen:
            blocks += labelled((Span(remark.about, "muted"),), prose(remark.text))
        blocks += right_answer(feedback, prose) if feedback.right else []
    return blocks


def strip_blocks(feedback: Feedback, prose: RenderMarkdown) -> list[Block]:
    """The verdict below an answer whose parts are ticked and crossed: in words, what is right, and why."""
    reason = prose(feedback.explain) if feedback.explain.strip() else ()
    reason = tuple(tight(block) if n == 0 else block for n, block in enumerate(reason))
    return indented((*verdict_blocks(feedback), *right_blocks(feedback, prose), *reason), 1)


def tight(block: Block) -> Block:
    """The block without a blank line before it, if it can be."""
    return block if isinstance(block, Listing) else block._replace(tight=True)


def is_long(feedback: Feedback) -> bool:
    """Whether the answer is a text of several lines."""
    return isinstance(feedback.form, Write) and feedback.form.lines


def right_answer(feedback: Feedback, prose: RenderMarkdown) -> list[Block]:
    """The right answer: on one line if it is short, else line by line."""
    lines = [block for line in feedback.right for block in prose(line)]
    if len(lines) == 1 and isinstance(lines[0], Paragraph) and not lines[0].marker:
        return [Paragraph((Span("Right answer: ", "bold"), *lines[0].spans))]
    tight = (each._replace(tight=True) if isinstance(each, Paragraph) else each for each in lines)
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
        under[0] = under[0]._replace(tight=True)
    return [Paragraph(label), *under]


def indented(blocks: tuple[Block, ...], by: int = 3) -> list[Block]:
    """The blocks, indented by so many more columns."""
    return [block._replace(indent=block.indent + by) for block in blocks]


def one_line(prose: RenderMarkdown, text: str) -> Spans:
    """Render a one-line Markdown text of the course to spans."""
    blocks = prose(text)
    return blocks[0].spans if blocks and isinstance(blocks[0], Paragraph) else inline(text)
