"""How well ranges and probabilities agree with what happened."""

import math


def inside(forecasts):
    """The share of (low, high, actual) whose actual lies in the range, ends included."""
    return sum(low <= actual <= high for low, high, actual in forecasts) / len(forecasts)


def interval_score(low, high, actual, alpha=0.1):
    """Width plus 2 / alpha times the distance outside (Gneiting & Raftery 2007); lower is better."""
    return high - low + 2 / alpha * max(low - actual, actual - high, 0)


def tail(hits, n, share):
    """The probability of at most that many hits in n ranges that each hold with probability `share`."""
    return sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(hits + 1))


def judge(hits, n, share=0.9):
    """too narrow, too wide, or no evidence, at a level of 5 % on each side."""
    if tail(hits, n, share) < 0.05:
        return "too narrow"
    if hits and 1 - tail(hits - 1, n, share) < 0.05:
        return "too wide"
    return "no evidence"


def factor(forecasts, share=0.9):
    """The smallest factor on both half-widths that puts at least that share inside."""
    needed = sorted(abs(actual - (low + high) / 2) / ((high - low) / 2) for low, high, actual in forecasts)
    return needed[math.ceil(share * len(needed) - 1e-9) - 1]


def leaning(forecasts):
    """(below, above): how many actuals lie under and over their range."""
    below = sum(actual < low for low, _, actual in forecasts)
    above = sum(actual > high for _, high, actual in forecasts)
    return below, above


def brier(forecasts):
    """Mean squared distance of (probability, happened)."""
    return sum((p - happened) ** 2 for p, happened in forecasts) / len(forecasts)


def reliability(forecasts, edges):
    """(mean probability, share that happened, count) for each bin from edge to edge that is not empty."""
    found = []
    for n, (begin, end) in enumerate(zip(edges, edges[1:])):
        last = n == len(edges) - 2
        rows = [(p, happened) for p, happened in forecasts if begin <= p < end or (last and p == end)]
        if rows:
            count = len(rows)
            found.append((sum(p for p, _ in rows) / count, sum(h for _, h in rows) / count, count))
    return found
