"""Writes one quarter of the Booking team's delivery: deploys.csv, incidents.csv, weeks.csv and items.csv in data/."""

import csv
import random
from pathlib import Path

SEED = 1821
WEEKS = 13
LIMIT_FROM = 7
"""The week in which the limit on work in progress began."""


def write(name, rows):
    folder = Path(__file__).parent / "data"
    folder.mkdir(exist_ok=True)
    with open(folder / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def deploys(rng):
    rows = []
    for week in range(1, WEEKS + 1):
        for _ in range(rng.randint(4, 7)):
            rows.append(
                {
                    "deploy": f"D{len(rows) + 1:03}",
                    "week": week,
                    "lead_hours": round(rng.lognormvariate(3.0 if week < LIMIT_FROM else 2.4, 0.7), 1),
                    "failed": 0,
                    "unplanned": 0,
                }
            )
    for number, row in enumerate(rng.sample(rows, 16)):
        row["failed" if number < 7 else "unplanned"] = 1
    return rows


def incidents(rng, failed):
    rows = [{"week": week, "cause": "deploy", "minutes": round(rng.lognormvariate(4.1, 1.1))} for week in failed]
    for cause, count in (("provider", 3), ("disk", 2)):
        weeks = sorted(rng.sample(range(1, WEEKS + 1), count))
        rows += [{"week": week, "cause": cause, "minutes": round(rng.lognormvariate(5.2, 0.5))} for week in weeks]
    rows.sort(key=lambda row: (row["week"], row["cause"]))
    return [{"incident": f"I{n:02}", **row} for n, row in enumerate(rows, 1)]


def weeks(rng):
    rows = []
    for week in range(1, WEEKS + 1):
        limited = week >= LIMIT_FROM
        rows.append(
            {
                "week": week,
                "in_progress": rng.randint(7, 9) if limited else rng.randint(14, 18),
                "finished": rng.choice([3, 4, 4, 5]) if limited else rng.choice([2, 3, 4, 5]),
            }
        )
    return rows


def items(rng, finished):
    rows = []
    for row in finished:
        scale = 2.1 if row["week"] >= LIMIT_FROM else 2.9
        for _ in range(row["finished"]):
            days = max(1, round(rng.lognormvariate(scale, 0.55)))
            rows.append({"item": f"B-{len(rows) + 301}", "week_done": row["week"], "cycle_days": days})
    return rows


def main():
    rng = random.Random(SEED)
    made = deploys(rng)
    write("deploys.csv", made)
    failed = [row["week"] for row in made if row["failed"]]
    write("incidents.csv", incidents(random.Random(SEED + 4), failed))
    flow = weeks(rng)
    write("weeks.csv", flow)
    write("items.csv", items(rng, flow))


if __name__ == "__main__":
    main()
