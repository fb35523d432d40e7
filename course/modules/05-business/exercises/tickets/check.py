"""Checks of the code book: labels, themes and tickets change at each check."""

import csv
import unittest

import lab

NEW = {
    "wording": [
        "Nobody understands what 'confirm presence' in the message is supposed to mean",
        "A patient thought the text was a scam and blocked us",
        "He read it as a cancellation, the tone of the message is odd",
        "Two people confused the reminder with an advert",
    ],
    "delivery": [
        "Since Monday the texts have never arrived at one network",
        "The reminder was sent twice and reached her at night",
        "Nothing arrived although the log shows it as sent",
        "Texts to old numbers do not arrive",
    ],
    "export": [
        "The CSV export leaves out the last week",
        "Our accountant's spreadsheet cannot read the columns of the report",
        "The export has empty rows between the months",
        "The report for the year times out",
    ],
    "payments": [
        "The terminal charged the card and printed no receipt",
        "A refund went to the wrong card",
        "The visit is shown as unpaid after a desk payment",
        "The card terminal hangs at the desk",
    ],
    "calendar": [
        "The sync with my calendar runs a day late",
        "Deleted events come back into the calendar",
        "Calendar sync shows colleagues' events to everyone",
    ],
    "access": [
        "My password is not accepted and now I am locked out",
        "The login asks for a code that never comes to my phone",
        "The invitation for a new account has expired, she cannot log in",
    ],
    "form": [
        "The button at the end of the form does nothing on a tablet",
        "The booking form refuses foreign postcode and insurance numbers",
        "Online there are no slots in the form next week",
    ],
    "hours": [
        "We are closed on Sunday and people can book it",
        "How do we open on a public holiday?",
        "Change the Saturday opening to nine",
    ],
    "invoice": [
        "The invoice lists a subscription we ended",
        "We were billed twice, please correct the invoice",
        "Our accountant needs the invoice of last year",
    ],
}
WORDS = ["slow", "late", "blue", "lost", "twice", "wrong", "north", "paper"]
NAMES = ["amber", "birch", "cedar", "delta", "ember"]


def chance_corrected(pairs):
    n = len(pairs)
    labels = {label for pair in pairs for label in pair}
    seen = sum(a == b for a, b in pairs) / n
    by_chance = sum(sum(a == x for a, _ in pairs) * sum(b == x for _, b in pairs) for x in labels) / n**2
    return (seen - by_chance) / (1 - by_chance)


