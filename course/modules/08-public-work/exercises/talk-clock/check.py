"""Checks of the talk clock; sections, rehearsals and slots change at each check."""

import copy
import itertools
import math
import unittest

import lab

NAMES = ["agenda", "before", "cause", "demo", "error", "fix", "graph", "hint", "idea", "joke"]


def talk_of(rng, sections=5, runs=5, slips=1, slot=None):
    names = rng.sample(NAMES, sections)
    pace = [rng.choice((0.8, 0.9, 1, 1.1, 1.3)) for _ in range(runs)]
    made = []
    for n, name in enumerate(names):
        mean = rng.randint(6, 20) * 10
        made.append({
            "id": name,
            "value": rng.randint(1, 9),
            "needs": rng.sample(names[:n], rng.choice((0, 0, 1))) if n else [],
            "must": n in (0, sections - 1),
            "seconds": [max(10, round(mean * each) + rng.randint(-9, 9)) for each in pace],
        })
    for each in rng.sample(made, slips):
        each["slip"] = {"p": rng.choice((0.1, 0.2, 0.25, 0.4)), "seconds": rng.randint(3, 9) * 10}
    for each in made:
        if each["must"]:
            needed = [s for s in made if s["id"] in each["needs"]]
            each["needs"] = [s["id"] for s in needed if s["must"]]
    total = sum(sum(each["seconds"]) for each in made) / runs
    return {"slot": slot or round(total) - rng.randint(0, 40), "sections": made}


def every(sections, scale=None):
    """Each rehearsal with each combination of slips, one by one: (seconds, probability)."""
    runs = range(len(sections[0]["seconds"])) if sections else range(1)
    slips = [each["slip"] for each in sections if "slip" in each]
    for run in runs:
        base = sum(each["seconds"][run] for each in sections)
        base = scale(run, base) if scale else base
        for happens in itertools.product((False, True), repeat=len(slips)):
            p = math.prod(s["p"] if h else 1 - s["p"] for s, h in zip(slips, happens))
            yield base + sum(s["seconds"] for s, h in zip(slips, happens) if h), p / len(runs)


def merged(pairs):
    found = {}
    for seconds, p in pairs:
        found[seconds] = found.get(seconds, 0) + p
    return sorted(found.items())


def chance(pairs, slot):
    return math.fsum(p for seconds, p in pairs if seconds > slot + 1e-9)


def without(talk, cut):
    return [each for each in talk["sections"] if each["id"] not in cut]


def wanted(sections, over, risk):
    """The best cut by trying all; `over(cut)` is the probability."""
    best = None
    for keep in itertools.product((True, False), repeat=len(sections)):
        cut = sorted(each["id"] for each, k in zip(sections, keep) if not k)
        if any(each.get("must") for each, k in zip(sections, keep) if not k):
            continue
        if any(k and set(each["needs"]) & set(cut) for each, k in zip(sections, keep)):
            continue
        if over(cut) > risk + 1e-9:
            continue
        key = (sum(each["value"] for each, k in zip(sections, keep) if not k), len(cut), cut)
        best = key if best is None else min(best, key)
    return None if best is None else best[2]


