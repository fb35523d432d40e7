"""Checks of the evaluation harness; calls, costs and limits change at each check."""

import math
import unittest

import lab

KINDS = ["book", "move", "cancel", "question"]


def calls(rng, count, wrong=0.15, kinds=KINDS):
    return [
        {
            "call": f"C{n:03}",
            "caller": f"p{n:03}",
            "wanted": rng.choice(kinds),
            "confidence": rng.randint(30, 99) / 100,
            "right": int(rng.random() >= wrong),
        }
        for n in range(count)
    ]


def prices(rng):
    return {
        "call": rng.randint(15, 30) / 100,
        "person": rng.randint(90, 140) / 100,
        "error": {kind: rng.randint(2, 15) for kind in KINDS} | {"emergency": 400},
    }


def per_call(rows, threshold, costs):
    total = 0.0
    for row in rows:
        total += costs["call"]
        if row["confidence"] < threshold:
            total += costs["person"]
        elif row["right"] == 0:
            total += costs["error"][row["wanted"]]
    return total / len(rows)


def score_interval(errors, n, z=1.959963984540054):
    """The two rates at which the observed one is just z standard errors away: Wilson's quadratic, solved."""
    a, b, c = n + z * z, -(2 * errors + z * z), errors * errors / n
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


class Harness(lab.Case):
    def setUp(self):
        self.lab = lab.load("receptionist")

    def near(self, got, expected, given, within=1e-9):
        close = isinstance(got, (int, float)) and not isinstance(got, bool) and abs(got - expected) <= within
        self.expect_true(close, f"{expected:.6g} was expected", given, repr(got))

    def test_distinct(self):
        """A call that is in the list twice counts once, the first one stays, and the order too"""
        rng = lab.rng("distinct")
        rows = calls(rng, 8)
        twins = [{**rng.choice(rows), "call": f"D{n}"} for n in range(4)]
        similar = [{**rows[2], "call": "S1", "confidence": 0.11}, {**rows[3], "call": "S2", "right": 1 - rows[3]["right"]}]
        got = [row["call"] for row in self.lab.distinct([*rows, *twins, *similar])]
        self.expect(got, [row["call"] for row in [*rows, *similar]], "calls that are left by distinct")

    def test_outcome(self):
        """From the threshold on the model handles, below it a person does"""
        rng = lab.rng("outcome")
        rows = calls(rng, 40)
        for threshold in (rng.choice(rows)["confidence"], 0.0, 1.01):
            handled = [row for row in rows if row["confidence"] >= threshold]
            right = sum(row["right"] for row in handled)
            expected = {"right": right, "wrong": len(handled) - right, "handed over": len(rows) - len(handled)}
            self.expect(dict(self.lab.outcome(rows, threshold)), expected, f"outcome of 40 calls at {threshold}")

    def test_cost(self):
        """Persons and errors cost on top of every call, an error by what the caller wanted"""
        rng = lab.rng("cost")
        for _ in range(4):
            rows, costs = calls(rng, 12), prices(rng)
            threshold = rng.choice(rows)["confidence"]
            expected = per_call(rows, threshold, costs)
            self.near(self.lab.cost(rows, threshold, costs), expected, f"cost({rows}, {threshold}, {costs})")

    def test_best(self):
        """The best threshold is the cheapest one that occurs, or nobody"""
        rng = lab.rng("best")
        for _ in range(5):
            rows, costs = calls(rng, 30, wrong=rng.choice((0.05, 0.2))), prices(rng)
            tried = sorted({row["confidence"] for row in rows} | {1.01}, reverse=True)
            expected = min(tried, key=lambda t, r=rows, c=costs: round(per_call(r, t, c), 9))
            got = self.lab.best(rows, costs)
            given = f"best of 30 calls with {costs}"
            same = abs(per_call(rows, got, costs) - per_call(rows, expected, costs)) < 1e-9 and got in tried
            self.expect_true(same, f"{expected} was expected", given, repr(got))
        hopeless = [{**row, "right": 0} for row in calls(rng, 10)]
        self.expect(self.lab.best(hopeless, prices(rng)), 1.01, "best where every answer is wrong")

    def test_wilson(self):
        """The interval is Wilson's, and says something at 0 errors"""
        rng = lab.rng("wilson")
        for errors, n in ((0, 30), (30, 30), (6, 206), *((rng.randint(1, 9), rng.randint(40, 900)) for _ in range(4))):
            low, high = score_interval(errors, n)
            got = self.lab.wilson(errors, n)
            self.near(got[0], max(0.0, low), f"wilson({errors}, {n})[0]", 1e-6)
            self.near(got[1], min(1.0, high), f"wilson({errors}, {n})[1]", 1e-6)
        self.expect(tuple(self.lab.wilson(0, 0)), (0.0, 1.0), "wilson(0, 0)")

    def test_decide(self):
        """Ship below the limit with certainty, stop above it with certainty, else measure more"""
        rng = lab.rng("decide")

        def made(errors, n):
            rows = calls(rng, n, wrong=0)
            for row in rows:
                row["confidence"] = rng.randint(80, 99) / 100
            for row in rows[:errors]:
                row["right"] = 0
            unsure = [{**row, "confidence": 0.5, "right": 0} for row in calls(rng, 30)]
            return rows + unsure

        for errors, n, word in ((0, 30, "measure more"), (0, 250, "ship"), (9, 100, "stop"), (16, 1000, "measure more"),
                                (12, 1200, "ship"), (50, 1000, "stop")):  # fmt: skip
            self.expect(self.lab.decide(made(errors, n), 0.8, 0.02), word, f"decide, {errors} errors in {n} handled calls")

    def test_emergency(self):
        """One emergency handled wrongly stops it, and one handed over does not"""
        rng = lab.rng("emergency")
        rows = calls(rng, 400, wrong=0)
        case = {"call": "E1", "caller": "p9", "wanted": "emergency", "confidence": 0.9, "right": 0}
        for threshold, expected in ((0.3, "stop"), (0.9, "stop")):
            self.expect(self.lab.decide([*rows, case], threshold, 0.05), expected, f"decide at {threshold}, emergency wrong")
        low = {**case, "confidence": 0.2}
        self.expect(self.lab.decide([*rows, low], 0.3, 0.05), "ship", "decide, the emergency handed to a person")
        self.expect(self.lab.decide([*rows, {**case, "right": 1}], 0.3, 0.05), "ship", "decide, the emergency handled well")

    def test_needed(self):
        """So many calls are needed, and one less is not enough"""
        self.expect(self.lab.needed(0.016, 0.02), 4746, "needed(0.016, 0.02)")
        rng = lab.rng("needed")
        for _ in range(4):
            limit = rng.randint(2, 8) / 100
            rate = limit * rng.randint(0, 6) / 10
            got = self.lab.needed(rate, limit)
            given = f"needed({rate:.4f}, {limit})"
            self.expect_true(isinstance(got, int), "a whole number was expected", given, repr(got))
            high = [score_interval(math.ceil(rate * n), n)[1] for n in range(1, got + 1)]
            self.expect_true(high[-1] <= limit, "the upper end should be within the limit there", given, got)
            self.expect_true(all(h > limit for h in high[:-1]), "fewer calls would be enough", given, got)
        self.expect(self.lab.needed(0.03, 0.03), None, "needed(0.03, 0.03)")


if __name__ == "__main__":
    unittest.main()
