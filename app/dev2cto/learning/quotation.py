"""Passages of a text that may change: quoted with what stood around them, and found again.

The rule: a passage is where it is word for word; of several such places, where its surroundings agree best. Otherwise
it is the stretch with the most of its words in their order, if that has at least `KEPT` of them and consists of them by
at least `PURE`. Anything less is another text, and the passage is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

AROUND = 48
"""Characters kept of what is before and after a passage."""
KEPT, PURE = 0.6, 0.5
GAP = 0.5
"""What a foreign word in a stretch costs, in words of the passage."""
NEAR = 4
"""Words by which the end of a stretch may be moved to where the surroundings say that it is."""
WORD = re.compile(r"\S+")
MARKS = ".,;:!?\"'()[]\u2018\u2019\u201c\u201d"


class Quotation(NamedTuple):
    """A passage as it was quoted: its text, what was around it, and the offset at which it began."""

    exact: str
    before: str
    after: str
    start: int


class _Word(NamedTuple):
    word: str
    first: int
    last: int


def quote(text: str, first: int, last: int) -> Quotation:
    """Quote the characters from `first` up to `last`, without white space at the ends."""
    exact = text[first:last]
    first += len(exact) - len(exact.lstrip())
    exact = exact.strip()
    last = first + len(exact)
    return Quotation(exact, text[max(0, first - AROUND) : first], text[last : last + AROUND], first)


def find(quotation: Quotation, text: str) -> tuple[int, int] | None:
    """Return where the passage begins and ends in a text that may have changed; None if it is lost."""
    if not quotation.exact.strip():
        return None
    places = [found.start() for found in re.finditer(re.escape(quotation.exact), text)]
    if places:
        size = len(quotation.exact)
        best = max(places, key=lambda at: (_agreement(quotation, text, at, at + size), -abs(at - quotation.start)))
        return best, best + size
    return _find_changed(quotation, text)


def _agreement(quotation: Quotation, text: str, first: int, last: int) -> int:
    """How many characters directly before and after agree with the surroundings."""
    return _alike(quotation.before[::-1], text[:first][::-1][:AROUND]) + _alike(quotation.after, text[last:][:AROUND])


def _alike(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _find_changed(quotation: Quotation, text: str) -> tuple[int, int] | None:
    wanted = [word.word for word in _words(quotation.exact)]
    words = _words(text)
    begin = _densest(wanted, words, quotation.start)
    if begin is None:
        return None
    from difflib import SequenceMatcher  # rarely needed

    low = max(0, begin - len(wanted) // 2 - 2)
    region = words[low : begin + len(wanted) + len(wanted) // 2 + 2]
    kept = {
        block.b + n
        for block in SequenceMatcher(None, wanted, [word.word for word in region], autojunk=False).get_matching_blocks()
        for n in range(block.size)
    }
    if not kept:
        return None
    first, last = _stretch([number in kept for number in range(len(region))])
    matched = sum(first <= number < last for number in kept)
    if matched < KEPT * len(wanted) or matched < PURE * (last - first):
        return None
    first, last = _to_surroundings(quotation, words, low + first, low + last)
    return words[first].first, words[last - 1].last


def _words(text: str) -> list[_Word]:
    """Words without case and marks at their ends."""
    return [
        _Word(found[0].casefold().strip(MARKS) or found[0], found.start(), found.end()) for found in WORD.finditer(text)
    ]


def _densest(wanted: Sequence[str], words: Sequence[_Word], start: int) -> int | None:
    """The number of the word at which the stretch with the most wanted words begins; of equals, the nearest."""
    size, counts = len(wanted), Counter(wanted)
    here: Counter[str] = Counter()
    common, best = 0, (0, 0.0, -1)
    for number, word in enumerate(words):
        here[word.word] += 1
        common += here[word.word] <= counts[word.word]
        if number >= size:
            old = words[number - size].word
            common -= here[old] <= counts[old]
            here[old] -= 1
        begin = max(0, number - size + 1)
        best = max(best, (common, -abs(words[begin].first - start), begin))
    return best[2] if best[0] else None


def _stretch(kept: Sequence[bool]) -> tuple[int, int]:
    """The stretch that has the most kept words, foreign ones counted off by GAP (the maximum subarray)."""
    best, found = 0.0, (0, 0)
    total, begin = 0.0, 0
    for number, is_kept in enumerate(kept):
        if total <= 0:
            total, begin = 0.0, number
        total += 1 if is_kept else -GAP
        if total > best:
            best, found = total, (begin, number + 1)
    return found


def _to_surroundings(quotation: Quotation, words: Sequence[_Word], first: int, last: int) -> tuple[int, int]:
    """Move the ends of a stretch out to words known from the surroundings, if these are near."""
    before, after = _words(quotation.before), _words(quotation.after)
    if before:
        near = range(first - 1, max(-1, first - 2 - NEAR), -1)
        first = next((n + 1 for n in near if words[n].word == before[-1].word), first)
    elif not quotation.before.strip() and first <= NEAR:
        first = 0
    if after:
        near = range(last, min(len(words), last + NEAR + 1))
        last = next((n for n in near if words[n].word == after[0].word), last)
    elif len(words) - last <= NEAR:
        last = len(words)
    return first, last
