"""Checks of the experiment calculator; rates, counts and seeds change at each check."""

import math
import random
import unittest
from statistics import NormalDist

import lab

NORMAL = NormalDist()


def needed(base, target, alpha=0.05, power=0.8):
    mean = (base + target) / 2
    first = NORMAL.inv_cdf(1 - alpha / 2) * math.sqrt(2 * mean * (1 - mean))
    second = NORMAL.inv_cdf(power) * math.sqrt(base * (1 - base) + target * (1 - target))
    return math.ceil((first + second) ** 2 / (target - base) ** 2)


def two_sided(z):
    return 2 * (1 - NORMAL.cdf(abs(z)))


def pooled_p(a, b):
    rate = (a[0] + b[0]) / (a[1] + b[1])
    return two_sided((b[0] / b[1] - a[0] / a[1]) / math.sqrt(rate * (1 - rate) * (1 / a[1] + 1 / b[1])))


def ratio_p(a, b, share):
    total = a[1] + b[1]
    return two_sided((a[1] - share * total) / math.sqrt(total * share * (1 - share)))


class Experiment(lab.Case):
    def setUp(self):
        self.lab = lab.load("experiment")

    def near(self, got, expected, given, within=1e-6):
        is_number = isinstance(got, (int, float)) and not isinstance(got, bool)
        self.expect_true(is_number and abs(got - expected) <= within, f"{expected:.6g} was expected", given, repr(got))

    def test_known_size(self):
        """The plan of the reading needs 6,745 visitors in each arm"""
        self.expect(self.lab.sample_size(0.04, 0.05), 6745, "sample_size(0.04, 0.05)")

    def test_sizes(self):
        """Sizes follow the rates, the level and the power"""
        rng = lab.rng("sizes")
        for _ in range(6):
            base = rng.randint(2, 30) / 100
            target = base + rng.choice((-1, 1)) * rng.randint(5, 15) / 1000
            alpha, power = rng.choice((0.01, 0.05, 0.1)), rng.choice((0.8, 0.9, 0.95))
            given = f"sample_size({base}, {target:.3f}, {alpha}, {power})"
            self.expect(self.lab.sample_size(base, target, alpha, power), needed(base, target, alpha, power), given)

    def test_impossible_plans(self):
        """Equal rates, 0 and 1 are refused"""
        for base, target in ((0.1, 0.1), (0, 0.1), (0.1, 1), (-0.1, 0.2)):
            call = f"sample_size({base}, {target})"
            self.expect_raises(ValueError, lambda p=base, q=target: self.lab.sample_size(p, q), call)

    def test_p_value(self):
        """The p-value is two-sided and pooled"""
        rng = lab.rng("p")
        for _ in range(6):
            a = (rng.randint(40, 140), rng.randint(1800, 2600))
            b = (rng.randint(40, 140), rng.randint(1800, 2600))
            self.near(self.lab.p_value(a, b), pooled_p(a, b), f"p_value({a}, {b})")
            self.near(self.lab.p_value(b, a), pooled_p(a, b), f"p_value({b}, {a})")
        for a, b in (((0, 900), (0, 950)), ((80, 80), (75, 75))):
            self.near(self.lab.p_value(a, b), 1.0, f"p_value({a}, {b})")

    def test_interval(self):
        """The interval is unpooled and follows its level"""
        rng = lab.rng("interval")
        for level in (0.95, 0.9, 0.99):
            a, b = (rng.randint(60, 120), 2000), (rng.randint(60, 160), rng.randint(1500, 2500))
            p, q = a[0] / a[1], b[0] / b[1]
            reach = NORMAL.inv_cdf((1 + level) / 2) * math.sqrt(p * (1 - p) / a[1] + q * (1 - q) / b[1])
            low, high = self.lab.interval(a, b, level)
            self.near(low, q - p - reach, f"interval({a}, {b}, {level})[0]")
            self.near(high, q - p + reach, f"interval({a}, {b}, {level})[1]")

    def test_split(self):
        """The split is judged by visitors alone, against the planned share"""
        rng = lab.rng("split")
        for share in (0.5, 0.5, 0.9, 0.3):
            total = rng.randint(6000, 12000)
            seen = round(total * share) + rng.randint(-200, 200)
            a, b = (rng.randint(1, 300), seen), (rng.randint(1, 300), total - seen)
            self.near(self.lab.split_p(a, b, share), ratio_p(a, b, share), f"split_p({a}, {b}, {share})")

    def test_one_look(self):
        """One look at the end stops about one A/A test in twenty"""
        got = self.lab.peeking(1, 300, 0.3, 1200, random.Random(lab.seed))
        self.expect_true(0.02 < got < 0.085, "about 0.05 was expected", "peeking(1, 300, 0.3, 1200, rng)", f"{got:.3f}")

    def test_many_looks(self):
        """Five and ten looks stop far more, and every look sees all visitors so far"""
        for looks, low, high in ((5, 0.1, 0.19), (10, 0.145, 0.25)):
            got = self.lab.peeking(looks, 80, 0.3, 900, random.Random(lab.seed + looks))
            given = f"peeking({looks}, 80, 0.3, 900, rng)"
            self.expect_true(low < got < high, f"between {low} and {high} was expected", given, f"{got:.3f}")

    def test_repeatable(self):
        """The simulation draws from rng alone"""
        before = random.getstate()
        first = self.lab.peeking(4, 60, 0.4, 150, random.Random(lab.seed))
        self.expect(self.lab.peeking(4, 60, 0.4, 150, random.Random(lab.seed)), first, "a second run, same seed")
        others = {self.lab.peeking(4, 60, 0.4, 150, random.Random(lab.seed + n)) for n in range(1, 6)}
        self.expect_true(len(others | {first}) > 1, "other seeds should bring other shares", "peeking(4, ...)", first)
        self.expect_true(random.getstate() == before, "draw from rng, not from the random module", "peeking(4, ...)")

    def test_broken_first(self):
        """A broken split is broken, whatever the conversions say"""
        rng = lab.rng("broken")
        for _ in range(3):
            a = (rng.randint(260, 330), rng.randint(7600, 7800))
            b = (rng.randint(480, 560), rng.randint(8500, 8700))
            self.expect(self.lab.verdict(a, b, 0.04, 0.05), "broken", f"verdict({a}, {b}, 0.04, 0.05)")
        a, b = (470, 9020), (95, 980)
        self.expect(self.lab.verdict(a, b, 0.04, 0.05, 0.9) == "broken", False, f"verdict({a}, {b}, ..., share_a=0.9)")

    def test_waits(self):
        """A convincing difference before the planned size is still to be waited for"""
        rng = lab.rng("wait")
        for _ in range(3):
            size = rng.randint(2000, 6400)
            a, b = (round(size * 0.035), size), (round(size * 0.07), size + rng.randint(-20, 20))
            given = f"verdict({a}, {b}, 0.04, 0.05), p = {pooled_p(a, b):.5f}"
            self.expect(self.lab.verdict(a, b, 0.04, 0.05), "wait", given)
        a, b = (2430, 60700), (350, 6700)
        self.expect(self.lab.verdict(a, b, 0.04, 0.05, 0.9), "wait", f"verdict({a}, {b}, ..., share_a=0.9)")

    def test_reads(self):
        """With the planned size the difference is read in both directions, or not shown"""
        rng = lab.rng("reads")
        for _ in range(3):
            size = rng.randint(6800, 7400)
            low, high = (round(size * 0.04), size), (round(size * 0.052), size)
            near = (low[0] + rng.randint(0, 8), size)
            self.expect(self.lab.verdict(low, high, 0.04, 0.05), "better", f"verdict({low}, {high}, 0.04, 0.05)")
            self.expect(self.lab.verdict(high, low, 0.04, 0.05), "worse", f"verdict({high}, {low}, 0.04, 0.05)")
            self.expect(self.lab.verdict(low, near, 0.04, 0.05), "not shown", f"verdict({low}, {near}, 0.04, 0.05)")


if __name__ == "__main__":
    unittest.main()
