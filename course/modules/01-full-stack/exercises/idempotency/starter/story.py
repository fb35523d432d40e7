"""One morning, request by request: python3 story.py

Each line shows an answer and what it should be; a question mark means
that they differ. The database is a file that is deleted afterwards.
"""

import sqlite3
import tempfile
from pathlib import Path

from idempotency import Idempotency, migrate
from service import BOOKINGS, Response, connect, problem

TTL, LEASE = 86_400, 60
BODY = {"starts_at": "2023-02-06T09:30", "patient": 5121}
LATER = {**BODY, "starts_at": "2023-02-06T11:00"}
TAKEN = "/problems/slot-taken"
RUNNING = "409 /problems/request-running"

folder = tempfile.TemporaryDirectory()
database = str(Path(folder.name) / "clinic.db")
now = [0.0]
practitioners = iter(range(1, 100))  # the calendar names a different one each time


def ask(body):
    return next(practitioners)


def book(conn, body, practitioner):
    sql = "INSERT INTO bookings VALUES (NULL, ?, ?, ?)"
    row = (practitioner, body["starts_at"], body["patient"])
    return Response(201, {"id": conn.execute(sql, row).lastrowid})


def full(conn, body, practitioner):
    return problem(409, TAKEN, "Nobody is free at that time")


def broken(conn, body, practitioner):
    book(conn, body, practitioner)
    raise RuntimeError("disk full")


def request(what, right, client="c-7", key="k-1", body=BODY, ask=ask, book=book):
    """Send one request, as a worker of its own, and print its answer."""
    conn = connect(database, timeout=0.5)
    server = Idempotency(lambda: now[0], TTL, LEASE)
    try:
        status, answer = server.handle(conn, client, key, body, ask, book)
        got = f"{status} {answer.get('id', answer.get('type'))}"
    except (RuntimeError, sqlite3.Error) as error:
        got = f"{type(error).__name__} {error}"
    conn.close()
    if what:  # nobody sees the answer of a dead server
        print(f"{' ' if got == right else '?'} {what:34} {got:30} {right}")


def slow(body):
    """While this request asks the calendar, two others come in."""
    request("  meanwhile the same request", RUNNING, key="k-4")
    request("  meanwhile another patient", "201 5", key="k-5", body=LATER)
    return ask(body)


def dies(body):
    """The server loses power here: keep what is in the database now."""
    global database
    source = connect(database)
    database = str(Path(folder.name) / "after.db")
    after = connect(database)
    source.backup(after)
    after.close()
    source.close()
    return ask(body)


def late(body):
    """A minute passes, and the patient's retry overtakes this request."""
    now[0] += LEASE
    request("  its retry, a minute later", "201 8", key="k-7", body=LATER)
    return ask(body)


setup = connect(database)
setup.executescript(BOOKINGS)
migrate(setup)
setup.close()

print(f"  {'what happens':34} {'the answer':30} should be")
request("a booking", "201 1")
request("its retry", "201 1")
request("the same key, another time", "422 /problems/key-reused", body=LATER)
request("another clinic, the same key", "201 2", client="c-9")
request("no key", "400 /problems/key-missing", key=None)
request("the work fails", "RuntimeError disk full", key="k-2", book=broken)
request("and is tried again", "201 3", key="k-2")
request("nobody is free", f"409 {TAKEN}", key="k-3", book=full)
request("a slot is free again; a retry", "201 4", key="k-3")
request("a slow calendar", "201 6", key="k-4", ask=slow)
request(None, "", key="k-6", ask=dies)
request("after a power cut, its retry", RUNNING, key="k-6")
now[0] += LEASE
request("its retry, a minute later", "201 7", key="k-6")
request("a request that is too slow", RUNNING, key="k-7", body=LATER, ask=late)
now[0] += TTL
request("a day later, the first key", "201 9")
folder.cleanup()
