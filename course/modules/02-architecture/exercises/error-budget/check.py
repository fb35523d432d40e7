"""Checks of the error budget: counting, windows, alerts, their score, and the month in data/."""

import csv
from itertools import accumulate

import lab


def series(*parts):
    """Rows from (number of rows, total, failed) one after another."""
    rows = []
    for count, total, failed in parts:
        rows += [(5 * (len(rows) + n), total, failed) for n in range(count)]
    return rows


def read(name):
    with open(lab.data / name, newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))[1:]
    return [tuple(int(v) if v.isdigit() else v for v in line) for line in lines]


def sums(rows, minutes):
    totals = [0, *accumulate(row[1] for row in rows)]
    faileds = [0, *accumulate(row[2] for row in rows)]
    starts = [max(0, end - minutes // 5) for end in range(1, len(rows) + 1)]
    return [(totals[e] - totals[s], faileds[e] - faileds[s]) for e, s in enumerate(starts, 1)]


def expected_alerts(rows, policy, slo):
    fires = [False] * len(rows)
    for rule in policy:
        limit = rule["factor"] * (1 - slo)
        for n, ((lt, lf), (st, sf)) in enumerate(zip(sums(rows, rule["long"]), sums(rows, rule["short"]))):
            if lt and st and st >= rule["at_least"] and lf / lt > limit and sf / st > limit:
                fires[n] = True
    found = []
    for (minute, _, _), fire in zip(rows, fires):
        if fire and found and minute - found[-1][1] <= 30:
            found[-1] = (found[-1][0], minute + 5)
        elif fire:
            found.append((minute, minute + 5))
    return found


def rule(long, short, factor, at_least=0):
    return {"long": long, "short": short, "factor": factor, "at_least": at_least}


class TestCounting(lab.Case):
    def near(self, got, expected, given):
        self.expect_true(
            isinstance(got, (int, float)) and abs(got - expected) < 1e-6,
            f"about {expected:.6f} was expected",
            given=given,
            got=got,
        )

    def test_sli(self):
        """Each request counts the same, at night and on Monday at eight"""
        rng = lab.rng("sli")
        night, peak, lost = rng.randint(5, 20), rng.randint(4000, 6000), rng.randint(100, 900)
        rows = series((6, night, 0), (1, night, 1), (1, peak, lost))
        total = 7 * night + peak
        given = f"7 rows of {night} requests with 1 failure in all, one row of {peak} with {lost}"
        self.near(lab.load("budget").sli(rows), 1 - (lost + 1) / total, given)
        self.near(lab.load("budget").sli(series((3, 0, 0))), 1.0, "three rows without requests")

    def test_budget(self):
        """The budget is what the SLO allows; if it is overspent, what is left is negative"""
        budget, rng = lab.load("budget"), lab.rng("budget")
        slo = rng.choice([0.999, 0.998, 0.995])
        for failed in (0, rng.randint(1, 9), rng.randint(200, 900)):
            rows = series((10, 1000, 0), (1, 10_000, failed))
            left = 1 - failed / (20_000 * (1 - slo))
            self.near(budget.budget_left(rows, slo), left, f"{failed} of 20,000 failed, SLO {slo}")

    def test_burn(self):
        """The burn rate weighs the rows of its window by their requests"""
        budget, rng = lab.load("budget"), lab.rng("burn")
        rows = [(5 * n, rng.randint(0, 900), 0) for n in range(40)]
        rows = [(minute, total, rng.randint(0, total // 20)) for minute, total, _ in rows]
        for minutes in (5, 15, 60):
            got = budget.burn_rates(rows, minutes, 0.999)
            self.expect(len(got), len(rows), given=f"number of rates over {minutes} min for 40 rows")
            for n, (total, failed) in enumerate(sums(rows, minutes)):
                wanted = failed / total / 0.001 if total else 0.0
                self.near(
                    got[n], wanted, f"row {n}, last {minutes} min: {failed} of {total} failed, SLO 0.999"
                )

    def test_burn_empty(self):
        """Without requests nothing burns"""
        got = lab.load("budget").burn_rates(series((4, 0, 0), (1, 100, 1)), 10, 0.99)
        self.expect_true(
            [round(rate, 6) for rate in got] == [0, 0, 0, 0, 1],
            "[0, 0, 0, 0, 1] was expected",
            given="four rows without requests, one with 1 of 100; 10 min; SLO 0.99",
            got=got,
        )


class TestAlerts(lab.Case):
    def test_both_windows(self):
        """A rule needs both its windows"""
        budget, lost = lab.load("budget"), lab.rng("both").randint(300, 500)
        rows = series((24, 1000, 0), (3, 1000, lost), (24, 1000, 0))
        got = budget.alerts(rows, [rule(60, 10, 14.4)], 0.999)
        wanted = expected_alerts(rows, [rule(60, 10, 14.4)], 0.999)
        given = f"{lost} of 1,000 fail for 15 min from minute 120; rule 60 min and 10 min over 14.4"
        self.expect(got, wanted, given=given)

    def test_strictly_above(self):
        """A burn rate equal to the factor does not fire, one above it does"""
        budget = lab.load("budget")
        policy = [rule(10, 5, 0.5)]
        at, above = series((4, 1024, 256)), series((4, 1024, 257))
        self.expect(budget.alerts(at, policy, 0.5), [], given="256 of 1,024 fail, SLO 0.5, factor 0.5")
        self.expect(budget.alerts(above, policy, 0.5), [(0, 20)], given="257 of 1,024 fail, the same")
        long = "255, then 257 of 1,024 fail: over 10 min the burn is the factor, over 5 min it is above"
        self.expect(list(budget.firing(series((1, 1024, 255), (1, 1024, 257)), policy, 0.5)), [False, False], given=long)
        short = "258, then 256 of 1,024 fail: over 5 min the burn is the factor, over 10 min it is above"
        self.expect(list(budget.firing(series((1, 1024, 258), (1, 1024, 256)), policy, 0.5)), [True, False], given=short)

    def test_enough(self):
        """A short window with too few requests does not fire"""
        budget, few = lab.load("budget"), lab.rng("few").randint(5, 9)
        rows = series((12, 20, 0), (2, few, few), (12, 2000, 0), (2, 2000, 400))
        policy = [rule(60, 5, 0.3, at_least=100)]
        given = f"{few} of {few} fail for 10 min, later 400 of 2,000; factor 0.3, at_least 100 (short window)"
        self.expect(budget.alerts(rows, policy, 0.9), expected_alerts(rows, policy, 0.9), given=given)
        for requests, wanted in ((99, []), (100, [(0, 5)])):
            given = f"a single row of {requests} requests, all failed; at_least 100"
            self.expect(budget.alerts(series((1, requests, requests)), policy, 0.9), wanted, given=given)

    def test_any_rule(self):
        """One rule of the policy is enough"""
        budget = lab.load("budget")
        rows = series((12, 1000, 0), (6, 1000, 20), (60, 1000, 0))
        policy = [rule(60, 5, 50), rule(30, 5, 11), rule(720, 60, 99)]
        given = "2 % fail for half an hour; three rules, of which the second holds"
        self.expect(budget.alerts(rows, policy, 0.999), expected_alerts(rows, policy, 0.999), given=given)

    def test_same_alert(self):
        """Firing again within 30 minutes is the same alert"""
        budget = lab.load("budget")
        short, long = 6, lab.rng("gap").randint(7, 12)
        rows = series((1, 100, 50), (short, 100, 0), (1, 100, 50), (long, 100, 0), (1, 100, 50))
        first = 5 * (short + 2)
        again = 5 * (short + long + 2)
        given = f"fires in row 0, again after {5 * short} quiet minutes, and after {5 * long} more"
        got = budget.alerts(rows, [rule(5, 5, 10)], 0.99)
        self.expect(got, [(0, first), (again, again + 5)], given=given)


class TestScore(lab.Case):
    def score(self, found, incidents):
        return lab.load("budget").score(found, incidents)

    def test_score(self):
        """Precision counts alerts, recall counts incidents, delays run from the start of an incident"""
        shift = 5 * lab.rng("score").randint(0, 200)
        incidents = [
            (100 + shift, 200 + shift, "a"),
            (400 + shift, 500 + shift, "b"),
            (900 + shift, 950 + shift, "c"),
        ]
        found = [
            (20 + shift, 30 + shift),
            (115 + shift, 130 + shift),
            (160 + shift, 230 + shift),
            (380 + shift, 410 + shift),
        ]
        got = self.score(found, incidents)
        given = f"alerts {found}, incidents {incidents}"
        self.expect(
            (round(got[0], 6), round(got[1], 6), list(got[2])), (0.75, 0.666667, [15, 0, None]), given=given
        )

    def test_silence(self):
        """No alerts: none of them was wrong, and no incident was found"""
        incidents = [(100, 200, "a"), (400, 500, "b")]
        got = self.score([], incidents)
        self.expect(
            (got[0], got[1], list(got[2])), (1.0, 0.0, [None, None]), given="no alerts, two incidents"
        )

    def test_touching(self):
        """An alert that begins when an incident has ended does not belong to it"""
        start = 5 * lab.rng("touch").randint(10, 50)
        got = self.score([(start, start + 10)], [(start - 50, start, "a")])
        self.expect(
            (got[0], got[1], list(got[2])), (0.0, 0.0, [None]), given="an alert from the minute in which the incident ends"
        )


class TestMonth(lab.Case):
    def test_month(self):
        """The month in data/, with several policies"""
        budget, rng = lab.load("budget"), lab.rng("month")
        rows = read("events.csv")
        slo = rng.choice([0.999, 0.9985, 0.998])
        scale = rng.choice([0.8, 1.0, 1.3])
        policies = [
            [rule(60, 5, 14.4 * scale, 700)],
            [rule(60, 5, 14.4 * scale), rule(360, 30, 6 * scale)],
            [rule(60, 5, 14.4 * scale, 700), rule(360, 30, 6 * scale, 1700), rule(4320, 360, scale, 10_000)],
        ]
        for policy in policies:
            got, wanted = budget.alerts(rows, policy, slo), expected_alerts(rows, policy, slo)
            self.expect(got, wanted, given=f"events.csv, SLO {slo}, policy {policy}")
