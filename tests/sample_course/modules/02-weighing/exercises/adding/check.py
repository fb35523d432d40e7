"""Checks of the sample lab."""

import lab


class Sums(lab.Case):
    def test_add(self):
        """Adds two numbers"""
        rng = lab.rng("add")
        a, b = rng.randint(1, 99), rng.randint(1, 99)
        self.expect(lab.load("sums").add(a, b), a + b, given=f"add({a}, {b})")

    def test_total(self):
        """Adds what the file holds"""
        numbers = [int(line) for line in (lab.data / "numbers.csv").read_text().split()[1:]]
        self.expect(lab.load("sums").total(numbers), 7, given=f"total({numbers})")

    def test_nothing(self):
        """The total of nothing is 0"""
        self.expect(lab.load("sums").total([]), 0, given="total([])")
