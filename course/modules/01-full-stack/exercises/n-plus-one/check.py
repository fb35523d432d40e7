"""Checks of the lab "N+1 and the missing index"."""

from __future__ import annotations

import re
import sqlite3
import threading
from datetime import date, timedelta

import lab

SCHEMA = """
CREATE TABLE practitioners (
    id        INTEGER PRIMARY KEY,
    clinic_id INTEGER NOT NULL,
    name      TEXT NOT NULL
);
CREATE TABLE patients (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);
CREATE TABLE appointments (
    id              INTEGER PRIMARY KEY,
    clinic_id       INTEGER NOT NULL,
    practitioner_id INTEGER NOT NULL REFERENCES practitioners (id),
    patient_id      INTEGER REFERENCES patients (id),
    starts_at       TEXT NOT NULL,
    status          TEXT NOT NULL CHECK (status IN ('booked', 'cancelled'))
);
CREATE TABLE reminders (
    id             INTEGER PRIMARY KEY,
    appointment_id INTEGER NOT NULL REFERENCES appointments (id),
    channel        TEXT NOT NULL CHECK (channel IN ('sms', 'email'))
);
"""
INSERT = (
    "INSERT INTO appointments (clinic_id, practitioner_id, patient_id, starts_at, status)"
    " VALUES (?, ?, NULL, ?, 'booked')"
)
NAMES = (
    "Adeyemi Bakker Castelo Demir Eriksen Ferrante Gupta Hoekstra Ivanov Jansen Kovacs Lemaire "
    "Moreau Nkemelu Okonkwo Peeters Quist Romero Schouten Tanaka Ursu Verbeek Wang Yilmaz Zijlstra"
).split()
TIMES = [f"T{hour:02}:{minute:02}" for hour in range(24) for minute in range(0, 60, 15)]


class World:
    """A database with the production tables and the learner's migration, and what is in it."""

    def __init__(self, clinic, rng, path=":memory:"):
        self.rng = rng
        self.path = path
        self.home = rng.randint(2, 90)  # the clinic that is looked at
        year = rng.choice([2023, 2024])
        days = [date(year, 1, 31), date(year, 2, 28), date(year, 5, 8), date(year, 12, 31)]
        self.day = rng.choice(days).isoformat()
        self.conn = self.connect()
        self.conn.executescript(SCHEMA)
        self.people = []  # (id, clinic_id, name) of practitioners
        self.names = [f"{rng.choice('ABCDEFGHJKLM')}. {who}" for who in rng.sample(NAMES, len(NAMES))]
        self.rows = []  # appointments, as inserted
        self.sent = []  # reminders, as inserted
        self.taken = set()
        self.conn.executemany("INSERT INTO patients VALUES (?, ?)", enumerate(self.names, start=1))
        clinic.migrate(self.conn)
        self.conn.commit()

    def connect(self):
        """A connection as the application opens it: references are enforced."""
        conn = sqlite3.connect(self.path, timeout=10)
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA synchronous = OFF")
        return conn

    def hire(self, clinic_id):
        number = len(self.people) + 1
        self.people.append((number, clinic_id, f"Practitioner {self.rng.choice(NAMES)} {number}"))
        self.conn.execute("INSERT INTO practitioners VALUES (?, ?, ?)", self.people[-1])
        self.conn.commit()
        return number

    def add(self, day, count, clinic_id=None, walk_ins=0.2, cancelled=0.0, reminders=(0, 1, 2, 3)):
        """Put `count` appointments on one day of one clinic, in no particular order."""
        clinic_id = clinic_id or self.home
        team = [p[0] for p in self.people if p[1] == clinic_id] or [self.hire(clinic_id)]
        while len(team) * len(TIMES) < 2 * count:
            team.append(self.hire(clinic_id))
        rows, sent = [], []
        for who, at in self.rng.sample([(who, at) for who in team for at in TIMES], count):
            if (who, day + at) in self.taken:
                continue
            self.taken.add((who, day + at))
            patient = None if self.rng.random() < walk_ins else self.rng.randint(1, len(self.names))
            status = "cancelled" if self.rng.random() < cancelled else "booked"
            number = len(self.rows) + len(rows) + 1
            rows.append((number, clinic_id, who, patient, day + at, status))
            for _ in range(self.rng.choice(reminders)):
                key = len(self.sent) + len(sent) + 1
                sent.append((key, number, self.rng.choice(["sms", "email"])))
        self.conn.executemany("INSERT INTO appointments VALUES (?, ?, ?, ?, ?, ?)", rows)
        self.conn.executemany("INSERT INTO reminders VALUES (?, ?, ?)", sent)
        self.conn.commit()
        self.rows += rows
        self.sent += sent

    def other_day(self, shift):
        return (date.fromisoformat(self.day) + timedelta(days=shift)).isoformat()

    def expected(self):
        """The right list of self.day at self.home, worked out without the database."""
        practitioner = {number: name for number, _, name in self.people}
        listed = [
            {
                "id": number,
                "starts_at": at,
                "practitioner": practitioner[who],
                "patient": None if patient is None else self.names[patient - 1],
                "reminders": [channel for _, owner, channel in self.sent if owner == number],
            }
            for number, clinic_id, who, patient, at, status in self.rows
            if clinic_id == self.home and at[:10] == self.day and status == "booked"
        ]
        return sorted(listed, key=lambda row: (row["starts_at"], row["id"]))

    def given(self):
        return f"list_day(conn, {self.home}, '{self.day}')"


