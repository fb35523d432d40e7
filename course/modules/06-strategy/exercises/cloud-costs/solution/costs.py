"""The cloud bill, by team and by clinic, and the days that need a question."""

from datetime import date
from statistics import median


def coverage(rows):
    """The share of the cost, 0 to 1, that carries a team."""
    return sum(row["cents"] for row in rows if row["team"]) / sum(row["cents"] for row in rows)


def allocate(rows, shared):
    """Cents by team: its own, and a part of what is shared or untagged in proportion to its own."""
    own, common = {}, 0
    for row in rows:
        if not row["team"] or row["team"] in shared:
            common += row["cents"]
        else:
            own[row["team"]] = own.get(row["team"], 0) + row["cents"]
    total = sum(own.values())
    if not total:
        raise ValueError("no team has a cost of its own to share by")
    found = {team: cents + common * cents // total for team, cents in own.items()}
    rests = sorted(own, key=lambda team: (-(common * own[team] % total), team))
    for team in rests[: total + common - sum(found.values())]:
        found[team] += 1
    return found


def explain(before, after):
    """How much of a change in cost comes from the number of clinics, and how much from the cost of each.

    Both arguments are (cents, clinics); the parts add up to the change.
    """
    volume = (after[1] - before[1]) * before[0] / before[1]
    return {"clinics": volume, "unit cost": after[0] - before[0] - volume}


def anomalies(daily, limit=3.5):
    """Days (ISO) whose cost is far from the median of their kind, weekday or weekend, by the modified z-score."""
    found = []
    for weekend in (False, True):
        kind = {day: cents for day, cents in daily.items() if (date.fromisoformat(day).weekday() >= 5) == weekend}
        if not kind:
            continue
        middle = median(kind.values())
        spread = median(abs(cents - middle) for cents in kind.values())
        for day, cents in kind.items():
            far = abs(cents - middle)
            if far > 0 if spread == 0 else 0.6745 * far / spread > limit:
                found.append(day)
    return sorted(found)
