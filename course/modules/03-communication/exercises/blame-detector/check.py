"""Who could have known, and who would have done the same; people, facts and times change with every check."""

import copy

import lab

PEOPLE = ["Ines", "Omar", "Ruth", "Pavel", "Noor", "Sven"]
FACTS = [
    "the disk is full",
    "the queue grows",
    "the lock is held",
    "the cache is cold",
    "the clock is off",
    "a host is gone",
]
SCREENS = ["disk panel", "queue panel", "deploy log", "ticket list"]


def minute(n):
    return f"2026-03-0{1 + n // 1440} {n // 60 % 24:02d}:{n % 60:02d}"


def told(n, fact, *people):
    return {"at": minute(n), "kind": "told", "fact": fact, "to": list(people)}


def shown(n, fact, screen, kind="shown"):
    return {"at": minute(n), "kind": kind, "fact": fact, "screen": screen}


def opened(n, screen, by):
    return {"at": minute(n), "kind": "opened", "screen": screen, "by": by}


def choice(who, at, chosen, task="deploy"):
    return {"who": who, "at": at, "choice": chosen, "task": task}


class Hindsight(lab.Case):
    def setUp(self):
        self.mine = lab.load("blame")

    def cast(self, name):
        rng = lab.rng(name)
        return rng, rng.sample(PEOPLE, 4), rng.sample(FACTS, 5), rng.sample(SCREENS, 3), rng.randint(300, 900)

    def gives(self, name, expected, *arguments, about=""):
        got = getattr(self.mine, name)(*copy.deepcopy(arguments))
        self.expect(got, expected, given=about or f"{name}({', '.join(map(str, arguments))})")

    def test_told(self):
        """What people are told counts from the first time, but not after the moment in question"""
        _, (a, b, *_), (one, two, three, *_), _, t = self.cast("told")
        log = [told(t, one, a), told(t + 4, two, b), told(t + 6, one, a, b), told(t + 9, three, a)]
        self.gives("seen", {one: minute(t)}, log, a, minute(t + 8))
        self.gives("seen", {one: minute(t), three: minute(t + 9)}, log, a, minute(t + 9))
        self.gives("seen", {two: minute(t + 4)}, log, b, minute(t + 5))

    def test_screens(self):
        """What a screen shows is seen by the person who opens it, at that moment"""
        _, (a, b, *_), (one, two, three, *_), (here, there, _), t = self.cast("screens")
        log = [
            shown(t, one, here),
            shown(t + 1, two, there),
            opened(t + 5, here, a),
            shown(t + 7, three, here),
            opened(t + 8, there, b),
        ]
        self.gives("seen", {one: minute(t + 5)}, log, a, minute(t + 30))
        self.gives("seen", {two: minute(t + 8)}, log, b, minute(t + 30))
        self.gives("seen", {}, log, a, minute(t + 4))

    def test_gone(self):
        """What has gone from a screen is not seen later, and comes back when it is shown again"""
        _, (a, b, *_), (one, two, *_), (here, there, _), t = self.cast("gone")
        log = [
            shown(t, one, here),
            shown(t, two, here),
            shown(t, one, there),
            shown(t + 3, one, here, "gone"),
            opened(t + 4, here, a),
            shown(t + 9, one, here),
            opened(t + 10, here, a),
            opened(t + 11, there, b),
        ]
        self.gives("seen", {two: minute(t + 4)}, log, a, minute(t + 9))
        self.gives("seen", {two: minute(t + 4), one: minute(t + 10)}, log, a, minute(t + 10))
        self.gives("seen", {one: minute(t + 11)}, log, b, minute(t + 11))

    def test_unseen(self):
        """For each needed fact that the person had not seen, it says who saw it first, or that nobody did"""
        _, (a, b, c, _), (one, two, three, four, _), (here, *_), t = self.cast("unseen")
        log = [
            told(t, one, a),
            shown(t + 1, two, here),
            shown(t + 1, four, here, "gone"),
            told(t + 2, three, c),
            opened(t + 6, here, b),
            opened(t + 9, here, a),
            told(t + 12, three, a),
        ]
        claim = {"who": a, "at": minute(t + 5), "needs": [four, three, one, two]}
        expected = [(four, None, None), (three, minute(t + 2), c), (two, minute(t + 6), b)]
        self.gives("unseen", expected, claim, log)
        self.gives("unseen", [(four, None, None)], {**claim, "at": minute(t + 12)}, log)

    def test_foreseeable(self):
        """The signs are counted on earlier days only, with and without an outage"""
        rng = lab.rng("days")
        for _ in range(3):
            history, days, outages = [], 0, 0
            for n in range(1, 25):
                signs = rng.sample(FACTS[:3], rng.randint(0, 3))
                outage = rng.random() < 0.4
                history.append({"day": f"2026-03-{n:02d}", "signs": signs, "outage": outage})
                if n < 20 and FACTS[0] in signs and FACTS[1] in signs:
                    days, outages = days + 1, outages + outage
            history[19]["signs"] = FACTS[:3]
            rng.shuffle(history)
            self.gives(
                "foreseeable",
                (days, outages),
                history,
                FACTS[:2],
                "2026-03-20",
                about=f"foreseeable(24 days in any order, {FACTS[:2]}, '2026-03-20')",
            )

    def test_substitution(self):
        """Only others in the same task are compared, and only before the outcome was known"""
        rng, (a, b, c, d), *_ = self.cast("substitution")
        known = "2026-03-15 08:00"
        alike, apart, late = rng.randint(1, 6), rng.randint(1, 6), rng.randint(1, 4)
        choices = [choice(rng.choice([b, c]), f"2026-03-1{rng.randint(0, 4)}", "quick") for _ in range(alike)]
        choices += [choice(d, "2026-03-11", "slow") for _ in range(apart)]
        choices += [choice(b, "2026-03-15 08:00", "slow")] * late + [choice(a, "2026-03-10", "quick")] * 3
        choices += [choice(c, "2026-03-10", "quick", "test")] * 2
        rng.shuffle(choices)
        claim = {"who": a, "task": "deploy", "choice": "quick"}
        self.gives(
            "substitution",
            (alike, alike + apart),
            choices,
            claim,
            known,
            about=f"{alike} others quick and {apart} slow before {known}; {late} slow from then on; 3 by {a}; 2 of another task",
        )

    def test_sorting(self):
        """Hindsight comes first; usual needs half of at least three others"""
        _, (a, b, c, d), (one, two, *_), _, t = self.cast("sorting")
        log = [told(t, one, a), told(t + 9, two, a)]
        claim = {"who": a, "at": minute(t + 5), "needs": [one], "task": "deploy", "choice": "quick"}
        for marks, label in [
            ("++-", "usual"),
            ("+-+-", "usual"),
            ("++", "ask"),
            ("+--", "ask"),
            ("", "ask"),
            ("+++++", "usual"),
        ]:
            choices = [
                choice((b, c, d)[n % 3], "2026-02-01", "quick" if m == "+" else "slow") for n, m in enumerate(marks)
            ]
            about = f"a fact that was seen; {marks.count('+')} of {len(marks)} others did the same"
            self.gives("sort_claim", label, claim, log, choices, minute(t + 8), about=about)
            about = f"a fact that was seen only later; {marks.count('+')} of {len(marks)} others did the same"
            self.gives(
                "sort_claim", "hindsight", {**claim, "needs": [one, two]}, log, choices, minute(t + 8), about=about
            )

    def test_outcome_bias(self):
        """The same choice with the same knowledge, judged differently after a different outcome"""
        rng = lab.rng("bias")
        for _ in range(3):
            cases = [
                {
                    "id": f"case {n}",
                    "task": rng.choice("ab"),
                    "choice": rng.choice("xy"),
                    "knew": rng.sample("pq", rng.randint(1, 2)),
                    "outcome": rng.choice(["fine", "bad"]),
                    "judged": rng.choice(["praised", "blamed"]),
                }
                for n in range(rng.randint(10, 14))
            ]
            cases.append(
                {
                    **cases[0],
                    "id": "twin",
                    "knew": cases[0]["knew"][::-1],
                    "judged": "neither",
                    "outcome": "bad" if cases[0]["outcome"] == "fine" else "fine",
                }
            )
            expected = []
            for n, one in enumerate(cases):
                for other in cases[n + 1 :]:
                    same = (one["task"], one["choice"], sorted(one["knew"])) == (
                        other["task"],
                        other["choice"],
                        sorted(other["knew"]),
                    )
                    if same and one["outcome"] != other["outcome"] and one["judged"] != other["judged"]:
                        expected.append((one["id"], other["id"]))
            self.gives("outcome_bias", expected, cases)

    def test_story(self):
        """The six claims of the story are sorted, and the two signs counted"""
        story = lab.load("story")
        for claim, label in zip(story.CLAIMS, ["hindsight", "hindsight", "hindsight", "usual", "ask", "ask"]):
            self.gives(
                "sort_claim", label, claim, story.LOG, story.CHOICES, story.KNOWN, about=f"the claim {claim['text']!r}"
            )
        self.gives(
            "foreseeable",
            (2, 0),
            story.HISTORY,
            ["high connections"],
            "2024-04-15",
            about="high connections before 15 April",
        )
        self.gives("outcome_bias", [("March, Tomas", "February, you")], story.CASES, about="story.CASES")
