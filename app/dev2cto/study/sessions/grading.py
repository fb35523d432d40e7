"""Grade and save answers. All writes for one answer are one batch, on disk before the verdict is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from dev2cto.items.base import Draw, Grade, Item, Retry
from dev2cto.items.forms import Response, Write
from dev2cto.learning.review import AHEAD, CardState, rating, schedule
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions import predicting
from dev2cto.study.state.location import to_json


@dataclass(frozen=True, slots=True)
class SubmittedAnswer:
    """A submitted response, with confidence (0 not asked, 1 guess, 2 think so, 3 sure), hints used, and time in ms.

    `asked` is the Retry that the previous response got, if any: the same response given twice is graded as it is.
    `answer` is its id in the record if it is saved.
    """

    response: Response
    confidence: int = 0
    hints: int = 0
    ms: int = 0
    asked: Retry | None = None
    answer: str = ""


class QuestionSource(Protocol):
    """A session that asks questions: a quiz attempt or a review."""

    def question(self) -> Question | None:
        """The question to show; None if none is left."""

    def answer(self, question: Question, given: SubmittedAnswer) -> Feedback | Retry:
        """Grade and save the answer, unless it gets a Retry. Raises NotSaved."""

    def hint(self, question: Question, number: int) -> str:
        """Hint `number` (from 0) for the question (Markdown)."""

    def skip(self, question: Question) -> bool:
        """Move the question to the end; False if it is the last one."""

    def unskip(self, question: Question) -> None:
        """Ask a question that was put off next. Raises NotSaved."""


def grade_and_save(
    study: StudyContext,
    item: Item,
    draw: Draw,
    given: SubmittedAnswer,
    context: str,
    attempt: str = "",
    *,
    exam: bool = False,
    of: str = "",
    on_graded: Callable[[Grade, Mapping[str, Any]], None] | None = None,
) -> Feedback | Retry:
    """Grade the response and save answer, review, card and sums in one batch.

    `context` is quiz, check, review or final. In an exam nothing is scheduled and the verdict stays hidden. `of` is the
    module whose final form asks; its scores enter the sums only at its end. `on_graded` gets the grade and the answer's
    document with its id, and may add to the batch. Raises NotSaved; nothing is then recorded.
    """
    grade = item.grade(given.response, draw, given.asked)
    if isinstance(grade, Retry):
        return grade
    record, module = study.record, study.course.module_of(item.id)
    at = study.clock.now()
    document = {
        "at": at.isoformat(timespec="milliseconds"),
        "module": module.id if module else "",
        "item": item.id,
        "fingerprint": item.fingerprint,
        "kind": item.kind,
        "context": context,
        "attempt": attempt,
        "response": to_json(given.response),
        "draw": draw.document(),
        "confidence": given.confidence,
        "hints": given.hints,
        "score": grade.score,
        "max": 1,
        "scored": grade.scored,
        "ms": given.ms,
        **predicting.kept(item, given.response, draw),
        **({"seconds": seconds} if (seconds := allowed(item, draw)) else {}),
        **({"of": of} if of else {}),
    }
    with record.batch():
        id = record.table("answers").insert(document)
        if grade.scored and not of:
            study.progress.keep_score(item.objective, item.id, grade.score, document["at"])
            if not exam:
                keep_review(study, item.id, rating(grade.score, given.confidence or None, given.hints), at, given.ms)
        if on_graded is not None:
            on_graded(grade, {**document, "id": id})
    return feedback(item, draw, dataclasses.replace(given, answer=id), grade, hidden=exam)


def keep_review(study: StudyContext, item: str, rated: int, at: datetime, ms: int, id: str = "") -> None:
    """Schedule the item's card, unless that was done on this study day already; part of the caller's batch.

    The review is saved under `id` if given, replacing an earlier one with that id.
    """
    card = study.progress.card(item)
    state = CardState.read(item, card) if card else None
    today = study.today(at)
    if state is not None and state.last > today + AHEAD:
        from dev2cto.study.state.rebuild import card as card_so_far  # only after a clock was wrong

        state = card_so_far(study, item)
    if state is not None and state.last >= today:
        return
    stamp = at.isoformat(timespec="milliseconds")
    document = {"card": item, "rating": rated, "at": stamp, "ms": ms}
    study.record.table("reviews").put(id or study.record.new_id(), document)
    study.progress.keep_card(item, schedule(item, state, rated, today).document())


def feedback(item: Item, draw: Draw, given: SubmittedAnswer, grade: Grade, *, hidden: bool = False) -> Feedback:
    """The feedback for a front end to show; with `hidden`, it must show only that the answer was saved."""
    return Feedback(
        item=item.id,
        response=given.response,
        score=grade.score,
        verdict=grade.verdict,
        chosen=grade.chosen,
        right=grade.right,
        explain=item.reason(draw),
        confidence=given.confidence,
        scored=grade.scored,
        read=item.read or "",
        interval="" if hidden else predicting.interval_result(item, given.response, draw),
        examples=grade.examples,
        points=grade.points,
        answer=given.answer,
        overtime=overtime(given.ms, allowed(item, draw)),
        hidden=hidden,
        parts=() if hidden else grade.parts,
        counted="" if hidden else grade.counted,
        form=item.form(draw),
    )


def feedback_again(item: Item, draw: Draw, given: SubmittedAnswer) -> Feedback:
    """The feedback on a saved answer, graded for the last time, without a Retry."""
    return feedback(item, draw, given, item.final(given.response, draw))


def allowed(item: Item, draw: Draw) -> int:
    """The time limit for an answer in seconds; 0 if there is none."""
    form = item.form(draw)
    return form.seconds if isinstance(form, Write) else 0


def overtime(ms: int, seconds: int) -> str:
    """Message that an answer took longer than its time limit; empty if it did not or has no limit."""
    return f"You took {ms // 1000} s; the limit was {seconds} s." if seconds and ms > seconds * 1000 else ""
