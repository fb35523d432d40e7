"""Trees of choices and chances: what they are worth, what to choose, what it is worth to know first."""

import math


def value(tree):
    """Expected value with the best choice everywhere."""
    cost = tree.get("cost", 0)
    if "pay" in tree:
        return tree["pay"] - cost
    if "chance" in tree:
        return sum(p * value(node) for p, node in tree["chance"].values()) - cost
    return max(value(node) for node in tree["choose"].values()) - cost


def best(tree):
    """The label of the best option of a choice, the first one on a tie."""
    return max(tree["choose"], key=lambda label: value(tree["choose"][label]))


def policy(tree, path=()):
    """The choices to make, by the path of labels that leads to each."""
    if "pay" in tree:
        return {}
    if "chance" in tree:
        found = {}
        for label, (_, node) in tree["chance"].items():
            found |= policy(node, (*path, label))
        return found
    label = best(tree)
    return {path: label} | policy(tree["choose"][label], (*path, label))


def outcomes(tree):
    """(total, probability) for everything that can happen under the policy, ascending."""
    found = {}
    for total, p in leaves(tree, 0.0, 1.0):
        total = round(total, 6)
        found[total] = found.get(total, 0.0) + p
    return sorted((total, p) for total, p in found.items() if p > 0)


def leaves(tree, total, p):
    """Each end that the policy may come to, with the total and its probability."""
    total -= tree.get("cost", 0)
    if "pay" in tree:
        yield total + tree["pay"], p
    elif "chance" in tree:
        for share, node in tree["chance"].values():
            yield from leaves(node, total, p * share)
    else:
        yield from leaves(tree["choose"][best(tree)], total, p)


def below(tree, limit):
    """The probability of ending strictly below the limit."""
    return sum(p for total, p in outcomes(tree) if total < limit)


def without(options, states):
    """The value of the best option if nothing more is learned."""
    return max(sum(states[state] * payoff for state, payoff in row.items()) for row in options.values())


def evpi(options, states):
    """What knowing the state before choosing is worth."""
    knowing = sum(p * max(row[state] for row in options.values()) for state, p in states.items())
    return knowing - without(options, states)


def evsi(options, states, signals):
    """What seeing one of the signals before choosing is worth."""
    for state in states:
        if not math.isclose(sum(row[state] for row in signals.values()), 1, abs_tol=1e-9):
            raise ValueError(f"the signals do not add up to 1 in the state {state!r}")
    seeing = sum(
        max(sum(p * given[state] * row[state] for state, p in states.items()) for row in options.values())
        for given in signals.values()
    )
    return seeing - without(options, states)
