"""Checks of the lab "Idempotency keys"."""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
import traceback
from collections import Counter
from pathlib import Path

import lab

PATIENCE = 5.0  # seconds; only a request that hangs ever waits so long
MOMENT = 0.02  # what a request that waits for the database is given before the other goes on
TAKEN = "/problems/slot-taken"
PROBLEMS = {
    400: "/problems/unreadable",
    401: "/problems/who-are-you",
    403: "/problems/not-yours",
    404: "/problems/no-such-clinic",
    408: "/problems/too-slow",
    409: TAKEN,
    410: "/problems/clinic-gone",
    422: "/problems/in-the-past",
    425: "/problems/too-early",
    429: "/problems/too-many",
    500: "/problems/broken",
    503: "/problems/overloaded",
}
BOOKINGS = """
CREATE TABLE bookings (
    id           INTEGER PRIMARY KEY,
    practitioner INTEGER NOT NULL,
    starts_at    TEXT NOT NULL,
    patient      INTEGER NOT NULL,
    UNIQUE (practitioner, starts_at)
);
"""


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


class Full(Exception):
    """What a disk or a network raises."""


class Desk:
    """A database and the workers that share it: each request gets a server object and a connection of its own."""

    def __init__(self, server, name):
        rng = lab.rng(name)
        self.rng, self.server = rng, server
        self.clock = Clock(float(rng.randint(1_000, 900_000)))
        self.ttl = float(rng.choice([3_600, 43_200, 86_400]))
        self.lease = float(rng.choice([30, 45, 60, 90]))
        self.client = f"clinic-{rng.randint(1, 120)}"
        self.key = self.new_key()
        self.body = {"starts_at": f"2023-02-06T{rng.randint(8, 17):02}:15", "patient": rng.randint(100, 9_000)}
        self.asked = 0  # the calendar names another practitioner each time
        self.left_open = 0
        self.sent = Counter()
        self.folder = lab.scratch()
        self.path = self.folder / "clinic.db"
        conn = self.connect()
        conn.execute("PRAGMA journal_mode = WAL")
        conn.executescript(BOOKINGS)
        first = rng.randint(1_000, 9_000)
        conn.execute("INSERT INTO bookings VALUES (?, 0, 'yesterday', 0)", (first,))
        server.migrate(conn)
        server.migrate(conn)  # as each worker does
        conn.close()
        self.next_id = first + 1

    def new_key(self):
        return f"{self.rng.getrandbits(48):012x}"

    def connect(self, timeout=PATIENCE):
        conn = sqlite3.connect(self.path, timeout=timeout, isolation_level=None, check_same_thread=False)
        conn.execute("PRAGMA synchronous = OFF")
        return conn

    def ask(self, body):
        self.asked += 1
        return self.asked

    def book(self, conn, body, practitioner):
        sql = "INSERT INTO bookings (practitioner, starts_at, patient) VALUES (?, ?, ?)"
        number = conn.execute(sql, (practitioner, body["starts_at"], body["patient"])).lastrowid
        return self.server.Response(201, {"id": number})

    def answers(self, status):
        """A book() that has written something before it answers with that status."""

        def book(conn, body, practitioner):
            self.book(conn, body, practitioner)
            return self.server.Response(status, {"type": PROBLEMS[status], "status": status})

        return book

    def post(self, **other):
        """What send() returns; an error of the database is a failed check, with the request that it comes from."""
        args = self.args(other)
        try:
            return self.send(**other)
        except sqlite3.Error as error:
            count = self.sent[args["client"], args["key"]]
            raise lab.Mismatch(
                f"handle() raised {type(error).__name__}: {error}",
                f"{args['client']} with key {args['key']!r} and the body {args['body']}; "
                f"{count} {'request has' if count == 1 else 'requests have'} come in with that key so far",
                "an answer",
                f"{type(error).__name__} in {place(error)}",
            ) from error

    def args(self, other):
        usual = {"client": self.client, "key": self.key, "body": self.body, "ask": self.ask, "book": self.book}
        return {**usual, **other}

    def send(self, timeout=PATIENCE, **other):
        """handle() with what is usual, except for what is given by name, as a worker of its own."""
        args = self.args(other)
        self.sent[args["client"], args["key"]] += 1
        conn = self.connect(timeout)
        server = self.server.Idempotency(self.clock, self.ttl, self.lease)
        try:
            return server.handle(conn, args["client"], args["key"], args["body"], args["ask"], args["book"])
        finally:
            self.left_open += conn.in_transaction
            conn.close()

    def purge(self):
        conn = self.connect()
        try:
            return self.server.Idempotency(self.clock, self.ttl, self.lease).purge(conn)
        finally:
            self.left_open += conn.in_transaction
            conn.close()

    def meanwhile(self, **other):
        """What a request gets that comes in now and does not wait for the database."""
        try:
            return brief(self.send(timeout=0, **other))
        except sqlite3.Error as error:
            return f"{type(error).__name__}: {error}"

    def booked(self, body=None):
        """The ids of the bookings that are committed, of that body's patient or of all."""
        conn = self.connect()
        rows = conn.execute("SELECT id, patient FROM bookings WHERE patient > 0 ORDER BY id").fetchall()
        conn.close()
        return [number for number, patient in rows if body is None or patient == body["patient"]]

    def picture(self):
        """A copy of the database as a loss of power would leave it now: what is committed, and nothing else."""
        path = self.folder / f"picture-{self.rng.getrandbits(64):x}.db"
        source, copy = self.connect(), sqlite3.connect(path)
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy)
        source.close()
        copy.close()
        return path

    def restart(self, path):
        """Go on with that picture of the database."""
        self.path = path
        conn = self.connect()
        conn.execute("PRAGMA journal_mode = WAL")
        conn.close()


