"""What the booking service already has. Read this file, but leave it as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

# The machine-readable names of what can go wrong with a key. The client
# looks at these, since a 409 may also mean "the slot is taken".
MISSING = "/problems/key-missing"
REUSED = "/problems/key-reused"
RUNNING = "/problems/request-running"


class Response(NamedTuple):
    status: int
    body: dict


def problem(status: int, type_: str, title: str) -> Response:
    body = {"type": type_, "title": title, "status": status}
    return Response(status, body)


# ask(body) asks the clinic's own calendar which practitioner is free. It
# takes up to three seconds and touches no table of ours.
Ask = Callable[[dict], int]

# book(conn, body, practitioner) writes the booking. It is quick, and it
# leaves transactions to its caller.
Book = Callable[[sqlite3.Connection, dict, int], Response]

BOOKINGS = """
CREATE TABLE IF NOT EXISTS bookings (
    id           INTEGER PRIMARY KEY,
    practitioner INTEGER NOT NULL,
    starts_at    TEXT NOT NULL,
    patient      INTEGER NOT NULL,
    UNIQUE (practitioner, starts_at)
);
"""


def connect(path: str, timeout: float = 5.0) -> sqlite3.Connection:
    """One worker's connection to the database.

    Outside transaction(), each statement is committed by itself.
    """
    conn = sqlite3.connect(path, timeout=timeout, isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")  # readers need not wait
    return conn


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """All of the block's writes happen, or none.

    SQLite lets one connection write at a time, so a second transaction()
    waits here until the first is over. An exception undoes the writes.
    """
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        conn.execute("ROLLBACK")
        raise
    conn.execute("COMMIT")
