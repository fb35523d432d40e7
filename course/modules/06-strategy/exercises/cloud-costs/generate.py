"""Writes data/cloud_costs.csv: sixty days of the cloud bill by service and team, in cents.

Run it in this folder; the file is the same each time.
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

FIRST = date(2025, 7, 1)
DAYS = 62
DAILY = {
    ("compute", "booking"): 22_700,
    ("compute", "payments"): 15_000,
    ("compute", "messaging"): 10_300,
    ("compute", "platform"): 9_400,
    ("database", "booking"): 14_100,
    ("database", "payments"): 8_800,
    ("database", ""): 4_300,
    ("storage", "booking"): 3_400,
    ("storage", ""): 2_700,
    ("logs", "platform"): 5_500,
    ("network", ""): 5_900,
}
"""What a weekday costs by service and team; no team is no tag."""
WEEKEND = {"compute": 0.55, "database": 0.92, "storage": 1.0, "logs": 0.6, "network": 0.5}
GROWTH = 0.0016
"""How much more each day, as the number of clinics grows."""
VERBOSE = date(2025, 8, 12), date(2025, 8, 15), 3.1
"""Debug logging was left on: first day, last day, factor."""
SUNDAY = date(2025, 7, 20), 1.75
"""A load test ran on a Sunday: the compute of booking, against other Sundays."""


def rows(rng: random.Random) -> list[dict[str, object]]:
    """One row for each day, service and team."""
    found: list[dict[str, object]] = []
    for n in range(DAYS):
        day = FIRST + timedelta(days=n)
        for (service, team), base in DAILY.items():
            cents = base * (1 + GROWTH) ** n * rng.uniform(0.97, 1.03)
            if day.weekday() >= 5:
                cents *= WEEKEND[service]
            if service == "logs" and VERBOSE[0] <= day <= VERBOSE[1]:
                cents *= VERBOSE[2]
            if (service, team) == ("compute", "booking") and day == SUNDAY[0]:
                cents *= SUNDAY[1]
            found.append({"day": day.isoformat(), "service": service, "team": team, "cents": round(cents)})
    return found


if __name__ == "__main__":
    made = rows(random.Random(3107))
    with (Path(__file__).parent / "data" / "cloud_costs.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, made[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)
    for month in ("2025-07", "2025-08"):
        print(month, sum(int(str(row["cents"])) for row in made if str(row["day"]).startswith(month)) / 100)