def place(error):
    """The last line of the learner's files that an error came through."""
    lines = [each for each in traceback.extract_tb(error.__traceback__) if Path(each.filename).parent == lab.folder]
    return f"line {lines[-1].lineno} of {Path(lines[-1].filename).name}: {lines[-1].line}" if lines else "the check"


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

    def one(self, desk, given):
        """Expect one booking of the usual patient."""
        count = len(desk.booked(desk.body))
        self.expect_true(count == 1, "expected one booking for that patient", given, f"{count} bookings")

    def test_retry(self):
        """A retry gets the first answer from any worker, and there is one booking"""
        desk = self.desk("retry")
        for number in range(3):
            given = f"POST number {number + 1} with key {desk.key}, each to another worker"
            self.expect(brief(desk.post()), f"201 id {desk.next_id}", given)
        self.one(desk, "three equal POSTs")

    def test_other_key(self):
        """Another key is another booking"""
        desk = self.desk("other")
        desk.post()
        answer = brief(desk.post(key=desk.new_key()))
        self.expect(answer, f"201 id {desk.next_id + 1}", "the same body with a new key")

    def test_missing(self):
        """Without a key: 400, and nothing is booked"""
        desk = self.desk("missing")
        for key in (None, "", "  "):
            self.expect(brief(desk.post(key=key)), self.missing, f"a POST with the key {key!r}")
        self.expect(len(desk.booked()), 0, "bookings after three POSTs without a key")

    def test_reused(self):
        """The same key with another body: 422, and the first answer stays"""
        desk = self.desk("reused")
        desk.post()
        other = {**desk.body, "patient": desk.body["patient"] + 1}
        given = f"key {desk.key} with patient {desk.body['patient']}, then with {other['patient']}"
        self.expect(brief(desk.post(body=other)), self.reused, given)
        self.expect(len(desk.booked()), 1, f"{given}: bookings")
        self.expect(brief(desk.post()), f"201 id {desk.next_id}", "the first body once more")

    def test_same_value(self):
        """Bodies are compared as JSON values: order does not matter, types do"""
        desk = self.desk("value")
        desk.body = {**desk.body, "note": {"interpreter": True, "visit": 1}}
        desk.post()
        turned = json.loads(json.dumps(dict(reversed(desk.body.items()))))
        turned["note"] = dict(reversed(desk.body["note"].items()))
        answer = brief(desk.post(body=turned))
        self.expect(answer, f"201 id {desk.next_id}", "the same fields in another order")
        for path, value in (("interpreter", 1), ("visit", "1"), ("visit", True)):
            other = {**desk.body, "note": {**desk.body["note"], path: value}}
            given = f"{path} was {desk.body['note'][path]!r} and is now {value!r}"
            self.expect(brief(desk.post(body=other)), self.reused, given)

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
            self.expect(answer, f"201 id {desk.next_id + number}", given)

    def test_running(self):
        """While the first request asks the calendar, a repeat of it gets 409"""
        desk = self.desk("running")
        seen = {}

        def slow(body):
            seen["the same request"] = desk.meanwhile()
            seen["the same key with another body"] = desk.meanwhile(body={**desk.body, "patient": 1})
            return desk.ask(body)

        first = brief(desk.post(ask=slow))
        for what, right in (
            ("the same request", self.running),
            ("the same key with another body", self.reused),
        ):
            self.expect(seen.get(what), right, f"{what}, while the first is in ask()")
        self.expect(first, f"201 id {desk.next_id}", "the first request itself")
        self.one(desk, "a request, and a repeat of it while it was in ask()")

    def test_others_go_on(self):
        """A slow calendar holds up nobody else: no transaction is open while you ask"""
        desk = self.desk("others")
        seen = {}

        def slow(body):
            seen["another key"] = desk.meanwhile(key=desk.new_key())
            seen["another clinic"] = desk.meanwhile(client="clinic-900")
            return desk.ask(body)

        desk.post(ask=slow)
        right = {"another key": f"201 id {desk.next_id}", "another clinic": f"201 id {desk.next_id + 1}"}
        self.expect(seen, right, "requests that come in while one is in ask()")

    def test_exceptions(self):
        """An error goes to the caller, leaves no booking, and frees the key"""

        def raises(*_):
            raise Full("disk full")

        def writes_first(desk):
            def book(conn, body, practitioner):
                desk.book(conn, body, practitioner)
                raise Full("disk full")

            return book

        for what in ("ask()", "book() at once", "book(), after its INSERT"):
            desk = self.desk(what)
            other = {"ask": raises} if what == "ask()" else {"book": raises}
            if "INSERT" in what:
                other = {"book": writes_first(desk)}
            given = f"{what} raises Full for key {desk.key}"
            self.expect_raises(Full, lambda: desk.post(**other), given)
            self.expect(len(desk.booked()), 0, f"{given}: bookings afterwards")
            self.expect(desk.left_open, 0, f"{given}: transactions left open")
            answer = brief(desk.post())
            self.expect(answer, f"201 id {desk.next_id}", f"{given}; then a retry, when all is well again")

    def test_failures(self):
        """A 5xx, 401, 408, 409, 425 or 429 leaves no booking and is not remembered"""
        for status in (500, 503, 401, 408, 409, 425, 429):
            desk = self.desk(f"status {status}")
            given = f"book() writes a row and answers {status}"
            first = brief(desk.post(book=desk.answers(status)))
            self.expect(first, f"{status} {PROBLEMS[status]}", f"{given}: the first answer")
            self.expect(len(desk.booked()), 0, f"{given}: bookings afterwards")
            answer = brief(desk.post())
            self.expect(answer, f"201 id {desk.next_id}", f"{given}; then a retry that could be booked")

    def test_refusals(self):
        """Any other 4xx is remembered, and leaves no booking either"""
        for status in (400, 403, 404, 410, 422):
            desk = self.desk(f"status {status}")
            given = f"book() writes a row and answers {status}"
            desk.post(book=desk.answers(status))
            self.expect(len(desk.booked()), 0, f"{given}: bookings afterwards")
            self.expect(brief(desk.post()), f"{status} {PROBLEMS[status]}", f"{given}; then the same request again")

    def test_power_cut(self):
        """Wherever the server loses power, a retry after the lease finds or makes exactly one booking"""
        desk = self.desk("power")
        pictures = []

        def here(code):
            pictures.append((code, desk.picture(), desk.asked))

        def slow(body):
            here("in ask()")
            return desk.ask(body)

        def quick(conn, body, practitioner):
            response = desk.book(conn, body, practitioner)
            here("in book(), after its INSERT")
            return response

        path = Path(self.server.__file__)
        source = path.read_text(encoding="utf-8").splitlines()
        on_each_line(
            path,
            lambda n: here(f"before line {n}: {source[n - 1].strip()}"),
            lambda: desk.post(ask=slow, book=quick),
        )
        here("when the answer has just been lost")
        now = desk.clock.now
        for where, picture, asked in pictures:
            desk.restart(picture)
            desk.asked, desk.clock.now = asked, now + 1
            given = f"the server loses power {where}"
            at_once = brief(desk.post())
            self.expect_true(
                at_once in (self.running, f"201 id {desk.next_id}"),
                f"expected {self.running} or the booking, 201 id {desk.next_id}",
                f"{given}; a retry one second later",
                at_once,
            )
            desk.clock.now = now + 1 + desk.lease
            given += f"; a retry when the lease of {desk.lease:.0f} s is over"
            answer = brief(desk.post())
            count = len(desk.booked(desk.body))
            self.expect_true(
                count == 1,
                "expected one booking. A booking and the answer to its key are committed together, or not at all"
                if count
                else "expected one booking",
                given,
                f"{count} bookings; the answer was {answer}",
            )
            self.expect(answer, f"201 id {desk.next_id}", given)
            self.expect(brief(desk.post()), f"201 id {desk.next_id}", f"{given}; and one more")

    def test_lease(self):
        """A key left running is taken over when its lease is over, not before"""
        desk = self.desk("lease")
        pictures = []

        def slow(body):
            pictures.append(desk.picture())
            return desk.ask(body)

        claimed = desk.clock.now
        desk.post(ask=slow)
        desk.restart(pictures[0])
        for after, right in (
            (0, self.running),
            (desk.lease - 1, self.running),
            (desk.lease, f"201 id {desk.next_id}"),
        ):
            desk.clock.now = claimed + after
            given = f"the server loses power in ask(); lease {desk.lease:.0f} s, a retry {after:.0f} s after the first"
            self.expect(brief(desk.post()), right, given)
        self.one(desk, "a request that died, and its retries")

    def overtaken(self, name, book):
        """A first request that is in ask() until its lease is over and its retry has booked; what it gets, and the desk."""
        desk = self.desk(name)
        given = "the first is in ask() until its lease is over; a retry at that moment"

        def slow(body):
            desk.clock.now += desk.lease
            self.expect(desk.meanwhile(), f"201 id {desk.next_id}", given)
            return desk.ask(body)

        try:
            return brief(desk.post(ask=slow, book=book(desk))), desk
        except Full as error:
            return f"Full: {error}", desk

    def test_too_late(self):
        """A request whose key has been taken over books nothing"""
        first, desk = self.overtaken("late", lambda desk: desk.book)
        given = "the first comes back from ask() when its retry has already booked"
        self.one(desk, given)
        self.expect_true(
            first in (self.running, f"201 id {desk.next_id}"),
            f"expected {self.running}, or the retry's answer, 201 id {desk.next_id}",
            given,
            first,
        )
        self.expect(brief(desk.post()), f"201 id {desk.next_id}", f"{given}; one more retry")

    def test_too_late_and_failing(self):
        """If a request that came too late fails, the key stays with the attempt that has it now"""

        def raises(*_):
            raise Full("disk full")

        for what, book in (("answers 503", lambda desk: desk.answers(503)), ("raises", lambda desk: raises)):
            _, desk = self.overtaken(f"late and {what}", book)
            given = f"the first comes back when its retry has booked, and its book() {what}; one more retry"
            self.expect(brief(desk.post()), f"201 id {desk.next_id}", given)
            self.one(desk, given)

    def test_failing_beside(self):
        """If it fails while its retry is still asking, the key stays with the retry"""
        desk = self.desk("beside")
        asking, go_on, seen = threading.Event(), threading.Event(), []

        def stuck(body):
            asking.set()
            go_on.wait(PATIENCE)
            raise Full("no network")

        def first():
            try:
                desk.post(ask=stuck)
            except Full:
                pass

        def second(body):
            go_on.set()
            thread.join(PATIENCE)  # the first has failed by now
            seen.append(desk.meanwhile())
            return desk.ask(body)

        thread = threading.Thread(target=first, daemon=True)
        thread.start()
        asking.wait(PATIENCE)
        desk.clock.now += desk.lease
        answer = brief(desk.post(ask=second))
        given = "the first fails while its retry, which has taken over, is in ask()"
        self.expect(seen, [self.running], f"{given}: what a third request gets at that moment")
        self.expect(answer, f"201 id {desk.next_id}", f"{given}: what the retry gets")
        self.one(desk, given)

    def test_slow_but_alone(self):
        """A request that outlasts its lease still books if nobody has taken its key"""
        desk = self.desk("slow")

        def slow(body):
            desk.clock.now += 3 * desk.lease
            return desk.ask(body)

        given = f"ask() takes {3 * desk.lease:.0f} s, the lease is {desk.lease:.0f} s, and no retry comes"
        self.expect(brief(desk.post(ask=slow)), f"201 id {desk.next_id}", given)
        self.one(desk, given)

    def test_expiry(self):
        """An answer is kept for ttl seconds, and using it does not prolong that"""
        desk = self.desk("expiry")
        took = desk.rng.randint(2, 20)

        def slow(body):
            desk.clock.now += took
            return desk.ask(body)

        desk.post(ask=slow)
        answered = desk.clock.now
        for after, right in (
            (desk.ttl / 2, f"201 id {desk.next_id}"),
            (desk.ttl - 1, f"201 id {desk.next_id}"),
            (desk.ttl, f"201 id {desk.next_id + 1}"),
        ):
            desk.clock.now = answered + after
            given = f"ttl {desk.ttl:.0f} s; a retry {after:.0f} s after the answer (ask() took {took} s)"
            self.expect(brief(desk.post()), right, given)

    def test_purge(self):
        """purge() forgets answers that have expired, and nothing else"""
        desk = self.desk("purge")
        old, young = desk.rng.randint(3, 9), desk.rng.randint(2, 6)
        for _ in range(old):
            desk.post(key=desk.new_key())
        desk.clock.now += desk.ttl - 10
        keys = [desk.new_key() for _ in range(young)]
        for key in keys:
            desk.post(key=key)
        desk.clock.now += 10
        seen = []

        def slow(body):
            seen.extend([desk.purge(), desk.purge(), desk.meanwhile()])
            return desk.ask(body)

        given = f"{old} keys answered {desk.ttl:.0f} s ago (the ttl), {young} answered 10 s ago, one running"
        before = len(desk.booked())
        desk.post(ask=slow)
        right = [old, 0, self.running]
        self.expect(seen, right, f"{given}: purge(), purge() again, and a repeat of the running one")
        for key in keys:
            desk.post(key=key)
        self.expect(len(desk.booked()), before + 1, f"{given}: bookings, after retries of the {young}")

    def test_between_lines(self):
        """Whenever a second request comes in, there is one booking"""
        self.both("a second request comes in", lambda step: self.desk(f"step {step}"))

    def test_two_takers(self):
        """Whenever two retries find the same abandoned key, there is one booking"""

        def abandoned(step):
            desk = self.desk(f"takers {step}")
            pictures = []

            def dies(body):
                pictures.append(desk.picture())
                return desk.ask(body)

            desk.post(ask=dies)
            desk.restart(pictures[0])
            desk.clock.now += desk.lease
            return desk

        self.both("the lease is over; while one retry takes over, another comes in", abandoned)

    def both(self, what, prepared):
        """Two requests, the second before each line that the first runs: one booking, and two answers that fit."""
        path = Path(self.server.__file__)
        source = path.read_text(encoding="utf-8").splitlines()
        for step in range(1, 400):
            desk = prepared(step)
            allowed = {self.running, f"201 id {desk.next_id}"}
            first, second, line = two_requests(desk, path, step)
            if line is None:
                return  # the first request was over before this step
            given = f"{what} before line {line} of {path.name}: {source[line - 1].strip()}"
            count = len(desk.booked(desk.body))
            self.expect_true(
                count == 1,
                "expected one booking. Looking at the key and claiming it must be one step" if count else "expected one booking",
                given,
                f"{count} bookings; the answers were {first} and {second}",
            )
            self.expect_true(
                first in allowed and second in allowed,
                f"expected the answer 201 id {desk.next_id} or {self.running} for both",
                given,
                f"{first} for the first, {second} for the second",
            )


