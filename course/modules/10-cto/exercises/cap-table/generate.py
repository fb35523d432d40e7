"""Writes the two files in data/: the register of option grants as Helen inherited it, and the classes of shares.

Run it in this folder; the files are the same each time. The register is wrong in the ways that registers are: a grant
entered twice, and leavers who still have all that they were granted. Corrected, it comes to 1,200,000.
"""

import csv
import random
from pathlib import Path

DATA = Path(__file__).parent / "data"
PLAN = 1_400_000
"""Options that the plan allows: granted or not, exercised or not."""
RIGHT = 1_200_000
"""What is granted once the register is right."""
LEAVERS = [(12, 48_000, 18_000, 30), (18, 24_000, 0, 27), (26, 38_400, 0, 46), (32, 19_200, 0, 49)]
"""Month of the grant, options, of these exercised, month of leaving."""
KEPT = 18_000 + 6_800
"""What leavers still hold: shares of the first, options of the last, who left a month ago."""
TWICE = (38, 28_800)
YOURS = (20, 100_000)


def grants(rng: random.Random) -> list[dict[str, object]]:
    """Everyone's grants in the order of their months."""
    rows = [list(YOURS), list(TWICE)]
    left = RIGHT - KEPT - YOURS[1] - TWICE[1]
    for month, options in ((2, 192_000), (2, 96_000), (8, 144_000), (8, 72_000), (8, 48_000), (20, 62_400),
                           (26, 86_400), (26, 57_600), (32, 85_600), (32, 20_000), (38, 43_200), (42, 36_000),
                           (42, 24_000), (48, 19_200)):  # fmt: skip
        rows.append([month, options])
        left -= options
    rows.append([48, left])
    found = [{"month": month, "options": options, "exercised": 0, "left": "-"} for month, options in rows]
    found += [{"month": m, "options": n, "exercised": e, "left": gone} for m, n, e, gone in LEAVERS]
    rng.shuffle(found)
    found.sort(key=lambda row: int(row["month"]))
    made: list[dict[str, object]] = [{"grant": f"G-{n:02}", **row} for n, row in enumerate(found, 1)]
    again = next(row for row in made if (row["month"], row["options"]) == TWICE)
    return [*made, again]


def write(name: str, rows: list[dict[str, object]]) -> None:
    """Write rows as a CSV file."""
    with (DATA / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    register = grants(random.Random(5010))
    total = sum(int(str(row["options"])) for row in register)
    write("grants.csv", register)
    write("classes.csv", [
        {"class": "founders", "shares": 4_800_000, "note": "common"},
        {"class": "employees", "shares": total, "note": "granted, from the register"},
        {"class": "pool", "shares": PLAN - total, "note": "not granted"},
        {"class": "SAFE", "shares": 592_000, "note": "converted, now seed shares"},
        {"class": "seed", "shares": 1_400_000, "note": "preferred, $2.0M in all"},
        {"class": "A", "shares": 2_400_000, "note": "preferred, $8.0M"},
    ])
