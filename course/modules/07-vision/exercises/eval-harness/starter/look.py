"""Prints what your functions say about the golden set: python look.py path/to/golden.csv"""

import csv
import sys

import receptionist

COSTS = {
    "call": 0.22,
    "person": 1.10,
    "error": {"book": 9, "move": 12, "cancel": 9, "question": 2, "emergency": 400},
}


def main(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = [{**r, "confidence": float(r["confidence"]), "right": int(r["right"])} for r in csv.DictReader(file)]
    calls = receptionist.distinct(rows)
    print(f"{len(rows)} calls, {len(calls)} different ones")
    threshold = receptionist.best(calls, COSTS)
    for each in sorted({0.3, 0.7, 0.8, 0.9, threshold}):
        found = receptionist.outcome(calls, each)
        print(f"from {each:.2f} on: {found}, ${receptionist.cost(calls, each, COSTS):.2f} a call, "
              f"{receptionist.decide(calls, each, 0.02)}")  # fmt: skip
    print(f"Cheapest from {threshold:.2f} on")
    print(f"To ship at 1.6 % errors against a limit of 2 %: {receptionist.needed(0.016, 0.02)} calls")


if __name__ == "__main__":
    main(sys.argv[1])
