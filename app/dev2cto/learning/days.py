"""Study days begin at 04:00 local time, so that an evening that ends after midnight counts as one day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo

DAY_START = 4
"""Hour at which a study day begins."""
GAP_SECONDS = 120.0
"""Longer gaps between two activities do not count as study time."""


def study_day(at: datetime, zone: tzinfo | None, start: int = DAY_START) -> date:
    """Return the study day of an aware datetime in that zone (None: the machine's zone)."""
    return (at.astimezone(zone) - timedelta(hours=start)).date()


def studied(previous: float | None, now: float) -> float:
    """Return the study time in seconds between two activities (monotonic seconds); 0 after a gap over 2 minutes."""
    if previous is None or not 0 <= now - previous <= GAP_SECONDS:
        return 0.0
    return now - previous


def week_seconds(by_day: Mapping[date, float], today: date) -> float:
    """Return the seconds studied from this week's Monday to today."""
    monday = today - timedelta(days=today.weekday())
    return sum(seconds for day, seconds in by_day.items() if monday <= day <= today)