class Clock(lab.Case):
    def setUp(self):
        self.lab = lab.load("clock")

    def near(self, got, expected, given):
        close = isinstance(got, (int, float)) and not isinstance(got, bool) and abs(got - expected) < 1e-6
        self.expect_true(close, f"{expected:.6f} was expected", given, repr(got))

    def same(self, got, expected, given):
        got = [(seconds, round(p, 6)) for seconds, p in got]
        self.expect(got, [(seconds, round(p, 6)) for seconds, p in expected], given)

    def test_rehearsals(self):
        """Every rehearsal is one outcome, as a whole"""
        talk = talk_of(lab.rng("rehearsals"), slips=0)
        self.same(self.lab.outcomes(copy.deepcopy(talk)), merged(every(talk["sections"])), f"outcomes({talk})")
        cut = [talk["sections"][2]["id"]]
        self.same(self.lab.outcomes(talk, cut), merged(every(without(talk, cut))), f"outcomes({talk}, {cut})")

    def test_slips(self):
        """What may go wrong happens or not, in every rehearsal, and a section that is cut cannot slip"""
        rng = lab.rng("slips")
        for slips in (1, 2, 3):
            talk = talk_of(rng, slips=slips)
            self.same(self.lab.outcomes(copy.deepcopy(talk)), merged(every(talk["sections"])), f"outcomes({talk})")
        name = next(each["id"] for each in talk["sections"] if "slip" in each)
        self.same(self.lab.outcomes(talk, (name,)), merged(every(without(talk, (name,)))), f"outcomes({talk}, {(name,)})")

    def test_overrun(self):
        """A talk that ends on the second is in time"""
        rng = lab.rng("overrun")
        for _ in range(4):
            talk = talk_of(rng, slips=rng.randint(0, 2))
            self.near(self.lab.overrun(talk), chance(every(talk["sections"]), talk["slot"]), f"overrun({talk})")
        talk["slot"] = max(seconds for seconds, _ in every(talk["sections"]))
        self.near(self.lab.overrun(talk), 0, f"overrun({talk})")

    def test_independent(self):
        """With sections drawn one by one, slow days vanish from the sum"""
        rng = lab.rng("independent")
        for _ in range(3):
            talk = talk_of(rng, sections=4, runs=4, slips=1)
            found = 0.0
            for drawn in itertools.product(*(list(every([each])) for each in talk["sections"])):
                if sum(seconds for seconds, _ in drawn) > talk["slot"]:
                    found += math.prod(p for _, p in drawn)
            self.near(self.lab.independent(talk), found, f"independent({talk})")
        long = talk_of(rng, sections=10, runs=8, slips=2)
        got = self.lab.independent(long)
        self.expect_true(0 <= got <= 1, "a probability was expected, also for ten sections", f"independent({long})", got)

    def test_marks(self):
        """The marks are those of the running total, and not the sum of each section's own"""
        rng = lab.rng("marks")
        for share in (0.5, 0.8, 0.9):
            talk = talk_of(rng, sections=6, slips=2)
            cut = (talk["sections"][3]["id"],)
            left, expected = without(talk, cut), []
            for n, each in enumerate(left):
                together = 0.0
                for seconds, p in merged(every(left[:n])):
                    together += p
                    if together >= share - 1e-9:
                        expected.append((each["id"], seconds))
                        break
            got = [tuple(each) for each in self.lab.marks(talk, share, cut)]
            self.expect(got, expected, f"marks({talk}, {share}, {cut})")

    def cut(self, talk, risk):
        expected = wanted(talk["sections"], lambda cut: chance(every(without(talk, cut)), talk["slot"]), risk)
        got = self.lab.best_cut(copy.deepcopy(talk), risk)
        self.expect(got if got is None else list(got), expected, f"best_cut({talk}, {risk})")

    def test_best_cut(self):
        """The least value goes, and with a section goes what needs it"""
        rng = lab.rng("cut")
        for _ in range(8):
            talk = talk_of(rng, sections=rng.randint(5, 7), slips=rng.randint(0, 2))
            talk["slot"] = round(talk["slot"] * rng.choice((0.8, 0.9, 1, 1.3)))
            self.cut(talk, rng.choice((0.05, 0.1, 0.2)))

    def test_best_cut_chain(self):
        """What needs a section that needs a section that was cut cannot stay"""
        rng = lab.rng("chain")
        a, b, c, d = rng.sample(NAMES, 4)
        base = rng.randint(5, 9) * 10
        section = {"must": False, "seconds": [base, base]}
        talk = {"slot": 3 * base, "sections": [
            {**section, "id": a, "value": 1, "needs": []}, {**section, "id": b, "value": 2, "needs": [a]},
            {**section, "id": c, "value": 2, "needs": [b]}, {**section, "id": d, "value": 3, "needs": []}]}  # fmt: skip
        self.expect(self.lab.best_cut(copy.deepcopy(talk)), [c], f"best_cut({talk})")
        talk["sections"][3]["must"] = True
        talk["slot"] = 2 * base
        self.expect(self.lab.best_cut(copy.deepcopy(talk)), sorted([b, c]), f"best_cut({talk})")

    def test_best_cut_value(self):
        """Two sections of little value go before one of much, and one before two of the same value"""
        rng = lab.rng("value")
        a, b, c, d = rng.sample(NAMES, 4)
        base, value = rng.randint(5, 9) * 10, rng.randint(2, 4)
        section = {"must": False, "needs": [], "seconds": [base, base]}
        for dear, expected in ((2 * value + 1, sorted([a, b])), (2 * value, [c])):
            talk = {"slot": 4 * base, "sections": [
                {**section, "id": a, "value": value}, {**section, "id": b, "value": value},
                {**section, "id": c, "value": dear, "seconds": [2 * base, 2 * base]},
                {**section, "id": d, "value": 9, "must": True, "seconds": [2 * base, 2 * base]}]}  # fmt: skip
            rng.shuffle(talk["sections"])
            self.expect(self.lab.best_cut(copy.deepcopy(talk)), expected, f"best_cut({talk})")

    def test_none(self):
        """Where nothing helps it says so"""
        talk = talk_of(lab.rng("none"), slot=5)
        self.expect(self.lab.best_cut(talk, 0.1), None, f"best_cut({talk}, 0.1)")

    def test_live(self):
        """On stage the pace so far is the pace of the rest, and what was said stays said"""
        rng = lab.rng("live")
        for _ in range(8):
            talk = talk_of(rng, sections=7, slips=rng.randint(0, 2))
            here = rng.randint(1, 4)
            done, rest = talk["sections"][:here], talk["sections"][here:]
            gone = [sum(each["seconds"][run] for each in done) for run in range(5)]
            elapsed = round(sum(gone) / 5 * rng.choice((0.85, 1, 1.1, 1.2)))

            def over(cut):
                left = [each for each in rest if each["id"] not in cut]
                pairs = list(every(left, lambda run, base: elapsed + base * elapsed / gone[run])) if left else [(elapsed, 1)]
                return chance(pairs, talk["slot"])

            risk, after = rng.choice((0.1, 0.2)), done[-1]["id"]
            got = self.lab.live(copy.deepcopy(talk), after, elapsed, risk)
            self.expect(got if got is None else list(got), wanted(rest, over, risk), f"live({talk}, {after!r}, {elapsed}, {risk})")


if __name__ == "__main__":
    unittest.main()
