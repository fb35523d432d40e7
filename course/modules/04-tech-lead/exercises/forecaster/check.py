"""Checks of the forecaster: against exact distributions, with histories that change with every check."""

import contextlib
import io
import math
import random
import re
import unittest

import lab

RUNS = 3000


def chances(history, items):
    """The exact chance of being done by week 1, 2, 3 ..."""
    open_items = {items: 1.0}
    done = []
    while not done or done[-1] < 0.9999:
        after = {}
        for left, chance in open_items.items():
            for finished in history:
                rest = max(0, left - finished)
                after[rest] = after.get(rest, 0.0) + chance / len(history)
        done.append(after.pop(0, 0.0) + (done[-1] if done else 0.0))
        open_items = after
    return done


def week_at(history, items, share):
    return next(n for n, chance in enumerate(chances(history, items), 1) if chance >= share)


def outcomes(history, items, p):
    """Of the forecasts made from the sixth week on: how many hold, how many there are, and how near the nearest is to
    its limit."""
    held = made = 0
    nearest = 1.0
    for week in range(6, len(history)):
        done, taken = 0, None
        for n, finished in enumerate(history[week:], 1):
            done += finished
            if done >= items:
                taken = n
                break
        if taken is None:
            break
        made += 1
        table = chances(history[:week], items)
        before = table[min(taken, len(table) + 1) - 2] if taken > 1 else 0.0
        held += before < p / 100
        nearest = min(nearest, abs(before - p / 100))
    return held, made, nearest


def clear_history(rng):
    """A history and items for which every forecast at P85 clearly holds or clearly fails."""
    while True:
        history = [rng.randint(2, 7) for _ in range(6)] + [rng.randint(1, 5) for _ in range(8)]
        items = rng.randint(8, 14)
        held, made, nearest = outcomes(history, items, 85)
        if nearest > 0.06 and 0 < held < made:
            return history, items


def histories(name, count):
    rng = lab.rng(name)
    for _ in range(count):
        yield [rng.randint(1, 7) for _ in range(rng.randint(7, 12))], rng.randint(25, 50)


