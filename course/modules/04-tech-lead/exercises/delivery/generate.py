"""Writes one quarter of the Booking team's delivery: deploys.csv, incidents.csv, weeks.csv and items.csv in data/.

The export has two faults on purpose: rehearsals on staging are listed among the deployments, and one incident was
opened by two people.
"""

import csv
import random
from pathlib import Path

SEED = 1821
WEEKS = 13
LIMIT_FROM = 7
"""The week in which the limit on work in progress began."""
OPEN_AT_START = 28
"""Requests that were waiting or in progress when the quarter began."""
ARRIVALS = [4, 5, 4, 6, 4, 5, 5, 4, 6, 5, 4, 6, 4]
EARLIER_RATE = 3.2
"""Requests a week before the quarter; the rate had risen by the time it began."""
REHEARSALS = (9, 31, 52, 60, 71)
"""Behind which deployments a rehearsal on staging is listed."""


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
                    "target": "production",
                    "lead_hours": round(rng.lognormvariate(3.0 if week < LIMIT_FROM else 2.4, 0.7), 1),
                    "failed": 0,
                    "unplanned": 0,
                }
            )
    for number, row in enumerate(rng.sample(rows, 16)):
        row["failed" if number < 7 else "unplanned"] = 1
    return rows


def with_rehearsals(rng, rows):
    """The rows with rehearsals of a rollback among them; each is marked as failed, because it was meant to be."""
    listed = []
    for number, row in enumerate(rows, 1):
        listed.append(row)
        if number in REHEARSALS:
            hours = round(rng.uniform(0.2, 0.9), 1)
            listed.append({**row, "target": "staging", "lead_hours": hours, "failed": 1, "unplanned": 0})
    return [{**row, "deploy": f"D{n:03}"} for n, row in enumerate(listed, 1)]


def incidents(rng, failed):
    rows = [{"week": week, "cause": "deploy", "minutes": round(rng.lognormvariate(4.1, 1.1))} for week in failed]
    for cause, count in (("provider", 3), ("disk", 2)):
        weeks = sorted(rng.sample(range(1, WEEKS + 1), count))
        rows += [{"week": week, "cause": cause, "minutes": round(rng.lognormvariate(5.2, 0.5))} for week in weeks]
    rows.sort(key=lambda row: (row["week"], row["cause"]))
    worst = max((row for row in rows if row["cause"] == "deploy"), key=lambda row: row["minutes"])
    at = rows.index(worst)
    rows.insert(at + 1, {**worst, "minutes": worst["minutes"] - 4})
    listed = [{"incident": f"I{n:02}", **row, "same_as": "-"} for n, row in enumerate(rows, 1)]
    listed[at + 1]["same_as"] = listed[at]["incident"]
    return listed


def weeks(rng):
    rows = []
    left = OPEN_AT_START
    for week in range(1, WEEKS + 1):
        limited = week >= LIMIT_FROM
        in_progress = rng.randint(7, 9) if limited else rng.randint(14, 18)
        finished = rng.choice([3, 4, 4, 5]) if limited else rng.choice([2, 3, 4, 5])
        arrived = ARRIVALS[week - 1]
        left += arrived - finished
        rows.append(
            {
                "week": week,
                "arrived": arrived,
                "waiting": left - in_progress,
                "in_progress": in_progress,
                "finished": finished,
            }
        )
    return rows


def requested(rng):
    """The working day on which each request arrived, oldest first; day 0 begins week 1."""
    gap = 5 / EARLIER_RATE
    days = [-gap * (OPEN_AT_START - n) for n in range(OPEN_AT_START)]
    for week, count in enumerate(ARRIVALS):
        days += sorted(5 * week + rng.uniform(0, 5) for _ in range(count))
    return days


def items(rng, finished, arrivals):
    """Finished items. The oldest request is started first, give or take; `cycle_days` runs from the last start."""
    rows = []
    for row in finished:
        scale = 2.1 if row["week"] >= LIMIT_FROM else 2.9
        for _ in range(row["finished"]):
            days = max(1, round(rng.lognormvariate(scale, 0.55)))
            rows.append({"item": f"B-{len(rows) + 301}", "week_done": row["week"], "cycle_days": days})
    chance = random.Random(SEED + 9)
    done = [5 * (row["week_done"] - 1) + chance.uniform(1, 5) for row in rows]
    turn = sorted(range(len(rows)), key=lambda n: done[n] - rows[n]["cycle_days"] / 2 + chance.gauss(0, 8))
    for place, n in enumerate(turn):
        rows[n]["asked_days"] = max(rows[n]["cycle_days"] + 1, round(done[n] - arrivals[place]))
    return rows


def main():
    rng = random.Random(SEED)
    made = deploys(rng)
    write("deploys.csv", with_rehearsals(random.Random(SEED + 6), made))
    failed = [row["week"] for row in made if row["failed"]]
    write("incidents.csv", incidents(random.Random(SEED + 4), failed))
    flow = weeks(rng)
    write("weeks.csv", flow)
    write("items.csv", items(rng, flow, requested(random.Random(SEED + 8))))


if __name__ == "__main__":
    main()
