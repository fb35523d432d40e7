"""How far one is in a quiz, drawn: the strip of its questions in the title line, and the list beside a question."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from dev2cto import symbols
from dev2cto.markdown.parser import Block, Paragraph, Span, Spans, Style, para
from dev2cto.presenters.bars import bar
from dev2cto.presenters.quiz_text import overview_prompt, right_so_far
from dev2cto.study.queries.question_models import OverviewLine, Question
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.text import pluralize, shortened

if TYPE_CHECKING:
    from dev2cto.study.sessions.review import ReviewSession

LONGEST = 24
"""The most questions of which each has a mark in the title line; a bar shows how far one is in longer quizzes."""
LISTED = 24
"""The most questions in the list beside one."""
BAR = 8
"""Cells of a bar in the title line."""
TITLE = 28
"""Characters of a question in the list."""


def strip(session: QuizSession, item: str) -> Spans:
    """Return a mark for each question: right, partly right, wrong, written, the one asked now, or still to come."""
    marks = [_mark(session, id, item) for id in session.order]
    grouped = ((style, [mark.text for mark in same]) for style, same in groupby(marks, lambda mark: mark.style))
    return tuple(Span("".join(texts), style) for style, texts in grouped)


def _mark(session: QuizSession, id: str, now: str) -> Span:
    marks = symbols.current()
    if id not in session.scores:
        return Span(marks.now, "fill-warm") if id == now else Span(marks.ahead, "faint")
    score, scored = session.scores[id]
    if not scored:
        return Span(marks.written, "muted")
    if score >= 1:
        return Span(marks.right, "fill-good")
    return Span(marks.partly, "fill-warm") if score > 0 else Span(marks.wrong, "fill-bad")


def _exam_mark(line: OverviewLine, now: str) -> Span:
    marks = symbols.current()
    if line.item == now:
        return Span(marks.now.ljust(len(marks.done)), "fill-warm")
    return Span(marks.state("done" if line.answered else "not begun"), "muted")


def practice_aside(session: QuizSession, question: Question) -> Spans:
    """Return the right of the title line in practice: the number, the strip, how many are right."""
    drawn = strip(session, question.item)
    if question.total > LONGEST:
        drawn = bar(len(session.scores), question.total, BAR)
    number = Span(f"{question.number} of {question.total}  ", "muted")
    return (number, *drawn, Span(f"  {right_so_far(session)} right", "muted"))


def exam_aside(session: QuizSession, words: str) -> Spans:
    """Return the right of an exam's title line: a bar of what is answered, then the words."""
    done, total = len(session.order) - len(session.left), len(session.order)
    return (*bar(done, total, BAR), Span(f"  {words}", "muted"))


def review_aside(session: ReviewSession, words: str) -> Spans:
    """Return the right of a review's title line: a bar of what is right, then the words."""
    return (*bar(session.done, session.total, BAR), Span(f"  {words}", "muted"))


def beside(session: QuizSession, item: str) -> Iterator[Block]:
    """Yield what is shown beside a question: the questions so far, how many are right, what passes.

    In an exam: the questions around this one, with their state.
    """
    yield para("This exam" if session.mode == "exam" else "This quiz", "heading")
    lines = session.overview()
    at = next((n for n, line in enumerate(lines) if line.item == item), 0)
    first = max(0, min(at - LISTED // 2, len(lines) - LISTED))
    for n, line in enumerate(lines[first : first + LISTED]):
        if session.mode != "exam" and not line.answered and line.item != item:
            continue
        mark, words = _mark(session, line.item, item), overview_prompt(line)
        if session.mode == "exam":
            mark = _exam_mark(line, item)
            words = f"flagged: {words}" if line.flagged else words
        words = shortened(words, TITLE)
        style: Style = "bright" if line.item == item else "muted"
        marker = f"{mark.text} {line.number:>2}  "
        yield Paragraph((Span(words, style),), marker=marker, tight=n > 0 or first > 0, marker_style=mark.style)
    if session.mode == "exam":
        return
    ahead = len(session.left) - (item in session.left)
    yield para(f"{pluralize(ahead, 'question')} to come" if ahead else "This is the last question.", "muted")
    scored = sum(scored for _, scored in session.scores.values())
    if scored:
        yield para(f"{right_so_far(session)} of {scored} right so far", tight=True)
    if not session.retry_of:
        yield para(f"{session.study.course.pass_mark * 100:.0f} % passes", "muted", tight=True)


def review_beside(session: ReviewSession) -> Iterator[Block]:
    """Yield what is shown beside a question of a review: how many are right, and what comes on the next days."""
    yield para("Today", "heading")
    yield para(f"{session.done} of {pluralize(session.total, 'question')} right")
    yield para("A missed question comes again at the end.", "muted", tight=True)
    later = [(day, count) for day, count in enumerate(session.coming) if day and count]
    if later:
        yield para("Coming", "heading")
    for n, (day, count) in enumerate(later):
        yield para(f"{'tomorrow' if day == 1 else f'in {day} days'}: {count}", tight=n > 0)