class Forecaster(lab.Case):
    def setUp(self):
        self.forecast = lab.load("forecast")

    def test_steady(self):
        """A steady team leaves no doubt: every run takes the same number of weeks"""
        rng = lab.rng("steady")
        for _ in range(4):
            pace, items = rng.randint(2, 6), rng.randint(10, 60)
            given = f"simulate([{pace}] * 5, {items}, 20, Random(1))"
            got = self.forecast.simulate([pace] * 5, items, 20, random.Random(1))
            self.expect(got, [math.ceil(items / pace)] * 20, given)
        got = self.forecast.simulate([3, 4], 0, 3, random.Random(1))
        self.expect(got, [0, 0, 0], "simulate([3, 4], 0, 3, Random(1))")

    def test_repeatable(self):
        """The same seed gives the same runs, and another seed gives others"""
        history = [lab.rng("repeat").randint(1, 9) for _ in range(8)] + [1, 9]
        before = random.getstate()
        first = self.forecast.simulate(history, 60, 300, random.Random(lab.seed))
        second = self.forecast.simulate(history, 60, 300, random.Random(lab.seed))
        other = self.forecast.simulate(history, 60, 300, random.Random(lab.seed + 1))
        given = f"simulate({history}, 60, 300, Random(seed))"
        self.expect(second, first, given)
        self.expect_true(first != other, "two seeds should give different runs; draw from rng", given, "the same runs")
        self.expect_true(random.getstate() == before, "draw only from rng, not from the random module", given)

    def test_percentile(self):
        """Percentiles are nearest rank, and the list stays as it was"""
        rng = lab.rng("percentile")
        for size in (1, 7, 10, rng.randint(11, 40)):
            values = [rng.randint(1, 30) for _ in range(size)]
            kept = list(values)
            for p in (10, 50, 85, 95, 100):
                expected = sorted(kept)[math.ceil(p * size / 100) - 1]
                got = self.forecast.percentile(values, p)
                self.expect(got, expected, f"percentile({kept}, {p})")
                self.expect(values, kept, f"the list after percentile({kept}, {p})")

    def test_exact(self):
        """P50 and P85 lie within a week of the exact distribution"""
        for n, (history, items) in enumerate(histories("exact", 4)):
            weeks = self.forecast.simulate(history, items, RUNS, random.Random(lab.seed + n))
            self.expect(len(weeks), RUNS, f"length of simulate({history}, {items}, {RUNS}, rng)")
            for p in (50, 85):
                got, exact = self.forecast.percentile(weeks, p), week_at(history, items, p / 100)
                message = f"P{p} should be week {exact}, one more or less"
                self.expect_true(abs(got - exact) <= 1, message, f"history {history}, {items} items", f"week {got}")

    def test_spread(self):
        """The chance of being done by the average week is the true one"""
        for n, (history, items) in enumerate(histories("spread", 3)):
            week = math.ceil(items * len(history) / sum(history))
            weeks = self.forecast.simulate(history, items, RUNS, random.Random(lab.seed + n))
            got, exact = self.forecast.chance_by(weeks, week), chances(history, items)[week - 1]
            message = f"the chance of week {week} should be near {exact:.2f}"
            self.expect_true(abs(got - exact) < 0.06, message, f"history {history}, {items} items", f"{got:.2f}")

    def test_bad_weeks(self):
        """A week with nothing finished is drawn like any other"""
        rng = lab.rng("zeros")
        history = [0, 0, rng.randint(4, 6), rng.randint(4, 6), rng.randint(5, 8)]
        items = rng.randint(24, 34)
        weeks = self.forecast.simulate(history, items, RUNS, random.Random(lab.seed))
        got, exact = self.forecast.percentile(weeks, 85), week_at(history, items, 0.85)
        message = f"P85 should be week {exact}, one more or less; without the zeros it comes too early"
        self.expect_true(abs(got - exact) <= 1, message, f"history {history}, {items} items", f"week {got}")
        good = rng.randint(5, 9)
        history, items = [0, 0, good], good + 1
        weeks = self.forecast.simulate(history, items, RUNS, random.Random(lab.seed))
        for week in (2, 4, 7):
            got, exact = self.forecast.chance_by(weeks, week), chances(history, items)[week - 1]
            message = f"the chance of week {week} should be near {exact:.2f}: whole weeks are drawn, not averages"
            self.expect_true(abs(got - exact) < 0.06, message, f"history {history}, {items} items", f"{got:.2f}")

    def test_refuses(self):
        """A history without any finished item is refused"""
        for history in ([], [0], [0, 0, 0]):
            call = f"simulate({history}, 10, 5, Random(1))"
            self.expect_raises(ValueError, lambda h=history: self.forecast.simulate(h, 10, 5, random.Random(1)), call)

    def test_backtest(self):
        """The backtest counts the forecasts that held, each made from earlier weeks alone"""
        rng = lab.rng("backtest")
        pace = rng.randint(3, 6)
        steady, items = [pace] * 10, 2 * pace
        got = self.forecast.backtest(steady, items, 85, 50, random.Random(1))
        self.expect(got, (3, 3), f"backtest({steady}, {items}, 85, 50, Random(1))")
        got = self.forecast.backtest(steady[:7], items, 85, 50, random.Random(1))
        self.expect(got, (0, 0), f"backtest({steady[:7]}, {items}, 85, 50, Random(1))")
        slower, items = [6] * 6 + [2] * 6, rng.choice([7, 8])
        got = self.forecast.backtest(slower, items, 50, 600, random.Random(1))
        self.expect(got, outcomes(slower, items, 50)[:2], f"backtest({slower}, {items}, 50, 600, Random(1))")
        for _ in range(2):
            history, items = clear_history(rng)
            got = self.forecast.backtest(history, items, 85, 1500, random.Random(lab.seed))
            self.expect(got, outcomes(history, items, 85)[:2], f"backtest({history}, {items}, 85, 1500, rng)")

    def test_backtest_end(self):
        """A forecast counts only where the history shows what happened"""
        history, items = [4] * 6 + [0, 0], 5
        got = self.forecast.backtest(history, items, 85, 50, random.Random(1))
        self.expect(got, (0, 0), f"backtest({history}, {items}, 85, 50, Random(1))")

    def test_backtest_start(self):
        """A forecast counts only where something had been finished before it"""
        rng = lab.rng("start")
        pace, zeros = rng.randint(2, 6), rng.randint(6, 8)
        history, items = [0] * zeros + [pace] * 3, 2 * pace
        call = f"backtest({history}, {items}, 85, 300, Random(1))"
        try:
            got = self.forecast.backtest(history, items, 85, 300, random.Random(1))
        except ValueError as error:
            got = f"raised ValueError: {error}"
        self.expect(got, (1, 1), call)

    def test_command(self):
        """The command prints four lines that fit the file"""
        history, items = next(histories("command", 1))
        history = [*history, *history]
        week = week_at(history, items, 0.6)
        path = lab.scratch() / "weeks.csv"
        path.write_text("week,finished\n" + "".join(f"{n},{f}\n" for n, f in enumerate(history, 1)), encoding="utf-8")
        argv = [str(path), "--items", str(items), "--week", str(week), "--seed", str(lab.seed)]
        given = f"main(weeks.csv --items {items} --week {week}), history {history}"
        code, text, _ = self.run_main(argv)
        self.expect(code, 0, f"return value of {given}")
        match = re.fullmatch(rf"P50: week (\d+)\nP85: week (\d+)\nBy week {week}: (\d+) %\nP85 held: (.+)\n", text)
        self.expect_true(match, "four lines as in the brief were expected", given, text)
        made = outcomes(history, items, 85)[1]
        wanted = rf"\d+ of {made}" if made else "no week to test it on"
        self.expect_true(re.fullmatch(wanted, match[4]), f"the last line should end with {wanted!r}", given, text)
        for number, share in ((1, 0.5), (2, 0.85)):
            exact = week_at(history, items, share)
            message = f"line {number} should be near week {exact}"
            self.expect_true(abs(int(match[number]) - exact) <= 1, message, given, text)
        exact = 100 * chances(history, items)[week - 1]
        self.expect_true(abs(int(match[3]) - exact) <= 5, f"the third line should be near {exact:.0f} %", given, text)
        self.expect(self.run_main(argv)[1], text, f"a second run of {given}")
        few = {self.run_main([*argv[:-1], str(seed), "--runs", "15"])[1] for seed in range(20)}
        message = "15 runs with each of twenty seeds cannot all come out alike; pass --seed and --runs on"
        self.expect_true(len(few) > 1, message, given, few)

    def test_empty_file(self):
        """A file without finished items ends with code 2 and a line on standard error"""
        path = lab.scratch() / "weeks.csv"
        path.write_text("week,finished\n1,0\n2,0\n", encoding="utf-8")
        code, text, errors = self.run_main([str(path), "--items", "5", "--week", "3"])
        self.expect(code, 2, "return value for a history of zeros")
        self.expect(text, "", "standard output for a history of zeros")
        self.expect(len(errors.splitlines()), 1, "lines on standard error for a history of zeros")

    def run_main(self, argv):
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            code = self.forecast.main(argv)
        return code, output.getvalue(), errors.getvalue()


if __name__ == "__main__":
    unittest.main()
