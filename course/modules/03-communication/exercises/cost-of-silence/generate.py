"""Write data/outage.csv, data/clinics.csv and data/meetings.csv for "The cost of silence". Same seed, same files."""

import csv
import random
from pathlib import Path

SEED = 314
HERE = Path(__file__).parent / "data"
MINUTES = 47
ATTEMPTS = 2_400
FAILED = 744
PLANS = {120: 100, 165: 260, 240: 60}
REPLIES = {"leave": 6, "unsure": 15, "stay": 21}
TWICE_AT = 150
"""Where the second row of a clinic is put: far from the first."""
MEETINGS: list[tuple[str, int, float, int]] = [
    ("Monday status", 8, 60, 0),
    ("Planning", 9, 60, 3),
    ("Stand-ups, five", 7, 50, 0),
    ("Sales and support sync", 6, 0.75, 0),
    ("Calendar sync scope", 5, 60, 2),
    ("Outage call with clinics", 3, 40, 1),
    ("Design review", 4, 45, 1),
    ("All hands", 14, 30, 0),
    ("Budget", 3, 50, 2),
    ("Incident review", 8, 45, 4),
]


def shares(rng: random.Random, total: int, weights: list[float]) -> list[int]:
    """Split a total into whole parts, in proportion to the weights."""
    raw = [total * weight / sum(weights) for weight in weights]
    parts = [int(value) for value in raw]
    order = sorted(range(len(raw)), key=lambda i: (parts[i] - raw[i], rng.random()))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def outage(rng: random.Random) -> list[list[object]]:
    """One row a minute from 08:00 to 08:59; the outage lasts from 08:02 up to 08:49. The share is in per cent."""
    attempts = shares(rng, ATTEMPTS, [rng.uniform(0.8, 1.2) * (1.5 - i / MINUTES) for i in range(MINUTES)])
    failed = shares(rng, FAILED, [a * rng.uniform(0.6, 1.4) for a in attempts])
    rows: list[list[object]] = []
    for minute in range(60):
        inside = 2 <= minute < 2 + MINUTES
        tried = attempts[minute - 2] if inside else rng.randint(38, 60)
        lost = failed[minute - 2] if inside else int(rng.random() < 0.2)
        rows.append([f"08:{minute:02d}", "outage" if inside else "normal", tried, lost, round(100 * lost / tried, 1)])
    return rows


def clinics(rng: random.Random) -> list[list[object]]:
    """All 420 clinics: fee, failed attempts on that Monday, the reply to Aisha's question. One is listed twice."""
    fees = [fee for fee, count in PLANS.items() for _ in range(count)]
    rng.shuffle(fees)
    beyond_first = shares(rng, FAILED - len(fees), [rng.gammavariate(0.8, 1.0) for _ in fees])
    failed = [1 + more for more in beyond_first]
    likely = sorted(range(len(fees)), key=lambda i: -(failed[i] + rng.uniform(0, 4)))[: sum(REPLIES.values())]
    answers = [reply for reply, count in REPLIES.items() for _ in range(count)]
    likely.sort(key=lambda i: -(failed[i] + rng.uniform(0, 3)))
    said = dict(zip(likely, answers, strict=True))
    rows: list[list[object]] = [[f"C{i + 1:03d}", fee, failed[i], said.get(i, "none")] for i, fee in enumerate(fees)]
    twice = next(row for row in reversed(rows) if row[3] == "leave")
    return [*rows[:TWICE_AT], twice, *rows[TWICE_AT:]]


def meetings() -> list[list[object]]:
    """The meetings of that week; person_minutes is people times minutes. One row is in hours."""
    return [[name, people, length, round(people * length, 2), decided] for name, people, length, decided in MEETINGS]


def write(name: str, head: list[str], rows: list[list[object]]) -> None:
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def main() -> None:
    HERE.mkdir(exist_ok=True)
    rng = random.Random(SEED)
    write("outage.csv", ["time", "state", "attempts", "failed", "share"], outage(rng))
    write("clinics.csv", ["clinic", "fee", "failed", "reply"], clinics(rng))
    write("meetings.csv", ["meeting", "people", "minutes", "person_minutes", "decisions"], meetings())


if __name__ == "__main__":
    main()
