"""Checks of the exit waterfall; classes, preferences, ranks and sale prices change at each check."""

import copy
import itertools
import unittest
from fractions import Fraction

import lab

NAMES = ["seed", "A", "A2", "B", "C", "bridge"]
REFERENCE = {20: 0, 30: 0, 60: 237_143, 100: 594_286, 150: 951_429, 250: 1_665_714}
"""Sale price in millions to what your 100,000 options bring, to the dollar."""


def tessaly():
    rows = [("B", 2_800_000, 20_000_000, 1), ("A", 2_400_000, 8_000_000, 2), ("seed", 1_400_000, 2_000_000, 3)]
    return {
        "common": {"founders": 4_800_000, "employees": 1_200_000, "pool": 1_400_000},
        "preferred": [
            {"name": name, "shares": shares, "preference": preference, "rank": rank, "participating": False}
            for name, shares, preference, rank in rows
        ],
    }


def draw(rng, participating=0.25, classes=None):
    """A company whose preferences per share are different whole dollars, in no order that ranks would follow."""
    count = classes or rng.randint(2, 5)
    ranks = [rng.randint(1, 3) for _ in range(count)]
    rows = []
    for name, dollars, rank in zip(rng.sample(NAMES, count), rng.sample(range(1, 16), count), ranks):
        shares = 10_000 * rng.randint(20, 300)
        rows.append({"name": name, "shares": shares, "preference": shares * dollars, "rank": rank,
                     "participating": rng.random() < participating})  # fmt: skip
    common = {who: 10_000 * rng.randint(30, 500) for who in rng.sample(["founders", "employees", "advisers"], 2)}
    return {"common": common, "preferred": rows}


def paid(company, amount, converting):
    """Each holder's exact share of the amount when these classes convert, and the price of a common share."""
    found = {each["name"]: Fraction(0) for each in company["preferred"]}
    left = Fraction(amount)
    keep = [each for each in company["preferred"] if each["name"] not in converting]
    for _, group in itertools.groupby(sorted(keep, key=lambda each: each["rank"]), key=lambda each: each["rank"]):
        group = list(group)
        due = sum(each["preference"] for each in group)
        share = min(Fraction(1), left / due)
        for each in group:
            found[each["name"]] = share * each["preference"]
        left -= share * due
    sharing = [each for each in company["preferred"] if each["name"] in converting or each["participating"]]
    price = left / (sum(company["common"].values()) + sum(each["shares"] for each in sharing))
    for each in sharing:
        found[each["name"]] += price * each["shares"]
    return found | {who: price * held for who, held in company["common"].items()}, price


def stable(company, amount):
    """The one set of classes for which a common share is worth exactly what converting takes it to be worth."""
    free = [each for each in company["preferred"] if not each["participating"]]
    for size in range(len(free) + 1):
        for some in itertools.combinations(free, size):
            names = {each["name"] for each in some}
            price = paid(company, amount, names)[1]
            if names == {each["name"] for each in free if Fraction(each["preference"], each["shares"]) <= price}:
                return names
    raise AssertionError


def selling(company, price):
    """The amount at which a common share brings the price, by bisection over whole cents."""
    low, high = 0, 1
    while paid(company, high, stable(company, high))[1] < price:
        high *= 2
    low, high = Fraction(low), Fraction(high)
    for _ in range(60):
        middle = (low + high) / 2
        if paid(company, middle, stable(company, middle))[1] < price:
            low = middle
        else:
            high = middle
    return float(high)


def turning(company):
    """The amounts at which some class is indifferent, all whole dollars."""
    found = {}
    for own in company["preferred"]:
        if own["participating"]:
            continue
        dollars = Fraction(own["preference"], own["shares"])
        amount = dollars * sum(company["common"].values())
        for each in company["preferred"]:
            converts = not each["participating"] and Fraction(each["preference"], each["shares"]) <= dollars
            amount += dollars * each["shares"] if converts or each["participating"] else 0
            amount += 0 if converts else each["preference"]
        found[own["name"]] = int(amount)
    return found


