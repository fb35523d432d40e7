"""The client's side: try again without booking twice."""

from __future__ import annotations

from collections.abc import Callable

from service import RUNNING, Response

Send = Callable[[str, dict], Response]


def book(
    send: Send,
    body: dict,
    new_key: Callable[[], str],
    pause: Callable[[int], None],
    attempts: int = 4,
) -> Response:
    """Send one booking, several times if necessary.

    send(key, body) returns the response, or raises TimeoutError if none
    came back. pause(n) waits after attempt n. Returns the last response;
    if the last attempt timed out, its TimeoutError goes to the caller.
    """
    for attempt in range(1, attempts):
        try:
            response = send(new_key(), body)
            if response.status < 400:
                return response
        except TimeoutError:
            pass
        pause(attempt)
    return send(new_key(), body)
