"""Writes data/golden.csv: 60 phone calls to the receptionist that people have checked by hand.

Run it in this folder; the file is the same each time.
"""

import csv
import random
from pathlib import Path

KINDS = {"book": 24, "move": 14, "cancel": 9, "question": 8, "emergency": 5}
ERROR = {"book": 0.07, "move": 0.16, "cancel": 0.05, "question": 0.2, "emergency": 0.4}
"""How often the model's action is wrong, by what the caller wanted."""


def rows(rng: random.Random) -> list[dict[str, object]]:
    """One row a call; up to five are recordings of a call that is in the list already."""
    kinds = [kind for kind, count in KINDS.items() for _ in range(count)]
    rng.shuffle(kinds)
    found: list[dict[str, object]] = []
    for n, kind in enumerate(kinds, 1):
        right = rng.random() >= ERROR[kind]
        confidence = min(0.99, max(0.3, rng.gauss(0.88 if right else 0.68, 0.09)))
        found.append({
            "call": f"C{n:02}",
            "caller": f"p{rng.randint(100, 999)}",
            "wanted": kind,
            "confidence": f"{confidence:.2f}",
            "right": int(right),
        })
    for n in rng.sample(range(60), 5):
        twin = next(row for row in found if row["caller"] == found[n]["caller"])
        other = rng.choice([m for m in range(60) if m != n])
        found[other] = {**twin, "call": found[other]["call"]}
    return found


if __name__ == "__main__":
    made = rows(random.Random(3640))
    with (Path(__file__).parent / "data" / "golden.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, made[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)
    print(len(made), sum(int(str(row["right"])) for row in made))
