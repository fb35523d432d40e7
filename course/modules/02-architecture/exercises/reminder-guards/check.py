"""Checks of the four guards, one by one and then together in an outage."""

import random

import lab


class Clock:
    """Time that passes when it is told to; steps are sums of 1/64 s, so that nothing is rounded."""

    def __init__(self, start=0.0):
        self.now = start

    def __call__(self):
        return self.now

    def pass_by(self, seconds):
        self.now += seconds


class Plenty:
    """A budget that always says yes, and counts."""

    def __init__(self, retries=10**6):
        self.left, self.requests, self.taken = retries, 0, 0

    def request(self):
        self.requests += 1

    def take(self):
        if self.taken >= self.left:
            return False
        self.taken += 1
        return True


class Script:
    """A provider that plays a list of outcomes: an error to raise, or a value to return."""

    def __init__(self, *outcomes):
        self.outcomes, self.calls = list(outcomes), 0

    def __call__(self):
        outcome = self.outcomes[min(self.calls, len(self.outcomes) - 1)]
        self.calls += 1
        if isinstance(outcome, type) and issubclass(outcome, Exception):
            raise outcome("from the provider")
        return outcome


def plural(count, one, many):
    return f"{count} {one if count == 1 else many}"


def attempt_retry(guards, send, attempts=4, budget=None, waits=None, base=0.2, cap=5.0):
    waits = [] if waits is None else waits
    return guards.retry(send, attempts, base, cap, lab.rng("retry"), waits.append, budget or Plenty())


class TestBucket(lab.Case):
    def bucket(self, rate, capacity, start=0.0):
        clock = Clock(start)
        return lab.load("guards").TokenBucket(rate, capacity, clock), clock

    def test_burst(self):
        """The bucket starts full, and then it is empty"""
        capacity = lab.rng("burst").randint(3, 9)
        bucket, _ = self.bucket(2, capacity, start=100.25)
        got = [bucket.take() for _ in range(capacity + 2)]
        self.expect(
            got,
            [True] * capacity + [False] * 2,
            given=f"rate 2, capacity {capacity}, {capacity + 2} takes at once",
        )

    def test_refill(self):
        """Tokens come back continuously, up to the capacity"""
        rate = lab.rng("refill").choice([4, 8, 16])
        bucket, clock = self.bucket(rate, 5)
        bucket.take(5)
        clock.pass_by(1 / rate)
        self.expect(bucket.take(), True, given=f"rate {rate}, emptied, 1/{rate} s later")
        self.expect(bucket.take(), False, given="and a second one at the same moment")
        clock.pass_by(3600)
        self.expect(
            [bucket.take() for _ in range(6)].count(True), 5, given="an hour later, six takes; capacity 5"
        )

    def test_all_or_nothing(self):
        """A take that is refused takes nothing"""
        bucket, _ = self.bucket(1, 6)
        self.expect(bucket.take(4), True, given="rate 1, capacity 6, take(4)")
        self.expect(bucket.take(3), False, given="then take(3), with 2 left")
        self.expect(bucket.take(2), True, given="then take(2), with 2 left")

    def test_any_window(self):
        """Over no stretch of time does more pass than capacity + rate x time"""
        rng = lab.rng("window")
        rate, capacity = rng.choice([10, 20, 40]), rng.choice([10, 20])
        bucket, clock = self.bucket(rate, capacity)
        granted = []
        steps = [rng.randint(61, 63), 3, *(rng.choice([1, 1, 2, 3, 5, 8, 40]) for _ in range(120))]
        for step in steps:  # the first two bursts are on either side of a full second
            clock.pass_by(step / 64)
            for _ in range(rng.randint(capacity, 2 * capacity)):
                if bucket.take():
                    granted.append(clock.now)
        for first in range(len(granted)):
            for last in range(first, min(first + 200, len(granted))):
                most = capacity + rate * (granted[last] - granted[first])
                if last - first + 1 > most + 1e-6:
                    self.expect_true(
                        False,
                        f"at most {capacity} + {rate} x {granted[last] - granted[first]:.3f} s = {most:.1f} may pass",
                        given=f"rate {rate}, capacity {capacity}, from {granted[first]:.3f} s to {granted[last]:.3f} s",
                        got=f"{last - first + 1} passed",
                    )

    def test_full_use(self):
        """A caller that asks all the time gets the whole rate"""
        rate = lab.rng("use").choice([8, 16, 32])
        bucket, clock = self.bucket(rate, 4)
        passed = 0
        for _ in range(64 * 20):
            clock.pass_by(1 / 64)
            passed += bucket.take()
        self.expect_true(
            rate * 20 <= passed <= rate * 20 + 4,
            f"{rate * 20} to {rate * 20 + 4} should pass",
            given=f"rate {rate}, capacity 4, a take every 1/64 s for 20 s",
            got=passed,
        )


