"""The server's side: a repeated request is answered, not carried out again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from service import Ask, Book, Response

# Your table of keys. migrate() runs whenever a worker starts.
SCHEMA = """
CREATE TABLE IF NOT EXISTS keys (
    key    TEXT PRIMARY KEY,
    status INTEGER NOT NULL,
    body   TEXT NOT NULL
);
"""


def migrate(conn: sqlite3.Connection) -> None:
    conn.executescript(SCHEMA)


class Idempotency:
    """The contract for repeated requests. All its memory is in the database."""

    def __init__(
        self, clock: Callable[[], float], ttl: float, lease: float
    ) -> None:
        self._clock = clock  # clock() is the time now, in seconds
        self._ttl = ttl  # how long an answer is kept
        self._lease = lease  # how long a request is believed to be running

    def handle(
        self,
        conn: sqlite3.Connection,
        client: str,
        key: str | None,
        body: dict,
        ask: Ask,
        book: Book,
    ) -> Response:
        """Answer one POST; book only if this has not been done yet."""
        row = conn.execute(
            "SELECT status, body FROM keys WHERE key = ?", (key,)
        ).fetchone()
        if row:
            return Response(row[0], json.loads(row[1]))
        practitioner = ask(body)
        response = book(conn, body, practitioner)
        conn.execute(
            "INSERT INTO keys (key, status, body) VALUES (?, ?, ?)",
            (key, response.status, json.dumps(response.body)),
        )
        return response

    def purge(self, conn: sqlite3.Connection) -> int:
        """Forget the answers that have expired; return how many."""
        return 0
