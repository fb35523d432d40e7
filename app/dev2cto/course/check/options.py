"""Rules about options: only knowledge of the subject may distinguish the key from the distractors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from statistics import mean

from dev2cto.course.check.answer_options import choices, groups, sides
from dev2cto.course.check.rules import Finding, Rule
from dev2cto.course.check.text_fields import bare, content, without_code, words
from dev2cto.items.base import Item
from dev2cto.items.options import numeric_values
from dev2cto.items.single import Single

LONGEST = 1.3
"""If the key is the longest option, the maximum ratio of its length to the distractors' mean length."""
SHORT = 16
"""Length in characters up to which differences do not matter."""

_HEDGES = "usually often sometimes typically generally mostly mainly may might probably likely tends"
HEDGES = frozenset(_HEDGES.split())
_ABSOLUTES = "always never all only must"
ABSOLUTES = frozenset(_ABSOLUTES.split())


def no_why(item: Item) -> Iterator[Finding]:
    """Report distractors without an explanation of the misconception behind them."""
    for part in choices(item):
        if not part.right and not part.why.strip():
            yield Finding(item, part.steps, f"this distractor has no 'why': {bare(part.text)[:50]!r}")


def near_duplicates(item: Item) -> Iterator[Finding]:
    """Report options that hardly differ."""
    for group in groups(item):
        seen: dict[str, str] = {}
        for part in group:
            plain = _plain(part.text)
            if plain in seen:
                yield Finding(item, part.steps, f"{part.text!r} hardly differs from {seen[plain]!r}")
            seen[plain] = part.text


def _plain(text: str) -> str:
    folded = text if "`" in text else text.casefold()
    return " ".join(word for word in bare(folded).rstrip(".;,").split() if word not in ("a", "an", "the"))


def key_longest(item: Item) -> Iterator[Finding]:
    """Report a key that is longer than every distractor, and much longer than their mean."""
    rights, wrongs = sides(item)
    if not wrongs or _numeric(item):
        return
    lengths = [len(bare(part.text)) for part in wrongs]
    for part in rights:
        size = len(bare(part.text))
        if len(rights) == 1 and size > max(SHORT, *lengths) and size > LONGEST * mean(lengths):
            message = (
                f"the key is the longest option: {size} characters; the distractors have {mean(lengths):.0f} on average"
            )
            yield Finding(item, part.steps, message, "write the distractors as fully as the key")
    if len(rights) > 1 and min(len(bare(p.text)) for p in rights) > max(SHORT, LONGEST * max(lengths)):
        yield Finding(item, rights[0].steps, "every right option is longer than every distractor")


FEATURES: dict[str, Callable[[str], bool]] = {
    "a number": lambda text: bool(re.search(r"\d", text)),
    "a comma": lambda text: "," in re.sub(r"(?<=\d),(?=\d)", "", text),
    "a bracket": lambda text: bool(re.search(r"[()\[\]]", text)),
    "a hedge": lambda text: bool(HEDGES.intersection(words(text))),
}


def key_alone_has(item: Item) -> Iterator[Finding]:
    """Report a number, comma, bracket or hedge that only the key contains."""
    rights, wrongs = sides(item)
    if not wrongs:
        return
    for name, has in FEATURES.items():
        if all(has(bare(part.text)) for part in rights) and not any(has(bare(part.text)) for part in wrongs):
            whose = "the key" if len(rights) == 1 else "each right option"
            yield Finding(item, rights[0].steps, f"{whose} has {name}, but no distractor does")


def absolutes(item: Item) -> Iterator[Finding]:
    """Report absolute words (always, never) that occur in distractors only: test-takers rule those out first."""
    rights, wrongs = sides(item)
    if any(ABSOLUTES.intersection(words(without_code(part.text))) for part in rights):
        return
    for part in wrongs:
        for word in words(without_code(part.text)):
            if word in ABSOLUTES:
                at = re.search(rf"\b{word}\b", part.text, re.IGNORECASE)
                message = f"{word!r} occurs in a distractor but not in the key"
                yield Finding(item, part.steps, message, "", at.start() if at else None)
                break


def stem_echo(item: Item) -> Iterator[Finding]:
    """Report a word of the question that only the key repeats, if no distractor repeats as many words."""
    rights, wrongs = sides(item)
    if len(rights) != 1 or not wrongs:
        return
    asked, key = content(item.prompt), rights[0]
    echoed = content(key.text) & asked
    elsewhere = [content(part.text) & asked for part in wrongs]
    alone = echoed - set().union(*elsewhere)
    if alone and all(len(echoed) > len(other) for other in elsewhere):
        repeated = [word for word in words(key.text) if content(word) & alone]
        at = re.search(rf"\b{re.escape(repeated[0])}\b", key.text, re.IGNORECASE) if repeated else None
        message = f"only the key repeats {', '.join(dict.fromkeys(repeated))!r} from the question"
        yield Finding(
            item, key.steps, message, "use another word, or use it in a distractor", at.start() if at else None
        )


def unsorted_numbers(item: Item) -> Iterator[Finding]:
    """Report options that all begin with a number, but are neither plain numbers nor marked as sorted."""
    parts = choices(item)
    leading = [re.match(r"[-~$\u20ac\u00a3]?\s*\d", bare(part.text)) for part in parts]
    if isinstance(item, Single) and item.order is None and all(leading) and not _numeric(item):
        yield Finding(
            item, parts[0].steps, "all options begin with a number, but are shown shuffled", "add order: sorted"
        )


def _numeric(item: Item) -> bool:
    """Whether all options are amounts, which the program sorts automatically."""
    return numeric_values([part.text for part in choices(item)]) is not None


RULES = (
    Rule("Q301", "a distractor without 'why'", "item", no_why),
    Rule("Q302", "two options hardly differ", "item", near_duplicates),
    Rule("Q303", "the key is the longest option", "item", key_longest),
    Rule("Q304", "only the key has a number, comma, bracket or hedge", "item", key_alone_has),
    Rule("Q305", "only distractors contain absolute words", "item", absolutes),
    Rule("Q306", "only the key repeats a word of the question", "item", stem_echo),
    Rule("Q307", "options with numbers are not sorted", "item", unsorted_numbers),
)
