"""Prints what your functions make of the bill: python look.py path/to/cloud_costs.csv"""

import csv
import sys

import costs

CLINICS = {"2025-07": 1_165, "2025-08": 1_250}


def main(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = [{**row, "cents": int(row["cents"])} for row in csv.DictReader(file)]
    print(f"Tagged: {costs.coverage(rows):.0%} of the cost")
    months = {month: [row for row in rows if row["day"].startswith(month)] for month in CLINICS}
    for month, bill in months.items():
        total = sum(row["cents"] for row in bill)
        print(f"{month}: ${total / 100:,.0f}, ${total / 100 / CLINICS[month]:.2f} a clinic")
        for team, cents in sorted(costs.allocate(bill, {"platform"}).items()):
            print(f"  {team:<10} ${cents / 100:>9,.2f}")
    first, last = (
        (sum(row["cents"] for row in bill), CLINICS[month]) for month, bill in months.items()
    )  # fmt: skip
    for name, cents in costs.explain(first, last).items():
        print(f"Because of {name}: ${cents / 100:,.0f}")
    for service in sorted({row["service"] for row in rows}):
        daily = {}
        for row in rows:
            if row["service"] == service:
                daily[row["day"]] = daily.get(row["day"], 0) + row["cents"]
        print(f"{service}: {', '.join(costs.anomalies(daily)) or 'nothing unusual'}")


if __name__ == "__main__":
    main(sys.argv[1])
