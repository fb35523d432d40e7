"""Checks of the decision trees; trees, odds and payoffs change at each check."""

import copy
import math
import unittest

import lab

LAUNCH = {"cost": 600, "chance": {"works": [0.35, {"pay": 1400}], "does not": [0.65, {"pay": -200}]}}
LABELS = ["north", "south", "early", "late", "alone", "together"]
STATES = ["good", "middling", "bad"]


def odds(rng, count):
    parts = [rng.randint(1, 9) for _ in range(count)]
    found = [part / sum(parts) for part in parts]
    found[-1] = 1 - sum(found[:-1])
    return found


def grow(rng, depth, kind="choose"):
    """A tree in which choices and chances alternate; payoffs are distinct enough to leave no ties."""
    if depth == 0:
        return {"pay": rng.randint(-500, 900) + rng.random()}
    after = "chance" if kind == "choose" else "choose"
    labels = rng.sample(LABELS, rng.randint(2, 3))
    nodes = [grow(rng, depth - 1 if rng.random() < 0.8 else 0, after) for _ in labels]
    tree = {"cost": rng.randint(0, 120)} if rng.random() < 0.6 else {}
    if kind == "choose":
        return {**tree, "choose": dict(zip(labels, nodes))}
    return {**tree, "chance": {label: [p, node] for label, p, node in zip(labels, odds(rng, len(labels)), nodes)}}


def worth(tree):
    if "pay" in tree:
        inner = tree["pay"]
    elif "chance" in tree:
        inner = math.fsum(p * worth(node) for p, node in tree["chance"].values())
    else:
        inner = max(map(worth, tree["choose"].values()))
    return inner - tree.get("cost", 0)


def follow(tree, path, total, p, choices, ends):
    total -= tree.get("cost", 0)
    if "pay" in tree:
        key = round(total + tree["pay"], 6)
        ends[key] = ends.get(key, 0) + p
    elif "chance" in tree:
        for label, (share, node) in tree["chance"].items():
            follow(node, (*path, label), total, p * share, choices, ends)
    else:
        values = {label: worth(node) for label, node in tree["choose"].items()}
        label = next(each for each, value in values.items() if value == max(values.values()))
        choices[path] = label
        follow(tree["choose"][label], (*path, label), total, p, choices, ends)


def decision(rng):
    states = dict(zip(STATES, odds(rng, 3)))
    options = {label: {state: rng.randint(-600, 900) for state in STATES} for label in rng.sample(LABELS, 3)}
    options["stop"] = dict.fromkeys(STATES, 0)
    return options, states


def plain(options, states):
    return max(sum(states[s] * row[s] for s in states) for row in options.values())