class TestJitter(lab.Case):
    def test_bounds(self):
        """Every delay lies between 0 and min(cap, base x 2^attempt)"""
        guards, rng = lab.load("guards"), lab.rng("bounds")
        for _ in range(400):
            attempt, base, cap = rng.randint(0, 9), rng.choice([0.1, 0.2, 0.5]), rng.choice([2.0, 5.0])
            limit = min(cap, base * 2**attempt)
            got = guards.full_jitter(attempt, base, cap, rng)
            self.expect_true(
                0 <= got <= limit,
                f"between 0 and {limit:g}",
                given=f"full_jitter({attempt}, {base}, {cap}, rng)",
                got=got,
            )

    def test_spread(self):
        """The delays fill the whole range evenly"""
        guards, rng = lab.load("guards"), lab.rng("spread")
        attempt = rng.randint(0, 3)
        limit = min(5.0, 0.2 * 2**attempt)
        delays = [guards.full_jitter(attempt, 0.2, 5.0, rng) for _ in range(2000)]
        quarters = [sum(limit * q / 4 <= d < limit * (q + 1) / 4 for d in delays) for q in range(4)]
        self.expect_true(
            all(400 <= count <= 600 for count in quarters),
            "about 500 of 2,000 delays in each quarter of the range",
            given=f"attempt {attempt}, base 0.2, cap 5.0: range 0 to {limit:g} s",
            got=f"{quarters} in the four quarters",
        )

    def test_given_chance(self):
        """The randomness comes from the rng that was handed in"""
        guards, seed = lab.load("guards"), lab.rng("chance").randrange(10**6)
        one = [guards.full_jitter(3, 0.2, 5.0, random.Random(seed)) for _ in range(3)]
        self.expect(
            len(set(one)), 1, given="number of different results of three calls, each with a fresh rng of the same seed"
        )


class TestRetry(lab.Case):
    def test_passes(self):
        """An error that passes is repeated, after a wait"""
        guards, waits = lab.load("guards"), []
        fails = lab.rng("fails").randint(1, 3)
        send = Script(*[guards.Unavailable] * fails, "sent")
        self.expect(
            attempt_retry(guards, send, attempts=5, waits=waits),
            "sent",
            given=f"{fails} failures, then success",
        )
        self.expect(send.calls, fails + 1, given="calls of send()")
        self.expect(len(waits), fails, given="waits")

    def test_gives_up(self):
        """After the last attempt the error comes at once, without another wait"""
        guards, waits = lab.load("guards"), []
        attempts = lab.rng("attempts").randint(2, 5)
        send, budget = Script(guards.Unavailable), Plenty()
        self.expect_raises(
            guards.Unavailable,
            lambda: attempt_retry(guards, send, attempts, budget, waits),
            given=f"provider down, {attempts} attempts",
        )
        self.expect((send.calls, len(waits)), (attempts, attempts - 1), given="(calls, waits)")
        self.expect(budget.taken, attempts - 1, given="retries taken from the budget")

    def test_final_errors(self):
        """Rejected, Open and bugs are not repeated"""
        guards = lab.load("guards")
        for error in (guards.Rejected, guards.Open, KeyError):
            send, waits = Script(error), []
            self.expect_raises(
                error,
                lambda: attempt_retry(guards, send, waits=waits),
                given=f"send() raises {error.__name__}",
            )
            self.expect((send.calls, len(waits)), (1, 0), given=f"(calls, waits) after {error.__name__}")

    def test_budget(self):
        """Without budget there is no further attempt"""
        guards = lab.load("guards")
        allowed = lab.rng("allowed").randint(0, 2)
        send, budget, waits = Script(guards.Unavailable), Plenty(allowed), []
        self.expect_raises(
            guards.Unavailable,
            lambda: attempt_retry(guards, send, 5, budget, waits),
            given=f"a budget of {plural(allowed, 'retry', 'retries')}",
        )
        self.expect(
            (send.calls, len(waits)),
            (allowed + 1, allowed),
            given=f"(calls, waits) with a budget of {plural(allowed, 'retry', 'retries')}",
        )
        self.expect(budget.requests, 1, given="calls of budget.request() in one retry()")

    def test_budget_share(self):
        """1,000 jobs in an outage make a tenth more calls, besides the retries saved up"""
        guards = lab.load("guards")
        budget, send = guards.RetryBudget(percent=10, most=20), Script(guards.Unavailable)
        for _ in range(1000):
            try:
                attempt_retry(guards, send, attempts=3, budget=budget)
            except guards.Unavailable:
                pass
        self.expect(
            send.calls,
            1000 + 20 + 99,
            given="RetryBudget(percent=10, most=20), 1,000 jobs of 3 attempts; calls",
        )


