"""Writes data/incident.json: the log of the Friday alert with zones, clinics and what has been sent.

Run it in this folder; the file is the same each time.
"""

import json
import random
from datetime import datetime, timedelta
from pathlib import Path

ROTTERDAM = [["2026-03-29T01:00+00:00", 120], ["2026-10-25T01:00+00:00", 60], ["2027-03-28T01:00+00:00", 120]]
BOSTON = [["2026-03-08T07:00+00:00", -240], ["2026-11-01T06:00+00:00", -300], ["2027-03-14T07:00+00:00", -240]]
PLACES = ["Breda", "Delft", "Zwolle", "Ghent", "Lier", "Essen", "Kleve", "Hasselt"]
NOW = datetime.fromisoformat("2026-11-29T18:00+01:00")


def stamp(text: str) -> str:
    """A time in Rotterdam that week, with its offset."""
    return f"2026-11-{text}+01:00"


def log() -> list[dict[str, object]]:
    """What was seen, by whom it was seen, and what it was worth."""
    entries = [
        ("19T08:12", "alert", "export errors, cause was a full disk"),
        ("25T21:47", "sign", "ticket from Boston: a name on our list that is not ours; closed as a duplicate"),
        ("27T16:40", "alert", "one token read 61 clinics in four minutes"),
        ("27T17:05", "note", "endpoint off, tokens still valid; rows also name the employee who booked"),
        ("27T17:25", "confirmed", "Lena reads a stranger's row from a copy, with a test clinic's token"),
        ("27T19:10", "note", "tokens revoked, logs copied and hashed"),
        ("29T11:20", "malice", "the token was used from a rented server"),
    ]
    return [{"at": stamp(at), "kind": kind, "what": what} for at, kind, what in entries]


def clinics(rng: random.Random) -> list[dict[str, object]]:
    """Ten of the 61, two of them near Boston. The message to Kleve has come back, and nobody has called Quincy."""
    found: list[dict[str, object]] = []
    first = datetime.fromisoformat(stamp("28T10:30"))
    for name in PLACES:
        read = first + timedelta(minutes=rng.randint(0, 4))
        told = read.isoformat(timespec="minutes") if name != "Kleve" else None
        found.append({"name": name, "law": "gdpr", "hours": 24, "told": told, "agent": False, "zone": ROTTERDAM})
    for name, agent in (("Salem", False), ("Quincy", True)):
        told = stamp("28T15:30") if name == "Salem" else None
        found.append({"name": name, "law": "hipaa", "hours": 24, "told": told, "agent": agent, "zone": BOSTON})
    return found


if __name__ == "__main__":
    made = clinics(random.Random(4516))
    case = {
        "now": NOW.isoformat(timespec="minutes"),
        "zone": ROTTERDAM,
        "log": log(),
        "own_risk": "risk",
        "notified": None,
        "clinics": made,
        "listed": {"name": "Harborline", "zone": BOSTON, "decided": None, "closed": ["2026-11-26", "2026-12-25"]},
        "sent": [{"duty": [c["name"], "tell"], "at": c["told"]} for c in made if c["told"]],
    }
    (Path(__file__).parent / "data" / "incident.json").write_text(json.dumps(case, indent=1) + "\n", encoding="utf-8")