def observe(conn, call):
    """Run call(); return its result, the statements it sent and the steps SQLite took."""
    statements, steps = [], [0]

    def tick():
        steps[0] += 10

    conn.set_trace_callback(statements.append)
    conn.set_progress_handler(tick, 10)
    try:
        result = call()
    finally:
        conn.set_trace_callback(None)
        conn.set_progress_handler(None, 0)
    words = ("begin", "commit", "rollback", "savepoint", "release", "--")
    sent = [sql for sql in statements if not sql.strip().lower().startswith(words)]
    return result, sent, steps[0]


def scans(conn, statements):
    """Say which of the two large tables the statements read from end to end."""
    found = []
    for sql in statements:
        if not sql.lstrip().lower().startswith(("select", "with")):
            continue
        for *_, detail in conn.execute("EXPLAIN QUERY PLAN " + sql):
            scan = re.match(r"SCAN (?:TABLE )?(\w+)", detail)
            if not scan:
                continue
            alias = rf"\b(appointments|reminders)\s+(?:as\s+)?{scan[1]}\b"
            renamed = re.search(alias, sql, re.IGNORECASE)
            if scan[1] in ("appointments", "reminders") or renamed:
                found.append(detail)
    return found


class DayList(lab.Case):
    def setUp(self):
        self.clinic = lab.load("clinic")

    def compare(self, world, what):
        """Compare the list with the right one, and show the first difference alone."""
        got = self.clinic.list_day(world.conn, world.home, world.day)
        expected = world.expected()
        given = f"{world.given()}, {what}"
        ids = [row["id"] for row in expected]
        self.expect([row["id"] for row in got], ids, f"{given}: the ids")
        for mine, right in zip(got, expected):
            self.expect(mine, right, f"{given}: appointment {right['id']}")

    def test_list(self):
        """The day's list is right, whatever else the table holds"""
        world = World(self.clinic, lab.rng("list"))
        for _ in range(4):  # several appointments start at the same time
            world.hire(world.home)
        for shift in (-365, -1, 1, 7):
            world.add(world.other_day(shift), 30)
        world.add(world.day, 25, clinic_id=world.home + 1)
        world.add(world.day, world.rng.randint(20, 45), cancelled=0.2)
        self.compare(world, "a full day")
        world.day = world.other_day(40)
        self.compare(world, "a day without appointments")

    def test_walk_ins(self):
        """A walk-in stays on the list, and a cancelled appointment does not come back"""
        rng = lab.rng("walk-ins")
        world = World(self.clinic, rng)
        world.add(world.day, rng.randint(5, 9), walk_ins=1.0, reminders=(0,))
        self.compare(world, "walk-ins only (patient_id is NULL)")
        world.add(world.day, rng.randint(4, 8), walk_ins=0.0, cancelled=1.0)
        self.compare(world, "the same, and some cancelled appointments")

    def test_reminders(self):
        """An appointment with three reminders is listed once, and so is one with none"""
        rng = lab.rng("reminders")
        world = World(self.clinic, rng)
        world.add(world.day, rng.randint(6, 12), reminders=(0, 3))
        self.compare(world, "none or three reminders each")

    def test_statements(self):
        """Three statements at most, however busy the day"""
        rng = lab.rng("statements")
        for count in (0, 1, rng.randint(8, 20), rng.randint(120, 300)):
            world = World(self.clinic, rng)
            world.add(world.day, count)
            rows, sent, _ = observe(
                world.conn, lambda: self.clinic.list_day(world.conn, world.home, world.day)
            )
            self.expect_true(
                len(sent) <= 3,
                "expected 3 statements or fewer",
                given=f"{world.given()}; appointments on that day: {len(rows)}",
                got=f"{len(sent)} statements; the last was {sent[-1] if sent else 'none'}",
            )

    def test_plan(self):
        """Every statement SEARCHes with an index; none SCANs appointments or reminders"""
        rng = lab.rng("plan")
        world = World(self.clinic, rng)
        world.add(world.day, rng.randint(10, 30))
        _, sent, _ = observe(
            world.conn, lambda: self.clinic.list_day(world.conn, world.home, world.day)
        )
        found = scans(world.conn, dict.fromkeys(sent))
        self.expect_true(
            not found,
            "expected a plan with SEARCH ... USING INDEX for both tables",
            given=f"EXPLAIN QUERY PLAN of what {world.given()} sends",
            got=", ".join(dict.fromkeys(found)),
        )

    def test_work(self):
        """The work depends on the day, not on the size of the table"""
        rng = lab.rng("work")
        world = World(self.clinic, rng)
        world.add(world.day, rng.randint(15, 30), reminders=(0, 1))

        def call():
            return self.clinic.list_day(world.conn, world.home, world.day)

        rows, _, before = observe(world.conn, call)
        small = len(world.rows)
        for shift in range(1, 41):  # the clinic's other days
            world.add(world.other_day(-shift), 80, reminders=(0, 1))
        for other in range(1, 41):  # the same day elsewhere
            world.add(world.day, 80, clinic_id=world.home + other, reminders=(0, 1))
        _, _, after = observe(world.conn, call)
        self.expect_true(
            after <= 2 * before + 400,
            "expected about the same number of steps both times. An index helps when it has the "
            "columns of the WHERE, those with = first, and when the WHERE does not wrap them in a function",
            given=f"a day of {len(rows)} appointments, in a table of {small} and then "
            f"{len(world.rows):,} (more days of this clinic, more clinics on this day)",
            got=f"{before:,} steps of SQLite's virtual machine, then {after:,}",
        )


