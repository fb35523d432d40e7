"""Writes data/talk.json: the sections of a talk and the seconds they took in eight rehearsals.

Run it in this folder; the file is the same each time.
"""

import json
import random
from pathlib import Path

SECTIONS = [
    ("opening", 80, 9, [], True, None),
    ("monday", 175, 9, [], True, None),
    ("who-we-are", 65, 1, [], False, None),
    ("wrong-theory", 205, 6, ["monday"], False, None),
    ("graph", 140, 7, ["monday"], False, None),
    ("three-times-three", 180, 9, ["graph"], False, None),
    ("demo", 215, 5, ["three-times-three"], False, {"p": 0.22, "seconds": 150}),
    ("fix", 190, 8, ["three-times-three"], False, None),
    ("other-patterns", 95, 3, ["fix"], False, None),
    ("still-wrong", 90, 6, ["fix"], False, None),
    ("takeaway", 105, 9, [], True, None),
]


def talk(rng: random.Random) -> dict[str, object]:
    """Every day has a pace of its own that all sections share; each section varies a little besides."""
    paces = [1 + rng.gauss(0, 0.075) for _ in range(8)]
    return {
        "slot": 1500,
        "sections": [
            {
                "id": name,
                "value": value,
                "needs": needs,
                "must": must,
                "seconds": [round(mean * pace * rng.gauss(1, 0.04)) for pace in paces],
                **({"slip": slip} if slip else {}),
            }
            for name, mean, value, needs, must, slip in SECTIONS
        ],
    }


def written(made: dict[str, object]) -> str:
    """One section a line."""
    rows = ",\n    ".join(json.dumps(section) for section in made["sections"])
    return f'{{\n  "slot": {made["slot"]},\n  "sections": [\n    {rows}\n  ]\n}}\n'


if __name__ == "__main__":
    made = talk(random.Random(2707))
    (Path(__file__).parent / "data" / "talk.json").write_text(written(made), encoding="utf-8")
