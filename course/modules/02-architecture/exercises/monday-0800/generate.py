"""Writes data/requests.csv: every tenth request of one minute, Monday 08:04, at Tessaly with 300 clinics."""

import csv
import random
from pathlib import Path

SEED = 804
ROWS = 1320  # a tenth of 220 a second over 60 seconds
MEAN_WORK = 250.0

# route: share of the requests, mean and spread of the time a worker is busy
ROUTES = {
    "/calendar": (0.58, 185, 0.45),
    "/slots": (0.24, 270, 0.50),
    "/book": (0.14, 290, 0.40),
    "/report": (0.04, 1250, 0.55),
}


def rows():
    rng = random.Random(SEED)
    routes = [name for name, (share, _, _) in ROUTES.items() for _ in range(round(share * ROWS))]
    while len(routes) < ROWS:
        routes.append("/calendar")
    rng.shuffle(routes)
    work = []
    for route in routes[:ROWS]:
        _, mean, spread = ROUTES[route]
        work.append(mean * rng.lognormvariate(-spread * spread / 2, spread))
    scale = MEAN_WORK * ROWS / sum(work)
    starts = sorted(rng.randrange(60_000) for _ in range(ROWS))
    for number, (at, route, busy) in enumerate(zip(starts, routes, work), 1):
        busy_ms = round(busy * scale)
        wait_ms = round(rng.expovariate(1 / 70)) if rng.random() < 0.35 else 0
        status = rng.choice((500, 503, 504)) if rng.random() < 0.007 else 200
        yield number, at, route, wait_ms, busy_ms, wait_ms + busy_ms, status


def main():
    folder = Path(__file__).parent / "data"
    folder.mkdir(exist_ok=True)
    with open(folder / "requests.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["request", "at_ms", "route", "wait_ms", "busy_ms", "total_ms", "status"])
        out.writerows(rows())


if __name__ == "__main__":
    main()
