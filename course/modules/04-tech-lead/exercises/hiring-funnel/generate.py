"""Writes data/applicants.csv: everyone who applied for the four posts, and how far they came."""

import csv
import random
from pathlib import Path

SEED = 2104
STEPS = ("screen", "onsite", "offer", "accepted")
REACHED = {
    "A": (156, 33, 15, 4, 3),
    "B": (84, 18, 4, 1, 1),
    "none": (22, 3, 2, 1, 0),
}
"""Group: applications, then how many reached each step."""
SOURCES = {"board": (8, 4), "referral": (1, 3), "agency": (2, 2)}
"""Source: its weight among those who were not screened, and among those who were."""


def people(rng):
    rows = []
    for group, counts in REACHED.items():
        for number in range(counts[0]):
            steps = {step: int(number < reached) for step, reached in zip(STEPS, counts[1:], strict=True)}
            weights = [weight[steps["screen"]] for weight in SOURCES.values()]
            rows.append({"source": rng.choices(list(SOURCES), weights)[0], "group": group, **steps})
    rng.shuffle(rows)
    return [{"applicant": f"P{n:03}", **row} for n, row in enumerate(rows, 1)]


def main():
    folder = Path(__file__).parent / "data"
    folder.mkdir(exist_ok=True)
    rows = people(random.Random(SEED))
    with open(folder / "applicants.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
