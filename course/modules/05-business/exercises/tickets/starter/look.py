"""Prints what your code book says about the 412 tickets: python look.py path/to/tickets.csv"""

import csv
import sys

import tickets


def main(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    twice = [(row["first"], row["second"]) for row in rows if row["second"]]
    print(f"Two people, {len(twice)} tickets: kappa {tickets.kappa(twice):.2f}")
    for (one, other), count in tickets.quarrels(twice)[:5]:
        print(f"  {one} or {other}: {count}")
    ruled = [(row["first"], tickets.classify(row["text"], tickets.RULES)) for row in rows]
    print(f"Your rules and the first person: kappa {tickets.kappa(ruled):.2f}")
    for theme, clinics, count in tickets.reach(rows):
        print(f"  {theme:<10} {clinics:>4} clinics {count:>4} tickets")
    for row in rows:
        got = tickets.classify(row["text"], tickets.RULES)
        if got != row["first"]:
            print(f"  {row['id']} {row['first']}, your rules say {got}: {row['text']}")


if __name__ == "__main__":
    main(sys.argv[1])
