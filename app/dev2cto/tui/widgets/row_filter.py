"""Which rows of a list fit what is typed: their number, their words, or letters of them in that order."""

from __future__ import annotations

from collections.abc import Sequence

LONG = 80
"""Characters above which a text is found by its words alone: it has the letters of nearly any word somewhere, and
textual.fuzzy looks at every way to pick them, which are millions."""


def fitting(texts: Sequence[str], words: str) -> list[int]:
    """Return the numbers, from 1, of the texts that fit: all for no words, those whose number begins with a number,
    or those with all the words. If none has them, the short ones with their letters in that order, the best first.
    """
    from dev2cto.course.search import casefolded

    every, wanted = range(1, len(texts) + 1), casefolded(words).split()
    if not wanted:
        return list(every)
    number = words.strip()
    if number.isdecimal() and (found := [n for n in every if str(n).startswith(number)]):
        return found
    plain = [" ".join(casefolded(text).split()) for text in texts]
    return [n for n in every if all(word in plain[n - 1] for word in wanted)] or alike(plain, " ".join(wanted))


def alike(texts: Sequence[str], letters: str) -> list[int]:
    """Return the numbers of the short texts with these letters in this order, the best by textual.fuzzy first."""
    from textual.fuzzy import Matcher

    match = Matcher(letters).match
    scores = {n: match(text) for n, text in enumerate(texts, 1) if len(text) <= LONG}
    return [n for n in sorted(scores, key=lambda n: -scores[n]) if scores[n] > 0]