class TestBreaker(lab.Case):
    def breaker(self, failures=3, cooldown=30):
        guards, clock = lab.load("guards"), Clock(1000.0)
        return guards, guards.CircuitBreaker(failures, cooldown, clock), clock

    def fail(self, guards, breaker, times):
        for _ in range(times):
            self.expect_raises(
                guards.Unavailable, lambda: breaker.call(Script(guards.Unavailable)), given="a failing call"
            )

    def test_opens(self):
        """After so many failures in a row it opens and passes no calls on"""
        failures = lab.rng("failures").randint(2, 6)
        guards, breaker, _ = self.breaker(failures)
        self.fail(guards, breaker, failures - 1)
        self.expect(breaker.state, "closed", given=f"state with failures={failures}, after {plural(failures - 1, 'failure', 'failures')}")
        self.fail(guards, breaker, 1)
        self.expect(breaker.state, "open", given=f"state with failures={failures}, after {failures} failures")
        provider = Script("sent")
        self.expect_raises(guards.Open, lambda: breaker.call(provider), given="a call while open")
        self.expect(provider.calls, 0, given="calls that reached the provider while open")

    def test_row(self):
        """An answer in between resets the count, and so does a refusal"""
        guards, breaker, _ = self.breaker(3)
        self.fail(guards, breaker, 2)
        self.expect(breaker.call(Script("sent")), "sent", given="a success after two failures")
        self.fail(guards, breaker, 2)
        self.expect_raises(
            guards.Rejected, lambda: breaker.call(Script(guards.Rejected)), given="a refused number"
        )
        self.fail(guards, breaker, 2)
        self.expect(
            breaker.state, "closed", given="state with failures=3, after 2 failures, success, 2 failures, Rejected, 2 failures"
        )

    def test_probe_closes(self):
        """After the cooldown a probe that succeeds closes it"""
        cooldown = lab.rng("cooldown").choice([10, 30, 60])
        guards, breaker, clock = self.breaker(2, cooldown)
        self.fail(guards, breaker, 2)
        clock.pass_by(cooldown - 1)
        self.expect_raises(
            guards.Open,
            lambda: breaker.call(Script("sent")),
            given=f"a call after {cooldown - 1} of {cooldown} s",
        )
        clock.pass_by(1)
        self.expect(breaker.state, "half-open", given=f"state after {cooldown} of {cooldown} s")
        self.expect(breaker.call(Script("sent")), "sent", given="the probe")
        self.expect(breaker.state, "closed", given="state after a probe that succeeded")
        self.fail(guards, breaker, 1)
        self.expect(
            breaker.state,
            "closed",
            given="state with failures=2, closed by a probe, then one failure: the count began again",
        )

    def test_probe_opens(self):
        """A probe that fails opens it for a whole cooldown"""
        guards, breaker, clock = self.breaker(3, 30)
        self.fail(guards, breaker, 3)
        clock.pass_by(45)
        self.fail(guards, breaker, 1)
        self.expect(breaker.state, "open", given="state after one failed probe")
        clock.pass_by(29)
        self.expect_raises(
            guards.Open,
            lambda: breaker.call(Script("sent")),
            given="a call 29 s after the failed probe, cooldown 30",
        )
        clock.pass_by(1)
        self.expect(breaker.state, "half-open", given="state 30 s after the failed probe, cooldown 30")

    def test_one_probe(self):
        """While the probe is under way, others get Open"""
        guards, breaker, clock = self.breaker(1, 30)
        self.fail(guards, breaker, 1)
        clock.pass_by(30)
        other = Script("other")

        def probe():
            self.expect_raises(
                guards.Open, lambda: breaker.call(other), given="a second call while the probe is under way"
            )
            return "probe"

        self.expect(breaker.call(probe), "probe", given="the probe")
        self.expect(other.calls, 0, given="calls of the second one that reached the provider")
        self.expect(breaker.call(other), "other", given="a call after the probe succeeded")

    def test_probe_rejected(self):
        """A probe that is refused has found the provider alive"""
        guards, breaker, clock = self.breaker(1, 30)
        self.fail(guards, breaker, 1)
        clock.pass_by(30)
        self.expect_raises(
            guards.Rejected, lambda: breaker.call(Script(guards.Rejected)), given="the probe is Rejected"
        )
        self.expect(breaker.state, "closed", given="state after a probe that was Rejected")


class TestTogether(lab.Case):
    def test_storm(self):
        """400 jobs in an outage: five calls and a probe now and then"""
        guards, clock, rng = lab.load("guards"), Clock(), lab.rng("storm")
        down = rng.choice([100, 130, 160])
        breaker = guards.CircuitBreaker(5, 30, clock)
        budget = guards.RetryBudget(percent=10, most=10)
        bucket = guards.TokenBucket(25, 25, clock)
        calls = []

        def provider():
            calls.append(clock.now)
            if clock.now < down:
                raise guards.Unavailable("down")
            return "sent"

        sent, jobs = 0, 400
        while jobs:
            clock.pass_by(0.5)
            if not bucket.take():
                continue
            try:
                guards.retry(lambda: breaker.call(provider), 3, 0.25, 4.0, rng, clock.pass_by, budget)
                sent, jobs = sent + 1, jobs - 1
            except (guards.Unavailable, guards.Open):
                pass
        during = [at for at in calls if at < down]
        most = 5 + down // 30 + 1
        self.expect_true(
            5 <= len(during) <= most,
            f"the provider should see between 5 and {most} calls while it is down",
            given=f"provider down for {down} s, breaker of 5 with 30 s cooldown, 400 jobs",
            got=f"{len(during)} calls",
        )
        self.expect(sent, 400, given="jobs sent in the end")
