"""Checks of the OKR reader; metrics, numbers and the order of things change at each check."""

import copy
import unittest

import lab

METRICS = ["change lead time", "sign-up to first booking", "clinics lost a month", "reminders delivered", "pages at night"]
NAMES = ["Tomas", "Lena", "Priya", "Ruben", "Aisha"]


def sound(rng):
    """An OKR with nothing to find."""
    metrics = rng.sample(METRICS, 4)
    results = []
    for metric in metrics[:3]:
        baseline = rng.randint(20, 60)
        results.append({
            "metric": metric,
            "unit": rng.choice(["days", "%", "clinics"]),
            "baseline": baseline,
            "target": baseline + rng.choice([-1, 1]) * rng.randint(4, 15),
            "kind": rng.choice(["committed", "aspirational"]),
            "owner": rng.choice(NAMES),
        })
    guardrail = {"metric": metrics[3], "unit": "%", "worst": rng.randint(5, 30), "better": rng.choice(["low", "high"])}
    return {"objective": "Clinics get their first week right", "key_results": results, "guardrails": [guardrail]}


def fine(okr):
    """Actual values that meet everything."""
    found = {result["metric"]: result["target"] for result in okr["key_results"]}
    for guardrail in okr["guardrails"]:
        found[guardrail["metric"]] = guardrail["worst"]
    return found


def share(result, actual):
    way = (actual - result["baseline"]) / (result["target"] - result["baseline"])
    return min(1.0, max(0.0, way))


