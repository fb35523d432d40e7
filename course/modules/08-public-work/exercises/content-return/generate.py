"""Writes data/applicants.csv and data/runs.csv: half a year of applicants, and a thousand simulated years of posts.

Run it in this folder; the files are the same each time.
"""

import csv
import math
import random
from pathlib import Path

WEEKS, POSTS, HOURS, RATE, FEE = 24, 12, 120, 55, 18_000


def poisson(rng: random.Random, mean: float) -> int:
    """How often something happens that happens so often on average (Knuth's product of uniforms)."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def applicants(rng: random.Random) -> list[dict[str, object]]:
    """One row an application: 6.4 a week, 2.0 more where a post appeared; some said "blog" in any case."""
    with_post = set(rng.sample(range(1, WEEKS + 1), POSTS))
    rows: list[dict[str, object]] = []
    for week in range(1, WEEKS + 1):
        post = int(week in with_post)
        for _ in range(poisson(rng, 6.4)):
            rows.append({"week": week, "post": post, "said": rng.choice(["board", "board", "friend", "agency", "blog", "-"])})
        for _ in range(poisson(rng, 2.0 * post)):
            rows.append({"week": week, "post": post, "said": rng.choice(["blog", "blog", "blog", "friend", "-"])})
    for n, row in enumerate(rows, 1):
        row["mark"] = "ok"
        row["person"] = n
    for row in rng.sample(rows, 11):
        rows.append({**row, "mark": "again"})
    for week in rng.sample(range(1, WEEKS + 1), 5):
        rows.append({"week": week, "post": int(week in with_post), "said": "blog", "mark": "test", "person": 0})
    rows.sort(key=lambda row: (row["week"], row["person"]))
    return [{key: row[key] for key in ("week", "post", "said", "mark")} for row in rows]


def years(rng: random.Random) -> list[dict[str, object]]:
    """One row a simulated year; batch 10 was written twice, the second time as batch 11."""
    rows: list[dict[str, object]] = []
    for run in range(1, 1001):
        readers = rng.lognormvariate(math.log(1350), 0.30)
        apply = rng.lognormvariate(math.log(0.0056), 0.35)
        caused = rng.uniform(0.2, 1.0)
        hired = min(0.3, rng.lognormvariate(math.log(0.055), 0.40))
        halves = [poisson(rng, POSTS / 2 * readers * apply * caused / 4) for _ in range(2)]
        hires = [sum(rng.random() < hired for _ in range(half)) for half in halves]
        rows.append({
            "batch": (run + 99) // 100,
            "run": run,
            "readers": round(readers),
            "caused": f"{caused:.2f}",
            "qualified_half": halves[0],
            "hires": sum(hires),
            "net_half": hires[0] * FEE - HOURS // 2 * RATE,
            "net_year": sum(hires) * FEE - HOURS * RATE,
        })
    rows += [{**row, "batch": 11} for row in rows[900:]]
    return rows


def write(name: str, rows: list[dict[str, object]]) -> None:
    """The rows as a file in data/."""
    with (Path(__file__).parent / "data" / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    write("applicants.csv", applicants(random.Random(4010)))
    write("runs.csv", years(random.Random(4013)))