class Tree(lab.Case):
    def setUp(self):
        self.lab = lab.load("tree")

    def near(self, got, expected, given, within=1e-6):
        close = isinstance(got, (int, float)) and not isinstance(got, bool) and abs(got - expected) <= within
        self.expect_true(close, f"{expected:.4f} was expected", given, repr(got))

    def test_launch(self):
        """The direct launch is worth -240, so the choice is to wait"""
        tree = {"choose": {"launch": LAUNCH, "wait": {"pay": 0}}}
        self.near(self.lab.value(LAUNCH), -240, f"value({LAUNCH})")
        self.near(self.lab.value(tree), 0, f"value({tree})")
        self.expect(self.lab.policy(tree), {(): "wait"}, f"policy({tree})")

    def test_value(self):
        """Chances are averaged, choices maximised, costs paid on reaching a node"""
        rng = lab.rng("value")
        for _ in range(6):
            tree = grow(rng, rng.randint(1, 4), rng.choice(("choose", "chance")))
            before = copy.deepcopy(tree)
            self.near(self.lab.value(tree), worth(tree), f"value({tree})")
            self.expect(tree, before, "the tree after value")

    def test_policy(self):
        """The policy has the choices one can come to, and no others"""
        rng = lab.rng("policy")
        for _ in range(6):
            tree = grow(rng, rng.randint(2, 4), rng.choice(("choose", "chance")))
            choices = {}
            follow(tree, (), 0.0, 1.0, choices, {})
            self.expect(self.lab.policy(tree), choices, f"policy({tree})")
        pay = rng.randint(1, 9)
        tie = {"choose": {"late": {"pay": pay - 1}, "south": {"pay": pay}, "early": {"cost": 5, "pay": pay + 5}}}
        self.expect(self.lab.policy(tie), {(): "south"}, f"policy({tie})")

    def test_outcomes(self):
        """Outcomes include every cost on the way, and equal totals are merged"""
        rng = lab.rng("outcomes")
        for _ in range(5):
            tree = grow(rng, rng.randint(2, 4), rng.choice(("choose", "chance")))
            ends = {}
            follow(tree, (), 0.0, 1.0, {}, ends)
            got, expected = list(self.lab.outcomes(tree)), sorted(ends.items())
            given = f"outcomes({tree})"
            self.expect(len(got), len(expected), f"number of {given}")
            for (total, p), (wanted, share) in zip(got, expected):
                self.near(total, wanted, f"a total of {given}", 1e-5)
                self.near(p, share, f"the probability of {wanted} in {given}", 1e-9)
        same = rng.randint(10, 90)
        tree = {"cost": 10, "chance": {"a": [0.25, {"pay": same}], "b": [0.5, {"cost": 5, "pay": same + 5}],
                                       "c": [0.25, {"pay": same + 9}], "d": [0.0, {"pay": 1000}]}}  # fmt: skip
        got = [(total, round(p, 9)) for total, p in self.lab.outcomes(tree)]
        self.expect(got, [(same - 10, 0.75), (same - 1, 0.25)], f"outcomes({tree})")

    def test_below(self):
        """The chance of ending below a limit is strict"""
        rng = lab.rng("below")
        p = rng.randint(1, 9) / 10
        tree = {"chance": {"good": [1 - p, {"pay": 100}], "bad": [p, {"cost": 20, "pay": -100}]}}
        for limit, expected in ((-120, 0.0), (-119, p), (100, p), (101, 1.0)):
            self.near(self.lab.below(tree, limit), expected, f"below({tree}, {limit})", 1e-9)

    def test_perfect(self):
        """Perfect information is worth the best option in each state, less the best without it"""
        options = {"launch": {"works": 920, "does not": -680}, "stop": {"works": 0, "does not": 0}}
        self.near(self.lab.evpi(options, {"works": 0.35, "does not": 0.65}), 322, "evpi of the launch after a pilot")
        rng = lab.rng("perfect")
        for _ in range(4):
            options, states = decision(rng)
            known = sum(states[s] * max(row[s] for row in options.values()) for s in states)
            self.near(self.lab.evpi(options, states), known - plain(options, states), f"evpi({options}, {states})")

    def test_imperfect(self):
        """A pilot that errs is worth less, and noise is worth nothing"""
        options = {"launch": {"works": 920, "does not": -680}, "stop": {"works": 0, "does not": 0}}
        states = {"works": 0.35, "does not": 0.65}
        signals = {"+": {"works": 0.8, "does not": 0.15}, "-": {"works": 0.2, "does not": 0.85}}
        self.near(self.lab.evsi(options, states, signals), 191.3, "evsi of the pilot in the reading", 0.01)
        rng = lab.rng("imperfect")
        for _ in range(4):
            options, states = decision(rng)
            names = ["+", "?", "-"]
            rows = {state: dict(zip(names, odds(rng, 3))) for state in states}
            signals = {name: {state: rows[state][name] for state in states} for name in names}
            seen = 0.0
            for name in names:
                chance = sum(states[s] * signals[name][s] for s in states)
                posterior = {s: states[s] * signals[name][s] / chance for s in states}
                seen += chance * plain(options, posterior)
            given = f"evsi({options}, {states}, {signals})"
            self.near(self.lab.evsi(options, states, signals), seen - plain(options, states), given)
        same = dict(zip(["+", "-"], odds(rng, 2)))
        noise = {name: dict.fromkeys(states, p) for name, p in same.items()}
        self.near(self.lab.evsi(options, states, noise), 0.0, f"evsi with the noise {noise}")
        certain = {state: {other: float(other == state) for other in states} for state in states}
        self.near(self.lab.evsi(options, states, certain), self.lab.evpi(options, states), "evsi of a perfect signal")

    def test_refuses(self):
        """Signals that do not add up are refused"""
        rng = lab.rng("refuses")
        options, states = decision(rng)
        bad = {"+": dict.fromkeys(states, 0.5), "-": dict.fromkeys(states, 0.5)}
        bad["+"] = {**bad["+"], rng.choice(STATES): 0.6}
        self.expect_raises(ValueError, lambda: self.lab.evsi(options, states, bad), f"evsi(..., {bad})")


if __name__ == "__main__":
    unittest.main()
