"""Write data/spans.csv: what the beacon of the booking page reported on a Monday, 08:00 to 08:30.

Run in this folder: python3 generate.py. The same numbers come out every time. Three kinds of rows are no
patient's load: reports sent twice, the uptime monitor's visits to the test clinic, and loads in a hidden tab.
"""

from __future__ import annotations

import csv
import math
import random
from pathlib import Path

LOADS = 480
STAGES = ("dns", "app", "sql", "html", "js_load", "js_run", "slots", "paint")

# Median in ms and spread (sigma of the logarithm) of each stage but sql, by device.
PHONE = {
    "dns": (180, 0.40),
    "app": (160, 0.20),
    "html": (360, 0.25),
    "js_load": (430, 0.45),
    "js_run": (700, 0.30),
    "slots": (240, 0.30),
    "paint": (190, 0.25),
}
DESKTOP = {
    "dns": (70, 0.35),
    "app": (160, 0.20),
    "html": (190, 0.25),
    "js_load": (220, 0.40),
    "js_run": (240, 0.25),
    "slots": (140, 0.30),
    "paint": (90, 0.25),
}
# The monitor's machine is near the server and has everything in its cache.
MONITOR = {
    "dns": (4, 0.2),
    "app": (95, 0.1),
    "html": (12, 0.2),
    "js_load": (3, 0.2),
    "js_run": (150, 0.1),
    "slots": (60, 0.2),
    "paint": (40, 0.1),
}
# In the first ten minutes everybody queues for the same table; then it drains.
SQL_RUSH = (640, 0.55)
SQL_LATER = (160, 0.35)
AGAIN = 0.11
"""Share of reports that the beacon sent a second time, on slow connections most of all."""
HIDDEN = 0.05
"""Share of loads during which the tab went into the background, where browsers hold scripts back."""
STUCK = 0.012
"""Share of loads in which a script hung for seconds while the patient looked on."""


def stages(rng: random.Random, medians: dict[str, tuple[float, float]], minute: int) -> dict[str, int]:
    every = {**medians, "sql": SQL_RUSH if minute < 10 else SQL_LATER}
    return {name: max(1, round(every[name][0] * math.exp(rng.gauss(0, every[name][1])))) for name in STAGES}


def one_load(rng: random.Random, number: int) -> list[dict[str, int | str]]:
    """One visit's report, and the same once more where it was sent again."""
    minute = int(30 * rng.random() ** 1.5)  # most patients come early
    phone = rng.random() < 0.68
    times = stages(rng, PHONE if phone else DESKTOP, minute)
    if rng.random() < STUCK:
        times["js_run"] += rng.randint(4_000, 11_000)
    hidden = 0
    if rng.random() < HIDDEN:
        hidden = rng.randint(3_000, 90_000)
        times[rng.choice(("js_run", "paint"))] += hidden
    row = {
        "load": f"L{number:04}",
        "minute": minute,
        "clinic": rng.randint(1, 120),
        "device": "phone" if phone else "desktop",
        "send": 1,
        "hidden": hidden,
        **times,
        "total": sum(times.values()),
    }
    slow = min(2.0, row["total"] / 2_300)
    return [row, {**row, "send": 2}] if rng.random() < AGAIN * slow else [row]


def monitor(rng: random.Random, number: int, minute: int) -> dict[str, int | str]:
    """A visit of the uptime monitor, which opens the test clinic's page twice a minute."""
    times = stages(rng, MONITOR, minute)
    return {
        "load": f"L{number:04}",
        "minute": minute,
        "clinic": 0,
        "device": "desktop",
        "send": 1,
        "hidden": 0,
        **times,
        "total": sum(times.values()),
    }


def loads(seed: int = 2031) -> list[dict[str, int | str]]:
    rng = random.Random(seed)
    rows = [row for number in range(LOADS) for row in one_load(rng, 1000 + number)]
    rows += [monitor(rng, 2000 + n, n // 2) for n in range(60)]
    return sorted(rows, key=lambda row: (row["minute"], rng.random()))


def main() -> None:
    table = loads()
    path = Path(__file__).with_name("data") / "spans.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main()
