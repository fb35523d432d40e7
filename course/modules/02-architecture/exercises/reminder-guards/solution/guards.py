"""What stands between Tessaly's reminders and the SMS provider."""


class Rejected(Exception):
    """The provider refused this message for good, such as an invalid number."""


class Unavailable(Exception):
    """No answer, or a temporary error; it may pass."""


class Open(Exception):
    """The circuit breaker is open; the provider was not called."""


class RetryBudget:
    """Allows `percent` retries per hundred requests, and up to `most` saved up."""

    def __init__(self, percent, most):
        self.percent, self.most = percent, most
        self._hundredths = most * 100

    def request(self):
        """A request is made; a part of a retry is earned."""
        self._hundredths = min(self.most * 100, self._hundredths + self.percent)

    def take(self):
        """Spend a whole retry if there is one."""
        if self._hundredths < 100:
            return False
        self._hundredths -= 100
        return True


class TokenBucket:
    """Lets `rate` through per second, and bursts up to `capacity`."""

    def __init__(self, rate, capacity, clock):
        self.rate, self.capacity, self.clock = rate, capacity, clock
        self._tokens, self._looked = capacity, clock()

    def take(self, n=1):
        """True if n tokens were there and are taken; else False, and none is taken."""
        now = self.clock()
        self._tokens = min(
            self.capacity, self._tokens + (now - self._looked) * self.rate
        )
        self._looked = now
        if self._tokens < n:
            return False
        self._tokens -= n
        return True


def full_jitter(attempt, base, cap, rng):
    """Seconds to wait after failure number `attempt`, counted from 0."""
    return rng.uniform(0, min(cap, base * 2**attempt))


def retry(send, attempts, base, cap, rng, wait, budget):
    """The result of send(), called again while it is Unavailable and the budget allows."""
    budget.request()
    for attempt in range(attempts):
        try:
            return send()
        except Unavailable:
            if attempt + 1 == attempts or not budget.take():
                raise
            wait(full_jitter(attempt, base, cap, rng))


class CircuitBreaker:
    """Stops calls to a provider that was Unavailable `failures` times in a row."""

    def __init__(self, failures, cooldown, clock):
        self.failures, self.cooldown, self.clock = failures, cooldown, clock
        self._row, self._opened, self._probing = 0, None, False

    @property
    def state(self):
        if self._opened is None:
            return "closed"
        return "open" if self.clock() - self._opened < self.cooldown else "half-open"

    def call(self, function):
        """The result of function(); raises Open instead of calling while it is open."""
        if self.state == "open" or self._probing:
            raise Open
        self._probing = self.state == "half-open"
        try:
            result = function()
        except Unavailable:
            self._row += 1
            if self._probing or self._row >= self.failures:
                self._opened = self.clock()
            raise
        except Exception:
            self._close()
            raise
        else:
            self._close()
            return result
        finally:
            self._probing = False

    def _close(self):
        self._row, self._opened = 0, None
