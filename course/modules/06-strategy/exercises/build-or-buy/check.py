"""Checks of the sourcing model; amounts, rates and years change at each check."""

import copy
import unittest

import lab


def a_case(rng, years=3):
    return {
        "build_now": rng.randint(30, 90) * 1000,
        "build_yearly": rng.randint(25, 60) * 1000,
        "buy_now": rng.randint(2, 12) * 1000,
        "fixed": rng.randint(2, 9) * 1000,
        "usage": [rng.randint(15, 60) * 1000 for _ in range(years)],
        "uplift": rng.choice((0.0, 0.03, 0.05, 0.1)),
        "exit": rng.choice((0, 8_000, 15_000)),
    }


def pay_build(case):
    return [case["build_now"], *(case["build_yearly"] for _ in case["usage"])]


def pay_buy(case):
    found, rise = [case["buy_now"]], 1.0
    for usage in case["usage"]:
        found.append(rise * (case["fixed"] + usage))
        rise *= 1 + case["uplift"]
    found[-1] += case["exit"]
    return found


def value(rate, flows):
    return sum(flow * (1 + rate) ** -n for n, flow in enumerate(flows))


def gap(case, rate):
    return value(rate, pay_build(case)) - value(rate, pay_buy(case))


class Sourcing(lab.Case):
    def setUp(self):
        self.lab = lab.load("sourcing")

    def near(self, got, expected, given, within=0.01):
        close = isinstance(got, (int, float)) and not isinstance(got, bool) and abs(got - expected) <= within
        self.expect_true(close, f"{expected:,.4f} was expected", given, repr(got))

    def test_flows(self):
        """Payments fall at the start and at the end of each year"""
        rng = lab.rng("flows")
        for years in (1, 3, rng.randint(4, 6)):
            case = a_case(rng, years)
            for name, expected in (("flows_build", pay_build(case)), ("flows_buy", pay_buy(case))):
                got = list(getattr(self.lab, name)(copy.deepcopy(case)))
                self.expect(len(got), years + 1, f"number of payments of {name}({case})")
                for year, (one, other) in enumerate(zip(got, expected)):
                    self.near(one, other, f"{name}({case})[{year}]")

    def test_npv(self):
        """The first payment is not discounted, the others are"""
        rng = lab.rng("npv")
        for _ in range(4):
            rate, flows = rng.choice((0.0, 0.05, 0.08, 0.12)), [rng.randint(1, 90) * 1000 for _ in range(4)]
            self.near(self.lab.npv(rate, flows), value(rate, flows), f"npv({rate}, {flows})")

    def test_known(self):
        """The case of the brief comes out at $182,493 against $103,551"""
        case = {"build_now": 60_000, "build_yearly": 51_000, "buy_now": 7_500, "fixed": 4_000,
                "usage": [28_800, 36_000, 45_000], "uplift": 0.0, "exit": 0}  # fmt: skip
        self.near(self.lab.npv(0.12, self.lab.flows_build(case)), 182_493.4, "npv(0.12, flows_build(case))", 0.1)
        self.near(self.lab.npv(0.12, self.lab.flows_buy(case)), 103_550.7, "npv(0.12, flows_buy(case))", 0.1)
        self.near(self.lab.break_even(case, 0.12), 1.913, "break_even(case, 0.12)", 0.001)
        self.near(self.lab.break_even(case, 0.0), 1.762, "break_even(case, 0)", 0.001)

    def test_break_even(self):
        """At the break-even factor both cost the same"""
        rng = lab.rng("even")
        for _ in range(5):
            case, rate = a_case(rng), rng.choice((0.05, 0.1, 0.15))
            factor = self.lab.break_even(copy.deepcopy(case), rate)
            given = f"break_even({case}, {rate})"
            self.expect_true(isinstance(factor, (int, float)), "a number was expected", given, repr(factor))
            there = {**case, "usage": [factor * usage for usage in case["usage"]]}
            self.near(gap(there, rate), 0.0, f"the difference at the factor {factor} of {given}", 1.0)

    def test_no_break_even(self):
        """Without usage, or where even silence costs more, there is none"""
        rng = lab.rng("none")
        case = {**a_case(rng), "usage": [0, 0, 0]}
        self.expect(self.lab.break_even(case, 0.1), None, f"break_even({case}, 0.1)")
        case = {**a_case(rng), "buy_now": 900_000}
        self.expect(self.lab.break_even(case, 0.1), None, f"break_even({case}, 0.1)")

    def swings(self, rng, case):
        found = {
            "usage": (0.5, rng.choice((1.5, 2.0))),
            "build_now": (case["build_now"], case["build_now"] + rng.randint(5, 30) * 1000),
            "build_yearly": (case["build_yearly"] - 9000, case["build_yearly"] + rng.randint(1, 9) * 1000),
            "uplift": (0.0, 0.08),
            "exit": (0, rng.randint(5, 40) * 1000),
        }
        names = rng.sample(list(found), len(found))
        return {name: found[name] for name in names}

    def expected(self, case, rate, swings):
        rows = []
        for name, values in swings.items():
            ends = []
            for each in values:
                changed = {**case, name: each} if name != "usage" else {**case, "usage": [each * u for u in case["usage"]]}
                ends.append(gap(changed, rate))
            rows.append((name, min(ends), max(ends)))
        return sorted(rows, key=lambda row: (row[1] - row[2], row[0]))

    def test_tornado(self):
        """Each swing moves alone, the widest comes first, and the case stays as it was"""
        rng = lab.rng("tornado")
        for _ in range(3):
            case, rate = a_case(rng), 0.1
            swings, before = self.swings(rng, case), copy.deepcopy(case)
            got, expected = list(self.lab.tornado(case, rate, swings)), self.expected(case, rate, swings)
            given = f"tornado({case}, {rate}, {swings})"
            self.expect([row[0] for row in got], [row[0] for row in expected], f"names of {given}")
            for one, other in zip(got, expected):
                self.near(one[1], other[1], f"lower end of {other[0]} in {given}", 0.5)
                self.near(one[2], other[2], f"upper end of {other[0]} in {given}", 0.5)
            self.expect(case, before, "the case after the tornado")

    def test_verdict(self):
        """The verdict names what changes the answer, and nothing else"""
        rng = lab.rng("verdict")
        for _ in range(8):
            case, rate = a_case(rng), 0.1
            swings = self.swings(rng, case)
            base = gap(case, rate) > 0
            names = [n for n, low, high in self.expected(case, rate, swings) if {low > 0, high > 0} != {base}]
            expected = ("depends", names) if names else ("buy" if base else "build", [])
            word, found = self.lab.verdict(case, rate, swings)
            self.expect((word, list(found)), expected, f"verdict({case}, {rate}, {swings})")
        cheap = {**a_case(rng), "build_now": 900_000}
        self.expect(self.lab.verdict(cheap, 0.1, {"exit": (0, 1000)})[0], "buy", "verdict where building costs a fortune")
        dear = {**a_case(rng), "buy_now": 900_000}
        self.expect(self.lab.verdict(dear, 0.1, {"exit": (0, 1000)})[0], "build", "verdict where buying costs a fortune")


if __name__ == "__main__":
    unittest.main()
