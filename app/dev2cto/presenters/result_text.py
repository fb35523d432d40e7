"""Texts for the result of an attempt: the verdict, the objectives, what to reread, all answers."""

from __future__ import annotations

from collections.abc import Iterator

from dev2cto import symbols
from dev2cto.learning.mastery import SECURE
from dev2cto.markdown.parser import Block, Paragraph, Span, Spans, Style, TableBlock, inline, para
from dev2cto.presenters.bars import CELLS, bar, percent
from dev2cto.presenters.feedback import RenderMarkdown, feedback_blocks, one_line
from dev2cto.presenters.quiz_text import quiz_verdict
from dev2cto.study.queries.question_models import ObjectiveResult, QuizResult
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.text import pluralize

MOST, MOST_MISSED = 90, 8
"""Characters of a missed question, and missed questions, that are shown beside the result."""
TAKE_AGAIN = "Retake the final form; new questions come first"


def result_title(session: QuizSession, result: QuizResult) -> tuple[str, str]:
    """The title of the result, and the number of questions that counted."""
    name = "Result of the final form" if session.form == "final" else "Quiz result"
    return f"{session.module.name} / {name}", pluralize(result.counted, "question")


def result_blocks(result: QuizResult, *, drawn: bool) -> list[Block]:
    """The verdict and the objectives, weakest first; those of a final form under their steps."""
    style: Style = "bold" if result.retry else "good" if result.passed else "bad"
    sign = (
        f"{symbols.current().right if result.passed else symbols.current().wrong} "
        if drawn and not result.retry
        else ""
    )
    blocks: list[Block] = [para(f"{sign}{quiz_verdict(result)}", style)]
    for step in result.steps:
        name, score = Span(f"{step.name} / {step.title}", "heading"), f"   {step.score * 100:.0f} %"
        if drawn and step.objectives:
            blocks.append(_table(step.objectives, (name, Span(f"{score} of {step.count}", "muted"))))
        else:
            count = f" of {pluralize(step.count, 'question')}"
            blocks += [Paragraph((name, Span(score + count, "muted"))), *_in_words(step.objectives)]
    if result.objectives and not result.steps:
        blocks += [_table(result.objectives, (Span("Objective"),))] if drawn else _in_words(result.objectives)
    return blocks


def reread(result: QuizResult) -> dict[str, str]:
    """The sections that answer the missed questions: their titles by id."""
    return dict(pair for line in result.objectives for pair in line.reread)


def try_again(result: QuizResult) -> str:
    """The label for retrying the missed questions; empty if none was missed."""
    count = "the missed question" if len(result.missed) == 1 else f"the {len(result.missed)} missed questions"
    return f"Try {count} again" if result.missed else ""


def answers(
    session: QuizSession, result: QuizResult, prose: RenderMarkdown, *, signs: bool = False
) -> Iterator[tuple[int, list[Block]]]:
    """Yield each answered question's number and the blocks of the question with its feedback."""
    for feedback in result.answers:
        number = session.order.index(feedback.item) + 1
        question = session.question(number)
        prompt = question.prompt if question else session.study.curriculum.item(feedback.item).prompt
        found = ticking(session.study, feedback)
        judged = feedback_blocks(feedback, prose, ticks=found.ticks if found else (), signs=signs)
        yield number, [*prose(prompt), *judged]


def missed_blocks(session: QuizSession, result: QuizResult, prose: RenderMarkdown) -> list[Block]:
    """The questions that were not quite right, by number, as they begin; empty if there are none."""
    blocks: list[Block] = []
    for item in sorted(result.missed, key=session.order.index)[:MOST_MISSED]:
        number = session.order.index(item) + 1
        question = session.question(number)
        asked = one_line(prose, question.prompt if question else session.study.curriculum.item(item).prompt)
        blocks.append(Paragraph(shortened(asked), marker=f"{number}. ", marker_style="muted"))
    if len(result.missed) > MOST_MISSED:
        blocks.append(para(f"and {len(result.missed) - MOST_MISSED} more", "muted"))
    return [para("Missed questions", "heading"), *blocks] if blocks else []


def shortened(spans: Spans) -> Spans:
    """The beginning of a text: at most MOST characters, and dots where it goes on."""
    found: list[Span] = []
    left = MOST
    for span in spans:
        if len(span.text) >= left:
            return (*found, Span(f"{span.text[:left].rsplit(' ', 1)[0]} ...", span.style))
        found.append(span)
        left -= len(span.text)
    return tuple(found)


def _table(objectives: tuple[ObjectiveResult, ...], title: Spans) -> TableBlock:
    """The score of each objective, with a bar."""
    rows: list[tuple[Spans, ...]] = [(title, *((Span(head, "muted"),) for head in ("", "right", "questions")))]
    for line in objectives:
        style: Style = "fill-good" if line.score >= SECURE else "fill"
        figures = (Span(percent(line.score)),), (Span(str(line.count), "muted"),)
        rows.append((inline(line.text), bar(line.score, 1, CELLS, style), *figures))
    return TableBlock(tuple(rows), ("left", "left", "right", "right"), wide=0)


def _in_words(objectives: tuple[ObjectiveResult, ...]) -> Iterator[Block]:
    """The same in a line each."""
    for n, line in enumerate(objectives):
        count = pluralize(line.count, "question")
        yield para(f"{line.score * 100:.0f} % of {count}: {line.text}", marker="- ", tight=n > 0)
