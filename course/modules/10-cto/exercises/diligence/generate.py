"""Writes data/room.json: what Tessaly has put into its data room on 19 April 2027.

Run it in this folder; the file is the same each time.
"""

import json
import random
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2027, 4, 19)
FOUNDED = date(2023, 2, 1)
SETTLE = ["payments/settlement/batch.py", "payments/settlement/refunds.py", "payments/settlement/ledger.py"]
PARTS = {
    "payments/settlement/": SETTLE,
    "booking/": [f"booking/{name}.py" for name in ("slots", "rules", "waitlist", "calendar")],
    "receptionist/": [f"receptionist/{name}.py" for name in ("dialogue", "handover", "evaluate")],
    "letters/": ["letters/insurer.py"],
}
WHO = {
    "payments/settlement/": [("noor@tessaly.example", 14), ("noor.h@home.example", 5), ("anouk@tessaly.example", 2)],
    "booking/": [
        ("milan@tessaly.example", 7),
        ("ines@tessaly.example", 5),
        ("lena@tessaly.example", 5),
        ("tomas@tessaly.example", 4),
    ],
    "receptionist/": [("lena@tessaly.example", 6), ("femke@tessaly.example", 5)],
}
EARLY = [
    "jonas@tessaly.example",
    "tomas@tessaly.example",
    "dev1@northfield.example",
    "dev2@northfield.example",
    "karel@freelance.example",
    "sofie@freelance.example",
]


def changes(rng: random.Random) -> list[dict[str, object]]:
    """Oldest first; the settlement jobs were moved in January, by a change that touched everything."""
    made: list[dict[str, object]] = []

    def add(day: date, by: str, files: list[str], tests: int | None, renames: dict[str, str] | None = None) -> None:
        made.append({"day": day.isoformat(), "by": by, "files": files, "tests": tests, "renames": renames or {}})

    moved = date(2027, 1, 18)
    old = {new: new.replace("payments/settlement/", "payments/jobs/") for new in SETTLE}
    for n in range(72):
        day = date(2023, 9, 4) + timedelta(days=10 * n + rng.randint(0, 8))
        file = rng.choice([file for files in PARTS.values() for file in files if not file.startswith("recep")])
        if file in SETTLE:
            add(day, rng.choice(["jonas@tessaly.example", EARLY[2], EARLY[4]]), [old[file]], 0)
        else:
            add(day, EARLY[n % len(EARLY)], [file], rng.randint(40, 160))
    for part, people in WHO.items():
        for by, each in people:
            for file in PARTS[part]:
                for _ in range(each if by != "anouk@tessaly.example" else (2 if file != SETTLE[2] else 0)):
                    first = date(2026, 10, 5) if part == "receptionist/" else date(2026, 4, 24)
                    first = date(2027, 2, 15) if by.startswith("anouk") else first
                    day = first + timedelta(days=rng.randint(0, (date(2027, 4, 16) - first).days))
                    file_then = old.get(file, file) if day < moved else file
                    tests = rng.randint(180, 420)
                    if part == "booking/" and date(2026, 8, 3) <= day <= date(2026, 8, 21):
                        tests = None
                    add(day, by, [file_then], tests)
    for day in (date(2026, 6, 8), date(2026, 11, 9), date(2027, 3, 8)):
        names = [file for part, files in PARTS.items() if part != "letters/" for file in files]
        wide = [old.get(file, file) if day < moved else file for file in names]
        add(day, "tomas@tessaly.example", [*wide, *(f"web/page{n}.ts" for n in range(40))], 400)
    add(
        moved,
        "tomas@tessaly.example",
        [f"web/page{n}.ts" for n in range(30)],
        400,
        {before: after for after, before in old.items()},
    )
    for n in range(20):
        add(
            date(2026, 5, 4) + timedelta(days=17 * n),
            "bot@updates.example",
            ["payments/settlement/ledger.py"]
            if date(2026, 5, 4) + timedelta(days=17 * n) >= moved
            else ["payments/jobs/ledger.py"],
            400,
        )
    made.sort(key=lambda each: str(each["day"]))
    return [{"id": n, **each} for n, each in enumerate(made, 1)]


def person(name: str, deed: bool | None, leaves: str | None = None, *more: str) -> dict[str, object]:
    """A person with their addresses."""
    return {"addresses": [f"{name.lower()}@tessaly.example", *more], "deed": deed, "leaves": leaves}


