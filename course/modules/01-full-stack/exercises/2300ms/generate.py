"""Write data/spans.csv: 500 loads of the booking page on a Monday, 08:00 to 08:30.

Run in this folder: python3 generate.py. The same numbers come out every time.
"""

from __future__ import annotations

import csv
import math
import random
from pathlib import Path

LOADS = 500
STAGES = ("dns", "app", "sql", "html", "js_load", "js_run", "slots", "paint")

# Median in ms and spread (sigma of the logarithm) of each stage but sql, by device.
PHONE = {
    "dns": (130, 0.35),
    "app": (165, 0.20),
    "html": (280, 0.25),
    "js_load": (470, 0.45),
    "js_run": (800, 0.30),
    "slots": (190, 0.30),
    "paint": (150, 0.25),
}
DESKTOP = {
    "dns": (70, 0.35),
    "app": (165, 0.20),
    "html": (190, 0.25),
    "js_load": (230, 0.40),
    "js_run": (270, 0.25),
    "slots": (140, 0.30),
    "paint": (90, 0.25),
}
# In the first ten minutes everybody queues for the same table; then it drains.
SQL_RUSH = (620, 0.55)
SQL_LATER = (170, 0.35)


def one_load(rng: random.Random) -> dict[str, int | str]:
    minute = int(30 * rng.random() ** 1.45)  # most patients come early
    phone = rng.random() < 0.66
    stages = {**(PHONE if phone else DESKTOP), "sql": SQL_RUSH if minute < 10 else SQL_LATER}
    times = {}
    for stage in STAGES:
        median, sigma = stages[stage]
        times[stage] = max(1, round(median * math.exp(rng.gauss(0, sigma))))
    device = "phone" if phone else "desktop"
    return {"minute": minute, "device": device, **times, "total": sum(times.values())}


def loads(seed: int = 1130) -> list[dict[str, int | str]]:
    rng = random.Random(seed)
    return sorted((one_load(rng) for _ in range(LOADS)), key=lambda row: row["minute"])


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