class Okrs(lab.Case):
    def setUp(self):
        self.lab = lab.load("okrs")

    def finds(self, okr, expected):
        got = self.lab.lint(copy.deepcopy(okr))
        self.expect(sorted(map(str, got)), sorted(map(str, expected)), f"lint({okr})")

    def test_sound(self):
        """A sound OKR is left alone"""
        for n in range(3):
            self.finds(sound(lab.rng(f"sound{n}")), set())

    def test_whole(self):
        """Objective, number of key results and guardrails are looked at"""
        rng = lab.rng("whole")
        okr = sound(rng)
        okr["objective"] = f"Reach {rng.randint(2, 99)} % of it"
        okr["guardrails"] = []
        self.finds(okr, {"number in objective", "no guardrail"})
        okr = sound(rng)
        del okr["guardrails"]
        okr["key_results"] = okr["key_results"][:1]
        self.finds(okr, {"too few", "no guardrail"})
        okr = sound(rng)
        okr["key_results"] = okr["key_results"] * 2
        self.finds(okr, {"too many"})
        okr = sound(rng)
        okr["guardrails"].append({**okr["guardrails"][0], "metric": okr["key_results"][1]["metric"]})
        self.finds(okr, {"guards itself"})

    def test_parts(self):
        """Each key result is judged by its place"""
        rng = lab.rng("parts")
        okr = sound(rng)
        rng.shuffle(okr["key_results"])
        okr["key_results"][0]["unit"] = rng.choice(["done", "releases", "features"])
        okr["key_results"][1]["baseline"] = None
        del okr["key_results"][2]["owner"]
        self.finds(okr, {(0, "output"), (1, "no baseline"), (2, "no owner")})
        okr = sound(rng)
        okr["key_results"][2]["target"] = okr["key_results"][2]["baseline"]
        okr["key_results"][0].update(owner="", unit="features")
        del okr["key_results"][1]["baseline"]
        self.finds(okr, {(2, "no movement"), (0, "no owner"), (0, "output"), (1, "no baseline")})

    def test_grade(self):
        """A grade is the share of the way, in both directions, between 0 and 1"""
        rng = lab.rng("grade")
        known = {"baseline": 4.1, "target": 1.5}
        got = self.lab.grade(known, 2.4)
        self.expect_true(abs(got - 0.6538) < 0.001, "0.654 was expected", f"grade({known}, 2.4)", repr(got))
        for _ in range(6):
            result = {"baseline": rng.randint(10, 50), "target": rng.randint(51, 90)}
            if rng.random() < 0.5:
                result = {"baseline": result["target"], "target": result["baseline"]}
            actual = rng.randint(0, 100)
            got = self.lab.grade(result, actual)
            expected = share(result, actual)
            close = isinstance(got, (int, float)) and abs(got - expected) < 1e-9
            self.expect_true(close, f"{expected:.4f} was expected", f"grade({result}, {actual})", repr(got))

    def test_met(self):
        """Committed means all of it, aspirational means 0.7"""
        rng = lab.rng("met")
        start = rng.randint(10, 40)
        for kind, percent, expected in (
            ("committed", 100, True), ("committed", 95, False), ("aspirational", 75, True), ("aspirational", 65, False),
        ):  # fmt: skip
            result = {"baseline": start, "target": start + 100, "kind": kind}
            self.expect(self.lab.met(result, start + percent), expected, f"met({result}, {start + percent})")

    def test_broken(self):
        """Guardrails break beyond their worst value, in their direction, and when nobody measured"""
        rng = lab.rng("broken")
        worst = rng.randint(10, 30)
        rails = [
            {"metric": "a", "worst": worst, "better": "low"},
            {"metric": "b", "worst": worst, "better": "high"},
            {"metric": "c", "worst": worst, "better": "low"},
        ]
        rng.shuffle(rails)
        okr = {"objective": "x", "key_results": [], "guardrails": rails}
        order = [rail["metric"] for rail in rails]
        for actuals, bad in (
            ({"a": worst, "b": worst, "c": worst}, set()),
            ({"a": worst + 1, "b": worst + 1, "c": worst - 1}, {"a"}),
            ({"a": worst - 1, "b": worst - 1}, {"b", "c"}),
            ({}, {"a", "b", "c"}),
        ):
            expected = [metric for metric in order if metric in bad]
            self.expect(list(self.lab.broken(okr, actuals)), expected, f"broken({rails}, {actuals})")

    def test_verdict(self):
        """Harm comes before success, and a committed miss before a partial one"""
        rng = lab.rng("verdict")
        okr = sound(rng)
        kinds = ["committed", "aspirational", "aspirational"]
        for result, kind in zip(okr["key_results"], kinds):
            result["kind"] = kind
        rng.shuffle(okr["key_results"])
        actuals = fine(okr)
        self.expect(self.lab.verdict(okr, actuals), "met", f"verdict({okr}, {actuals})")
        rail = okr["guardrails"][0]
        harmed = {**actuals, rail["metric"]: rail["worst"] + (1 if rail["better"] == "low" else -1)}
        self.expect(self.lab.verdict(okr, harmed), "harm", f"verdict({okr}, {harmed})")
        for kind, expected in (("committed", "missed"), ("aspirational", "partly")):
            result = next(each for each in okr["key_results"] if each["kind"] == kind)
            poor = {**actuals, result["metric"]: result["baseline"]}
            self.expect(self.lab.verdict(okr, poor), expected, f"verdict({okr}, {poor})")
            unmeasured = {metric: value for metric, value in actuals.items() if metric != result["metric"]}
            self.expect(self.lab.verdict(okr, unmeasured), expected, f"verdict({okr}, {unmeasured})")

    def test_easy(self):
        """A target on the old trend is easy, one beyond it is not, in both directions"""
        rng = lab.rng("easy")
        for sign in (1, -1):
            step, start, quarters = rng.randint(2, 6), rng.randint(100, 200), rng.randint(3, 6)
            history = [start + sign * step * n for n in range(quarters)]
            for far, expected in ((step - 1, True), (step, True), (step + 2, False)):
                result = {"baseline": history[-1], "target": history[-1] + sign * far}
                self.expect(self.lab.easy(history, result), expected, f"easy({history}, {result})")
            away = {"baseline": history[-1], "target": history[-1] - sign * 3}
            self.expect(self.lab.easy(history, away), False, f"easy({history}, {away})")
        self.expect(self.lab.easy([rng.randint(1, 9)], {"baseline": 5, "target": 6}), False, "easy with one past value")


if __name__ == "__main__":
    unittest.main()
