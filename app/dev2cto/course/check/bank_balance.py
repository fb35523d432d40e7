"""Rules about a bank as a whole: variety of kinds, levels, and duplicate questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dev2cto.course.check.rules import Finding, Rule
from dev2cto.course.check.test_wiseness import Bank
from dev2cto.text import pluralize

LEAST_KINDS = 6
MOST_OF_ONE = 0.6
HIGHER = ("apply", "analyse", "evaluate")
LEAST_HIGHER = 0.7


def kinds(bank: Bank) -> Iterator[Finding]:
    """Report a bank with too few kinds of items, or too many items of one kind."""
    count = Counter(item.kind for item in bank.items)
    if not bank.quiz or not count:
        return
    if len(count) < LEAST_KINDS:
        yield Finding(
            bank.file, (), f"the bank has {pluralize(len(count), 'kind')} of items; at least {LEAST_KINDS} are needed"
        )
    kind, most = count.most_common(1)[0]
    if most > MOST_OF_ONE * len(bank.items):
        yield Finding(
            bank.file, (), f"{most} of {len(bank.items)} items are {kind}; at most {MOST_OF_ONE * 100:.0f} % may be"
        )


def levels(bank: Bank) -> Iterator[Finding]:
    """Report a bank with too many items that only test recall."""
    if not bank.quiz or not bank.items:
        return
    higher = sum(item.level in HIGHER for item in bank.items)
    if higher < LEAST_HIGHER * len(bank.items):
        message = (
            f"{higher} of {len(bank.items)} items are at level apply, analyse or evaluate; "
            f"at least {LEAST_HIGHER * 100:.0f} % are needed"
        )
        yield Finding(bank.file, (), message)


def same_question(bank: Bank) -> Iterator[Finding]:
    """Report duplicate questions."""
    seen: dict[str, str] = {}
    for item in bank.items:
        if item.fingerprint in seen:
            yield Finding(item, ("prompt",), f"this is the same question as {seen[item.fingerprint]}")
        seen[item.fingerprint] = item.id


RULES = (
    Rule("Q342", "a bank with too few kinds of items", "bank", kinds, "warning"),
    Rule("Q343", "a bank with too many recall questions", "bank", levels, "warning"),
    Rule("Q344", "a duplicate question", "bank", same_question),
)
