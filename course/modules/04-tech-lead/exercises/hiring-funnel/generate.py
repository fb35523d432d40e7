"""Writes data/applicants.csv: everyone who applied for the four roles, and how far they got.

Some people applied twice, through two sources. Their second row is marked, and went no further.
"""

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


AGAIN = 13
"""People who applied a second time."""


def people(rng):
    rows = []
    for group, counts in REACHED.items():
        for number in range(counts[0]):
            steps = {step: int(number < reached) for step, reached in zip(STEPS, counts[1:], strict=True)}
            weights = [weight[steps["screen"]] for weight in SOURCES.values()]
            rows.append({"source": rng.choices(list(SOURCES), weights)[0], "group": group, **steps})
    rng.shuffle(rows)
    return [{"applicant": f"P{n:03}", **row, "note": "-"} for n, row in enumerate(rows, 1)]


def with_seconds(rng, rows):
    """The rows with the second applications among them, each some way below the first."""
    listed = list(rows)
    nowhere = dict.fromkeys(STEPS, 0)
    for row in rng.sample(rows[:200], AGAIN):
        source = rng.choice([name for name in SOURCES if name != row["source"]])
        second = {**row, **nowhere, "source": source, "note": f"again {row['applicant']}"}
        listed.insert(listed.index(row) + rng.randint(2, 40), second)
    for number, row in enumerate(listed, 1):
        if row["note"] != "-":
            row["applicant"] = f"R{number:03}"
    return listed


def main():
    folder = Path(__file__).parent / "data"
    folder.mkdir(exist_ok=True)
    rows = with_seconds(random.Random(SEED + 1), people(random.Random(SEED)))
    with open(folder / "applicants.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