def on_each_line(path, happens, call):
    """Run call(); before each line that it runs in that file, call happens() with the line's number."""

    def trace(frame, event, arg):
        if frame.f_code.co_filename != str(path):
            return None
        if event == "line":
            happens(frame.f_lineno)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        return call()
    finally:
        sys.settrace(before)


def answer_of(call):
    """What a request gets, errors of the database included."""
    try:
        return brief(call())
    except sqlite3.Error as error:
        return f"{type(error).__name__}: {error}"


def two_requests(desk, path, step):
    """Start a second request just before the step-th line that the first one runs in that file.

    Returns both answers and that line's number, None if the first ran fewer lines. A second
    request that has to wait for the database is given a moment, then the first one goes on.
    """
    answers, lines, reached, over = [], [0], [], threading.Event()

    def second():
        answers.append(answer_of(desk.send))
        over.set()

    thread = threading.Thread(target=second, daemon=True)

    def happens(number):
        lines[0] += 1
        if lines[0] == step:
            reached.append(number)
            thread.start()
            over.wait(MOMENT)

    first = on_each_line(path, happens, lambda: answer_of(desk.send))
    if not reached:
        return first, None, None
    thread.join(PATIENCE)
    return first, answers[0] if answers else "no answer", reached[0]


class Client(lab.Case):
    def setUp(self):
        self.client = lab.load("client")
        self.server = sys.modules["service"]  # the one that client.py uses

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

    def answer(self, status, type_=None):
        body = {"id": 5} if status < 400 else {"type": type_ or PROBLEMS[status], "status": status}
        return self.server.Response(status, body)

    def test_one_key(self):
        """One booking keeps one key over all its attempts"""
        rng = lab.rng("one key")
        lost = rng.randint(1, 3)
        _, keys, _ = self.run_book(rng, [TimeoutError] * lost + [self.answer(201)])
        given = f"book(), where {lost} {'answer is' if lost == 1 else 'answers are'} lost on the way back"
        self.expect(len(keys), lost + 1, f"{given}: the number of attempts")
        self.expect(len(set(keys)), 1, f"{given}: the number of different keys among {keys}")

    def test_two_bookings(self):
        """Two bookings have two keys"""
        rng = lab.rng("two")
        keys = []
        for _ in range(2):
            keys += self.run_book(rng, [self.answer(201)])[1]
        self.expect(len(set(keys)), 2, "number of different keys for two bookings, even with the same body")

    def test_again(self):
        """It tries again where that can help, and only there"""
        rng = lab.rng("again")
        done = self.answer(201)
        for what, answer, attempts in (
            ("a timeout", TimeoutError, 2),
            ("500", self.answer(500), 2),
            ("503", self.answer(503), 2),
            ("429, too many requests", self.answer(429), 2),
            ("408", self.answer(408), 2),
            ("425", self.answer(425), 2),
            ("409, the first is still running", self.answer(409, "/problems/request-running"), 2),
            ("409, the slot is taken", self.answer(409), 1),
            ("401, log in first", self.answer(401), 1),
            ("422, the key had another body", self.answer(422, "/problems/key-reused"), 1),
            ("400", self.answer(400, "/problems/key-missing"), 1),
        ):
            result, keys, pauses = self.run_book(rng, [answer, done])
            given = f"the first attempt gets {what}, a second would get 201"
            self.expect(len(keys), attempts, f"{given}: attempts")
            self.expect(result, done if attempts == 2 else answer, f"{given}: the result")
            self.expect(pauses, [1] * (attempts - 1), f"{given}: the calls of pause()")

    def test_gives_up(self):
        """After the last attempt it returns or raises what that attempt did"""
        rng = lab.rng("up")
        attempts = rng.randint(2, 6)
        for what, answer in (("a timeout", TimeoutError), ("503", self.answer(503))):
            result, keys, pauses = self.run_book(rng, [answer] * attempts, attempts)
            given = f"attempts={attempts}, and each gets {what}"
            self.expect(len(keys), attempts, f"{given}: attempts")
            self.expect(result, answer, f"{given}: the result")
            self.expect(pauses, list(range(1, attempts)), f"{given}: the calls of pause()")


