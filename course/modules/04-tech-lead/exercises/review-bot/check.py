"""Checks of the review bot, on changes that are new with every check."""

import unittest

import lab

CODE = ["app/booking/slots.py", "app/latest.py", "web/contest.js", "app/payments/refund.py", "web/day-view.ts"]
TESTS = ["tests/booking/slots.py", "app/test_refund.py", "app/slots_test.py", "web/day.test.ts", "app/tests/helper.js"]
MIGRATIONS = ["app/migrations/0042_location.py", "db/migrations/0007_index.sql"]
UNREAD = ["package-lock.json", "poetry.lock", "web/vendor.min.js", "web/logo.svg", "app/generated/client.py"]
OTHER = ["README.md", "docs/migrations.md", "docs/testing.md", "config/settings.toml"]

SPLIT = "size: split this change"
NO_TESTS = "tests: none changed"
ALONE = "migration: ship it alone"


def numstat(files):
    return "".join(f"{added}\t{deleted}\t{path}\n" for path, added, deleted in files)


class ReviewBot(lab.Case):
    def setUp(self):
        self.bot = lab.load("review")

    def expect_review(self, files, **expected):
        text = numstat(files)
        got = self.bot.review(text)
        for key, value in expected.items():
            self.expect(got[key], value, f"review() of\n{text}{key}")

    def test_plain(self):
        """Plain lines become path, added, deleted"""
        rng = lab.rng("plain")
        files = [(path, rng.randint(0, 90), rng.randint(0, 90)) for path in rng.sample(CODE + OTHER, 3)]
        self.expect(self.bot.changes(numstat(files)), files, f"changes() of\n{numstat(files)}")

    def test_empty_lines(self):
        """Empty lines are skipped"""
        text = f"\n{lab.rng('empty').randint(1, 90)}\t2\tREADME.md\n\n"
        try:
            got = self.bot.changes(text)
        except ValueError as error:
            got = f"raised ValueError: {error}"
        self.expect(got, [("README.md", int(text.split()[0]), 2)], f"changes({text!r})")

    def test_binary_and_spaces(self):
        """Binary files count as 0 lines, and a path may hold spaces"""
        lines = lab.rng("binary").randint(1, 99)
        text = f"-\t-\tweb/logo.png\n{lines}\t0\tdocs/how to  deploy.md\n"
        expected = [("web/logo.png", 0, 0), ("docs/how to  deploy.md", lines, 0)]
        self.expect(self.bot.changes(text), expected, f"changes() of\n{text}")

    def test_renames(self):
        """A renamed file appears under its new path"""
        n = lab.rng("rename").randint(2, 60)
        cases = {
            "old.py => new.py": "new.py",
            "app/{old => new}/slots.py": "app/new/slots.py",
            "app/booking/{slots.py => calendar.py}": "app/booking/calendar.py",
            "app/{ => booking}/slots.py": "app/booking/slots.py",
            "app/{booking => }/slots.py": "app/slots.py",
        }
        for written, path in cases.items():
            text = f"{n}\t{n + 1}\t{written}\n"
            self.expect(self.bot.changes(text), [(path, n, n + 1)], f"changes() of\n{text}")

    def test_sizes(self):
        """Size counts added and deleted lines, and each limit belongs to the smaller label"""
        rng = lab.rng("sizes")
        limits = [(10, "XS", "S"), (50, "S", "M"), (200, "M", "L"), (500, "L", "XL")]
        for most, label, larger in limits:
            added = rng.randint(1, most - 1)
            path = rng.choice(OTHER)
            self.expect_review([(path, added, most - added)], size=label)
            self.expect_review([(path, added, most - added + 1)], size=larger)
        self.expect_review([], size="XS", reviewers=1, notes=[])

    def test_unread(self):
        """Lock files, generated files and images do not count, and need no tests"""
        rng = lab.rng("unread")
        for path in UNREAD:
            lines = rng.randint(1, 10)
            files = [(path, rng.randint(600, 4000), rng.randint(0, 900)), ("README.md", lines, 0)]
            self.expect_review(files, size="XS", notes=[])
        self.expect_review([("app/generated.py", 60, 0)], size="M", notes=[NO_TESTS])

    def test_missing_tests(self):
        """New code without a changed test is noted, whatever the file is called"""
        rng = lab.rng("missing")
        for path in CODE:
            self.expect_review([(path, rng.randint(1, 40), 0), (rng.choice(OTHER), 3, 0)], notes=[NO_TESTS])
            self.expect_review([(path, 3, 9)], notes=[NO_TESTS])

    def test_present_tests(self):
        """Lines added to a test satisfy the rule; a test that only loses lines does not"""
        rng = lab.rng("present")
        for path in TESTS:
            code = rng.choice(CODE)
            self.expect_review([(code, rng.randint(1, 20), 1), (path, rng.randint(1, 20), 0)], notes=[])
            self.expect_review([(code, rng.randint(1, 20), 1), (path, 0, rng.randint(1, 20))], notes=[NO_TESTS])
            self.expect_review([(code, 12, 1), (path, 3, 9)], notes=[])

    def test_deletions(self):
        """Removing code, or changing documents alone, needs no test"""
        rng = lab.rng("deletions")
        self.expect_review([(rng.choice(CODE), 0, rng.randint(1, 40))], notes=[])
        self.expect_review([(path, rng.randint(1, 9), 0) for path in OTHER], notes=[], reviewers=1)

    def test_migrations(self):
        """A migration needs two reviewers, and a note when code comes with it"""
        rng = lab.rng("migrations")
        for path in MIGRATIONS:
            alone = [(path, rng.randint(1, 30), 0), ("README.md", 1, 0)]
            self.expect_review(alone, reviewers=2, notes=[])
            mixed = [*alone, (rng.choice(CODE), rng.randint(1, 30), 0), (rng.choice(TESTS), 5, 0)]
            self.expect_review(mixed, reviewers=2, notes=[ALONE])
        self.expect_review([("docs/migrations.md", 4, 0), ("app/migrations.py", 2, 0)], reviewers=1, notes=[NO_TESTS])

    def test_together(self):
        """Everything at once: the notes keep the order of the table"""
        rng = lab.rng("together")
        files = [
            (rng.choice(MIGRATIONS), rng.randint(1, 40), 0),
            (rng.choice(CODE), rng.randint(500, 900), rng.randint(0, 50)),
            (rng.choice(UNREAD), rng.randint(1, 900), 0),
        ]
        rng.shuffle(files)
        self.expect_review(files, size="XL", reviewers=2, notes=[SPLIT, NO_TESTS, ALONE])


if __name__ == "__main__":
    unittest.main()
