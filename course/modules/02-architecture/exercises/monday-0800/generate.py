"""Writes data/requests.csv: every eighth request of one minute, Monday 08:04, at Tessaly with 325 clinics.

The minute is simulated with one queue in front of 66 workers, so that the waits follow from the load. Then come the
defects of a real export: the probes of the load balancer, and a batch of lines that was delivered twice.
Run it in this folder; the file is the same each time.
"""

import csv
import heapq
import random
from pathlib import Path

SEED = 1109
RATE = 236.0  # requests a second, on average
WORKERS = 66
KEEP = 8  # one line in so many
WARM_UP, MINUTE = 120_000, 60_000  # ms
PROBE = 1_000  # ms between two probes of a server
PROBED = 6  # three servers, asked by two load balancers

# route: share of the requests, mean and spread of the time a worker is busy
ROUTES = {
    "/calendar": (0.57, 178, 0.45),
    "/slots": (0.25, 250, 0.50),
    "/book": (0.15, 280, 0.40),
    "/report": (0.03, 1900, 0.55),
}


def served(rng):
    """Every request with arrival, wait and work in ms, in the order of arrival."""
    free = [0.0] * WORKERS
    names, shares = list(ROUTES), [share for share, _, _ in ROUTES.values()]
    at = 0.0
    while at < WARM_UP + MINUTE:
        at += rng.expovariate(RATE / 1000)
        route = rng.choices(names, shares)[0]
        _, mean, spread = ROUTES[route]
        work = mean * rng.lognormvariate(-spread * spread / 2, spread)
        start = max(at, heapq.heappop(free))
        heapq.heappush(free, start + work)
        yield at - WARM_UP, route, start - at, work


def rows(rng):
    lines = []
    for number, (at, route, wait, work) in enumerate(served(rng)):
        if number % KEEP == 0 and 0 <= at < MINUTE:
            status = rng.choice((500, 503, 504)) if rng.random() < 0.003 else 200
            lines.append((at, route, round(wait), round(work), status))
    probes = PROBED * MINUTE // PROBE // KEEP
    lines += [(rng.uniform(0, MINUTE), "/health", 0, rng.choice((1, 1, 2)), 200) for _ in range(probes)]
    lines = [(n, *line, 1) for n, line in enumerate(sorted(lines), 1)]
    again = rng.randrange(900, 1000)
    batch = [(*line[:-1], 2) for line in lines[again : again + 96]]
    return sorted(lines + batch, key=lambda line: line[1] + (2500 if line[-1] == 2 else 0))


def main():
    folder = Path(__file__).parent / "data"
    folder.mkdir(exist_ok=True)
    with open(folder / "requests.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["request", "at_ms", "route", "wait_ms", "busy_ms", "total_ms", "status", "delivery"])
        for number, at, route, wait, work, status, delivery in rows(random.Random(SEED)):
            out.writerow([number, int(at), route, wait, work, wait + work, status, delivery])


if __name__ == "__main__":
    main()