class Together(lab.Case):
    def test_bad_morning(self):
        """Over a bad network, with errors on the way, no booking is made twice, and none is confirmed that does not exist"""
        client = lab.load("client")
        desk = Desk(lab.load("idempotency"), "network")
        rng = desk.rng

        def send(key, body):
            fate = rng.random()
            if fate < 0.2:
                raise TimeoutError("the request was lost")
            response = desk.post(key=key, body=body, **({"book": desk.answers(503)} if fate < 0.35 else {}))
            if fate > 0.8:
                raise TimeoutError("the answer was lost")
            return response

        confirmed = []
        for patient in range(1, 51):
            body = {**desk.body, "patient": patient}
            try:
                if client.book(send, body, desk.new_key, lambda n: None).status == 201:
                    confirmed.append(patient)
            except TimeoutError:
                pass  # four times lost: the patient is told that it is not known
        given = "50 bookings; a fifth of the requests and a fifth of the answers are lost, others get 503"
        counts = {patient: len(desk.booked({"patient": patient})) for patient in range(1, 51)}
        doubled = [patient for patient, count in counts.items() if count > 1]
        self.expect(doubled, [], f"{given}: patients booked more than once")
        absent = [patient for patient in confirmed if not counts[patient]]
        self.expect(absent, [], f"{given}: patients whose booking was confirmed but does not exist")
