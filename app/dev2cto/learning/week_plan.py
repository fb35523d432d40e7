"""The parts that are left, spread over the weeks up to a date: always from today, whatever was planned before."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dev2cto.learning.next_part import NextPart

FARTHEST = 2 * 366
"""Days for which a plan is made."""


class PlannedWeek(NamedTuple):
    """A week from its first day on, with the parts to finish in it and their minutes."""

    begins: date
    parts: tuple[NextPart, ...]

    @property
    def minutes(self) -> int:
        """The minutes of its parts together."""
        return sum(part.minutes for part in self.parts)


def spread(parts: Sequence[NextPart], today: date, until: date) -> tuple[PlannedWeek, ...]:
    """Return the weeks from today to `until`, both included, with the parts in their order.

    Each week gets the share of the minutes that its days have of all days; a part belongs to the week in which its
    middle lies. Weeks begin on Mondays, the first one today. Empty if `until` has passed.
    """
    days = min(FARTHEST, (until - today).days + 1)
    if days <= 0:
        return ()
    begins, ends = [today], list[int]()
    for day in range(1, days):
        if (today + timedelta(days=day)).weekday() == 0:
            begins.append(today + timedelta(days=day))
            ends.append(day)
    ends.append(days)
    total = sum(part.minutes for part in parts)
    weeks: list[list[NextPart]] = [[] for _ in begins]
    before, week = 0.0, 0
    for part in parts:
        while week < len(ends) - 1 and before + part.minutes / 2 > total * ends[week] / days:
            week += 1
        weeks[week].append(part)
        before += part.minutes
    return tuple(PlannedWeek(begin, tuple(found)) for begin, found in zip(begins, weeks, strict=True))


def minutes_a_week(minutes: int, today: date, until: date) -> float:
    """Return what has to be studied in seven days, on average, to be through on that date."""
    return minutes * 7 / max(1, (until - today).days + 1)


def date_for(minutes: int, goal: int, today: date) -> date | None:
    """Return the day on which so many minutes are studied at `goal` minutes a week; None without a goal or too far."""
    if goal <= 0:
        return None
    days = -(-minutes * 7 // goal)
    return today + timedelta(days=max(0, days - 1)) if days <= 10 * FARTHEST else None
