"""Writes the three files in data/: subscriptions of group practices in the south, costs of winning them, and one cohort's survival.

Run it in this folder; the files are the same each time.
"""

import csv
import random
from pathlib import Path

DATA = Path(__file__).parent / "data"
CHANNELS = ("ads", "referral", "fairs")
PAGE = 40
"""Rows on one page of the billing system's export."""
FETCHED_TWICE = 6
"""The page that the export script fetched a second time after a timeout."""


def subscriptions(rng: random.Random) -> list[dict[str, object]]:
    """One row a practice: what was invoiced for the period with month 18 in it, and for that with month 24."""
    rows: list[dict[str, object]] = []
    moves = ["flat"] * 131 + ["expansion"] * 62 + ["contraction"] * 19 + ["lost"] * 24 + ["new"] * 96 + ["returned"] * 11
    rng.shuffle(moves)
    for n, move in enumerate(moves, 1):
        before = after = 0
        if move in ("new", "returned"):
            after = rng.choice((140, 170, 170, 210, 230))
        else:
            before = rng.choice((170, 190, 210, 210, 240, 290))
            after = {
                "flat": before,
                "lost": 0,
                "expansion": before + rng.choice((30, 60, 60, 90, 140)),
                "contraction": before - rng.choice((30, 40, 60)),
            }[move]
        annual = rng.random() < 0.14
        times = 12 if annual else 1
        rows.append({
            "practice": f"G{n:03}",
            "channel": rng.choices(CHANNELS, (5, 3, 2))[0],
            "move": move,
            "billing": "annual" if annual else "monthly",
            "before": before * times,
            "after": after * times,
            "page": (n - 1) // PAGE + 1,
            "fetch": 1,
        })
    again = [{**row, "fetch": 2} for row in rows if row["page"] == FETCHED_TWICE]
    at = FETCHED_TWICE * PAGE
    return rows[:at] + again + rows[at:]


def costs(rng: random.Random) -> list[dict[str, object]]:
    """What was spent on winning group practices in the south, by month, channel and purpose."""
    monthly = {
        ("ads", "clicks"): 15600,
        ("ads", "salaries"): 14000,
        ("referral", "credits"): 400,
        ("referral", "salaries"): 1350,
        ("fairs", "stands"): 2600,
        ("fairs", "salaries"): 4700,
    }
    return [
        {"month": month, "channel": channel, "purpose": purpose,
         "dollars": 10 * round(base * (1 + 0.05 * (month - 18)) / 10 + rng.randint(-20, 20))}
        for month in range(17, 25)
        for (channel, purpose), base in monthly.items()
    ]  # fmt: skip


def survival(rng: random.Random) -> list[dict[str, object]]:
    """The practices that began in months 6 to 11, by months since their start: how many still paid."""
    left, rows = 150, []
    for age in range(13):
        rows.append({"age": age, "paying": left})
        hazard = 0.055 if age < 3 else 0.022 if age < 6 else 0.008
        left -= sum(rng.random() < hazard for _ in range(left))
    return rows


def write(name: str, rows: list[dict[str, object]]) -> None:
    """Write rows as a CSV file."""
    with (DATA / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    rng = random.Random(1824)
    write("subscriptions.csv", subscriptions(rng))
    write("costs.csv", costs(rng))
    write("survival.csv", survival(rng))
