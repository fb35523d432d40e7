"""Writes data/events.jsonl and data/people.json: a day's events of one service, and thirty invented patients.

Run it in this folder; the files are the same each time.
"""

import json
import random
from pathlib import Path
from urllib.parse import quote_plus

FIRST = ["Sanne", "Daan", "Zoë", "Jürgen", "Anke", "Bram", "Femke", "Léa", "Pieter", "Noor"]
LAST = ["Visser", "de Boer", "Müller", "Claes", "van den Berg", "Jansen", "Peeters", "Özdemir", "Schmitz", "Bos"]
WHY = ["knee", "shoulder", "lower back", "ankle"]


def people(rng: random.Random) -> dict[str, dict[str, str]]:
    """Thirty patients with what may leave traces."""
    made = {}
    for n in range(1, 31):
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        mail = f"patient{n}@mail.example"
        made[f"P{n}"] = {"name": name, "phone": f"06{rng.randrange(10**7, 10**8)}", "mail": mail}
    return made


def spaced(phone: str, rng: random.Random) -> str:
    """The number as one of four people would write it."""
    return rng.choice([phone, f"{phone[:2]}-{phone[2:]}", f"+31 {phone[1]} {phone[2:]}", f"0031{phone[1:]}"])


def one(rng: random.Random, person: dict[str, str], minute: int) -> dict[str, object]:
    """An event; two in three have a person in a place that nobody thought of."""
    event: dict[str, object] = {
        "time": f"2026-11-27T{minute // 60:02}:{minute % 60:02}:00+01:00",
        "user": f"staff{rng.randint(1, 40)}@clinic.example",
        "clinic": rng.randint(1000, 3759),
        "record": rng.randrange(10**8, 10**9),
        "outcome": rng.choice(["ok", "ok", "ok", "refused"]),
        "ms": rng.randint(3, 900),
    }
    name, phone = person["name"], person["phone"]
    shape = rng.randrange(6)
    if shape == 0:
        event |= {"action": "search", "url": f"/patients/search?q={quote_plus(name)}&page=1", "rows": 1}
        event["message"] = f"1 hit for {name}"
    elif shape == 1:
        event |= {"action": "remind", "phone": phone, "message": f"text to {spaced(phone, rng)} not delivered"}
    elif shape == 2:
        event |= {"action": "move", "patient": {"name": name, "why": [rng.choice(WHY)]}}
        event["message"] = f"slot taken, could not move {name.split()[-1]} (record {event['record']})"
    elif shape == 3:
        event |= {"action": "mail", "message": f"bounced: {person['mail']} after 3 tries"}
    elif shape == 4:
        event |= {"action": "export", "rows": rng.randint(20, 600), "job": rng.randrange(10**9, 10**10)}
        event["message"] = f"job {event['job']} done at 1764258{rng.randint(0, 999999):06}"
    else:
        event |= {"action": "read", "rows": 1, "message": f"read ord-06{rng.randrange(10**7, 10**8)}"}
    return event


if __name__ == "__main__":
    rng = random.Random(4527)
    made = people(rng)
    minutes = sorted(rng.randrange(7 * 60, 19 * 60) for _ in range(400))
    events = [one(rng, made[rng.choice(list(made))], minute) for minute in minutes]
    here = Path(__file__).parent / "data"
    (here / "events.jsonl").write_text("".join(json.dumps(e) + "\n" for e in events), encoding="utf-8")
    (here / "people.json").write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
