"""Prints how three people's ranges did: python look.py path/to/forecasts.csv"""

import csv
import sys

import calibration


def main(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for who in sorted({row["who"] for row in rows}):
        ranges = [(float(r["low"]), float(r["high"]), float(r["weeks"])) for r in rows if r["who"] == who]
        hits = round(calibration.inside(ranges) * len(ranges))
        score = sum(calibration.interval_score(*each) for each in ranges) / len(ranges)
        below, above = calibration.leaning(ranges)
        print(f"{who}: {hits} of {len(ranges)} inside, {below} below, {above} above: "
              f"{calibration.judge(hits, len(ranges))}; score {score:.1f} weeks; "
              f"widen by {calibration.factor(ranges):.2f}")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