class Booking(lab.Case):
    def setUp(self):
        self.clinic = lab.load("clinic")

    def world(self, name):
        world = World(self.clinic, lab.rng(name), lab.scratch() / "clinic.db")
        self.addCleanup(world.conn.close)
        world.slot = world.day + world.rng.choice(TIMES)
        world.who = world.hire(world.home)
        world.patient = world.rng.randint(1, len(world.names))
        return world

    def booked(self, world):
        query = (
            "SELECT id FROM appointments WHERE practitioner_id = ? AND starts_at = ?"
            " AND status = 'booked'"
        )
        conn = world.connect()  # a second connection sees what was committed
        self.addCleanup(conn.close)
        return [number for (number,) in conn.execute(query, (world.who, world.slot))]

    def test_book(self):
        """A booking is committed and its id returned; the second gets SlotTaken"""
        world = self.world("book")
        args = (world.home, world.who, world.patient, world.slot)
        number = self.clinic.book(world.conn, *args)
        self.expect(self.booked(world), [number], given=f"book(conn, {', '.join(map(repr, args))})")
        self.expect_raises(
            self.clinic.SlotTaken,
            lambda: self.clinic.book(world.conn, *args),
            given="the same call again",
        )
        self.expect(world.conn.in_transaction, False, given="conn.in_transaction after SlotTaken")

    def test_between(self):
        """The other desk books between your check and your INSERT: one booking remains"""
        world = self.world("between")
        desk = sqlite3.connect(world.path, timeout=0)
        self.addCleanup(desk.close)
        tried = []

        def other_desk(sql):
            if sql.strip().lower().startswith("insert") and not tried:
                tried.append(sql)
                try:
                    with desk:
                        desk.execute(INSERT, (world.home, world.who, world.slot))
                except sqlite3.Error:
                    desk.rollback()  # you hold a lock: you are first

        world.conn.set_trace_callback(other_desk)
        try:
            outcome = self.clinic.book(world.conn, world.home, world.who, world.patient, world.slot)
        except self.clinic.SlotTaken:
            outcome = "SlotTaken"
        world.conn.set_trace_callback(None)
        rows = self.booked(world)
        self.expect_true(
            len(rows) == 1 and outcome in (rows[0], "SlotTaken"),
            "expected one booked appointment, and SlotTaken for the one who came second. "
            "A check before the INSERT looks at the past; let the database enforce the rule",
            given=f"practitioner {world.who} at {world.slot}, wanted by two desks",
            got=f"{len(rows)} booked appointments; book() gave {outcome!r}",
        )

    def test_rule(self):
        """The database enforces the rule: a bare INSERT is refused too"""
        world = self.world("rule")
        world.conn.execute(INSERT, (world.home, world.who, world.slot))
        self.expect_raises(
            sqlite3.IntegrityError,
            lambda: world.conn.execute(INSERT, (world.home, world.who, world.slot)),
            given=f"two INSERTs of practitioner {world.who} at {world.slot}, bypassing book()",
        )

    def test_free(self):
        """A cancelled slot, a later slot and a colleague's slot can be booked"""
        world = self.world("free")
        args = (world.home, world.who, world.patient, world.slot)
        colleague = world.hire(world.home)
        for _ in range(2):  # cancelled twice: history may hold many
            self.clinic.book(world.conn, *args)
            with world.conn:
                world.conn.execute("UPDATE appointments SET status = 'cancelled'")
        later = world.other_day(7) + world.slot[10:]
        for who, at in ((world.who, world.slot), (world.who, later), (colleague, world.slot)):
            try:
                self.clinic.book(world.conn, world.home, who, world.patient, at)
            except self.clinic.SlotTaken:
                self.expect(
                    "SlotTaken",
                    "a booking",
                    given=f"practitioner {who} at {at}; practitioner {world.who} has two "
                    f"cancelled appointments at {world.slot}",
                )

    def test_other_errors(self):
        """An unknown patient is not reported as a taken slot"""
        world = self.world("errors")
        unknown = len(world.names) + world.rng.randint(100, 900)
        call = f"book(conn, {world.home}, {world.who}, {unknown}, '{world.slot}')"
        given = f"{call}, and there is no patient {unknown}"
        self.expect_raises(
            sqlite3.IntegrityError,
            lambda: self.clinic.book(world.conn, world.home, world.who, unknown, world.slot),
            given=given,
        )
        self.expect(world.conn.in_transaction, False, given=f"{given}; conn.in_transaction after it")
        number = self.clinic.book(world.conn, world.home, world.who, world.patient, world.slot)
        self.expect(self.booked(world), [number], given="a valid booking on the same connection")

    def test_twenty(self):
        """Twenty desks at once: one booking, nineteen refusals, no other error"""
        world = self.world("twenty")
        slots = {"the same slot": [world.slot] * 20}
        slots["twenty slots"] = [world.other_day(3) + at for at in world.rng.sample(TIMES, 20)]
        for what, wanted in slots.items():
            start, outcomes = threading.Barrier(20), []

            def desk(at, start=start, outcomes=outcomes):
                conn = world.connect()
                start.wait()
                try:
                    self.clinic.book(conn, world.home, world.who, world.patient, at)
                    outcomes.append("booked")
                except Exception as error:  # every kind is counted and shown
                    detail = "" if isinstance(error, self.clinic.SlotTaken) else f": {error}"
                    outcomes.append(type(error).__name__ + detail)
                finally:
                    conn.close()

            threads = [threading.Thread(target=desk, args=(at,)) for at in wanted]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            got = {outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))}
            right = {"SlotTaken": 19, "booked": 1} if len(set(wanted)) == 1 else {"booked": 20}
            self.expect(got, right, given=f"20 threads, each with its own connection, want {what}")

    def test_migration_twice(self):
        """The migration can run again on a database that already has it"""
        world = self.world("twice")
        world.add(world.day, 10, cancelled=0.5)
        try:
            self.clinic.migrate(world.conn)
        except sqlite3.Error as error:
            self.expect(f"{type(error).__name__}: {error}", "no error", given="migrate(conn) twice")
