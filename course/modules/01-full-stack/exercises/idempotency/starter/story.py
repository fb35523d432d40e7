"""One morning at the desk, request by request: python3 story.py"""

import threading

from idempotency import Idempotency, Response

BODY = {"practitioner": 12, "starts_at": "2023-02-06T08:15", "patient": 881}
OTHER = {**BODY, "starts_at": "2023-02-06T09:00"}

now = [0.0]
bookings: list[dict] = []
server = Idempotency(clock=lambda: now[0], ttl=86_400)


def work(body):
    bookings.append(body)
    return Response(201, {"id": len(bookings)})


def broken(body):
    raise RuntimeError("disk full")


def slow(body):
    """While it works, the same request comes in on another thread."""
    again = ("  meanwhile, the same again", "409 /problems/request-running")
    thread = threading.Thread(
        target=request, args=again, kwargs={"key": "k-3"}, daemon=True
    )
    thread.start()
    thread.join(timeout=2)
    if thread.is_alive():
        print(f"? {again[0]:32} {'no answer in two seconds':32} {again[1]}")
    return work(body)


def request(what, right, client="clinic-7", key="k-1", body=BODY, work=work):
    try:
        status, answer = server.handle(client, key, body, work)
        got = f"{status} {answer.get('id', answer.get('type'))}"
    except RuntimeError as error:
        got = f"RuntimeError {error}"
    print(f"{' ' if got == right else '?'} {what:32} {got:32} {right}")


print(f"  {'what happens':32} {'the answer':32} should be")
request("a booking", "201 1")
request("its retry", "201 1")
request("the same key, another slot", "422 /problems/key-reused", body=OTHER)
request("another clinic, the same key", "201 2", client="clinic-9")
request("no key", "400 /problems/key-missing", key=None)
request("the work fails", "RuntimeError disk full", key="k-2", work=broken)
request("and is tried again", "201 3", key="k-2")
now[0] += 86_400
request("a day later, the first key", "201 4")
request("a slow booking", "201 5", key="k-3", work=slow)
