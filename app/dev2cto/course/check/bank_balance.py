"""Rules about a bank as a whole: its kinds, its levels, its balance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dev2cto.course.check.rules import Finding, Rule
from dev2cto.course.check.test_wiseness import Bank

LEAST_KINDS = 6
MOST_OF_ONE = 0.6
HIGHER = ("apply", "analyse", "evaluate")
LEAST_HIGHER = 0.7


def kinds(bank: Bank) -> Iterator[Finding]:
    """Too few kinds of items, or too many of one."""
    count = Counter(item.kind for item in bank.items)
    if not bank.quiz or not count:
        return
    if len(count) < LEAST_KINDS:
        yield Finding(bank.file, (), f"the bank has {len(count)} kinds of items, {LEAST_KINDS} are needed")
    kind, most = count.most_common(1)[0]
    if most > MOST_OF_ONE * len(bank.items):
        yield Finding(bank.file, (), f"{most} of {len(bank.items)} items are {kind}: at most {MOST_OF_ONE:.0%}")


def levels(bank: Bank) -> Iterator[Finding]:
    """Too many items that only ask what was read."""
    if not bank.quiz or not bank.items:
        return
    higher = sum(item.level in HIGHER for item in bank.items)
    if higher < LEAST_HIGHER * len(bank.items):
        message = (
            f"{higher} of {len(bank.items)} items ask to apply, analyse or evaluate: {LEAST_HIGHER:.0%} are needed"
        )
        yield Finding(bank.file, (), message)


def same_question(bank: Bank) -> Iterator[Finding]:
    """Two items that ask the same."""
    seen: dict[str, str] = {}
    for item in bank.items:
        if item.fingerprint in seen:
            yield Finding(item, ("prompt",), f"this is the same question as {seen[item.fingerprint]}")
        seen[item.fingerprint] = item.id


RULES = (
    Rule("Q342", "a bank of too few kinds", "bank", kinds, "warning"),
    Rule("Q343", "a bank of too many questions of recall", "bank", levels, "warning"),
    Rule("Q344", "two items ask the same", "bank", same_question),
)
