"""What rules can tell about blame, and what they cannot."""

import csv

import lab

PEOPLE = ["Lena", "Tomas", "reviewer", "on-call engineer"]
PARTS = ["queue", "pool", "gateway", "runbook", "health check", "dashboard"]
NAMES = ["Ines", "Omar", "Ruth", "Pavel", "Noor", "Sven", "Mika", "Dora"]
ROLES = ["operator", "release manager", "author of the change", "duty engineer", "tester"]
THINGS = ["scheduler", "load balancer", "backup job", "deploy script", "alarm", "cache", "search index"]
ACCUSING = ["failed to", "forgot to", "neglected to", "did not bother to"]
DEEDS = ["check the limits", "read the ticket", "warn the others", "look at the graph", "test the change"]
HARD = [0, 1, 2, 3, 4, 5, 6]


def cast(name):
    """People and parts of another company, drawn anew at each check."""
    rng = lab.rng(name)
    people = rng.sample(NAMES, 3) + rng.sample(ROLES, 2)
    return rng, people, rng.sample(THINGS, 4)


def subject(person):
    return person if person[0].isupper() else f"the {person}"


def start(text):
    return text[0].upper() + text[1:]


def rows(name):
    with (lab.data / name).open(newline="", encoding="utf-8") as file:
        return [(row["label"], row["sentence"]) for row in csv.DictReader(file)]


class Blame(lab.Case):
    def setUp(self):
        self.mine = lab.load("blame")

    def sorts(self, sentence, label, people, parts):
        got = self.mine.classify(sentence, people, parts)
        self.expect(got, label, given=f"classify({sentence!r}, {people}, {parts})")

    def test_accused_person(self):
        """A person before an accusing phrase is blame"""
        rng, people, parts = cast("accused")
        for person in people:
            self.sorts(start(f"{subject(person)} {rng.choice(ACCUSING)} {rng.choice(DEEDS)}."), "blaming", people, parts)
        person = rng.choice(people)
        self.sorts(f"At 08:05 {subject(person)} should have stopped the {parts[0]}.", "blaming", people, parts)

    def test_components_cannot_be_guilty(self):
        """A component before the same phrase is a fact"""
        rng, people, parts = cast("component")
        for part in parts:
            self.sorts(f"The {part} failed to {rng.choice(['start', 'answer', 'ring'])} at 0{rng.randint(3, 9)}:10.",
                       "blameless", people, parts)
        self.sorts(f"The {parts[0]} should have a limit by {rng.randint(2, 28)} May.", "blameless", people, parts)
        self.sorts(f"The {parts[1]} ignored the second request.", "blameless", people, parts)

    def test_person_in_a_fact(self):
        """A person in a plain fact is no blame"""
        rng, people, parts = cast("fact")
        for person in people:
            deed = rng.choice([f"restarted the {parts[0]}", f"opened the {parts[1]}", "called two clinics"])
            self.sorts(start(f"{subject(person)} {deed} at 08:{rng.randint(10, 59)}."), "blameless", people, parts)

    def test_counterfactuals(self):
        """If and had: blame when a person could have acted, not when a part could"""
        rng, people, parts = cast("if")
        person, part = rng.choice(people), rng.choice(parts)
        minutes = rng.randint(5, 40)
        self.sorts(f"If {subject(person)} had looked, it would have ended after {minutes} minutes.", "blaming", people, parts)
        self.sorts(f"Had {subject(person)} asked, we would have known.", "blaming", people, parts)
        self.sorts(f"If the {part} had kept a reserve, it would have ended after {minutes} minutes.", "blameless", people, parts)
        self.sorts(f"{start(subject(person))} had seen a green {part}.", "blameless", people, parts)
        self.sorts(f"If {subject(person)} is away, the page goes to another number.", "blameless", people, parts)

    def test_verdicts(self):
        """Verdicts are blame without a person, in any case of letters"""
        rng, people, parts = cast("verdict")
        for verdict in ["human error", "carelessness", "negligence", "incompetence"]:
            shown = rng.choice([verdict, verdict.capitalize(), verdict.upper()])
            self.sorts(rng.choice([f"Root cause: {shown}.", f"This comes down to {shown}."]), "blaming", people, parts)

    def test_vague(self):
        """Vague words are evasive while nothing concrete stands beside them"""
        rng, people, parts = cast("vague")
        for sentence in rng.sample(["Mistakes were made.", "Some users had difficulties.", "The problem is solved.",
                                    "Circumstances were unusual.", "Something went wrong.", "We saw an issue."], 4):
            self.sorts(sentence, "evasive", people, parts)
        self.sorts(f"The issue began in the {rng.choice(parts)}.", "blameless", people, parts)
        self.sorts(f"{rng.randint(20, 90)} clinics saw the issue.", "blameless", people, parts)
        self.sorts(f"{start(subject(rng.choice(people)))} found the problem.", "blameless", people, parts)

    def test_quotations(self):
        """What stands in quotation marks does not count"""
        rng, people, parts = cast("quotes")
        for person in rng.sample(people, 3):
            self.sorts(f'The first draft said "{subject(person)} {rng.choice(ACCUSING)} {rng.choice(DEEDS)}".',
                       "blameless", people, parts)
        self.sorts(f'{start(subject(people[0]))} failed to write "done" into the ticket.', "blaming", people, parts)

    def test_whole_words(self):
        """Names and words count as whole words"""
        rng, people, parts = cast("words")
        people = ["Al", "lead", *people]
        self.sorts("The misleading failed to start twice in a row.", "blameless", people, parts)
        self.sorts(f"The final could have {rng.randint(3, 9)} rounds.", "blameless", people, parts)
        self.sorts("The tissues arrived late.", "blameless", people, parts)
        self.sorts("Al failed to call back.", "blaming", people, parts)

    def test_review(self):
        """The twenty sentences of data/review.csv are sorted rightly"""
        for label, sentence in rows("review.csv"):
            self.sorts(sentence, label, PEOPLE, PARTS)

    def test_measure(self):
        """Precision and recall for each label"""
        rng = lab.rng("measure")
        labels = ("blaming", "evasive", "blameless")
        for size in (rng.randint(20, 60), rng.randint(5, 9)):
            pairs = [(rng.choice(labels), rng.choice(labels[: rng.randint(1, 3)])) for _ in range(size)]
            wanted = {}
            for label in labels:
                right = pairs.count((label, label))
                given = [g for _, g in pairs].count(label)
                real = [t for t, _ in pairs].count(label)
                wanted[label] = (round(right / given, 2) if given else 0.0, round(right / real, 2) if real else 0.0)
            self.expect(self.mine.measure(pairs), wanted, given=f"measure({pairs})")
        self.expect(self.mine.measure([]), dict.fromkeys(labels, (0.0, 0.0)), given="measure([])")

    def test_misses(self):
        """misses() shows what the rules get wrong in data/hard.csv"""
        hard = rows("hard.csv")
        lab.rng("hard").shuffle(hard)
        wanted = [row for row in hard if row in [rows("hard.csv")[i] for i in HARD]]
        self.expect(self.mine.misses(hard, PEOPLE, PARTS), wanted, given="misses(the rows of hard.csv, shuffled)")