def people() -> dict[str, object]:
    """Staff, and four contractors who never signed a deed."""
    found = {name: person(name, True) for name in ("Jonas", "Tomas", "Lena", "Milan", "Ines", "Femke", "Anouk")}
    found["Noor"] = person("Noor", True, "2027-06-12", "noor.h@home.example")
    for name, address in zip(("Dev One", "Dev Two", "Karel", "Sofie"), EARLY[2:], strict=True):
        found[name] = {"addresses": [address], "deed": False, "leaves": "2025-09-01"}
    return found


def packages() -> dict[str, object]:
    """What the products are made of, as far as lock files say."""

    def one(licence: str | None, needs: dict[str, str] | None = None) -> dict[str, object]:
        return {"licence": licence, "needs": needs or {}, "changed": False}

    return {
        "web-core": one("MIT", {"forms": "link", "pdf-tables": "link"}),
        "forms": one("MIT", {"web-core": "link"}),
        "pdf-tables": one("AGPL-3.0-only"),
        "queue": one("Apache-2.0", {"queue-store": "process"}),
        "queue-store": one("AGPL-3.0-only"),
        "load-test": one("AGPL-3.0-only"),
        "calendar-view": one("MIT", {"date-text": "link", "icon-font": "link"}),
        "date-text": one("MIT"),
        "icon-font": one(None),
        "print-bridge": one("MIT", {"driver-pack": "process"}),
        "driver-pack": {"licence": "BSD-3-Clause", "needs": None, "changed": False},
    }


def restores() -> list[dict[str, object]]:
    """Nightly backups and the few restores; the log of December is missing."""

    def entry(day: str, store: str, ok: bool, rows: int, expected: int | None) -> dict[str, object]:
        return {"day": day, "store": store, "ok": ok, "rows": rows, "expected": expected}

    first = [
        entry("2026-10-14", "main", True, 41_806_113, 41_806_113),
        entry("2026-11-03", "payments", True, 2_204_881, 2_204_881),
    ]
    second = [entry("2027-02-09", "main", True, 43_118_902, None), entry("2027-03-30", "recordings", False, 0, 61_240)]
    return [
        {"from": "2026-07-01", "to": "2026-11-30", "list": first},
        {"from": "2027-01-01", "to": "2027-04-19", "list": second},
    ]


if __name__ == "__main__":
    made = changes(random.Random(5026))
    switch = "2026-09-30"
    logs = [
        {"from": "2023-09-01", "to": switch, "list": [each for each in made if str(each["day"]) <= switch]},
        {
            "from": "2026-09-14",
            "to": TODAY.isoformat(),
            "list": [each for each in made if str(each["day"]) >= "2026-09-14"],
        },
    ]
    room = {
        "day": TODAY.isoformat(),
        "founded": FOUNDED.isoformat(),
        "policy": {
            "days": 365,
            "restore_days": 180,
            "knows": 3,
            "wide": 25,
            "delivery": {
                "hosted": {"follow": ["link"], "duties": [], "if_changed": ["AGPL-3.0-only"]},
                "shipped": {
                    "follow": ["link", "process"],
                    "duties": ["GPL-3.0-only", "AGPL-3.0-only"],
                    "if_changed": [],
                },
            },
        },
        "parts": list(PARTS),
        "files": [file for files in PARTS.values() for file in files],
        "people": people(),
        "bots": ["bot@updates.example"],
        "changes": logs,
        "products": {
            "api": {"delivery": "hosted", "needs": {"web-core": "link", "queue": "link", "load-test": "dev"}},
            "widget": {"delivery": "shipped", "needs": {"calendar-view": "link"}},
            "desk": {"delivery": "shipped", "needs": {"print-bridge": "link", "forms": "dev"}},
        },
        "packages": packages(),
        "scans": [
            {
                "from": "2024-01-15",
                "to": "2027-04-19",
                "list": [
                    {"credential": "sms-key", "day": "2024-05-02", "removed": "2024-05-02"},
                    {"credential": "sms-key", "day": "2025-03-11", "removed": None},
                    {"credential": "print-token", "day": "2025-10-20", "removed": "2025-10-21"},
                ],
            }
        ],
        "rotations": {"sms-key": ["2024-05-06", "2025-03-14"], "print-token": ["2025-10-24"]},
        "stores": ["main", "payments", "recordings"],
        "restores": restores(),
    }
    (Path(__file__).parent / "data" / "room.json").write_text(
        json.dumps(room, separators=(",", ":")) + "\n", encoding="utf-8"
    )
