"""Prints what is due after the Friday alert: python look.py path/to/incident.json"""

import json
import sys
from datetime import date, datetime

import clocks


def read(value, key=""):
    """The file's texts as moments, dates and zones."""
    if isinstance(value, dict):
        return {name: read(each, name) for name, each in value.items()}
    if key == "zone":
        return [(datetime.fromisoformat(start), minutes) for start, minutes in value]
    if key == "closed":
        return [date.fromisoformat(each) for each in value]
    if isinstance(value, list):
        return [read(each) for each in value]
    if key in ("at", "until", "told", "notified", "decided", "now") and value:
        return datetime.fromisoformat(value)
    return value


def main(path):
    with open(path, encoding="utf-8") as file:
        case = read(json.load(file))
    sent = {tuple(each["duty"]): each["at"] for each in case["sent"]}
    for name, start in clocks.starts(case["log"]).items():
        print(f"{name}: {clocks.local(start, case['zone']):%a %d %b %H:%M}" if start else f"{name}: not started")
    print()
    for due, who, what in clocks.duties(case):
        here = clocks.local(due, case["zone"])
        print(f"{here:%a %d %b %Y %H:%M}  {clocks.status(due, sent.get((who, what)), case['now']):<7} {who}: {what}")


if __name__ == "__main__":
    main(sys.argv[1])
