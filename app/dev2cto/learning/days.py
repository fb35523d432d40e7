"""Study days: they begin at 04:00 where the learner is, so that an evening past midnight is one evening."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo

DAY_START = 4
"""Hour at which a study day begins."""
GAP_SECONDS = 120.0
"""A pause longer than this is no study time."""


def study_day(at: datetime, zone: tzinfo | None, start: int = DAY_START) -> date:
    """The study day of an aware moment in that zone (None: the machine's own)."""
    return (at.astimezone(zone) - timedelta(hours=start)).date()


def studied(previous: float | None, now: float) -> float:
    """Seconds of study between two signs of life (monotonic seconds); a gap over two minutes counts as none."""
    if previous is None or not 0 <= now - previous <= GAP_SECONDS:
        return 0.0
    return now - previous


def week_seconds(by_day: Mapping[date, float], today: date) -> float:
    """Seconds studied since the Monday of this week."""
    monday = today - timedelta(days=today.weekday())
    return sum(seconds for day, seconds in by_day.items() if monday <= day <= today)