def amounts(rng, company):
    """Sale prices in every region: short of the preferences, between the turning points, at them and beside them."""
    due = sum(each["preference"] for each in company["preferred"])
    points = sorted(turning(company).values())
    found = [rng.randint(1, due), due + rng.randint(1, 1_000_000), 3 * due + max(points, default=0)]
    for one in points:
        found += [one, one - 1, one + 1]
    return found + [(one + other) // 2 for one, other in itertools.pairwise(points)]


def told(company):
    """The company as a failure shows it, one class a line."""
    lines = [f"common: {company['common']}"]
    for each in company["preferred"]:
        kind = "participating" if each["participating"] else "not participating"
        lines.append(f"{each['name']}: {each['shares']:,} shares, preference ${each['preference']:,}, "
                     f"rank {each['rank']}, {kind}")  # fmt: skip
    return "\n".join(lines)


class Waterfall(lab.Case):
    def setUp(self):
        self.lab = lab.load("waterfall")

    def near(self, got, expected, given, within=0.02):
        close = isinstance(got, (int, float)) and not isinstance(got, bool) and abs(got - expected) <= within
        self.expect_true(close, f"{float(expected):,.2f} was expected", given, repr(got))

    def compare(self, got, expected, given):
        self.expect(sorted(got), sorted(expected), f"holders in {given}")
        for holder in expected:
            self.near(got[holder], expected[holder], f"what {holder} gets in {given}")

    def test_tessaly(self):
        """Your 100,000 options at six sale prices, to the dollar"""
        for millions, expected in REFERENCE.items():
            got = self.lab.net(tessaly(), millions * 1_000_000, 100_000, 1.2)
            self.near(got, expected, f"net(Tessaly, {millions} million, 100,000 options, strike $1.20)", 0.5)
        for millions, expected in ((45, {"seed"}), (60, {"A", "seed"}), (99, {"A", "seed"}), (100, {"A", "B", "seed"})):
            got = self.lab.conversions(tessaly(), millions * 1_000_000)
            self.expect(set(got), expected, f"conversions(Tessaly, {millions} million)")

    def test_preferences(self):
        """Preferences are paid by rank, equal ranks in proportion, until the money is gone"""
        rng = lab.rng("preferences")
        for _ in range(8):
            company = draw(rng, participating=0.0)
            before = copy.deepcopy(company)
            due = sum(each["preference"] for each in company["preferred"])
            amount = rng.randint(due // 5, due)
            given = f"payout(company, {amount:,}, set()) with\n{told(company)}"
            self.compare(self.lab.payout(company, amount, set()), paid(company, amount, set())[0], given)
            self.expect(company, before, "the company after payout")

    def test_converting(self):
        """Those who convert give up their preference and share with the common; the participating do both"""
        rng = lab.rng("converting")
        for _ in range(8):
            company = draw(rng, participating=0.4)
            names = [each["name"] for each in company["preferred"]]
            some = set(rng.sample(names, rng.randint(0, len(names))))
            amount = rng.randint(10, 200) * 1_000_000
            given = f"payout(company, {amount:,}, {sorted(some)}) with\n{told(company)}"
            self.compare(self.lab.payout(company, amount, set(some)), paid(company, amount, some)[0], given)

    def test_conversions(self):
        """Who converts depends on who else does, and a class that is indifferent converts"""
        rng = lab.rng("conversions")
        for _ in range(6):
            company = draw(rng)
            for amount in amounts(rng, company):
                got = set(self.lab.conversions(company, amount))
                self.expect(got, stable(company, amount), f"conversions(company, {amount:,}) with\n{told(company)}")

    def test_waterfall(self):
        """Everything is paid out, and no class could get more by changing its own choice"""
        rng = lab.rng("waterfall")
        for _ in range(5):
            company = draw(rng)
            for amount in amounts(rng, company):
                given = f"waterfall(company, {amount:,}) with\n{told(company)}"
                got = self.lab.waterfall(company, amount)
                self.compare(got, paid(company, amount, stable(company, amount))[0], given)

    def test_sale_for(self):
        """The sale price that a share price takes"""
        self.near(self.lab.sale_for(tessaly(), 1.2), 38_880_000, "sale_for(Tessaly, 1.2)")
        rng = lab.rng("sale")
        for _ in range(6):
            company = draw(rng)
            price = rng.randint(20, 1700) / 100
            expected = selling(company, Fraction(price))
            self.near(self.lab.sale_for(company, price), expected, f"sale_for(company, {price}) with\n{told(company)}")

    def test_flat_zone(self):
        """The sale prices between which a class has nothing to gain"""
        self.compare_zone(self.lab.flat_zone(tessaly(), "B"), (20_000_000, 100_000_000), "flat_zone(Tessaly, 'B')")
        rng = lab.rng("flat")
        for _ in range(5):
            company = draw(rng)
            for each in company["preferred"]:
                given = f"flat_zone(company, {each['name']!r}) with\n{told(company)}"
                if each["participating"]:
                    self.expect_raises(ValueError, lambda: self.lab.flat_zone(company, each["name"]), given)
                    continue
                low = sum(one["preference"] for one in company["preferred"] if one["rank"] <= each["rank"])
                high = turning(company)[each["name"]]
                self.compare_zone(self.lab.flat_zone(company, each["name"]), (low, high), given)

    def compare_zone(self, got, expected, given):
        self.expect_true(len(tuple(got)) == 2, "two sale prices were expected", given, repr(got))
        for end, one, other in zip(("lower", "upper"), got, expected):
            self.near(one, other, f"the {end} end of {given}")

    def test_net(self):
        """Options bring what a share brings above the strike price, and never less than nothing"""
        rng = lab.rng("net")
        for _ in range(6):
            company = draw(rng)
            amount = rng.choice(amounts(rng, company))
            options, strike = rng.randint(1, 90) * 1000, rng.randint(10, 800) / 100
            price = float(paid(company, amount, stable(company, amount))[1])
            given = f"net(company, {amount:,}, {options:,}, {strike}) with\n{told(company)}"
            self.near(self.lab.net(company, amount, options, strike), max(0.0, price - strike) * options, given)


if __name__ == "__main__":
    unittest.main()
