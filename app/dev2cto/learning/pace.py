"""When a step will be done if the learner goes on as in the last weeks."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil

DAYS = 28
"""Days that say what the pace is; fewer for those who began later, but at least a week."""
LEAST = 3600.0
"""Seconds of study in that time without which there is no pace."""


def finish_day(left: float, by_day: Mapping[date, float], today: date) -> date | None:
    """Return the day on which `left` minutes will have been studied; None where there is too little to go by."""
    since = today - timedelta(days=DAYS - 1)
    recent = {day: seconds for day, seconds in by_day.items() if since <= day <= today and seconds > 0}
    studied = sum(recent.values())
    if studied < LEAST:
        return None
    days = max(7, (today - min(recent)).days + 1)
    return today + timedelta(days=ceil(left * 60 * days / studied))
