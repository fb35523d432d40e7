"""Writes data/forecasts.csv: 60 estimates of three people with their 90 % ranges, in weeks, and what it took.

Run it in this folder; the file is the same each time.
"""

import csv
import math
import random
from pathlib import Path

PEOPLE = {"Tomas": (0.62, 0.05), "Lena": (1.0, 0.0), "Ruben": (0.45, -0.30)}
"""How wide each one's ranges are against honest ones, and how far (in log weeks) the middle is off."""
SPREAD = 0.45
"""Standard deviation of what happens, in log weeks."""


def rows(rng: random.Random) -> list[dict[str, object]]:
    """Twenty estimates each, in the order of the quarters in which the work was finished."""
    found: list[dict[str, object]] = []
    for n in range(60):
        name = list(PEOPLE)[n % 3]
        width, bias = PEOPLE[name]
        middle = rng.choice((1.5, 2, 3, 4, 6, 8))
        reach = math.exp(1.645 * SPREAD * width)
        guess = middle * math.exp(bias)
        found.append({
            "item": f"W{n + 1:02}",
            "who": name,
            "low": round(guess / reach, 1),
            "high": round(guess * reach, 1),
            "weeks": round(middle * math.exp(rng.gauss(0, SPREAD)), 1),
        })
    return found


if __name__ == "__main__":
    made = rows(random.Random(3621))
    with (Path(__file__).parent / "data" / "forecasts.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, made[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)
