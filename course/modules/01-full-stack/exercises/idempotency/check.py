"""Checks of the lab "Idempotency keys"."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import lab

PATIENCE = 2.0  # seconds; only a request that hangs ever waits so long


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


class Desk:
    """One server under test, with its clock and a booking that counts its calls."""

    def __init__(self, server, name):
        rng = lab.rng(name)
        self.rng, self.server = rng, server
        self.clock = Clock(float(rng.randint(1_000, 900_000)))
        self.ttl = float(rng.choice([600, 3_600, 86_400]))
        self.store = server.Idempotency(self.clock, self.ttl)
        self.client = f"clinic-{rng.randint(1, 120)}"
        self.key = self.new_key()
        self.body = {
            "practitioner": rng.randint(1, 40),
            "starts_at": f"2023-02-{rng.randint(6, 10):02}T{rng.randint(8, 17):02}:15",
            "patient": rng.randint(100, 900),
        }
        self.first_id = rng.randint(1_000, 9_000)
        self.done = []  # the bodies for which the work was done
        self.lock = threading.Lock()
        self.hangs = False

    def new_key(self):
        return f"{self.rng.getrandbits(48):012x}"

    def work(self, body):
        with self.lock:
            self.done.append(dict(body))
            return self.server.Response(201, {"id": self.first_id + len(self.done) - 1})

    def post(self, **other):
        """handle() with what is usual, except for what is given by name."""
        args = {"client": self.client, "key": self.key, "body": self.body, "work": self.work}
        args.update(other)
        return self.store.handle(args["client"], args["key"], args["body"], args["work"])

    def aside(self, call):
        """Run call() on another thread; None when nothing comes back."""
        answers = []
        if not self.hangs:
            thread = threading.Thread(target=lambda: answers.append(call()), daemon=True)
            thread.start()
            thread.join(PATIENCE)
            self.hangs = thread.is_alive()
        return answers[0] if answers else None


def brief(response):
    """Status and type or id of a response: what a failure has to show."""
    if response is None:
        return "no answer"
    if not isinstance(response, tuple) or len(response) != 2:
        return f"{response!r}, not a Response"
    status, body = response
    if status < 400:
        return f"{status} id {body.get('id')}"
    return f"{status} {body.get('type')}"


class Server(lab.Case):
    def setUp(self):
        self.server = lab.load("idempotency")
        self.missing = "400 /problems/key-missing"
        self.reused = "422 /problems/key-reused"
        self.running = "409 /problems/request-running"

    def desk(self, name):
        return Desk(self.server, name)

    def test_retry(self):
        """A retry gets the first answer, and the work is done once"""
        desk = self.desk("retry")
        for number in range(3):
            answer = brief(desk.post())
            given = f"POST number {number + 1} with key {desk.key}"
            self.expect(answer, f"201 id {desk.first_id}", given)
        self.expect(len(desk.done), 1, "times the work was done for three equal POSTs")

    def test_other_key(self):
        """Another key is another booking"""
        desk = self.desk("other")
        desk.post()
        answer = brief(desk.post(key=desk.new_key()))
        self.expect(answer, f"201 id {desk.first_id + 1}", "the same body with a new key")

    def test_missing(self):
        """Without a key: 400, and nothing is done"""
        desk = self.desk("missing")
        for key in (None, "", "  "):
            answer = brief(desk.post(key=key))
            self.expect(answer, self.missing, f"a POST with the key {key!r}")
        self.expect(len(desk.done), 0, "times the work was done")

    def test_reused(self):
        """The same key with another body: 422, and the first answer stays"""
        desk = self.desk("reused")
        desk.post()
        other = {**desk.body, "patient": desk.body["patient"] + 1}
        given = f"key {desk.key} with patient {desk.body['patient']}, then with {other['patient']}"
        self.expect(brief(desk.post(body=other)), self.reused, given)
        self.expect(len(desk.done), 1, "times the work was done")
        answer = brief(desk.post())
        self.expect(answer, f"201 id {desk.first_id}", "the first body once more")

    def test_same_value(self):
        """Bodies are compared as JSON values: order does not matter, types do"""
        desk = self.desk("value")
        desk.body = {**desk.body, "note": {"interpreter": True, "visit": 1}}
        desk.post()
        turned = json.loads(json.dumps(dict(reversed(desk.body.items()))))
        turned["note"] = dict(reversed(desk.body["note"].items()))
        answer = brief(desk.post(body=turned))
        self.expect(answer, f"201 id {desk.first_id}", "the same fields in another order")
        for path, value in (("interpreter", 1), ("visit", "1"), ("visit", True)):
            other = {**desk.body, "note": {**desk.body["note"], path: value}}
            given = f"{path} was {desk.body['note'][path]!r} and is now {value!r}"
            self.expect(brief(desk.post(body=other)), self.reused, given)

    def test_copies(self):
        """What is remembered does not change when others change their copy"""
        desk = self.desk("copies")

        def tidy(body):  # a handler that changes the body it was given
            response = desk.work(body)
            body.pop("patient")
            return response

        first = desk.post(body=dict(desk.body), work=tidy)
        self.expect_true(first.status == 201, "expected 201 for the first", got=brief(first))
        given = "a handler that removes 'patient' from its body; then a retry"
        self.expect(brief(desk.post()), f"201 id {desk.first_id}", given)
        first.body["id"] = 0  # a middleware that changes the answer it was given
        given = "response.body['id'] = 0 in the first response; then a retry"
        retry = desk.post()
        self.expect(brief(retry), f"201 id {desk.first_id}", given)
        retry.body["id"] = 0
        given = "response.body['id'] = 0 in the answer to the retry; then another retry"
        self.expect(brief(desk.post()), f"201 id {desk.first_id}", given)

    def test_clients(self):
        """Two clients may use the same key; neither sees the other's answer"""
        desk = self.desk("clients")
        desk.post()
        # Glued together, clinic-1 + 2abc and clinic-12 + abc are one text.
        pairs = [
            ("clinic-900", desk.key),
            (desk.client + desk.key[0], desk.key[1:]),
            (desk.client[:-1], desk.client[-1] + desk.key),
        ]
        for number, (client, key) in enumerate(pairs, start=1):
            answer = brief(desk.post(client=client, key=key))
            given = f"{client} with key {key}, after {desk.client} with key {desk.key}"
            self.expect(answer, f"201 id {desk.first_id + number}", given)

    def test_running(self):
        """While the first request runs, the second gets 409"""
        desk = self.desk("running")
        seen = {}

        def slow(body):
            seen["the same request"] = brief(desk.aside(desk.post))
            other = {**desk.body, "patient": 1}
            seen["the same key with another body"] = brief(desk.aside(lambda: desk.post(body=other)))
            return desk.work(body)

        first = brief(desk.post(work=slow))
        for what, right in (
            ("the same request", self.running),
            ("the same key with another body", self.reused),
        ):
            self.expect(seen.get(what), right, f"{what}, while the first is in work()")
        self.expect(first, f"201 id {desk.first_id}", "the first request itself")
        self.expect(len(desk.done), 1, "times the work was done")

    def test_others_go_on(self):
        """A slow booking holds up nobody else"""
        desk = self.desk("others")
        seen = {}

        def slow(body):
            seen["another key"] = brief(desk.aside(lambda: desk.post(key=desk.new_key())))
            seen["another clinic"] = brief(desk.aside(lambda: desk.post(client="clinic-900")))
            return desk.work(body)

        desk.post(work=slow)
        right = {
            "another key": f"201 id {desk.first_id}",
            "another clinic": f"201 id {desk.first_id + 1}",
        }
        self.expect(seen, right, "requests that come in while one is in work()")

    def test_exception(self):
        """An error goes to the caller and releases the key"""
        desk = self.desk("exception")

        class Full(Exception):
            pass

        def broken(body):
            raise Full("disk full")

        given = f"work() raises for key {desk.key}"
        self.expect_raises(Full, lambda: desk.post(work=broken), given)
        self.expect(len(desk.store), 0, f"{given}: len(store) afterwards")
        answer = brief(desk.post())
        self.expect(answer, f"201 id {desk.first_id}", "the retry, when the disk has room again")

    def test_server_errors(self):
        """A 5xx is not remembered, a 4xx is"""
        for status in (500, 503, 404, 409):
            desk = self.desk(f"status {status}")

            def answers(body, status=status, desk=desk):
                type_ = "/problems/slot-taken"
                return self.server.Response(status, {"type": type_, "status": status})

            desk.post(work=answers)
            kept = status < 500
            right = f"{status} /problems/slot-taken" if kept else f"201 id {desk.first_id}"
            given = f"work() answers {status}; then a retry for which it would answer 201"
            self.expect(brief(desk.post()), right, given)

    def test_expiry(self):
        """A key lives for ttl seconds from its answer, and no longer for being used"""
        desk = self.desk("expiry")
        took = desk.rng.randint(20, 90)

        def slow(body):
            desk.clock.now += took
            return desk.work(body)

        desk.post(work=slow)
        answered = desk.clock.now
        for after, right in (
            (desk.ttl / 2, f"201 id {desk.first_id}"),
            (desk.ttl - 1, f"201 id {desk.first_id}"),
            (desk.ttl, f"201 id {desk.first_id + 1}"),
        ):
            desk.clock.now = answered + after
            given = f"ttl {desk.ttl:.0f} s; a retry {after:.0f} s after the answer"
            given += f" (the work took {took} s)"
            self.expect(brief(desk.post()), right, given)

    def test_running_never_expires(self):
        """A request that runs longer than the ttl is still running"""
        desk = self.desk("long")
        seen = {}

        def endless(body):
            desk.clock.now += 3 * desk.ttl
            seen["purge()"] = desk.aside(desk.store.purge)
            seen["a retry"] = brief(desk.aside(desk.post))
            return desk.work(body)

        desk.post(work=endless)
        right = {"purge()": 0, "a retry": self.running}
        self.expect(seen, right, f"ttl {desk.ttl:.0f} s, work() running for {3 * desk.ttl:.0f} s")

    def test_purge(self):
        """purge() forgets what has expired and leaves the rest"""
        desk = self.desk("purge")
        old, young = desk.rng.randint(3, 9), desk.rng.randint(2, 6)
        for _ in range(old):
            desk.post(key=desk.new_key())
        desk.clock.now += desk.ttl - 10
        keys = [desk.new_key() for _ in range(young)]
        for key in keys:
            desk.post(key=key)
        given = f"{old} keys answered {desk.ttl:.0f} s ago (the ttl), {young} answered 10 s ago"
        self.expect(len(desk.store), old + young, "len(store) before any has expired")
        desk.clock.now += 10
        self.expect(desk.store.purge(), old, f"{given}: purge()")
        self.expect(len(desk.store), young, f"{given}: len(store) after it")
        self.expect(desk.store.purge(), 0, f"{given}: a second purge()")

    def test_between_lines(self):
        """Whenever a second request comes in, the work is done once"""
        path = Path(self.server.__file__)
        source = path.read_text(encoding="utf-8").splitlines()
        for step in range(1, 400):
            desk = self.desk(f"step {step}")
            allowed = {self.running, f"201 id {desk.first_id}"}
            first, second, line = two_requests(desk, path, step)
            if line is None:
                return  # the first request was over before this step
            code = source[line - 1].strip()
            given = f"a second request comes in before line {line} of {path.name}: {code}"
            self.expect_true(
                len(desk.done) == 1,
                "expected the work to be done once. To look and to claim the key must be one step",
                given,
                f"the work was done {len(desk.done)} times",
            )
            self.expect_true(
                first in allowed and second in allowed,
                f"expected the answer 201 id {desk.first_id} or {self.running} for both",
                given,
                f"{first} for the first, {second} for the second",
            )


