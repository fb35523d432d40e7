"""Checks of the calibration report; ranges, odds and counts change at each check."""

import math
import unittest

import lab


def ranges(rng, count):
    found = []
    for _ in range(count):
        low = rng.randint(1, 20)
        high = low + rng.randint(2, 12)
        found.append((low, high, rng.randint(-2, 40)))
    return found


def at_most(hits, n, share):
    return math.fsum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(hits + 1))


class Calibration(lab.Case):
    def setUp(self):
        self.lab = lab.load("calibration")

    def near(self, got, expected, given, within=1e-9):
        close = isinstance(got, (int, float)) and not isinstance(got, bool) and abs(got - expected) <= within
        self.expect_true(close, f"{expected:.6g} was expected", given, repr(got))

    def test_inside(self):
        """The ends of a range belong to it"""
        rng = lab.rng("inside")
        found = ranges(rng, rng.randint(8, 15)) + [(3, 5, 3), (3, 5, 5)]
        expected = sum(low <= x <= high for low, high, x in found) / len(found)
        self.near(self.lab.inside(found), expected, f"inside({found})")

    def test_interval_score(self):
        """The score is the width, plus a penalty that grows with the distance outside"""
        rng = lab.rng("score")
        for _ in range(8):
            low = rng.randint(1, 20)
            high, actual, alpha = low + rng.randint(0, 10), rng.randint(-10, 45), rng.choice((0.1, 0.2, 0.5))
            far = low - actual if actual < low else actual - high if actual > high else 0
            given = f"interval_score({low}, {high}, {actual}, {alpha})"
            self.near(self.lab.interval_score(low, high, actual, alpha), high - low + 2 / alpha * far, given)

    def test_honest_scores_best(self):
        """Over many outcomes neither a narrow nor a wide range beats the honest one"""
        rng = lab.rng("honest")
        actuals = [rng.gauss(0, 10) for _ in range(3000)]
        mean = {
            reach: sum(self.lab.interval_score(-reach, reach, x) for x in actuals) / len(actuals)
            for reach in (5, 16.45, 45)
        }
        best = min(mean, key=lambda reach: mean[reach])
        self.expect(best, 16.45, f"half-width with the best mean score, of {sorted(mean)}")

    def test_judge(self):
        """Few hits count as evidence only where chance would rarely bring so few"""
        for hits, n, word in ((20, 20, "no evidence"), (16, 20, "no evidence"), (15, 20, "too narrow"),
                              (7, 10, "no evidence"), (6, 10, "too narrow"), (60, 60, "too wide"),
                              (0, 3, "too narrow")):  # fmt: skip
            self.expect(self.lab.judge(hits, n), word, f"judge({hits}, {n})")
        rng = lab.rng("judge")
        for _ in range(25):
            n, share = rng.randint(5, 70), rng.choice((0.5, 0.8, 0.9))
            hits = rng.randint(0, n)
            low, high = at_most(hits, n, share), 1 - (at_most(hits - 1, n, share) if hits else 0)
            if min(abs(low - 0.05), abs(high - 0.05)) < 1e-6:
                continue
            word = "too narrow" if low < 0.05 else "too wide" if high < 0.05 else "no evidence"
            self.expect(self.lab.judge(hits, n, share), word, f"judge({hits}, {n}, {share})")

    def test_factor(self):
        """The factor is the smallest that puts the share inside"""
        rng = lab.rng("factor")
        for _ in range(5):
            found, share = ranges(rng, rng.choice((10, 20, 30))), rng.choice((0.5, 0.8, 0.9))
            got = self.lab.factor(found, share)
            given = f"factor({found}, {share})"
            self.expect_true(isinstance(got, (int, float)), "a number was expected", given, repr(got))

            def held(by):
                return sum(
                    abs(x - (low + high) / 2) <= by * (high - low) / 2 + 1e-9 for low, high, x in found
                ) / len(found)  # fmt: skip

            self.expect_true(held(got) >= share - 1e-9, f"at least {share} inside was expected", given, got)
            self.expect_true(held(got - 1e-6) < share, "a smaller factor would be enough", given, got)

    def test_leaning(self):
        """Misses are counted on each side, since a bias is not cured by width"""
        found = ranges(lab.rng("leaning"), 20)
        expected = (sum(x < low for low, _, x in found), sum(x > high for _, high, x in found))
        self.expect(tuple(self.lab.leaning(found)), expected, f"leaning({found})")

    def test_brier(self):
        """The Brier score is the mean squared distance"""
        rng = lab.rng("brier")
        for size in (1, 9, 40):
            found = [(rng.randint(0, 10) / 10, rng.randint(0, 1)) for _ in range(size)]
            self.near(self.lab.brier(found), math.fsum((p - h) ** 2 for p, h in found) / size, f"brier({found})")

    def test_reliability(self):
        """Bins hold from edge to edge, the last edge included, and empty ones are left out"""
        rng = lab.rng("reliability")
        found = [(rng.choice((0.05, 0.1, 0.3, 0.35, 0.9, 1.0)), rng.randint(0, 1)) for _ in range(40)]
        edges = [0, 0.1, 0.3, 0.6, 1.0]
        bins = [[f for f in found if a <= f[0] < b or (b == 1.0 and f[0] == 1.0)] for a, b in zip(edges, edges[1:])]
        expected = [(sum(p for p, _ in b) / len(b), sum(h for _, h in b) / len(b), len(b)) for b in bins if b]
        got = list(self.lab.reliability(found, edges))
        given = f"reliability({found}, {edges})"
        self.expect(len(got), len(expected), f"number of bins of {given}")
        for one, other in zip(got, expected):
            self.near(one[0], other[0], f"a mean probability of {given}")
            self.near(one[1], other[1], f"a share of {given}")
            self.expect(one[2], other[2], f"a count of {given}")


if __name__ == "__main__":
    unittest.main()
