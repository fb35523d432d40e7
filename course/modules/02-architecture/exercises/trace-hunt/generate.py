"""Writes the files in data/: metrics, logs and traces of a Wednesday morning, and what a restore drill left behind.

Times are seconds since midnight of that Wednesday, 6 December 2023; Tuesday evening is negative.
Run it in this folder; the files are the same each time.
"""

import csv
import json
import random
from pathlib import Path

SEED = 612
DATA = Path(__file__).parent / "data"
CLINICS, DAYS = 312, 14
FIRST, OPEN, LAST = 27_000, 28_800, 31_500  # 07:30, 08:00, 08:45
WARMED = -20_400  # Tuesday 18:20
KEEP = 12  # one booking in so many has its log line and its trace in the export
SERVERS = ("app-1", "app-2")
RELEASED = {"app-1": 28_210, "app-2": 28_330}  # 412 starts; a restart each
ROLLED_BACK = {"app-1": 30_240, "app-2": 30_370}
PER_SECOND = 2.2  # booking attempts once the clinics are open
TAKEN = {"drill-1": 0.27}  # how often the slot that an entry of that host calls free is taken
NORMALLY_TAKEN = 0.008

# requests a second and server, before and after opening; share of 503 answers
OTHERS = {"/calendar": (4, 22, 0.0002), "/slots": (2, 9, 0.0003), "/report": (0.05, 0.4, 0.03)}


def version(server, t):
    return "412" if RELEASED[server] <= t < ROLLED_BACK[server] else "411"


class Morning:
    """The stream of bookings, with the cache entries that they read."""

    def __init__(self):
        self.rng = random.Random(SEED)
        self.wrote = {}  # key: [(t, host), ...]
        self.booked = []  # (t, server, status), all of them
        self.lines, self.traces = [], []

    def run(self):
        rng = self.rng
        keys = [f"slots:{clinic}:{day}" for clinic in range(1, CLINICS + 1) for day in range(DAYS)]
        for n, key in enumerate(keys):
            self.wrote[key] = [(round(WARMED + n * 0.07, 2), "drill-1")]
            if rng.random() < 0.1:  # a patient booked online in the evening or at night
                self.wrote[key].append(
                    (round(rng.uniform(WARMED + 600, OPEN - 2000), 2), rng.choice(SERVERS))
                )
        t, number = float(FIRST), 0
        while True:
            t += rng.expovariate(PER_SECOND if t >= OPEN else 0.15)
            if t >= LAST:
                return self
            number += 1
            self.book(round(t, 2), number)

    def book(self, t, number):
        rng, server = self.rng, self.rng.choice(SERVERS)
        clinic, day = rng.randint(1, CLINICS), min(int(rng.expovariate(0.28)), DAYS - 1)
        key = f"slots:{clinic}:{day}"
        written, host = max(self.wrote[key])
        hit = (
            rng.random() < 0.94 and written <= t
        )  # else it was just deleted, or pushed out for want of memory
        source = host if hit else "database"
        failed = rng.random() < TAKEN.get(source, NORMALLY_TAKEN)
        self.booked.append((t, server, 409 if failed else 200))
        kept = number % KEEP == 0
        if kept:
            self.trace(t, number, server, clinic, key, hit, failed)
        if not hit:
            self.wrote[key].append((round(t + 0.03, 2), server))
        if not failed:  # the entry is deleted, and the next look at that day writes it again
            self.wrote[key].append((round(t + rng.uniform(0.6, 9), 2), rng.choice(SERVERS)))

    def trace(self, t, number, server, clinic, key, hit, failed):
        rng, at = self.rng, 0.0
        trace = f"{rng.getrandbits(32):08x}"
        spans = []

        def add(name, start, ms, parent=1, **more):
            spans.append(
                {
                    "trace": trace,
                    "id": len(spans) + 2,
                    "parent": parent,
                    "name": name,
                    "host": server,
                    "t": round(t + start / 1000, 3),
                    "start": round(start, 1),
                    "ms": round(ms, 1),
                    **more,
                }
            )
            return start + ms

        at = add("session", 1.0, rng.uniform(0.6, 2))
        at = add("cache.get", at + 0.4, rng.uniform(0.4, 1.5), key=key, hit=hit)
        if not hit:
            at = add("db: select day", at + 0.3, rng.uniform(12, 30))
        at += rng.uniform(2, 6)
        write = add("db: transaction", at, rng.uniform(14, 26))
        inside = len(spans) + 1
        add("db: insert booking", at + 0.8, (write - at) * 0.72, parent=inside)
        add("db: insert history", at + 1.4, (write - at) * 0.55, parent=inside)
        at = write
        if not failed:
            new = version(server, t) == "412"
            sent = at + (rng.lognormvariate(6.05, 0.28) if new else rng.uniform(1, 3))
            add("sms: confirm" if new else "queue: confirm", at, sent - at)
            at = add("letter: render", at + 0.5, rng.uniform(20, 60))
            at = max(at, sent)
        total = at + rng.uniform(3, 9)
        root = {"trace": trace, "id": 1, "parent": None, "name": "POST /book", "host": server}
        root |= {"t": t, "start": 0.0, "ms": round(total, 1)}
        line = {"t": round(t + total / 1000, 2), "event": "book", "status": 409 if failed else 200}
        line |= {"clinic": clinic, "server": server, "version": version(server, t), "trace": trace}
        line |= {"reason": "slot_taken"} if failed else {}
        self.lines.append(line)
        self.traces += [root, *spans]

    def spans(self):
        """Traces of the kept bookings, and every time one of their entries was written."""
        rng = self.rng
        keys = {span["key"] for span in self.traces if span["name"] == "cache.get"}
        sets = [(t, key, host) for key in keys for t, host in self.wrote[key]]
        for t, key, host in sorted(sets):
            span = {"trace": f"{rng.getrandbits(32):08x}", "id": 1, "parent": None, "name": "cache.set"}
            self.traces.append(span | {"host": host, "t": t, "start": 0.0, "ms": 0.6, "key": key})
        shuffled = list(self.traces)
        rng.shuffle(shuffled)  # collectors of several machines, no common order
        return shuffled

    def log(self):
        """The lines of the bookings, and what else the servers said."""
        lines = list(self.lines)
        for server in SERVERS:
            for t, new in ((RELEASED[server], "412"), (ROLLED_BACK[server], "411")):
                lines.append({"t": t, "event": "start", "server": server, "version": new})
        return sorted(lines, key=lambda line: line["t"])


