"""Checks of a learner's text. Each result is only a suggestion: the learner decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from dev2cto.items.text_matching import plain_signs

CHECKS = ("question", "number", "words<=60", "words>=20")
"""The checks that exist, with examples of limits."""
LIMIT = re.compile(r"words\s*(?P<sign><=|>=)\s*(?P<limit>\d{1,5})")

_FIGURE = r"(?<![\w.,$])\d[\d.,]*(?:[ \u00a0\u202f]\d{3}){0,9}(?<![.,])"
_CURRENCY = r"[$\u20ac\u00a3\u00a5]|(?:USD|EUR|GBP|CHF)\b"
_FUNCTION_WORDS = """a am an and are as at be but by did do does for from had has have he her his how i if in into is it
its my no nor not of off on or our she should so than that the their then there these they this to was we were what
when where which while who why will with would yet you your"""
_NO_UNIT = "|".join((*_FUNCTION_WORDS.split(), "st", "nd", "rd", "th"))
_UNIT = rf"%|\u2030|{_CURRENCY}|(?!(?:{_NO_UNIT})\b)[^\W\d_]"
_NUMBER = re.compile(rf"(?:{_CURRENCY}) ?\d|{_FIGURE}(?:\*\*|[*_`])?[ \u00a0\u202f-]?(?:{_UNIT})", re.IGNORECASE)


def meets(check: str, text: str) -> bool | None:
    """Return whether the text meets the check (see CHECKS); None for an unknown check."""
    if check == "question":
        return asks(text)
    if check == "number":
        return has_number_with_unit(text)
    limit = LIMIT.fullmatch(check)
    if limit is None:
        return None
    count, most = words_in(text), int(limit["limit"])
    return count <= most if limit["sign"] == "<=" else count >= most


def asks(text: str) -> bool:
    """Return whether the text contains a question mark."""
    return "?" in unicodedata.normalize("NFKC", text)


def has_number_with_unit(text: str) -> bool:
    """Return whether a number in digits has a symbol, a unit or a noun after it, or a currency before it.

    "is", "of" and other function words are not units. Numbers written in words are left to the learner.
    """
    return _NUMBER.search(text) is not None


def words_in(text: str) -> int:
    """Count the words: runs without white space that contain a letter or a digit."""
    return sum(any(char.isalnum() for char in word) for word in text.split())


def has_any_of(text: str, words: Iterable[str]) -> bool:
    """Return whether the text contains one of the words or phrases, whole, ignoring case and spacing."""
    plain = _plain(text)
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain) is not None for word in map(_plain, words) if word)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", plain_signs(text).casefold()).split())
