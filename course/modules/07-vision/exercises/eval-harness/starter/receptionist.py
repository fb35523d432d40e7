"""Is the receptionist good enough, at which threshold, and how sure can one be."""


def distinct(rows):
    """The rows without repetitions: the first of those that agree in everything except the call's number."""
    return rows


def outcome(rows, threshold):
    """How many calls are handled and right, handled and wrong, and handed to a person."""
    right = sum(row["right"] for row in rows)
    return {"right": right, "wrong": len(rows) - right, "handed over": 0}


def cost(rows, threshold, costs):
    """Dollars a call: every call costs `call`, a person `person`, an error what it costs for what was wanted."""
    return costs["call"]


def best(rows, costs):
    """The threshold with the least cost, the highest on a tie: a confidence that occurs, or 1.01 for nobody."""
    return 0.5


def wilson(errors, n):
    """The 95 % Wilson interval of an error rate."""
    return errors / n, errors / n


def decide(rows, threshold, limit):
    """ship, stop, or measure more; a wrong emergency stops it, whatever the rate."""
    found = outcome(rows, threshold)
    return "ship" if found["wrong"] <= limit * (found["right"] + found["wrong"]) else "stop"


def needed(rate, limit):
    """The fewest calls at which an observed error rate of `rate` (errors rounded up) would allow to ship."""
    return 100