def scrapes(rng, booked):
    """Counters once a minute; they begin at 0 when a process starts."""
    counts = {
        (server, route, status): rng.randint(0, 900 if status == 200 else 9)
        for server in SERVERS
        for route in (*OTHERS, "/book")
        for status in ((200, 409) if route == "/book" else (200, 503))
    }
    booked, at = sorted(booked), 0
    for t in range(FIRST, LAST + 1, 60):
        for server in SERVERS:
            if any(t - 60 < start <= t for start in (RELEASED[server], ROLLED_BACK[server])):
                counts.update({labels: 0 for labels in counts if labels[0] == server})
            for route, (before, after, share) in OTHERS.items():
                mean = 60 * (after if t > OPEN else before)
                asked = max(0, round(rng.gauss(mean, mean**0.5)))
                refused = sum(rng.random() < share for _ in range(asked))
                counts[server, route, 503] += refused
                counts[server, route, 200] += asked - refused
        while at < len(booked) and booked[at][0] <= t:
            _, server, status = booked[at]
            counts[server, "/book", status] += 1
            at += 1
        for (server, route, status), value in counts.items():
            yield t, server, route, status, value


def archive(rng):
    """Tuesday's log segments, from the base backup of 02:00 on; one never arrived."""
    number, minute, names = 0x3 * 256 + 0xB4, 120, []
    while minute < 18 * 60 + 30:
        minute += 5 if minute < 480 or minute > 1080 else rng.choice((3, 4, 5))
        name = f"00000001{number // 256:08X}{number % 256:08X}"
        names.append((name, f"2023-12-05 {minute // 60:02}:{minute % 60:02}"))
        number += 1
    lost = next(n for n, (_, until) in enumerate(names) if until >= "2023-12-05 11:41")
    first = names[0][0]
    del names[lost]
    names.append((f"{first}.00000028.backup", names[0][1]))
    names.append(("0000000100000003000000B2", "2023-12-05 01:50"))
    names.append(("0000000100000003000000B3", "2023-12-05 01:55"))
    rng.shuffle(names)
    return first, names


# name, got, wanted, read from, compared with a value from, newest data it looks at
CHECKS = [
    ("it accepts connections", "yes", "yes", "restored", "runbook", None),
    ("number of tables", 61, 61, "restored", "live", None),
    ("bookings made on Monday", 13_866, 13_866, "restored", "live", "2023-12-05 00:00"),
    ("bookings made on Tuesday until 17:00", 11_914, 11_914, "live", "live", "2023-12-05 17:00"),
    ("reminders due on Wednesday", 10_418, 11_206, "restored", "live", "2023-12-05 17:30"),
]
CHECK = ("name", "got", "wanted", "got_from", "wanted_from", "upto")

PROTOCOL = """\
RESTORE DRILL    Tuesday 5 December, 17:30        Tomas; Lena watches, silent
Aim      bookings as of 17:00, in an empty account
17:30    start. Login works, one bucket: both faults from last time are fixed
17:33    empty account: quota for this size of machine is 0. Made drill-1 in
         our own account instead, next to production                       +4
17:37    base backup of 02:00 found, restore started
18:02    restored (25 min, as the runbook says)
18:02    replay to the end of the archive
18:11    replay over, database open, no error
18:14    four checks of five: equal.  Reminders differ; they are written all
         the time, so that is expected
18:16    app started on drill-1 with production's settings, DATABASE_URL changed
18:20    warmed the calendar, as the runbook says after any restore
18:26    calendar of three clinics opened: looks right
18:26    END  56 min.  RTO 60: met.  RPO 15: met.  PASSED
Next     nothing. Ask for the quota. drill-1 deleted at 18:40
"""


def write_csv(name, header, rows):
    with open(DATA / name, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def write_jsonl(name, rows):
    text = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows)
    (DATA / name).write_text(text, encoding="utf-8")


def main():
    DATA.mkdir(exist_ok=True)
    morning = Morning().run()
    rng = random.Random(SEED + 1)
    write_csv("metrics.csv", ["t", "server", "route", "status", "value"], scrapes(rng, morning.booked))
    write_jsonl("logs.jsonl", morning.log())
    write_jsonl("spans.jsonl", morning.spans())
    first, segments = archive(rng)
    write_csv("archive.csv", ["name", "until"], segments)
    drill = {
        "first": first,
        "aim": "2023-12-05 17:00",
        "checks": [dict(zip(CHECK, check)) for check in CHECKS],
    }
    (DATA / "drill.json").write_text(json.dumps(drill, indent=1) + "\n", encoding="utf-8")
    (DATA / "drill.txt").write_text(PROTOCOL, encoding="utf-8")


if __name__ == "__main__":
    main()
