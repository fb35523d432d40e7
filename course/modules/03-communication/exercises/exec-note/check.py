"""Six rules for a note to an executive."""

import json

import lab

FILLER = "we saw the queue slow down and kept an eye on it all week long".split()
DATES = ["3 May", "19 April", "2024-05-03", "30 June", "1 December"]
NAMES = ["Jonas", "Aisha", "Helen", "Priya", "Lena"]
EXPECTED = {
    "cap": [],
    "story": ["ask"],
    "letters": ["acronym"],
    "spelled": [],
    "loads": ["number"],
    "range": [],
    "heavy": ["reading"],
    "nobody": ["owner"],
    "undated": ["owner"],
    "done": ["ask"],
    "wall": ["number", "acronym", "reading", "owner"],
    "plain": [],
}
FINE = [
    "{n} minutes", "${n}", "{n}% of bookings", "{n} engineer-days", "{n} to {m} weeks", "{n} in {m} attempts",
    "{n} of {m} clinics", "$50 to ${n}", "{n} or {m} days", "{n} to {m}% less", "at 08:02", "{d} May", "(about {n} calls)",
]
BARE = ["up by {n} since", "we counted {n}.", "it was {n}, then", "rose to {n} and stayed", "a factor of {n}; that"]
BARE_PAIRS = ["between {n} and {m}.", "{n} to {m}, we", "{n} of {m} in"]
SYLLABLES = {
    1: ["queue", "bill", "cap", "desk", "week", "host", "time", "jobs", "load", "patch"],
    2: ["table", "clinic", "reply", "limit", "number", "Monday", "server", "waiting"],
    3: ["Saturday", "disorder", "remember", "document", "policy", "calendar"],
    4: ["operator", "category", "certificate"],
}


def fill(rng, template):
    n = rng.randint(11, 90)
    m = rng.randint(91, 400)
    return template.format(n=n, m=m, d=rng.randint(1, 28)), [str(n), str(m)]


def filler(rng, count):
    return " ".join(rng.choice(FILLER) for _ in range(count))


