"""The query for the intervals that the learner gave before a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dev2cto.learning.ranges import GivenRange, RangeTrack, track, typical
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.advice import WEEKS


class Ranges(NamedTuple):
    """How the learner's intervals did; `scores` are typical interval scores of the last weeks, None for one without."""

    track: RangeTrack
    scores: tuple[float | None, ...]


def ranges(study: StudyContext, given: Iterable[Mapping[str, Any]]) -> Ranges:
    """What the intervals among these answers show; the answers are oldest first."""
    monday = study.today() - timedelta(days=study.today().weekday())
    weeks: list[list[float]] = [[] for _ in range(WEEKS)]
    found = []
    for doc in given:
        if "range" not in doc or "interval" not in doc:
            continue
        low, high, *_ = (*map(float, doc["range"]), 0.0, 0.0)
        found.append(GivenRange(low, high, bool(doc.get("held")), float(doc["interval"])))
        day = study.today(datetime.fromisoformat(str(doc["at"])))
        ago = (monday - (day - timedelta(days=day.weekday()))).days // 7
        if 0 <= ago < WEEKS:
            weeks[WEEKS - 1 - ago].append(found[-1].score)
    return Ranges(track(found), tuple(map(typical, weeks)))
