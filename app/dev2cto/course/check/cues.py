"""Rules about wording that gives the key away to someone who does not know the subject."""

from __future__ import annotations

from collections.abc import Iterator

from dev2cto.course.check.answer_options import sides
from dev2cto.course.check.rules import Finding, second_standard
from dev2cto.course.check.text_fields import content, reason_in
from dev2cto.items.base import Item

CLEARLY = 2
"""A key that shares this many more words with the question than every distractor gives itself away."""


def reasons_on_one_side(item: Item) -> Iterator[Finding]:
    """Report items in which only the key gives a reason, or most distractors but no right option."""
    rights, wrongs = sides(item)
    right = [part for part in rights if reason_in(part.text)]
    wrong = [part for part in wrongs if reason_in(part.text)]
    if not wrongs or (right and wrong):
        return
    if right and len(right) == len(rights):
        whose, part = "the key gives" if len(rights) == 1 else "each right option gives", right[0]
        message = f"{whose} a reason or condition, and no distractor does"
    elif len(wrong) > 1 and len(wrong) * 2 > len(wrongs):
        part = wrong[0]
        message = f"{len(wrong)} of {len(wrongs)} distractors give a reason or condition, and no right option does"
    else:
        return
    found = reason_in(part.text)
    hint = f"{found[0].strip()!r}: give reasons on both sides or on none" if found else ""
    yield Finding(item, part.steps, message, hint, found.start() if found else None)


def likeness_to_question(item: Item) -> Iterator[Finding]:
    """Report a key that shares clearly more words with the question than every distractor, or as the only one none."""
    rights, wrongs = sides(item)
    if len(rights) != 1 or len(wrongs) < 2:
        return
    asked, key = content(item.prompt), rights[0]
    echoed = content(key.text) & asked
    elsewhere = [content(part.text) & asked for part in wrongs]
    if len(echoed) >= CLEARLY + max(len(other) for other in elsewhere):
        message = (
            f"the key shares {len(echoed)} words with the question; every distractor shares at least {CLEARLY} fewer"
        )
        yield Finding(item, key.steps, message, "reword the key, or use these words in distractors too")
    if not echoed and all(elsewhere):
        message = "every distractor repeats a word of the question, but the key does not"
        yield Finding(item, key.steps, message, "use one in the key, or reword a distractor")


RULES = (
    second_standard("Q348", "only the key or only distractors give reasons", "item", reasons_on_one_side),
    second_standard(
        "Q349", "only the key resembles the question, or only the key does not", "item", likeness_to_question
    ),
)
