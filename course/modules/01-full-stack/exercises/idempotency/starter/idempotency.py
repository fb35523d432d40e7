"""The server's side: what comes again is answered, not done again."""

from __future__ import annotations

from collections.abc import Callable
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


class Idempotency:
    """Remembers answers by client and key, each for `ttl` seconds."""

    def __init__(self, clock: Callable[[], float], ttl: float) -> None:
        self._clock = clock  # clock() is the time now, in seconds
        self._ttl = ttl
        self._answers: dict = {}

    def handle(
        self, client: str, key: str | None, body: dict, work: Work
    ) -> Response:
        """Answer one POST; do work(body) only if it was not done yet."""
        if key in self._answers:
            return self._answers[key]
        response = work(body)
        self._answers[key] = response
        return response

    def purge(self) -> int:
        """Forget what has expired; return how many keys that were."""
        return 0

    def __len__(self) -> int:
        """How many keys are held, the running ones included."""
        return len(self._answers)
