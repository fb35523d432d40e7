"""Queries for what to do next and why, for reviews to come, and for how sure the learner was week by week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dev2cto.learning.mastery import SECURE
from dev2cto.learning.next_part import choose_next
from dev2cto.learning.review import CardState, next_days
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.step_models import ObjectiveLine

AHEAD = 7
"""Days for which reviews are counted."""
WEEKS = 12
"""Weeks of the histories, the present one included."""
SURE = 3
"""The confidence of an answer that the learner was sure of."""


class Advice(NamedTuple):
    """Something to do next, and the reason for it."""

    what: str
    why: str


def reviews_ahead(study: StudyContext) -> tuple[int, ...]:
    """The number of questions due today, those overdue included, and on each of the days after."""
    known = {item.id for module in study.course.modules for item in module.items}
    cards = (CardState.read(item, doc) for item, doc in study.progress.cards().items() if item in known)
    return next_days([*cards], study.today(), AHEAD)


def sure_by_week(study: StudyContext, given: Iterable[Mapping[str, Any]]) -> tuple[float | None, ...]:
    """The share of right answers among those the learner was sure of, for the last weeks; None for one without."""
    monday = study.today() - timedelta(days=study.today().weekday())
    weeks: list[list[float]] = [[] for _ in range(WEEKS)]
    for doc in given:
        day = study.today(datetime.fromisoformat(str(doc["at"])))
        ago = (monday - (day - timedelta(days=day.weekday()))).days // 7
        if int(doc.get("confidence", 0)) == SURE and 0 <= ago < WEEKS:
            weeks[WEEKS - 1 - ago].append(float(doc["score"]))
    return tuple(sum(scores) / len(scores) if scores else None for scores in weeks)


def advice(study: StudyContext, objectives: Sequence[tuple[str, ObjectiveLine]], due: int) -> tuple[Advice, ...]:
    """What to do next, the most pressing first; empty if everything is done and nothing due.

    `objectives` are those of the course, each with the name of its step; `due` is the number of reviews left today.
    """
    found = []
    if due:
        what = "Review 1 question" if due == 1 else f"Review {due} questions"
        found.append(Advice(what, "due today, which is the best day to answer them"))
    weak = [
        (line.mastery.mean, line.text, name)
        for name, line in objectives
        if line.mastery.mean is not None and line.mastery.mean < SECURE
    ]
    if weak:
        mean, text, name = min(weak)
        why = f"{mean * 100:.0f} % right, the least of all you were asked about"
        found.append(Advice(f"{name}: {text.rstrip('.')}", why))
    following = choose_next(study.course, study.progress.completed_work(), _here(study))
    if following is not None:
        name = study.module(following.module).name
        found.append(Advice(f"{name} / {following.title}", f"the next part, {following.minutes} min"))
    return tuple(found)


def _here(study: StudyContext) -> str:
    found = study.last_place()
    return found[0].ids[0] if found is not None and found[0].ids else ""
