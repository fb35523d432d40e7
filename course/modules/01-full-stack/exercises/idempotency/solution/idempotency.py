"""The server's side: what comes again is answered, not done again."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

# The machine-readable names of what can go wrong with a key. The client
# looks at these, since another 409 may mean "the slot is taken".
MISSING = "/problems/key-missing"
REUSED = "/problems/key-reused"
RUNNING = "/problems/request-running"


class Response(NamedTuple):
    status: int
    body: dict


Work = Callable[[dict], Response]


def problem(status: int, type_: str, title: str) -> Response:
    body = {"type": type_, "title": title, "status": status}
    return Response(status, body)


@dataclass
class Entry:
    """One key: whose request it stands for and, once done, the answer."""

    fingerprint: str
    answer: tuple[int, str] | None = None  # status and body as JSON
    expires: float = 0.0

    def running(self) -> bool:
        return self.answer is None


class Idempotency:
    """Remembers answers by client and key, each for `ttl` seconds."""

    def __init__(self, clock: Callable[[], float], ttl: float) -> None:
        self._clock = clock  # clock() is the time now, in seconds
        self._ttl = ttl
        self._lock = threading.Lock()
        self._entries: dict[tuple[str, str], Entry] = {}

    def handle(
        self, client: str, key: str | None, body: dict, work: Work
    ) -> Response:
        """Answer one POST; do work(body) only if it was not done yet."""
        if key is None or not key.strip():
            return problem(400, MISSING, "Send an Idempotency-Key")
        fingerprint = _fingerprint(body)
        # To look and to claim are one step under the lock; the work is not.
        with self._lock:
            entry = self._entries.get((client, key))
            if entry is None or self._expired(entry):
                self._entries[client, key] = mine = Entry(fingerprint)
            elif entry.fingerprint != fingerprint:
                return problem(422, REUSED, "This key had another body")
            elif entry.answer is None:
                return problem(409, RUNNING, "The first is still running")
            else:
                status, text = entry.answer
                return Response(status, json.loads(text))
        answer = None
        try:
            response = work(body)
            if response.status < 500:
                answer = response.status, json.dumps(response.body)
            return response
        finally:  # also when work() raises: a retry may fare better
            with self._lock:
                if answer is None:
                    del self._entries[client, key]
                else:
                    mine.expires = self._clock() + self._ttl
                    mine.answer = answer

    def purge(self) -> int:
        """Forget what has expired; return how many keys that were."""
        with self._lock:
            entries = self._entries.items()
            old = [name for name, entry in entries if self._expired(entry)]
            for name in old:
                del self._entries[name]
        return len(old)

    def __len__(self) -> int:
        """How many keys are held, the running ones included."""
        return len(self._entries)

    def _expired(self, entry: Entry) -> bool:
        return not entry.running() and self._clock() >= entry.expires


def _fingerprint(body: dict) -> str:
    """The same for the same JSON value, however its keys are ordered."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
