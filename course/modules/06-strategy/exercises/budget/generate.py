"""Writes the three files in data/: people planned for the year, what was booked in the first quarter, clinics.

Run it in this folder; the files are the same each time.
"""

import csv
import random
from pathlib import Path

DATA = Path(__file__).parent / "data"
RATE = {"junior": 6100, "mid": 7400, "senior": 9000}
"""Loaded cost of a month on the payroll."""
BURN = 24.8
"""Cloud cost of a clinic in a month."""


def people(rng: random.Random) -> list[dict[str, object]]:
    """24 who are there, 9 to be hired, two of the former leaving."""
    levels = ["junior"] * 5 + ["mid"] * 11 + ["senior"] * 8
    rng.shuffle(levels)
    rows: list[dict[str, object]] = [
        {"who": f"E{n:02}", "level": level, "start": 1, "end": 12} for n, level in enumerate(levels, 1)
    ]
    for n, month in ((6, 4), (17, 8)):
        rows[n]["end"] = month
    starts = [3, 3, 4, 5, 5, 6, 7, 8, 9]
    hires = ["mid", "junior", "senior", "mid", "junior", "mid", "senior", "mid", "mid"]
    rows += [
        {"who": f"H{n:02}", "level": level, "start": start, "end": 12}
        for n, (level, start) in enumerate(zip(hires, starts, strict=True), 1)
    ]
    return rows


def clinics(rng: random.Random) -> list[dict[str, object]]:
    """Clinics at the end of each month: the plan, and what came for the first quarter."""
    rows: list[dict[str, object]] = []
    plan = actual = 1250
    for month in range(1, 13):
        plan += 100
        actual += rng.choice((104, 108, 112))
        rows.append({"month": month, "plan": plan, "actual": actual if month <= 3 else ""})
    return rows


def ledger(rng: random.Random, real: list[int]) -> list[dict[str, object]]:
    """What was booked in months 1 to 3."""
    rows: list[dict[str, object]] = []

    def book(month: int, line: str, what: str, invoice: str, dollars: int) -> None:
        rows.append({"month": month, "line": line, "what": what, "invoice": invoice, "dollars": dollars})

    for month, count in enumerate(real, 1):
        cost = round(count * BURN * (1.06 + rng.uniform(-0.01, 0.01)))
        book(month, "cloud", "usage", f"C-{month}0{rng.randint(1, 9)}", cost)
        book(month, "tools", "seats", f"T-{month}", 24 * 190 + 10 * rng.randint(0, 9))
        book(month, "people", "payroll", f"P-{month}", 181_000 + 100 * rng.randint(0, 40))
    twice = next(row for row in rows if row["line"] == "cloud" and row["month"] == 2)
    rows.append(dict(twice, month=3))
    book(1, "tools", "code analysis, 12 months", "T-77", 14_400)
    book(3, "people", "contractor, migration", "P-19", 11_700)
    return sorted(rows, key=lambda row: (int(str(row["month"])), str(row["line"])))


def write(name: str, rows: list[dict[str, object]]) -> None:
    """Write rows as a CSV file."""
    with (DATA / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    rng = random.Random(3003)
    grown = clinics(rng)
    write("people.csv", people(rng))
    write("clinics.csv", grown)
    write("ledger.csv", ledger(rng, [int(str(row["actual"])) for row in grown[:3]]))