def two_requests(desk, path, step):
    """Start a second request just before the step-th line that the first one runs in path.

    Returns both answers and that line's number, None if the first ran fewer lines. A second
    request that has to wait for a lock is given a moment, then the first one goes on.
    """
    answers, lines, reached = [], [0], []
    over = threading.Event()

    def second():
        answers.append(brief(desk.post()))
        over.set()

    thread = threading.Thread(target=second, daemon=True)

    def trace(frame, event, arg):
        if frame.f_code.co_filename != str(path):
            return None
        if event == "line" and not reached:
            lines[0] += 1
            if lines[0] == step:
                reached.append(frame.f_lineno)
                thread.start()
                over.wait(0.02)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        first = brief(desk.post())
    finally:
        sys.settrace(before)
    if not reached:
        return first, None, None
    thread.join(PATIENCE)
    return first, answers[0] if answers else "no answer", reached[0]


class Client(lab.Case):
    def setUp(self):
        self.client = lab.load("client")
        self.server = sys.modules["idempotency"]  # the one that client.py uses

    def run_book(self, rng, script, attempts=4):
        """Run book() against a script of responses; return its result, keys and pauses."""
        fresh = iter(f"{rng.getrandbits(48):012x}" for _ in range(100))
        keys, pauses, left = [], [], list(script)

        def send(key, body):
            keys.append(key)
            if len(keys) > len(script):
                raise AssertionError(f"more than {len(script)} attempts")
            answer = left.pop(0)
            if answer is TimeoutError:
                raise TimeoutError("no answer")
            return answer

        body = {"patient": rng.randint(100, 900)}
        try:
            result = self.client.book(send, body, lambda: next(fresh), pauses.append, attempts)
        except TimeoutError:
            result = TimeoutError
        return result, keys, pauses

    def answer(self, status, type_="/problems/slot-taken"):
        body = {"id": 5} if status < 400 else {"type": type_, "status": status}
        return self.server.Response(status, body)

    def test_one_key(self):
        """One booking keeps one key over all its attempts"""
        rng = lab.rng("one key")
        lost = rng.randint(1, 3)
        _, keys, _ = self.run_book(rng, [TimeoutError] * lost + [self.answer(201)])
        given = f"book(), where {lost} of the answers are lost on the way back"
        self.expect(len(keys), lost + 1, f"{given}: the number of attempts")
        self.expect(len(set(keys)), 1, f"{given}: the number of different keys among {keys}")

    def test_two_bookings(self):
        """Two bookings have two keys"""
        rng = lab.rng("two")
        keys = []
        for _ in range(2):
            keys += self.run_book(rng, [self.answer(201)])[1]
        self.expect(len(set(keys)), 2, "different keys of two bookings, even of the same body")

    def test_again(self):
        """It tries again where that can help, and nowhere else"""
        rng = lab.rng("again")
        running = self.answer(409, "/problems/request-running")
        done = self.answer(201)
        for what, answer, attempts in (
            ("a timeout", TimeoutError, 2),
            ("500", self.answer(500), 2),
            ("503", self.answer(503), 2),
            ("409, the first is still running", running, 2),
            ("409, the slot is taken", self.answer(409), 1),
            ("422, the key had another body", self.answer(422, "/problems/key-reused"), 1),
            ("400", self.answer(400, "/problems/key-missing"), 1),
        ):
            result, keys, pauses = self.run_book(rng, [answer, done])
            given = f"the first attempt gets {what}, a second would get 201"
            self.expect(len(keys), attempts, f"{given}: attempts")
            self.expect(result, done if attempts == 2 else answer, f"{given}: the result")
            self.expect(pauses, [1] * (attempts - 1), f"{given}: the calls of pause()")

    def test_gives_up(self):
        """After the last attempt it gives what that one gave"""
        rng = lab.rng("up")
        attempts = rng.randint(2, 6)
        for what, answer in (("a timeout", TimeoutError), ("503", self.answer(503))):
            result, keys, pauses = self.run_book(rng, [answer] * attempts, attempts)
            given = f"attempts={attempts}, and each gets {what}"
            self.expect(len(keys), attempts, f"{given}: attempts")
            self.expect(result, answer, f"{given}: the result")
            self.expect(pauses, list(range(1, attempts)), f"{given}: the calls of pause()")


class Together(lab.Case):
    def test_bad_network(self):
        """Over a bad network no booking is doubled, and none is reported that is not there"""
        client = lab.load("client")
        server = sys.modules["idempotency"]
        desk = Desk(server, "network")
        rng = desk.rng

        def send(key, body):
            fate = rng.random()
            if fate < 0.25:
                raise TimeoutError("the request was lost")
            response = desk.post(key=key, body=body)
            if fate < 0.5:
                raise TimeoutError("the answer was lost")
            return response

        confirmed = 0
        for patient in range(60):
            body = {**desk.body, "patient": patient}
            try:
                confirmed += client.book(send, body, desk.new_key, lambda n: None).status == 201
            except TimeoutError:
                pass  # four times lost: the patient is told that it is not known
        booked = [body["patient"] for body in desk.done]
        doubled = sorted({patient for patient in booked if booked.count(patient) > 1})
        given = "60 bookings; a quarter of the requests and a quarter of the answers are lost"
        self.expect(doubled, [], f"{given}: patients booked more than once")
        self.expect_true(
            confirmed <= len(booked),
            "expected every confirmed booking to exist",
            given,
            f"{confirmed} confirmed, {len(booked)} booked",
        )
