"""What is due after an incident, by when, and whose duty it is. Education, not legal advice."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone

DAY = timedelta(days=1)
HALF_HOUR = timedelta(minutes=30)


def local(moment, zone):
    """The same moment with the offset that holds then in a zone of (UTC start, minutes)."""
    minutes = zone[0][1]
    for start, ahead in zone:
        if start <= moment:
            minutes = ahead
    return moment.astimezone(timezone(timedelta(minutes=minutes)))


def moment(wall, zone):
    """The UTC moment of a wall-clock time: the earlier of two; ValueError where clocks skip it."""
    found = []
    for minutes in {ahead for _, ahead in zone}:
        guess = wall.replace(tzinfo=UTC) - timedelta(minutes=minutes)
        if local(guess, zone).replace(tzinfo=None) == wall:
            found.append(guess)
    if not found:
        raise ValueError(f"no clock there shows {wall}")
    return min(found)


def month_later(day):
    """The same day of the next month, or its last day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def filing_day(decided, closed):
    """The fourth business day, by the rule of Form 8-K."""
    day, left = decided, 4
    while left:
        day += DAY
        if day.weekday() < 5 and day not in closed:
            left -= 1
    return day


def starts(log):
    """When the clocks of GDPR, HIPAA and NIS2 start; None for those that have not."""

    def all_of(*kinds):
        return [entry["at"] for entry in log if entry["kind"] in kinds]

    gdpr = hipaa = None
    if all_of("confirmed"):
        confirmed = min(all_of("confirmed"))
        gdpr = max((at for at in all_of("alert") if at <= confirmed), default=confirmed)
        hipaa = min([gdpr, *all_of("sign")])
    significant = all_of("malice")
    for entry in log:
        if entry["kind"] == "down" and (entry["until"] is None or entry["until"] - entry["at"] > HALF_HOUR):
            significant.append(entry["at"] + HALF_HOUR)
    return {"gdpr": gdpr, "hipaa": hipaa, "nis2": min(significant, default=None)}


def end_of(day, zone):
    """The moment at which that day ends in the zone."""
    return moment(datetime.combine(day + DAY, time()), zone)


def end_of_60th(start, zone):
    """The end of the 60th day after the day of that moment."""
    return end_of(local(start, zone).date() + 60 * DAY, zone)


def duties(case):
    """(due, who, what) for everything that follows, sorted; due in UTC."""
    start, zone, found = starts(case["log"]), case["zone"], []

    def owe(due, who, what):
        found.append((due.astimezone(UTC), who, what))

    if start["gdpr"]:
        if case["own_risk"] == "risk":
            owe(start["gdpr"] + timedelta(hours=72), "Tessaly", "authority")
        for clinic in case["clinics"]:
            name, hours, told = clinic["name"], clinic["hours"], clinic["told"]
            if clinic["law"] == "gdpr":
                owe(start["gdpr"] + timedelta(hours=24 if hours is None else hours), name, "tell")
                if told:
                    owe(told + timedelta(hours=72), name, "authority")
                continue
            due = end_of_60th(start["hipaa"], zone)
            owe(due if hours is None else min(due, start["gdpr"] + timedelta(hours=hours)), name, "tell")
            discovered = start["hipaa"] if clinic["agent"] else told
            if discovered:
                owe(end_of_60th(discovered, clinic["zone"]), name, "people")
    if start["nis2"]:
        warned, notified = start["nis2"] + DAY, start["nis2"] + 3 * DAY
        owe(warned, "CSIRT", "early warning")
        owe(notified, "CSIRT", "notification")
        sent = local(case["notified"] or notified, zone).date()
        owe(end_of(month_later(sent), zone), "CSIRT", "final report")
    listed = case["listed"]
    if listed and listed["decided"]:
        day = filing_day(local(listed["decided"], listed["zone"]).date(), listed["closed"])
        owe(moment(datetime.combine(day, time(17, 30)), listed["zone"]), listed["name"], "8-K")
    return sorted(found)


def status(due, sent, now):
    """met, late, open or missed."""
    if sent is not None and sent <= now:
        return "met" if sent <= due else "late"
    return "open" if now <= due else "missed"
