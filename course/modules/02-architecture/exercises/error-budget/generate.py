"""Writes data/events.csv and data/incidents.csv: thirty days of the booking API in steps of five minutes."""

import csv
import random
from pathlib import Path

SEED = 302
DAYS = 30
STEP = 5  # minutes
DAY = 24 * 60

# start (day, hour, minute), length in minutes, share that fails: what someone should have looked at
INCIDENTS = [
    ("queue retry loop", (7, 8, 0), 50, 0.31),
    ("slow query after a release", (10, 9, 30), 390, 0.012),
    ("expired token of the calendar import", (15, 8, 0), 2880, 0.0035),
    ("payment provider down", (22, 13, 15), 75, 0.06),
]
# over before anyone could have acted
BLIPS = [((3, 10, 20), 5, 0.04), ((9, 14, 5), 5, 0.05), ((17, 8, 30), 5, 0.03), ((24, 11, 40), 5, 0.06)]
NORMAL = 0.0001


def minute(day, hour, past):
    return day * DAY + hour * 60 + past


def requests(rng, at):
    """Requests in five minutes: clinics are open 8 to 18 from Monday (day 0) to Friday."""
    day, hour = at // DAY, at % DAY / 60
    if day % 7 > 4 or not 7.5 <= hour < 18.5:
        return rng.randrange(45)
    mean = 1600
    if 8 <= hour < 8.5:
        mean = 6200 if day % 7 == 0 else 3300
    return max(0, round(rng.gauss(mean, mean**0.5)))


def failing(at):
    for _, start, length, share in INCIDENTS:
        if minute(*start) <= at < minute(*start) + length:
            return share
    for start, length, share in BLIPS:
        if minute(*start) <= at < minute(*start) + length:
            return share
    return NORMAL


def rows():
    rng = random.Random(SEED)
    for at in range(0, DAYS * DAY, STEP):
        total = requests(rng, at)
        share = failing(at)
        failed = sum(rng.random() < share for _ in range(total))
        if total and total < 45 and rng.random() < 0.004:
            failed = max(failed, 1)  # a single failure in a quiet night
        yield at, total, failed


def write(name, header, lines):
    folder = Path(__file__).parent / "data"
    folder.mkdir(exist_ok=True)
    with open(folder / name, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(lines)


def main():
    write("events.csv", ["minute", "total", "failed"], rows())
    write(
        "incidents.csv",
        ["start", "end", "what"],
        ((minute(*start), minute(*start) + length, what) for what, start, length, _ in INCIDENTS),
    )


if __name__ == "__main__":
    main()
