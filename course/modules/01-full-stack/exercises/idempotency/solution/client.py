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
    """Whether the same request may fare better in a moment.

    Not 401, which takes a login first, and not every 409: a slot that is
    taken stays taken, while a request that is running comes to an end.
    """
    if response.status == 409:
        return response.body.get("type") == RUNNING
    return response.status >= 500 or response.status in (408, 425, 429)
