"""The server's side: a repeated request is answered, not carried out again."""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable

from service import (
    MISSING,
    REUSED,
    RUNNING,
    Ask,
    Book,
    Response,
    problem,
    transaction,
)

# A key without a status is running: claimed by one attempt, `owner`, and
# believed to be at work until `lease_ends`.
SCHEMA = """
CREATE TABLE IF NOT EXISTS keys (
    client      TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    owner       TEXT NOT NULL,
    lease_ends  REAL NOT NULL,
    status      INTEGER,
    body        TEXT,
    expires     REAL,
    PRIMARY KEY (client, key)
);
"""

# Refusals that another try may cure: logging in, waiting, a slot that
# becomes free. To remember them would make them permanent.
CURABLE = {401, 408, 409, 425, 429}


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
        if key is None or not key.strip():
            return problem(400, MISSING, "Send an Idempotency-Key")
        claim = (client, key, secrets.token_hex(8))
        answer = self._claim(conn, claim, _fingerprint(body))
        if answer is not None:
            return answer
        try:
            practitioner = ask(body)  # slow, so no transaction is open
            return self._finish(conn, claim, body, book, practitioner)
        except Exception:
            self._free(conn, claim)
            raise

    def purge(self, conn: sqlite3.Connection) -> int:
        """Forget the answers that have expired; return how many."""
        sql = "DELETE FROM keys WHERE status IS NOT NULL AND expires <= ?"
        return conn.execute(sql, (self._clock(),)).rowcount

    def _claim(
        self, conn: sqlite3.Connection, claim: tuple, fingerprint: str
    ) -> Response | None:
        """Enter the key as running, or return what its state calls for."""
        now = self._clock()
        with transaction(conn):  # looking and claiming are one step
            row = conn.execute(
                "SELECT fingerprint, lease_ends, status, body, expires"
                " FROM keys WHERE client = ? AND key = ?",
                claim[:2],
            ).fetchone()
            if row is not None:
                known, lease_ends, status, body, expires = row
                finished = status is not None
                if not finished or now < expires:  # the key is in use
                    if known != fingerprint:
                        return problem(422, REUSED, "It had another body")
                    if finished:
                        return Response(status, json.loads(body))
                    if now < lease_ends:
                        return problem(409, RUNNING, "Still running")
            conn.execute(
                "REPLACE INTO keys VALUES (?, ?, ?, ?, ?, NULL, NULL, NULL)",
                (*claim[:2], fingerprint, claim[2], now + self._lease),
            )
        return None

    def _finish(
        self,
        conn: sqlite3.Connection,
        claim: tuple,
        body: dict,
        book: Book,
        practitioner: int,
    ) -> Response:
        """Write the booking and the answer to its key together."""
        with transaction(conn):
            mine = conn.execute(f"SELECT 1 FROM keys WHERE {_MINE}", claim)
            if mine.fetchone() is None:  # we were too slow: see _claim()
                return problem(409, RUNNING, "Another attempt took over")
            conn.execute("SAVEPOINT booking")
            response = book(conn, body, practitioner)
            if response.status >= 400:  # a refusal leaves nothing behind
                conn.execute("ROLLBACK TO booking")
            if _remembered(response.status):
                expires = self._clock() + self._ttl
                answer = response.status, json.dumps(response.body), expires
                conn.execute(
                    "UPDATE keys SET status = ?, body = ?, expires = ?"
                    f" WHERE {_MINE}",
                    (*answer, *claim),
                )
            else:
                conn.execute(f"DELETE FROM keys WHERE {_MINE}", claim)
        return response

    def _free(self, conn: sqlite3.Connection, claim: tuple) -> None:
        """Let go of the key, unless another attempt has it by now."""
        conn.execute(f"DELETE FROM keys WHERE {_MINE}", claim)


_MINE = "client = ? AND key = ? AND owner = ? AND status IS NULL"


def _remembered(status: int) -> bool:
    """The contract's choice: a failure of ours frees the key."""
    return status < 500 and status not in CURABLE


def _fingerprint(body: dict) -> str:
    """The same for the same JSON value, however its keys are ordered."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