class ExecNote(lab.Case):
    def setUp(self):
        self.mine = lab.load("exec_note")

    def test_ask_position(self):
        """The ask stands among the first 40 words"""
        rng = lab.rng("ask")
        for place in (1, rng.randint(5, 35), 40, 41, rng.randint(45, 80)):
            word = rng.choice(sorted(["approve", "decide", "choose", "confirm", "agree"]))
            mark = rng.choice(["", ",", ".", ":"])
            note = f"{filler(rng, place - 1)} {word.capitalize()}{mark} {filler(rng, 30)}".strip()
            self.expect(self.mine.asks_early(note), place <= 40, given=f"a note with {word!r} as word number {place}")

    def test_ask_words(self):
        """The word approved is news and no ask"""
        rng = lab.rng("words")
        for word in rng.sample(["approved", "decided", "agreement", "confirmed", "undecided", "chooser"], 4):
            note = f"{filler(rng, 6)} {word} {filler(rng, 6)}"
            self.expect(self.mine.asks_early(note), False, given=f"asks_early({note!r})")

    def test_length(self):
        """200 words are allowed, 201 are too many"""
        rng = lab.rng("length")
        end = f"\n\nOwner: {rng.choice(NAMES)}\nReport on {rng.choice(DATES[:2])}"
        for count in (rng.randint(60, 190), 200, 201, rng.randint(202, 260)):
            start = "Please agree. " + ". ".join(["We saw the queue slow down"] * 60)
            body = start.split()
            note = " ".join(body[: count - len(end.split())]) + end
            self.expect("length" in self.mine.lint(note), count > 200, given=f"'length' in lint(a note of {count} words)")

    def test_numbers_with_unit(self):
        """Numbers with a unit pass: minutes, money, per cent, times, dates"""
        rng = lab.rng("fine")
        for template in rng.sample(FINE, len(FINE)):
            text, _ = fill(rng, template)
            note = f"{filler(rng, 4)} {text} {rng.choice(['yesterday', 'again'])}."
            if text.endswith(("May", "08:02")):
                note = f"{filler(rng, 4)} {text}."
            self.expect(self.mine.bare_numbers(note), [], given=f"bare_numbers({note!r})")

    def test_numbers_without_unit(self):
        """Numbers without a unit are found, in order"""
        rng = lab.rng("bare")
        parts, wanted = [], []
        for template in rng.sample(BARE, 3):
            text, (n, _) = fill(rng, template)
            parts.append(f"{text} {filler(rng, 3)} {rng.randint(2, 9)} days")
            wanted.append(n)
        note = ", ".join(parts) + "."
        self.expect(self.mine.bare_numbers(note), wanted, given=f"bare_numbers({note!r})")

    def test_linked_numbers(self):
        """A linked number borrows the unit of its partner: 8 to 12 days"""
        rng = lab.rng("pairs")
        for template in BARE_PAIRS:
            text, both = fill(rng, template)
            note = f"{filler(rng, 3)} {text} {filler(rng, 3)}"
            self.expect(self.mine.bare_numbers(note), both, given=f"bare_numbers({note!r})")
        text, _ = fill(rng, "{n} to {m} days")
        self.expect(self.mine.bare_numbers(f"it takes {text}."), [], given=f"bare_numbers('it takes {text}.')")

    def test_acronyms(self):
        """Abbreviations are explained where they first occur"""
        rng = lab.rng("acronyms")
        letters = "BCDFGHJKLMNPQRTVWXZ"
        one, two, three, four = ("".join(rng.sample(letters, rng.randint(2, 4))) + end for end in "BCDF")
        note = (
            f"Our {one} is out of date. The waiting line ({two}) is long, and the {two} grows. "
            f"{three} (a test at night) ran for the CEO. Two {four}s failed, the {one} and a {four} again ({one})."
        )
        self.expect(self.mine.undefined(note), [one, four], given=f"undefined({note!r})")

    def test_reading_ease(self):
        """Reading ease follows Flesch's formula"""
        rng = lab.rng("ease")
        total = count = 0
        sentences = []
        for _ in range(rng.randint(2, 6)):
            words = []
            for _ in range(rng.randint(3, 12)):
                size = rng.choice([1, 1, 2, 2, 3, 4])
                words.append(rng.choice(SYLLABLES[size]))
                total, count = total + size, count + 1
            sentences.append(" ".join(words) + rng.choice([".", "!", "?"]))
        note = " ".join(sentences)
        ease = 206.835 - 1.015 * count / len(sentences) - 84.6 * total / count
        got = self.mine.reading_ease(note)
        close = abs(got - ease) < 0.01
        self.expect_true(close, f"expected {ease:.2f}, within 0.01", given=f"reading_ease({note!r})", got=got)

    def test_owner_and_date(self):
        """An owner and a date are named"""
        rng = lab.rng("owner")
        name, date = rng.choice(NAMES), rng.choice(DATES)
        body = filler(rng, 8)
        cases = [
            (f"{body}.\n\nOwner: {name}\nReport on {date}", True),
            (f"{body} by {date}.\nOwner: {name}", True),
            (f"{body}.\nOwner: {name}\nReport in two weeks", False),
            (f"{body} by {date}. The owner is still open.", False),
            (f"{body} by {date}.\nOwner:", False),
        ]
        for note, good in cases:
            self.expect(self.mine.signed(note), good, given=f"signed({note!r})")

    def test_twelve_notes(self):
        """The twelve notes in data/notes.json get the right verdicts"""
        notes = json.loads((lab.data / "notes.json").read_text(encoding="utf-8"))
        names = list(notes)
        lab.rng("notes").shuffle(names)
        for name in names:
            self.expect(self.mine.lint(notes[name]), EXPECTED[name], given=f"lint(notes[{name!r}])")
