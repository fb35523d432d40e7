"""Checks the figures of a draft against a ledger of its claims and the sources they cite."""

import math
from fractions import Fraction

import scan

OLD = 3
"""A source that is more than so many years old needs its year in the sentence."""


def reach(decimals):
    """How far a figure with so many decimals may lie from what it was rounded from."""
    return Fraction(1, 2 * 10**decimals)


def exact(number):
    """The number as it is written, without the error of a binary fraction."""
    return Fraction(str(number))


def possible(percent, decimals, n):
    """Whether some whole number of n people gives that percentage, rounded to so many decimals."""
    low = (exact(percent) - reach(decimals)) * n / 100
    high = (exact(percent) + reach(decimals)) * n / 100
    return max(0, math.ceil(low)) <= min(n, math.floor(high))


def near(says, true):
    """Whether the claimed value is the true one at the precision of the claim."""
    return abs(exact(says["value"]) - true) <= reach(says["decimals"])


def change(says, measure):
    """ok, direction, unit, points, base or wrong: what a claimed change is, given before and after."""
    before, after = exact(measure["before"]), exact(measure["after"])
    way = "up" if after > before else "down" if after < before else "none"
    if says["way"] != way:
        return "direction"
    difference = abs(after - before)
    if says["unit"] == "points":
        if measure["unit"] != "%":
            return "unit"
        return "ok" if near(says, difference) else "wrong"
    if says["unit"] == "x":
        return "ok" if min(before, after) and near(says, max(before, after) / min(before, after)) else "wrong"
    if before and near(says, 100 * difference / before):
        return "ok"
    if measure["unit"] == "%" and near(says, difference):
        return "points"
    return "base" if after and near(says, 100 * difference / after) else "wrong"


def figure(entry, measure):
    """The codes for the figure alone."""
    says = entry["says"]
    if says["kind"] == "change":
        code = change(says, measure) if "before" in measure else "wrong"
        return set() if code == "ok" else {code}
    if "value" not in measure or not near(says, exact(measure["value"])):
        return {"wrong"}
    return set()


def compare(entry, source, today):
    """The codes that one source, which exists, leaves for the entry."""
    found = set()
    if source.get("repeats"):
        found.add("second hand")
    if source.get("own") and not (source.get("n") and source.get("period")):
        found.add("method")
    if today - source["year"] > OLD and source["year"] != entry.get("year"):
        found.add("old")
    if entry["says"]["kind"] == "words":
        return found
    measure = source["measures"].get(entry["about"])
    if measure is None:
        return found | {"absent"}
    found |= figure(entry, measure)
    if measure.get("scope") and measure["scope"] != entry.get("scope"):
        found.add("scope")
    return found


def judge(entry, sources, today):
    """The codes of what is wrong with one entry of the ledger."""
    says = entry["says"]
    wrong = set()
    if says["kind"] == "share":
        if not says.get("of"):
            wrong.add("no base")
        elif not possible(says["value"], says["decimals"], says["of"]):
            wrong.add("impossible")
    cited = [sources[each] for each in entry["cites"] if each in sources]
    if len(cited) < len(entry["cites"]):
        wrong.add("missing")
    elif not cited:
        wrong.add("no evidence")
    if not cited:
        return wrong
    return wrong | min((compare(entry, source, today) for source in cited), key=len)


def claim(entry):
    """What makes two entries the same claim: its subject, what it says, and of what it says it."""
    return entry["about"], entry["says"], entry.get("scope")


def lint(markdown, ledger, sources, today):
    """(line, code) for every finding in the draft, sorted, without repetition."""
    titles = [entry for entry in ledger if entry["line"] == 1]
    judged = [(entry, judge(entry, sources, today)) for entry in ledger if entry["line"] > 1]
    found = {(entry["line"], code) for entry, codes in judged for code in codes}
    found |= {(line, "alt text") for line, alt in scan.pictures(markdown) if not alt}
    listed = {entry["line"] for entry in ledger}
    found |= {(line, "unlisted") for line in scan.needing(markdown) if line not in listed}
    clean = [claim(entry) for entry, codes in judged if not codes]
    found |= {(1, "title") for title in titles if claim(title) not in clean}
    return sorted(found)


