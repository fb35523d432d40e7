"""Writes the two files in data/: sales of Tessaly with what a common share brings, and 400 runs of Ferrow's future.

Run it in this folder; the files are the same each time. Amounts of Ferrow are in thousands of dollars. A twentieth of
the runs were saved twice, and `koen` is what he reckons with: 30 % of the sale, before investors and later rounds.
"""

import csv
import random
from pathlib import Path

DATA = Path(__file__).parent / "data"
SALES = [(30, 0.0), (60, 40 / 11.2), (100, 100 / 14), (150, 150 / 14), (250, 250 / 14)]
"""Millions of dollars, and what a common share brings after Series B."""
NEVER = 99
"""The month of the first salary where there is none."""


def run(rng: random.Random, n: int) -> dict[str, object]:
    """One future: when salaries begin, how it ends within five years, and what your shares bring."""
    fit = rng.gauss(0, 1)
    paid = round(4 + rng.expovariate(1 / 7)) if fit + rng.gauss(0, 0.8) > -0.9 else NEVER
    sold = fit + rng.gauss(0, 0.9) > 1.3
    running = not sold and fit + rng.gauss(0, 0.9) > 0.8
    row: dict[str, object] = {"run": n, "salary": paid, "end": "closed", "koen": 0, "yours": 0, "note": "-"}
    if sold:
        sale = 2500 * 2.6 ** (fit + rng.gauss(0, 0.8))
        rounds = 1 if sale < 6000 else 2
        first = (400, 3400)[rounds - 1]
        part = (0.27, 0.189)[rounds - 1]
        row |= {"end": "sold", "koen": round(0.3 * sale), "yours": round(max(0.0, min(sale - first, sale)) * part)}
        if rng.random() < 0.15:
            row["yours"] = 0
    elif running:
        row["end"] = "running"
    return row


def write(name: str, rows: list[dict[str, object]]) -> None:
    """Write rows as a CSV file."""
    with (DATA / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    rng = random.Random(5012)
    runs = [run(rng, n) for n in range(1, 401)]
    for row in rng.sample(runs, 20):
        runs.insert(runs.index(row) + 1, dict(row, note="saved twice"))
    write("ferrow.csv", runs)
    write("sales.csv", [{"millions": sale, "share": f"{price:.4f}"} for sale, price in SALES])
