"""Checks of the lab "Is that so?"."""

from __future__ import annotations

import contextlib
import copy
import io
import json
from math import sqrt

import lab

GROUPS = ["CTOs", "US hiring staff", "heads of engineering", "clinic owners", "members of a forum"]
TOPICS = ["works from home", "reads logs on Sunday", "tests first", "prefers tabs", "owns a budget"]
KINDS = ["said", "counted", "measured"]


class Pack(dict):
    """Sources by id; stops a program that follows links for ever."""

    looked = 0

    def __getitem__(self, key):
        self._count(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self._count(key)
        return super().get(key, default)

    def _count(self, key):
        self.looked += 1
        if self.looked > 2_000:
            raise lab.Stop(f"you have looked up {self.looked} sources for one claim; the last was {key}")


class World:
    """A pack with one source that counted, and a claim that quotes it rightly."""

    def __init__(self, name):
        self.rng = rng = lab.rng(name)
        self.who, self.other = rng.sample(GROUPS, 2)
        self.topic, self.elsewhere = rng.sample(TOPICS, 2)
        self.kind, self.other_kind = rng.sample(KINDS, 2)
        self.year = rng.randint(2012, 2024)
        self.percent = rng.randint(60, 85)
        self.primary = f"study-{rng.randint(100, 999)}"
        self.sources = [self.source(self.primary, None, self.finding())]
        self.claim = {
            "id": f"c{rng.randint(20, 99)}",
            "text": "",
            "source": self.primary,
            "topic": self.topic,
            "who": self.who,
            "kind": self.kind,
            "year": self.year,
            "says": "exactly",
            "percent": self.percent,
        }

    def finding(self, **other):
        found = {
            "topic": self.topic,
            "who": self.who,
            "kind": self.kind,
            "year": self.year,
            "percent": self.percent,
            "n": self.rng.randint(800, 3_000),
        }
        return {**found, **other}

    def source(self, name, repeats, *findings):
        return {"id": name, "title": "", "excerpt": "", "repeats": repeats, "findings": list(findings)}

    def repeat(self, links, end):
        """Add pages that repeat one another and then `end`; the claim names the first of them."""
        names = [f"page-{number}" for number in self.rng.sample(range(100, 1_000), links)]
        for name, after in zip(names, [*names[1:], end]):
            self.sources.append(self.source(name, after))
        self.rng.shuffle(self.sources)
        self.claim["source"] = names[0]
        return names

    def pack(self):
        return Pack((source["id"], source) for source in copy.deepcopy(self.sources))


def wilson(percent, n):
    """The ends of the interval as the brief gives them."""
    p, z2 = percent / 100, 1.96**2
    half = 1.96 * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return tuple(100 * (p + z2 / (2 * n) + side) / (1 + z2 / n) for side in (-half, half))


class Claims(lab.Case):
    def setUp(self):
        self.claimcheck = lab.load("claimcheck")

    def judged(self, world, expected, given, changes):
        """Judge the world's claim with these changes, and compare all three parts."""
        claim = {**world.claim, **changes}
        self.expect(tuple(self.claimcheck.judge(claim, world.pack())), expected, given)

    def supported(self, world, given, **changes):
        self.judged(world, ("supported", (), world.primary), given, changes)

    def misquoted(self, world, reasons, given, **changes):
        self.judged(world, ("misquoted", tuple(reasons), world.primary), given, changes)

    def unverifiable(self, world, reason, given, **changes):
        self.judged(world, ("unverifiable", (reason,), None), given, changes)

    def test_supported(self):
        """A claim that says what was found, about the same people, is supported"""
        world = World("supported")
        self.supported(world, f"the claim says {world.percent} %, the source {world.percent} %")
        world.sources[0]["findings"][0]["percent"] = world.percent + 0.5
        self.supported(world, f"the claim says {world.percent} %, the source {world.percent + 0.5} %")

    def test_no_source(self):
        """Without a source, or with one that is not in the pack: unverifiable"""
        world = World("none")
        self.unverifiable(world, "no source", "source: null", source=None)
        given = "source: study-1, which is not in the pack"
        self.unverifiable(world, "missing", given, source="study-1")

    def test_chain(self):
        """A source that only repeats is followed to the one that did the counting"""
        for links in (1, 2, lab.rng("links").randint(3, 9)):
            world = World(f"chain {links}")
            world.repeat(links, world.primary)
            given = f"pages that repeat: {links}; the last names {world.primary}, which did the counting"
            self.supported(world, given)

    def test_dead_end(self):
        """A chain that ends outside the pack is unverifiable"""
        world = World("dead end")
        names = world.repeat(world.rng.randint(2, 6), "study-1")
        given = f"pages that repeat: {len(names)}; the last names study-1, which is not in the pack"
        self.unverifiable(world, "missing", given)

    def test_circle(self):
        """Pages that cite each other in a circle are unverifiable"""
        world = World("circle")
        names = world.repeat(world.rng.randint(3, 7), "page-x")
        back = names[world.rng.randrange(1, len(names))]
        world.sources.append(world.source("page-x", back))
        given = f"{' -> '.join(names)} -> page-x -> {back}"
        self.unverifiable(world, "circle", given)
        alone = World("alone")
        alone.sources.append(alone.source("page-y", "page-y"))
        given = "page-y names itself as its source"
        self.unverifiable(alone, "circle", given, source="page-y")

    def test_absent(self):
        """A source that says nothing on the subject is misquoted, whatever numbers it holds"""
        world = World("absent")
        given = f"the claim: {world.elsewhere}; the source has {world.percent} % for: {world.topic}"
        self.misquoted(world, ["absent"], given, topic=world.elsewhere)

    def test_right_finding(self):
        """The number is looked up under its subject, not anywhere in the source"""
        world = World("subject")
        wrong = world.percent - 20
        decoy = world.finding(topic=world.elsewhere, percent=wrong)
        world.sources[0]["findings"].insert(0, decoy)
        given = f"the source: {world.topic} {world.percent} %, {world.elsewhere} {wrong} %"
        self.supported(world, f"{given}; the claim says {world.percent} %")
        self.misquoted(world, ["number"], f"{given}; the claim says {wrong} %", percent=wrong)

    def test_population(self):
        """A claim about people other than those asked: population"""
        world = World("population")
        given = f"the source asked {world.who}; the claim is about {world.other}"
        self.misquoted(world, ["population"], given, who=world.other)

    def test_measure(self):
        """Said, counted and measured are not the same: measure"""
        world = World("measure")
        given = f"the source: {world.kind}; the claim: {world.other_kind}"
        self.misquoted(world, ["measure"], given, kind=world.other_kind)

    def test_wording(self):
        """"Over" means up to five points more, "nearly" up to five less, a plain number within half a point"""
        world = World("wording")
        found = world.percent
        for says, percent, right in (
            ("over", found - 1, True),
            ("over", found - 5, True),
            ("over", found, False),
            ("over", found - 6, False),
            ("nearly", found + 1, True),
            ("nearly", found + 5, True),
            ("nearly", found, False),
            ("nearly", found + 6, False),
            ("exactly", found + 1, False),
        ):
            given = f"the claim says {says} {percent} %, the source {found} %"
            if right:
                self.supported(world, given, says=says, percent=percent)
            else:
                self.misquoted(world, ["number"], given, says=says, percent=percent)

    def test_year(self):
        """A claim with a year is compared with that year, one without a year with the newest finding"""
        world = World("year")
        old, newest = world.year - 2, world.year + 3
        findings = world.sources[0]["findings"]
        findings.append(world.finding(year=newest, percent=world.percent - 30))
        findings.append(world.finding(year=old, percent=world.percent - 15))
        table = ", ".join(f"{f['year']}: {f['percent']} %" for f in findings)
        given = f"the source has {table}; the claim says {world.percent} %"
        self.supported(world, f"{given} for {world.year}")
        self.misquoted(world, ["number"], f"{given} for {old}", year=old)
        self.misquoted(world, ["number"], f"{given} and no year", year=None)
        latest = world.percent - 30
        given = f"the source has {table}; the claim says {latest} %"
        self.supported(world, f"{given} and no year", year=None, percent=latest)
        missing = world.year + 1
        self.misquoted(world, ["year"], f"{given} for {missing}", year=missing, percent=latest)

    def test_reasons(self):
        """All reasons are given, in the order of the brief"""
        world = World("reasons")
        changes = {
            "who": world.other,
            "kind": world.other_kind,
            "year": world.year + 5,
            "percent": world.percent + 10,
        }
        given = "a claim with different people, kind, year and number"
        self.misquoted(world, ["population", "measure", "year", "number"], given, **changes)
        del changes["kind"], changes["year"]
        given = "a claim with different people and a different number"
        self.misquoted(world, ["population", "number"], given, **changes)

    def test_interval(self):
        """interval() is Wilson's, to a tenth of a point"""
        rng = lab.rng("interval")
        for _ in range(6):
            n = rng.choice([12, 20, 63, 246, 1_000])
            percent = 100 * rng.randint(0, n) / n
            got, right = tuple(self.claimcheck.interval(percent, n)), wilson(percent, n)
            if len(got) != 2 or any(abs(a - b) > 0.05 for a, b in zip(got, right)):
                shown = [tuple(round(end, 2) + 0.0 for end in ends) for ends in (got, right)]
                self.expect(*shown, f"interval({percent:.1f}, {n}), shown with two decimals")

    def test_most(self):
        """"Most" needs more than half, and a sample large enough to show it"""
        world = World("most")
        finding = world.sources[0]["findings"][0]
        for percent, n, reasons in (
            (world.rng.choice([64.0, 65.0, 66.0]), 2_000, []),
            (65.0, world.rng.randint(15, 25), ["sample"]),
            (80.0, None, ["sample"]),
            (world.rng.choice([32.0, 38.0, 44.0]), 2_000, ["number"]),
            (50.0, 2_000, ["number"]),
        ):
            finding.update(percent=percent, n=n)
            low = f", interval from {wilson(percent, n)[0]:.1f} %" if n else ""
            given = f"the claim says most; the source {percent:.0f} % of n = {n}{low}"
            changes = {"says": "most", "percent": None}
            if reasons:
                self.misquoted(world, reasons, given, **changes)
            else:
                self.supported(world, given, **changes)

    def test_pack(self):
        """The twelve claims that circulate"""
        right = {
            "c01": "misquoted: population, measure, number",
            "c02": "misquoted: population, number",
            "c03": "supported: ",
            "c04": "supported: ",
            "c05": "unverifiable: no source",
            "c06": "misquoted: number",
            "c07": "misquoted: population, number",
            "c08": "supported: ",
            "c09": "misquoted: population, measure",
            "c10": "misquoted: sample",
            "c11": "unverifiable: circle",
            "c12": "unverifiable: missing",
        }
        claims = json.loads((lab.data / "claims.json").read_text(encoding="utf-8"))
        sources = json.loads((lab.data / "sources.json").read_text(encoding="utf-8"))
        for claim in claims:
            pack = Pack((source["id"], source) for source in copy.deepcopy(sources))
            verdict, reasons, _ = self.claimcheck.judge(dict(claim), pack)
            got = f"{verdict}: {', '.join(reasons)}"
            self.expect(got, right[claim["id"]], f"{claim['id']}, {claim['text']}")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            self.claimcheck.main([str(lab.data / "claims.json"), str(lab.data / "sources.json")])
        counts = [line.split() for line in printed.getvalue().splitlines()[-3:]]
        expected = [["3", "supported"], ["6", "misquoted"], ["3", "unverifiable"]]
        self.expect(counts, expected, "the last three lines that main() prints")
