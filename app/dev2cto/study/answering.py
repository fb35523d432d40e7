"""Judging an answer and keeping it: all that belongs to one answer is one batch, on disk before the verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dev2cto.items.base import Again, Draw, Grade, Item
from dev2cto.items.forms import Response
from dev2cto.learning.review import CardState, rating, schedule
from dev2cto.study import predicting
from dev2cto.study.place import to_json
from dev2cto.study.views import Feedback

if TYPE_CHECKING:
    from dev2cto.study.core import Study


@dataclass(frozen=True, slots=True)
class Given:
    """What the learner gave: the response, the confidence (0 not asked, 1 guess, 2 think so, 3 sure), hints, time.

    `asked` is what the response before brought, if that was Again: the same response given twice is judged as it is.
    """

    response: Response
    confidence: int = 0
    hints: int = 0
    ms: int = 0
    asked: Again | None = None


def answer(
    study: Study,
    item: Item,
    draw: Draw,
    given: Given,
    context: str,
    attempt: str = "",
    *,
    card: bool = True,
    along: Callable[[Grade, Mapping[str, Any]], None] | None = None,
) -> Grade | Again:
    """Judge the response and keep answer, review, card and sums in one batch.

    `context` is quiz, check or review; `along`, given the grade and the answer's document, may add more to the same
    batch. Raises NotSaved where it did not reach the disk: then nothing was answered.
    """
    grade = item.grade(given.response, draw, given.asked)
    if isinstance(grade, Again):
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
    }
    with record.batch():
        record.add("answers", document)
        if grade.scored:
            keep_score(study, item.objective, item.id, grade.score, at)
            if card:
                keep_review(study, item.id, rating(grade.score, given.confidence or None, given.hints), at, given.ms)
        if along is not None:
            along(grade, document)
    return grade


def keep_score(study: Study, objective: str, item: str, score: float, at: datetime) -> None:
    """The latest score of an item in its objective's sum; part of the caller's batch."""
    id = f"objective:{objective}"
    doc: Mapping[str, Any] = study.known.find("sums", id) or {}
    scores = dict(doc.get("scores", {}))
    scores[item] = [score, at.isoformat(timespec="milliseconds")]
    study.record.put("sums", id, {"scores": scores})


def keep_review(study: Study, item: str, rated: int, at: datetime, ms: int) -> None:
    """Schedule the item's card, unless it was scheduled on this study day already; part of the caller's batch."""
    document = study.known.find("cards", item)
    state = CardState.read(item, document) if document else None
    today = study.today(at)
    if state is not None and state.last >= today:
        return
    stamp = at.isoformat(timespec="milliseconds")
    study.record.add("reviews", {"card": item, "rating": rated, "at": stamp, "ms": ms})
    study.record.put("cards", item, schedule(item, state, rated, today).document())


def feedback(item: Item, draw: Draw, given: Given, grade: Grade, *, hidden: bool = False) -> Feedback:
    """The judgement as a face shows it; with `hidden`, only that it was kept."""
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
        checklist=tuple(getattr(item, "checklist", ())),
        model=str(getattr(item, "model", "")),
        interval="" if hidden else predicting.in_words(item, given.response, draw),
        hidden=hidden,
    )
