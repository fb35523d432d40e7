"""The client's side: try again without booking twice."""

from __future__ import annotations

from collections.abc import Callable

from idempotency import RUNNING, Response

Send = Callable[[str, dict], Response]


def book(
    send: Send,
    body: dict,
    new_key: Callable[[], str],
    pause: Callable[[int], None],
    attempts: int = 4,
) -> Response:
    """Send one booking, several times if need be.

    send(key, body) returns the response, or raises TimeoutError when none
    came back. pause(n) waits after attempt n. Gives the last response; if
    the last attempt timed out, lets its TimeoutError through.
    """
    key = new_key()  # one key for one intention, however many attempts
    for attempt in range(1, attempts):
        try:
            response = send(key, body)
        except TimeoutError:
            pass  # done or not done: the key makes asking again safe
        else:
            if not _worth_a_retry(response):
                return response
        pause(attempt)
    return send(key, body)


def _worth_a_retry(response: Response) -> bool:
    still_running = response.body.get("type") == RUNNING
    return response.status >= 500 or still_running
