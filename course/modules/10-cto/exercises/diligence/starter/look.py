"""Prints what Tessaly's data room shows: python look.py path/to/room.json"""

import json
import sys
from datetime import date

import diligence

DAYS = ("from", "to", "day", "leaves", "removed", "founded", "rotations")


def read(value, key=""):
    """The file's texts as dates."""
    if isinstance(value, dict):
        return {name: read(each, key if key in DAYS else name) for name, each in value.items()}
    if isinstance(value, list):
        return [read(each, key) for each in value]
    return date.fromisoformat(value) if value and key in DAYS else value


def main(path):
    with open(path, encoding="utf-8") as file:
        room = read(json.load(file))
    found = diligence.report(room)
    for (subject, what), (word, evidence) in found.items():
        print(f"{word:<9}  {subject} {what}".rstrip())
        for each in evidence[:5]:
            print(f"{'':11}- {' to '.join(map(str, each)) if isinstance(each, tuple) else each}")
        if len(evidence) > 5:
            print(f"{'':11}- and {len(evidence) - 5} more")
    print("\nshown {:.0%}, not refuted {:.0%}\n".format(*diligence.score(found)))
    for on in (room["day"], date(2027, 6, 30)):
        print(f"bus factors on {on}:", {part: diligence.bus_factor(room, part, on) for part in room["parts"]})
    print("exposed:", diligence.exposed(room))


if __name__ == "__main__":
    main(sys.argv[1])
