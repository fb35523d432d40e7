"""Queries for what stands beside home on wide terminals: this week by day, what comes next, the pace."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from dev2cto.learning.completion import minutes_done
from dev2cto.learning.next_part import NextPart, parts_left
from dev2cto.learning.pace import finish_day
from dev2cto.study.context import StudyContext

NEXT = 3
"""Parts that are listed."""


class Outlook(NamedTuple):
    """This week's study seconds, Monday to Sunday; the next parts; the step they belong to and when it is done."""

    week: tuple[float, ...]
    today: int
    """The number of today in `week`."""
    following: tuple[NextPart, ...]
    step: str
    done_on: date | None


def outlook(study: StudyContext, onward: str = "") -> Outlook:
    """Return the snapshot; the step is the one that the learner was in last, or the first with parts left.

    The part with the id `onward`, where the learner continues, is not among the next ones.
    """
    by_day: dict[date, float] = defaultdict(float)
    for spent in study.study_time():
        by_day[spent.day] += spent.seconds
    today, done = study.today(), study.progress.completed_work()
    monday = today - timedelta(days=today.weekday())
    week = tuple(by_day.get(monday + timedelta(days=n), 0.0) for n in range(7))
    found = study.last_place()
    place = found[0] if found else None
    here = study.course.module_of(place.ids[0]) if place and place.ids else None
    modules = [*([here] if here is not None else []), *study.course.modules]
    open_ones = [(module, left) for module in modules if (left := parts_left(module, done))]
    if not open_ones:
        return Outlook(week, today.weekday(), (), "", None)
    module, left = open_ones[0]
    following = [part for part in left if part.id != onward][:NEXT]
    until = finish_day(max(0, module.minutes - minutes_done(module, done)), by_day, today)
    return Outlook(week, today.weekday(), tuple(following), module.name, until)
