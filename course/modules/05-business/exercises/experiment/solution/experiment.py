"""What an experiment on the booking form lets you say."""

import math
import random
from statistics import NormalDist

NORMAL = NormalDist()


def sample_size(base, target, alpha=0.05, power=0.8):
    """Visitors needed in each arm."""
    if not (0 < base < 1 and 0 < target < 1) or base == target:
        raise ValueError("the rates must differ and lie strictly between 0 and 1")
    mean = (base + target) / 2
    null = NORMAL.inv_cdf(1 - alpha / 2) * math.sqrt(2 * mean * (1 - mean))
    effect = NORMAL.inv_cdf(power) * math.sqrt(base * (1 - base) + target * (1 - target))
    return math.ceil((null + effect) ** 2 / (target - base) ** 2)


def two_sided(z):
    """The two-sided p-value of a standard normal score."""
    return 2 * (1 - NORMAL.cdf(abs(z)))


def p_value(a, b):
    """Two-sided p-value that the two arms convert alike."""
    pooled = (a[0] + b[0]) / (a[1] + b[1])
    error = math.sqrt(pooled * (1 - pooled) * (1 / a[1] + 1 / b[1]))
    if error == 0:
        return 1.0
    return two_sided((b[0] / b[1] - a[0] / a[1]) / error)


def interval(a, b, level=0.95):
    """Confidence interval of rate(b) - rate(a)."""
    rate_a, rate_b = a[0] / a[1], b[0] / b[1]
    error = math.sqrt(rate_a * (1 - rate_a) / a[1] + rate_b * (1 - rate_b) / b[1])
    reach = NORMAL.inv_cdf((1 + level) / 2) * error
    return rate_b - rate_a - reach, rate_b - rate_a + reach


def split_p(a, b, share_a=0.5):
    """Two-sided p-value that visitors were assigned as planned."""
    total = a[1] + b[1]
    return two_sided((a[1] - share_a * total) / math.sqrt(total * share_a * (1 - share_a)))


def peeking(looks, per_look, rate, runs, rng):
    """Share of A/A tests that somebody stops as significant at one of the looks."""
    return sum(stopped(looks, per_look, rate, rng) for _ in range(runs)) / runs


def stopped(looks, per_look, rate, rng):
    """Whether one A/A test looks significant at some look."""
    converted_a = converted_b = 0
    for look in range(1, looks + 1):
        converted_a += sum(rng.random() < rate for _ in range(per_look))
        converted_b += sum(rng.random() < rate for _ in range(per_look))
        visitors = look * per_look
        if p_value((converted_a, visitors), (converted_b, visitors)) < 0.05:
            return True
    return False


def verdict(a, b, base, target, share_a=0.5):
    """What may be said: broken, wait, better, worse or not shown."""
    if split_p(a, b, share_a) < 0.001:
        return "broken"
    if min(a[1], b[1]) < sample_size(base, target):
        return "wait"
    if p_value(a, b) >= 0.05:
        return "not shown"
    return "better" if b[0] / b[1] > a[0] / a[1] else "worse"


if __name__ == "__main__":
    print("visitors per arm, 4 % to 5 %:", sample_size(0.04, 0.05))
    print("stopped by mistake, 1 look:  ", peeking(1, 1000, 0.3, 300, random.Random(1)))
    print("stopped by mistake, 10 looks:", peeking(10, 100, 0.3, 300, random.Random(1)))
    print("this morning:                ", verdict((96, 2210), (131, 2190), 0.04, 0.05))
