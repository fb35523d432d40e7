"""Is the receptionist good enough, at which threshold, and how sure can one be."""

import math

Z = 1.959963984540054


def distinct(rows):
    """The rows without repetitions: the first of those that agree in everything except the call's number."""
    seen, found = set(), []
    for row in rows:
        key = (row["caller"], row["wanted"], row["confidence"], row["right"])
        if key not in seen:
            seen.add(key)
            found.append(row)
    return found


def outcome(rows, threshold):
    """How many calls are handled and right, handled and wrong, and handed to a person."""
    handled = [row for row in rows if row["confidence"] >= threshold]
    right = sum(row["right"] for row in handled)
    return {"right": right, "wrong": len(handled) - right, "handed over": len(rows) - len(handled)}


def cost(rows, threshold, costs):
    """Dollars a call: every call costs `call`, a person `person`, an error what it costs for what was wanted."""
    total = costs["call"] * len(rows)
    for row in rows:
        if row["confidence"] < threshold:
            total += costs["person"]
        elif not row["right"]:
            total += costs["error"][row["wanted"]]
    return total / len(rows)


def best(rows, costs):
    """The threshold with the least cost, the highest on a tie: a confidence that occurs, or 1.01 for nobody."""
    tried = sorted({row["confidence"] for row in rows} | {1.01}, reverse=True)
    return min(tried, key=lambda threshold: cost(rows, threshold, costs))


def wilson(errors, n):
    """The 95 % Wilson interval of an error rate."""
    if n == 0:
        return 0.0, 1.0
    rate = errors / n
    middle = (rate + Z * Z / (2 * n)) / (1 + Z * Z / n)
    reach = Z / (1 + Z * Z / n) * math.sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def decide(rows, threshold, limit):
    """ship, stop, or measure more; a wrong emergency stops it, whatever the rate."""
    handled = [row for row in rows if row["confidence"] >= threshold]
    if any(row["wanted"] == "emergency" and not row["right"] for row in handled):
        return "stop"
    low, high = wilson(sum(not row["right"] for row in handled), len(handled))
    if high <= limit:
        return "ship"
    return "stop" if low > limit else "measure more"


def needed(rate, limit):
    """The fewest calls at which an observed error rate of `rate` (errors rounded up) would allow to ship."""
    if rate >= limit:
        return None
    n = 1
    while wilson(math.ceil(rate * n), n)[1] > limit:
        n += 1
    return n