class Tickets(lab.Case):
    def setUp(self):
        self.lab = lab.load("tickets")

    def pairs(self, rng, size):
        """Two people who agree more often than not, with labels of unequal frequency."""
        names = rng.sample(NAMES, 3)
        found = []
        for _ in range(size):
            first = rng.choices(names, (6, 3, 1))[0]
            found.append((first, first if rng.random() < 0.7 else rng.choice(names)))
        return [*found, (names[0], names[1])]

    def test_classify_words(self):
        """Whole words count, in any case, and the theme with most of them wins"""
        rng = lab.rng("classify")
        for _ in range(4):
            a, b, c, d = rng.sample(WORDS, 4)
            rules = [("one", [a, b]), ("two", [c, d])]
            rng.shuffle(rules)
            for text, theme in (
                (f"{a.upper()}, {b} and {c}.", "one"),
                (f"It was {d}; {c}-ish, {a}", "two"),
                (f"Only {b}!", "one"),
                (f"re{a}ed {c}", "two"),
                (f"{a} {a} {a} {c} {d}", "two"),
            ):
                self.expect(self.lab.classify(text, rules), theme, f"classify({text!r}, {rules})")

    def test_classify_doubt(self):
        """A tie is unsure, and nothing found is other"""
        rng = lab.rng("doubt")
        a, b, c = rng.sample(WORDS, 3)
        rules = [("one", [a]), ("two", [b]), ("three", [c])]
        for text, theme in ((f"{a} {b}", "unsure"), (f"{c} or {a}?", "unsure"), ("none of it", "other"), ("", "other")):
            self.expect(self.lab.classify(text, rules), theme, f"classify({text!r}, {rules})")

    def test_kappa(self):
        """Kappa takes away the agreement that chance would bring"""
        rng = lab.rng("kappa")
        for size in (20, 47, rng.randint(60, 120)):
            pairs = self.pairs(rng, size)
            got, expected = self.lab.kappa(pairs), chance_corrected(pairs)
            close = isinstance(got, (int, float)) and abs(got - expected) < 1e-9
            self.expect_true(close, f"{expected:.4f} was expected", f"kappa({pairs})", repr(got))

    def test_kappa_edges(self):
        """Opposites give less than nothing, one label for all gives 1, no pairs are refused"""
        a, b = lab.rng("edges").sample(NAMES, 2)
        self.expect(self.lab.kappa([(a, b), (b, a)]), -1.0, f"kappa([({a!r}, {b!r}), ({b!r}, {a!r})])")
        self.expect(self.lab.kappa([(a, a)] * 5), 1.0, f"kappa([({a!r}, {a!r})] * 5)")
        self.expect_raises(ValueError, lambda: self.lab.kappa([]), "kappa([])")

    def test_quarrels(self):
        """Confusions are counted whichever way round, most frequent first, ties by name"""
        rng = lab.rng("quarrels")
        a, b, c, d = sorted(rng.sample(NAMES, 4))
        more, few = rng.randint(4, 7), rng.randint(1, 2)
        pairs = [(a, b)] * more + [(b, a)] * 2 + [(d, c)] * few + [(c, a)] * few + [(a, a)] * 9
        rng.shuffle(pairs)
        expected = [((a, b), more + 2), ((a, c), few), ((c, d), few)]
        self.expect(list(self.lab.quarrels(pairs)), expected, f"quarrels({pairs})")
        self.expect(list(self.lab.quarrels([(a, a), (b, b)])), [], "quarrels of full agreement")

    def test_reach(self):
        """Themes are ranked by clinics, so that one clinic cannot shout louder than forty"""
        rng = lab.rng("reach")
        loud, quiet, small = rng.sample(NAMES, 3)
        many = rng.randint(20, 40)
        rows = [{"clinic": "k1", "first": loud} for _ in range(many)]
        rows += [{"clinic": f"k{n}", "first": quiet} for n in range(2, 2 + rng.randint(5, 9))]
        rows += [{"clinic": f"k{n}", "first": small} for n in (1, 2)] + [{"clinic": "k2", "first": small}]
        who = {theme: {row["clinic"] for row in rows if row["first"] == theme} for theme in (loud, quiet, small)}
        count = {theme: sum(row["first"] == theme for row in rows) for theme in who}
        rng.shuffle(rows)
        expected = [(theme, len(who[theme]), count[theme]) for theme in (quiet, small, loud)]
        self.expect([tuple(row) for row in self.lab.reach(rows)], expected, f"reach of {len(rows)} tickets")

    def test_shipped(self):
        """On the shipped tickets the rules agree with the first person beyond chance (0.7)"""
        with (lab.data / "tickets.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        half = lab.rng("half").sample(rows, len(rows) // 2)
        pairs = [(row["first"], self.lab.classify(row["text"], self.lab.RULES)) for row in half]
        got = chance_corrected(pairs)
        self.expect_true(got >= 0.7, "a kappa of 0.70 or more was expected", "half of the tickets, drawn", f"{got:.2f}")

    def test_new_tickets(self):
        """On tickets you have not seen the rules still agree (0.6)"""
        rng = lab.rng("new")
        drawn = [(theme, text) for theme, texts in NEW.items() for text in rng.sample(texts, 3)]
        pairs = [(theme, self.lab.classify(text, self.lab.RULES)) for theme, text in drawn]
        wrong = [f"{text!r} is {theme}, not {got}" for (theme, text), (_, got) in zip(drawn, pairs) if theme != got]
        got = chance_corrected(pairs)
        given = "27 new tickets; for example " + (wrong[0] if wrong else "")
        self.expect_true(got >= 0.6, "a kappa of 0.60 or more was expected", given, f"{got:.2f}")

    def test_rules(self):
        """The code book has nine themes and at most 20 words for each"""
        themes = [theme for theme, _ in self.lab.RULES]
        self.expect(sorted(themes), sorted(NEW), "the themes of RULES")
        longest = max(len(words) for _, words in self.lab.RULES)
        self.expect_true(longest <= 20, "20 words a theme at most", "RULES", f"{longest} words")


if __name__ == "__main__":
    unittest.main()
