"""Checks of the cost allocator; teams, amounts and days change at each check."""

import copy
import unittest
from datetime import date, timedelta
from fractions import Fraction

import lab

TEAMS = ["booking", "payments", "messaging", "search", "notes"]


def bill(rng, untagged=True):
    teams = rng.sample(TEAMS, 3)
    rows = []
    for _ in range(rng.randint(12, 25)):
        team = rng.choice([*teams, "platform", ""] if untagged else teams)
        rows.append({"day": "2025-08-04", "service": "compute", "team": team, "cents": rng.randint(100, 9999)})
    rows += [{"day": "2025-08-04", "service": "logs", "team": team, "cents": rng.randint(100, 9999)} for team in teams]
    rng.shuffle(rows)
    return rows


def days(rng, weekday, weekend, noise=1):
    """Eight weeks of cost; each day is one or two times `noise` per cent off, evenly, so that none is unusual."""
    first = date(2025, rng.randint(1, 6), rng.randint(1, 28))
    off = {False: rng.sample([-2, -1, 1, 2] * 10, 40), True: rng.sample([-2, -1, 1, 2] * 4, 16)}
    found = {}
    for n in range(56):
        day = first + timedelta(days=n)
        at_weekend = day.weekday() >= 5
        base = weekend if at_weekend else weekday
        found[day.isoformat()] = round(base * (1 + noise * off[at_weekend].pop() / 100))
    return found


def of_kind(daily, weekend):
    return [day for day in daily if (date.fromisoformat(day).weekday() >= 5) == weekend]


class Costs(lab.Case):
    def setUp(self):
        self.lab = lab.load("costs")

    def test_coverage(self):
        """Coverage is a share of the cost, not of the rows"""
        rng = lab.rng("coverage")
        for _ in range(3):
            rows = bill(rng)
            expected = sum(r["cents"] for r in rows if r["team"]) / sum(r["cents"] for r in rows)
            got = self.lab.coverage(rows)
            close = isinstance(got, (int, float)) and abs(got - expected) < 1e-9
            self.expect_true(close, f"{expected:.4f} was expected", f"coverage({rows})", repr(got))

    def test_own_costs(self):
        """Without anything shared each team gets its own"""
        rows = bill(lab.rng("own"), untagged=False)
        expected = {}
        for row in rows:
            expected[row["team"]] = expected.get(row["team"], 0) + row["cents"]
        self.expect(dict(self.lab.allocate(rows, set())), expected, f"allocate({rows}, set())")

    def test_shared(self):
        """Shared and untagged cost follows each team's own cost, and no cent is lost"""
        rng = lab.rng("shared")
        for _ in range(5):
            rows, shared = bill(rng), {"platform"}
            before = copy.deepcopy(rows)
            got = dict(self.lab.allocate(rows, shared))
            given = f"allocate({rows}, {shared})"
            own = {}
            for row in rows:
                if row["team"] not in ("", "platform"):
                    own[row["team"]] = own.get(row["team"], 0) + row["cents"]
            total = sum(row["cents"] for row in rows)
            self.expect(sorted(got), sorted(own), f"teams of {given}")
            self.expect(sum(got.values()), total, f"sum of {given}")
            for team, cents in own.items():
                exact = Fraction(cents * total, sum(own.values()))
                whole = isinstance(got[team], int) and abs(got[team] - exact) < 1
                self.expect_true(whole, f"{float(exact):.2f}, in whole cents, was expected for {team}", given, got[team])
            self.expect(rows, before, "the rows after allocate")

    def test_remainder(self):
        """The cents that do not divide go to the largest remainders, ties by name"""
        rng = lab.rng("remainder")
        a, b, c = sorted(rng.sample(TEAMS, 3))
        rows = [{"day": "x", "service": "s", "team": team, "cents": 100} for team in (c, a, b)]
        rows.append({"day": "x", "service": "s", "team": "", "cents": 200})
        self.expect(dict(self.lab.allocate(rows, set())), {a: 167, b: 167, c: 166}, f"allocate({rows}, set())")

    def test_nothing_to_share_by(self):
        """If no team has a cost of its own there is nothing to share by"""
        rows = [{"day": "x", "service": "s", "team": "", "cents": 500}]
        self.expect_raises(ValueError, lambda: self.lab.allocate(rows, set()), f"allocate({rows}, set())")

    def test_explain(self):
        """The two parts add up to the change, and more clinics at the same unit cost are volume alone"""
        rng = lab.rng("explain")
        for _ in range(4):
            before = (rng.randint(20_000, 30_000) * 100, rng.randint(900, 1200))
            after = (rng.randint(20_000, 36_000) * 100, rng.randint(900, 1400))
            got = self.lab.explain(before, after)
            given = f"explain({before}, {after})"
            volume = (after[1] - before[1]) * before[0] / before[1]
            self.expect(sorted(got), ["clinics", "unit cost"], f"keys of {given}")
            close = abs(got["clinics"] - volume) < 0.01
            self.expect_true(close, f"{volume:,.2f} was expected for clinics", given, got["clinics"])
            both = abs(got["clinics"] + got["unit cost"] - (after[0] - before[0])) < 0.01
            self.expect_true(both, f"parts that add up to {after[0] - before[0]:,} were expected", given, got)

    def test_quiet(self):
        """Weekends are cheaper and nobody needs to ask why"""
        rng = lab.rng("quiet")
        daily = days(rng, 40_000, 21_000)
        self.expect(list(self.lab.anomalies(daily)), [], "anomalies of eight quiet weeks with cheap weekends")

    def test_sunday(self):
        """A Sunday that costs as much as a weekday is found, though no day of the month costs more"""
        rng = lab.rng("sunday")
        daily = days(rng, 40_000, 21_000)
        odd = rng.choice(of_kind(daily, weekend=True))
        daily[odd] = 38_000
        self.expect(list(self.lab.anomalies(daily)), [odd], f"anomalies, {odd} being a weekend at 38,000")

    def test_many(self):
        """A fortnight that went wrong does not hide itself, and days come in order"""
        rng = lab.rng("many")
        daily = days(rng, 40_000, 21_000)
        odd = sorted(rng.sample(of_kind(daily, weekend=False), 10))
        for day in odd:
            daily[day] = rng.randint(90_000, 120_000)
        low = rng.choice([day for day in of_kind(daily, weekend=False) if day not in odd])
        daily[low] = 9_000
        self.expect(list(self.lab.anomalies(daily)), sorted([*odd, low]), "anomalies with ten dear days and a cheap one")

    def test_constant(self):
        """Where every day costs the same, any other day is unusual"""
        rng = lab.rng("constant")
        daily = days(rng, 5_000, 5_000, noise=0)
        odd = rng.choice(sorted(daily))
        daily[odd] = 5_100
        self.expect(list(self.lab.anomalies(daily)), [odd], "anomalies of a constant cost with one day of 5,100")


if __name__ == "__main__":
    unittest.main()
