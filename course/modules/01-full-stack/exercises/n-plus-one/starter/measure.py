"""Measure list_day on 50,000 appointments: python3 measure.py

The database is built in memory and thrown away afterwards. Run it,
change clinic.py, and run it again.
"""

import random
import re
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import clinic

CLINICS, PRACTITIONERS, PATIENTS, ROWS = 120, 360, 9_000, 50_000
CLINIC, DAY, ON_THAT_DAY = 7, "2023-02-06", 50
TIMES = [f"T{h:02}:{m:02}" for h in range(8, 18) for m in (0, 15, 30, 45)]


def build() -> sqlite3.Connection:
    rng = random.Random(2300)
    conn = sqlite3.connect(":memory:")
    conn.executescript(Path(__file__).with_name("schema.sql").read_text())
    conn.executemany(
        "INSERT INTO practitioners VALUES (?, ?, ?)",
        [(n, n % CLINICS, f"Therapist {n}") for n in range(PRACTITIONERS)],
    )
    conn.executemany(
        "INSERT INTO patients VALUES (?, ?)",
        [(n, f"Patient {n}") for n in range(PATIENTS)],
    )
    team = [n for n in range(PRACTITIONERS) if n % CLINICS == CLINIC]
    slots = {
        (team[n % 3], DAY + TIMES[n // 3]) for n in range(ON_THAT_DAY)
    }
    monday = date.fromisoformat(DAY)
    while len(slots) < ROWS:
        who = rng.randrange(PRACTITIONERS)
        day = str(monday + timedelta(days=rng.randint(-60, 30)))
        if (who % CLINICS, day) != (CLINIC, DAY):
            slots.add((who, day + rng.choice(TIMES)))
    in_random_order = sorted(slots)
    rng.shuffle(in_random_order)
    for n, (who, at) in enumerate(in_random_order, start=1):
        conn.execute(
            "INSERT INTO appointments VALUES (?, ?, ?, ?, ?, 'booked')",
            (n, who % CLINICS, who, rng.randrange(PATIENTS), at),
        )
        for channel in rng.choice([(), ("sms",), ("sms", "email")]):
            conn.execute(
                "INSERT INTO reminders VALUES (NULL, ?, ?)", (n, channel)
            )
    conn.commit()
    return conn


def main() -> None:
    conn = build()
    clinic.migrate(conn)
    statements: list[str] = []
    ticks = [0]

    def tick() -> None:
        ticks[0] += 1

    conn.set_trace_callback(statements.append)  # at each statement
    conn.set_progress_handler(tick, 100)  # at each hundredth step
    rows = clinic.list_day(conn, CLINIC, DAY)
    conn.set_trace_callback(None)
    conn.set_progress_handler(None, 0)

    count = len(statements)
    print(f"{len(rows)} appointments in clinic {CLINIC} on {DAY}")
    print(f"{count} statements: {count * 1.8:.1f} ms at 1.8 ms each")
    print(f"{ticks[0] * 100:,} steps of SQLite's virtual machine")

    shapes: dict[str, list[str]] = {}
    for sql in statements:
        shape = re.sub(r"'[^']*'|\b\d+\b", "?", sql)
        shapes.setdefault(shape, []).append(sql)
    for shape, sent in shapes.items():
        print(f"\n{len(sent)} x  {shape}")
        for *_, detail in conn.execute("EXPLAIN QUERY PLAN " + sent[0]):
            print(f"        {detail}")


if __name__ == "__main__":
    main()
