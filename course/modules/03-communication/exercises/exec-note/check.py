"""What a note has to say to this reader, and what it may not leave out; facts and figures change with every check."""

import copy

import lab

NAMES = ["price", "risk", "delay", "share", "loss", "calls", "hours", "seats", "fees", "wait"]


def fact(id, low=None, high=None, guess=False, qualifies=None, words=10):
    return {"id": id, "text": id, "words": words, "low": low, "high": high, "guess": guess, "qualifies": qualifies}


def said(id, low=None, high=None, guess=False):
    return {"fact": id, "low": low, "high": high, "guess": guess}


def plain(fact):
    return said(fact["id"], fact["low"], fact["high"], fact["guess"])


def qualifiers(facts):
    return ", ".join(f"{f['id']} of {f['qualifies']}" for f in facts if f["qualifies"])


def never(value):
    return "same"


def reader(first, decide=never, words=1_000):
    return {"first": first, "words": words, "decide": decide}


class ExecNote(lab.Case):
    def setUp(self):
        self.mine = lab.load("exec_note")

    def gives(self, name, expected, *arguments, about=""):
        got = getattr(self.mine, name)(*copy.deepcopy(arguments))
        self.expect(got, expected, given=about or f"{name}({', '.join(map(str, arguments))})")

    def test_one_hinge(self):
        """The figure that tips the decision is found, and large, exact ones are not"""
        rng = lab.rng("hinge")
        for _ in range(3):
            names = rng.sample(NAMES, 4)
            facts = [fact(name, n := rng.randint(10, 50), n + rng.randint(10, 40)) for name in names[:3]]
            facts += [fact(names[3], 90_000, 90_000), fact("story")]
            rng.shuffle(facts)
            key = rng.choice([f for f in facts if f["id"] in names[:3]])
            limit = rng.randint(key["low"] + 1, key["high"] - 1)
            self.gives(
                "hinges",
                [key["id"]],
                facts,
                lambda v: v[key["id"]] > limit,
                about=f"facts {[(f['id'], f['low'], f['high']) for f in facts]}; decide is {key['id']} > {limit}",
            )

    def test_hinges_together(self):
        """Two figures that tip it only together are both found"""
        rng = lab.rng("together")
        for _ in range(3):
            one, two, idle = rng.sample(NAMES, 3)
            top = rng.randint(20, 40)
            facts = [fact(one, 0, top), fact(two, 0, top), fact(idle, 5, 9)]
            rng.shuffle(facts)
            limit = top - rng.randint(1, 4)
            self.gives(
                "hinges",
                [f["id"] for f in facts if f["id"] != idle],
                facts,
                lambda v: v[one] > limit and v[two] > limit,
                about=f"facts {[(f['id'], f['low'], f['high']) for f in facts]}; decide is {one} > {limit} and {two} > {limit}",
            )

    def test_no_hinge(self):
        """A decision that no figure changes has no hinge"""
        rng = lab.rng("none")
        facts = [fact(name, rng.randint(1, 5), rng.randint(6, 9)) for name in rng.sample(NAMES, 3)] + [fact("story")]
        self.gives("hinges", [], facts, lambda v: sum(v.values()) > 1_000, about="decide is: the sum is above 1,000")

    def test_misquotes(self):
        """Wrong, too narrow and too sure are told apart"""
        rng = lab.rng("misquotes")
        low = rng.randint(20, 60) * 100
        high = low * 2
        facts = [fact("a", low, high, True), fact("b", low, low), fact("c")]
        for lines, expected in [
            ([said("a", low, high, True), said("b", low, low), said("c")], []),
            ([said("a", high * 1.2, high * 1.3, True)], [("a", "wrong")]),
            ([said("a", low * 1.4, low * 1.4)], [("a", "too narrow"), ("a", "too sure")]),
            ([said("a", low, high * 0.8, True)], [("a", "too narrow")]),
            ([said("a", low, high)], [("a", "too sure")]),
            (
                [said("c"), said("b", low * 0.5, low * 0.6), said("a", low * 0.3, low * 0.5)],
                [("b", "wrong"), ("a", "wrong"), ("a", "too sure")],
            ),
        ]:
            self.gives(
                "misquotes",
                expected,
                lines,
                facts,
                about=f"lines {lines} of facts a: {low:,} to {high:,} (guess), b: {low:,} (exact), c: no figure",
            )

    def test_rounding(self):
        """Rounding by 5 % is not a misquotation, and nor is a wider range"""
        rng = lab.rng("rounding")
        low = rng.randint(20, 60) * 100
        high = low * 3
        facts = [fact("a", low, high, True), fact("b", low, low)]
        for a, b in [(1.04, 0.96), (0.97, 1.04), (0.5, 2)]:
            lines = [said("a", low * a, high * b, True), said("b", low * 1.04, low * 1.04)]
            self.gives(
                "misquotes", [], lines, facts, about=f"lines {lines} of facts a: {low:,} to {high:,}, b: {low:,}"
            )
        lines = [said("a", low * 1.06, high, True), said("b", low * 1.06, low * 1.06)]
        self.gives(
            "misquotes",
            [("a", "too narrow"), ("b", "wrong")],
            lines,
            facts,
            about=f"lines {lines} of facts a: {low:,} to {high:,}, b: {low:,}",
        )

    def chain(self, rng):
        """Facts: top, its qualifier, the qualifier's own, a hinge with one of its own, and others; shuffled."""
        low = rng.randint(10, 30)
        facts = [
            fact("top"),
            fact("top-but", qualifies="top"),
            fact("top-but-but", qualifies="top-but"),
            fact("key", low, low + 20, True),
            fact("key-but", qualifies="key"),
            fact("claim"),
            fact("claim-but", qualifies="claim"),
            fact("other"),
            fact("more"),
        ]
        rng.shuffle(facts)
        limit = low + rng.randint(1, 19)
        return (
            facts,
            reader("top", lambda v: v["key"] > limit),
            f"a reader with first 'top' and a decision on key > {limit}",
        )

    def test_missing(self):
        """The first fact, the hinges and all qualifiers are asked for"""
        rng = lab.rng("missing")
        for _ in range(3):
            facts, who, about = self.chain(rng)
            order = [f["id"] for f in facts]
            about += f"; facts in the order {order}"
            for there, needed in [
                (["other"], {"top", "top-but", "top-but-but", "key", "key-but"}),
                (["claim", "top", "top-but"], {"top-but-but", "key", "key-but", "claim-but"}),
                (["top", "key", "key-but", "top-but", "top-but-but", "more"], set()),
            ]:
                note = [plain(f) for id in there for f in facts if f["id"] == id]
                self.gives(
                    "missing",
                    [id for id in order if id in needed],
                    note,
                    who,
                    facts,
                    about=f"a note {there} for {about}",
                )

    def test_buried(self):
        """Leading facts behind anything else are found, in the order of the note"""
        rng = lab.rng("buried")
        for _ in range(2):
            facts, who, about = self.chain(rng)
            for ids, found in [
                (["key", "top", "top-but", "other", "claim"], []),
                (["other", "top", "claim", "key"], ["top", "key"]),
                (["top", "top-but", "claim", "key-but", "more", "key"], ["key-but", "key"]),
                (["other"], []),
            ]:
                note = [plain(f) for id in ids for f in facts if f["id"] == id]
                self.gives("buried", found, note, who, facts, about=f"a note {ids} for {about}")

    def test_contradictions(self):
        """Two notes that cannot both be right are found, even where each is within what is known"""
        rng = lab.rng("contradictions")
        low = rng.randint(20, 60) * 100
        facts = [fact("a", low, low * 3, True), fact("b", low, low), fact("c")]
        rng.shuffle(facts)
        notes = {
            "board": [said("b", low, low), said("a", low, low, True), said("c")],
            "investor": [said("c"), said("a", low * 3, low * 3, True)],
            "Mara": [said("a", low, low * 3, True), said("b", low * 1.04, low * 1.04)],
            "clinic": [said("b", low, low, True)],
        }
        found = {"a": [("a", "board", "investor")], "b": [("b", "board", "clinic"), ("b", "Mara", "clinic")], "c": []}
        expected = [pair for f in facts for pair in found[f["id"]]]
        self.gives(
            "contradictions",
            expected,
            notes,
            facts,
            about=f"notes {notes}; facts in the order {[f['id'] for f in facts]}",
        )

    def test_repair_order(self):
        """A repaired note leads with the decision and its hinges, quotes what is known, and says nothing twice"""
        rng = lab.rng("order")
        low = rng.randint(10, 30)
        facts = [
            fact("other"),
            fact("key", low, low + 20, True),
            fact("claim"),
            fact("top"),
            fact("claim-but", qualifies="claim"),
            fact("top-but", qualifies="top"),
            fact("key-but", qualifies="key"),
            fact("key-but-but", qualifies="key-but"),
        ]
        who = reader("top", lambda v: v["key"] > low + 7)
        note = [said("claim"), said("key", low + 3, low + 3), said("other"), said("claim-but")]
        ids = ["top", "top-but", "key", "key-but", "key-but-but", "claim", "claim-but", "other"]
        expected = [plain(f) for id in ids for f in facts if f["id"] == id]
        self.gives(
            "repair",
            expected,
            note,
            who,
            facts,
            about=f"a note {[n['fact'] for n in note]}; facts in the order {[f['id'] for f in facts]}; "
            f"qualifiers {qualifiers(facts)}; the hinge is key, the first is top; words {who['words']}",
        )

    def test_repair_limit(self):
        """The word limit drops claims with their qualifiers, never what leads"""
        rng = lab.rng("limit")
        words = rng.randint(12, 20)
        facts = [
            fact("top", words=words),
            fact("claim", words=6),
            fact("claim-but", qualifies="claim", words=6),
            fact("long", words=9),
            fact("short", words=5),
            fact("last", words=3),
        ]
        note = [said("claim"), said("long"), said("short"), said("last")]
        for room, ids in [
            (words - 5, ["top"]),
            (words + 8, ["top", "short", "last"]),
            (words + 11, ["top", "long"]),
            (words + 12, ["top", "claim", "claim-but"]),
            (words + 20, ["top", "claim", "claim-but", "short", "last"]),
        ]:
            expected = [plain(f) for id in ids for f in facts if f["id"] == id]
            self.gives(
                "repair",
                expected,
                note,
                reader("top", words=room),
                facts,
                about=f"a note {[n['fact'] for n in note]}; facts in the order {[f['id'] for f in facts]}; "
                f"words {room}: top {words}, claim 6, its qualifier claim-but 6, long 9, short 5, last 3; first is top",
            )

    def test_story(self):
        """The six notes of the story get the right verdicts"""
        story = lab.load("story")
        for name, wrong, absent, late in [
            ("Mara", [], ["risk", "possible", "gaveup"], ["ask", "price", "delay"]),
            ("board", [("leaving", "too narrow"), ("leaving", "too sure"), ("risk", "too narrow")], [], ["risk"]),
            ("investor", [("leaving", "too narrow")], [], []),
            ("support", [], ["possible"], []),
            ("clinic", [], [], []),
            ("Mara on Wednesday", [], ["risk"], []),
        ]:
            who, note = story.READERS[name.split()[0]], story.NOTES[name]
            self.gives("misquotes", wrong, note, story.FACTS, about=f"misquotes of the note {name!r}")
            self.gives("missing", absent, note, who, story.FACTS, about=f"missing in the note {name!r}")
            self.gives("buried", late, note, who, story.FACTS, about=f"buried in the note {name!r}")

    def test_repaired_story(self):
        """A repaired note has none of the faults, and repairing it again changes nothing"""
        story = lab.load("story")
        for name, note in story.NOTES.items():
            who = story.READERS[name.split()[0]]
            better = self.mine.repair(copy.deepcopy(note), who, story.FACTS)
            self.expect(self.mine.misquotes(better, story.FACTS), [], given=f"misquotes of the repaired note {name!r}")
            self.expect(self.mine.missing(better, who, story.FACTS), [], given=f"missing in the repaired note {name!r}")
            self.expect(self.mine.buried(better, who, story.FACTS), [], given=f"buried in the repaired note {name!r}")
            self.gives("repair", better, better, who, story.FACTS, about=f"the repaired note {name!r}")
