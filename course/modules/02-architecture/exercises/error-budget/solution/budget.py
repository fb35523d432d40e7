"""Error budget and alerts for booking, from counts in steps of five minutes."""

import csv
from itertools import accumulate
from pathlib import Path

STEP = 5  # minutes in a row
QUIET = 30  # minutes: firing again within them is the same alert
SLO = 0.999

POLICIES = {
    "over 1 % in 5 min": [{"long": 5, "short": 5, "factor": 10, "at_least": 0}],
    "14.4 in 1 h": [{"long": 60, "short": 60, "factor": 14.4, "at_least": 0}],
    "three pairs": [
        {"long": 60, "short": 5, "factor": 14.4, "at_least": 0},
        {"long": 360, "short": 30, "factor": 6, "at_least": 0},
        {"long": 4320, "short": 360, "factor": 1, "at_least": 0},
    ],
    "three pairs, enough": [
        {"long": 60, "short": 5, "factor": 14.4, "at_least": 700},
        {"long": 360, "short": 30, "factor": 6, "at_least": 1700},
        {"long": 4320, "short": 360, "factor": 1, "at_least": 10000},
    ],
}


def sli(rows):
    """The share of requests that succeeded; 1.0 if there were none."""
    total, failed = counts(rows)
    return 1 - failed / total if total else 1.0


def budget_left(rows, slo=SLO):
    """The share of the error budget that is left, counted in requests; negative if overspent."""
    total, failed = counts(rows)
    return 1 - failed / (total * (1 - slo)) if total else 1.0


def burn_rates(rows, minutes, slo=SLO):
    """For each row the burn rate over the last `minutes`, this row included; 0.0 without requests."""
    return [
        failed / total / (1 - slo) if total else 0.0 for total, failed in windows(rows, minutes)
    ]


def firing(rows, policy, slo=SLO):
    """For each row whether a rule of the policy holds in both of its windows."""
    result = [False] * len(rows)
    for rule in policy:
        enough = (total >= rule["at_least"] for total, _ in windows(rows, rule["short"]))
        long = burn_rates(rows, rule["long"], slo)
        short = burn_rates(rows, rule["short"], slo)
        for n, (many, a, b) in enumerate(zip(enough, long, short)):
            result[n] |= many and a > rule["factor"] and b > rule["factor"]
    return result


def alerts(rows, policy, slo=SLO):
    """The alerts as (start, end) in minutes; firing again within QUIET minutes belongs to the same alert."""
    found = []
    for (minute, _, _), fires in zip(rows, firing(rows, policy, slo)):
        if not fires:
            continue
        if found and minute - found[-1][1] <= QUIET:
            found[-1] = (found[-1][0], minute + STEP)
        else:
            found.append((minute, minute + STEP))
    return found


def score(found, incidents):
    """(precision, recall, delays): the delay of an incident without an alert is None."""
    right = [a for a in found if any(overlap(a, i) for i in incidents)]
    delays = []
    for incident in incidents:
        starts = [a[0] for a in found if overlap(a, incident)]
        delays.append(max(0, min(starts) - incident[0]) if starts else None)
    told = sum(delay is not None for delay in delays)
    precision = len(right) / len(found) if found else 1.0
    return precision, told / len(incidents), delays


def counts(rows):
    """Requests and failures of all rows together."""
    return sum(total for _, total, _ in rows), sum(failed for _, _, failed in rows)


def windows(rows, minutes):
    """For each row (total, failed) over the last `minutes`, from running sums."""
    totals = [0, *accumulate(total for _, total, _ in rows)]
    faileds = [0, *accumulate(failed for _, _, failed in rows)]
    for end in range(1, len(rows) + 1):
        start = max(0, end - minutes // STEP)
        yield totals[end] - totals[start], faileds[end] - faileds[start]


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def bad_minutes(rows, threshold=0.05):
    """The other way to count: minutes of the rows in which more than `threshold` failed."""
    return STEP * sum(failed > threshold * total for _, total, failed in rows)


def read(path):
    """The rows of a CSV file as tuples, with values made of digits as whole numbers."""
    with open(path, newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))[1:]
    return [tuple(int(v) if v.isdigit() else v for v in line) for line in lines]


def report(folder):
    """Print what the month cost, and how the policies would have done."""
    rows, incidents = read(folder / "events.csv"), read(folder / "incidents.csv")
    print(
        f"SLI {sli(rows):.3%}  budget left {budget_left(rows):.0%}  bad minutes {bad_minutes(rows)}"
    )
    for name, policy in POLICIES.items():
        found = alerts(rows, policy)
        precision, recall, delays = score(found, incidents)
        print(
            f"{name:20}{len(found):4} alerts  {precision:4.0%} right  {recall:4.0%} found  {delays}"
        )


if __name__ == "__main__":
    report(Path(__file__).parent / "data")
