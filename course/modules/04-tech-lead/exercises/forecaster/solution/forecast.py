"""When will it be done? A forecast from the team's own weekly finishes."""

import argparse
import csv
import math
import random
import sys

KNOWN_WEEKS = 6
"""A forecast rests on at least this many past weeks."""


def simulate(history, items, runs, rng):
    """Weeks needed to finish `items`, once for each of `runs` runs."""
    if not any(finished > 0 for finished in history):
        raise ValueError("no past week finished anything")
    return [weeks_needed(history, items, rng) for _ in range(runs)]


def weeks_needed(history, items, rng):
    """Weeks of one run: past weeks are drawn until all items are done."""
    done = weeks = 0
    while done < items:
        done += rng.choice(history)
        weeks += 1
    return weeks


def percentile(values, p):
    """The value at nearest rank `p`, 0 < p <= 100."""
    ordered = sorted(values)
    return ordered[math.ceil(p * len(ordered) / 100) - 1]


def chance_by(weeks, week):
    """The share of runs that were done by `week`."""
    return sum(needed <= week for needed in weeks) / len(weeks)


def weeks_taken(later, items):
    """The weeks in which `items` were really finished; None where the history ends before."""
    done = 0
    for weeks, finished in enumerate(later, 1):
        done += finished
        if done >= items:
            return weeks
    return None


def backtest(history, items, p, runs, rng):
    """How many past forecasts at `p` would have held, and how many there are: (held, made)."""
    held = made = 0
    for week in range(KNOWN_WEEKS, len(history)):
        taken = weeks_taken(history[week:], items)
        if taken is None:
            break
        if not any(history[:week]):
            continue
        made += 1
        held += taken <= percentile(simulate(history[:week], items, runs, rng), p)
    return held, made


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
    rng = random.Random(options.seed)
    try:
        weeks = simulate(history, options.items, options.runs, rng)
    except ValueError as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    print(f"P50: week {percentile(weeks, 50)}")
    print(f"P85: week {percentile(weeks, 85)}")
    print(f"By week {options.week}: {chance_by(weeks, options.week):.0%}".replace("%", " %"))
    held, made = backtest(history, options.items, 85, options.runs, rng)
    print(f"P85 held: {held} of {made}" if made else "P85 held: no week to test it on")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
