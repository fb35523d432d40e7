"""Writes data/runs.csv: 600 runs of the model of both bets, in thousands of dollars over three years.

Run it in this folder; the file is the same each time.
"""

import csv
import random
from pathlib import Path


def rows(rng: random.Random) -> list[dict[str, object]]:
    """One row a run. Both bets share the appetite of clinics for anything new; some runs did not converge."""
    found: list[dict[str, object]] = []
    for n in range(1, 601):
        appetite = rng.gauss(0, 1)
        us = -430 + 520 * appetite + rng.gauss(0, 560) + (900 if rng.random() < 0.22 else 0)
        ai = 60 + 310 * appetite + rng.gauss(0, 300)
        status = "failed" if rng.random() < 0.05 else "ok"
        found.append({
            "run": n,
            "status": status,
            "us": -9999 if status == "failed" else round(us),
            "ai": -9999 if status == "failed" else round(ai),
        })
    return found


if __name__ == "__main__":
    made = rows(random.Random(3612))
    with (Path(__file__).parent / "data" / "runs.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, made[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)
