"""Checks of the claim linter; figures, sources and the order of lines change at each check."""

import unittest
from fractions import Fraction

import lab

TODAY = 2026


def source(**more):
    return {"year": TODAY, "measures": {}, **more}


def entry(says, *cites, line=4, about="cost", **more):
    return {"line": line, "about": about, "says": says, "cites": list(cites), **more}


def value(number, decimals=0):
    return {"kind": "value", "value": number, "decimals": decimals}


def moved(way, number, unit="%", decimals=0):
    return {"kind": "change", "way": way, "value": number, "unit": unit, "decimals": decimals}


def counts(percent, decimals, n):
    """Every count of n is tried, in exact arithmetic."""
    far = Fraction(1, 2 * 10**decimals)
    return any(abs(Fraction(100 * k, n) - Fraction(str(percent))) <= far for k in range(n + 1))


class Claims(lab.Case):
    def setUp(self):
        self.lab = lab.load("claims")

    def test_possible(self):
        """A share that no whole number of people can give is found"""
        for percent, decimals, n in ((64, 0, 20), (65, 0, 20), (31.0, 1, 2400), (14.3, 1, 7), (14.2, 1, 7),
                                     (12.5, 0, 8), (13, 0, 8), (12, 0, 8), (100, 0, 3), (101, 0, 3)):  # fmt: skip
            self.expect(self.lab.possible(percent, decimals, n), counts(percent, decimals, n),
                        f"possible({percent}, {decimals}, {n})")  # fmt: skip
        rng = lab.rng("possible")
        for _ in range(60):
            n, decimals = rng.randint(3, 90), rng.choice((0, 1))
            percent = round(100 * rng.randint(0, n) / n + rng.choice((0, 0, 1, -1)) / 10**decimals, decimals)
            expected = counts(percent, decimals, n)
            self.expect(self.lab.possible(percent, decimals, n), expected, f"possible({percent}, {decimals}, {n})")

    def change(self, says, before, after, unit, expected):
        given = f"change({says}, before {before} and after {after} in {unit})"
        self.expect(self.lab.change(says, {"before": before, "after": after, "unit": unit}), expected, given)

    def test_change(self):
        """Per cent are counted from the old value, in the right direction, and not from nothing"""
        rng = lab.rng("change")
        for _ in range(6):
            after = rng.randint(2, 9) * 10
            before = after * rng.choice((2, 4, 5))
            fell, times = round(100 * (before - after) / before), before // after
            self.change(moved("down", fell), before, after, "ms", "ok")
            self.change(moved("up", fell), before, after, "ms", "direction")
            self.change(moved("down", 100 * (before - after) // after), before, after, "ms", "base")
            self.change(moved("down", times, "x"), before, after, "ms", "ok")
            self.change(moved("down", times - 1, "x"), before, after, "ms", "wrong")
            self.change(moved("up", times, "x"), after, before, "ms", "ok")
            self.change(moved("up", 100 * (times - 1)), after, before, "ms", "ok")
            self.change(moved("up", fell), after, before, "ms", "base")
            self.change(moved("down", fell + rng.randint(3, 9)), before, after, "$k", "wrong")
            self.change(moved("down", fell), before, before, "ms", "direction")
            self.change(moved("down", 100), before, 0, "ms", "ok")
            self.change(moved("down", fell), before, 0, "ms", "wrong")
            self.change(moved("up", fell), 0, before, "$k", "wrong")
            self.change(moved("up", times, "x"), 0, before, "ms", "wrong")

    def test_points(self):
        """From 20 % to 25 % is 5 points and 25 per cent, and one is not the other"""
        rng = lab.rng("points")
        for _ in range(6):
            before = rng.choice((4, 5, 8, 10))
            after = before * 2
            self.change(moved("up", 100), before, after, "%", "ok")
            self.change(moved("up", before, "points"), before, after, "%", "ok")
            self.change(moved("up", before), before, after, "%", "points")
            self.change(moved("up", before, "points"), before, after, "ms", "unit")
            self.change(moved("up", before + 2, "points"), before, after, "%", "wrong")
        self.change(moved("down", 1.8, "%", 1), 2.0, 0.2, "%", "points")
        self.change(moved("down", 0.3, "points", 1), 0.8, 0.5, "%", "ok")
        self.change(moved("up", 50), 100, 150, "%", "ok")

    def judge(self, given, sources, expected):
        got = self.lab.judge(given, sources, TODAY)
        self.expect(sorted(got), sorted(expected), f"judge({given}, {sources}, {TODAY})")

    def test_evidence(self):
        """No source, an unknown one and one that repeats another are three findings"""
        n = lab.rng("evidence").randint(20, 90)
        good = source(measures={"cost": {"value": n}})
        self.judge(entry(value(n), "a"), {"a": good}, set())
        self.judge(entry(value(n)), {"a": good}, {"no evidence"})
        self.judge(entry(value(n), "b"), {"a": good}, {"missing"})
        self.judge(entry(value(n), "b", "a"), {"a": good}, {"missing"})
        self.judge(entry(value(n), "a"), {"a": {**good, "repeats": "z"}}, {"second hand"})
        self.judge(entry(value(n + 1), "a"), {"a": good}, {"wrong"})
        self.judge(entry(value(n), "a", about="speed"), {"a": good}, {"absent"})
        self.judge(entry({"kind": "words"}, "a", about="speed"), {"a": good}, set())
        self.judge(entry({"kind": "words"}), {}, {"no evidence"})

    def test_own(self):
        """What you measured yourself needs a number of cases and a period"""
        rng = lab.rng("own")
        n = rng.randint(3, 9) * 10
        own = source(own=True, n=rng.randint(100, 900), period="May 2026", measures={"cost": {"value": n}})
        self.judge(entry(value(n), "a"), {"a": own}, set())
        self.judge(entry(value(n), "a"), {"a": {**own, "period": ""}}, {"method"})
        del own["n"]
        self.judge(entry(value(n), "a"), {"a": own}, {"method"})

    def test_age(self):
        """An old figure needs its year in the sentence"""
        n = lab.rng("age").randint(20, 90)
        for year, said, expected in ((TODAY - 3, None, set()), (TODAY - 4, None, {"old"}), (TODAY - 4, TODAY - 4, set()),
                                     (TODAY - 9, TODAY - 2, {"old"})):  # fmt: skip
            more = {} if said is None else {"year": said}
            self.judge(entry(value(n), "a", **more), {"a": source(year=year, measures={"cost": {"value": n}})}, expected)

    def test_scope(self):
        """What holds for one thing has to say for which"""
        rng = lab.rng("scope")
        after = rng.randint(2, 9)
        measure = {"before": after * 10, "after": after, "unit": "$k", "scope": "one tool"}
        sources = {"a": source(measures={"cost": measure})}
        self.judge(entry(moved("down", 90), "a", scope="one tool"), sources, set())
        self.judge(entry(moved("down", 90), "a"), sources, {"scope"})
        self.judge(entry(moved("down", 90), "a", scope="all services"), sources, {"scope"})
        self.judge(entry(moved("up", 90), "a"), sources, {"scope", "direction"})
        self.judge(entry(value(90), "a", scope="one tool"), sources, {"wrong"})

    def test_share(self):
        """A share needs its base, and the base has to allow it"""
        rng = lab.rng("share")
        n = rng.choice((20, 25, 50))
        step = 100 // n
        percent = step * rng.randint(3, n - 3)
        for of, number, expected in ((n, percent, set()), (None, percent, {"no base"}), (n, percent + 1, {"impossible"})):
            says = {"kind": "share", "value": number, "decimals": 0, "of": of}
            self.judge(entry(says, "a"), {"a": source(measures={"cost": {"value": number}})}, expected)
        says = {"kind": "share", "value": percent + 1, "decimals": 0, "of": n}
        self.judge(entry(says), {}, {"impossible", "no evidence"})

    def test_several(self):
        """Of several sources the one that carries the claim best counts"""
        n = lab.rng("several").randint(20, 90)
        good, bad = source(measures={"cost": {"value": n}}), source(year=TODAY - 8, measures={})
        self.judge(entry(value(n), "bad", "good"), {"good": good, "bad": bad}, set())
        poor = {**bad, "measures": {"cost": {"value": n}}}
        self.judge(entry(value(n), "bad", "poor"), {"bad": bad, "poor": poor}, {"old"})

    def test_draft(self):
        """Lines without an entry, pictures without a text, and each finding once, in order"""
        rng = lab.rng("draft")
        n = rng.randint(20, 90)
        lines = ["# Something", "", f"It is {n} now.", "`x = 3`", "![](a.png)", "![a wave](b.png)", "It never fails.", "In 2024 it did."]
        body = lines[2:]
        rng.shuffle(body)
        lines[2:] = body
        at = lines.index(f"It is {n} now.") + 1
        ledger = [entry(value(n + 5), "a", line=at), entry(value(n + 9), "a", line=at)]
        sources = {"a": source(measures={"cost": {"value": n}})}
        text = "\n".join(lines)
        expected = [(at, "wrong"), (lines.index("![](a.png)") + 1, "alt text"), (lines.index("It never fails.") + 1, "unlisted")]
        got = [tuple(each) for each in self.lab.lint(text, ledger, sources, TODAY)]
        self.expect(got, sorted(expected), f"lint of\n{text}\nwith {ledger}")

    def test_title(self):
        """A title may claim what a clean sentence of the draft claims, for the same scope"""
        rng = lab.rng("title")
        after, line = rng.randint(2, 9), rng.randint(3, 8)
        says = moved("down", 90)
        measure = {"before": after * 10, "after": after, "unit": "$k", "scope": "one tool"}
        sources = {"a": source(measures={"cost": measure})}
        text = "\n".join(["# Costs down", "", *["Costs are down."] * 6])
        for scope, below, expected in (
            ("one tool", entry(says, "a", line=line, scope="one tool"), []),
            (None, entry(says, "a", line=line, scope="one tool"), [(1, "title")]),
            ("one tool", entry(says, "a", line=line), [(1, "title"), (line, "scope")]),
            (None, entry(says, "a", line=line), [(1, "title"), (line, "scope")]),
            ("one tool", None, [(1, "title")]),
        ):
            head = entry(says, line=1, **({} if scope is None else {"scope": scope}))
            ledger = [head, *([] if below is None else [below])]
            rng.shuffle(ledger)
            got = [tuple(each) for each in self.lab.lint(text, ledger, sources, TODAY)]
            self.expect(got, expected, f"lint with {ledger} and {sources}")


if __name__ == "__main__":
    unittest.main()
