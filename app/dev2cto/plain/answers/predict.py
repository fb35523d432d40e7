"""Answers that give an interval first, then the number."""

from __future__ import annotations

import re

from dev2cto.items.forms import Predict, Response, interval, texts
from dev2cto.plain.answers.base import ParsedInput
from dev2cto.presenters.answer_text import read_as

BETWEEN = re.compile(r" (?:to|and) | ?(?:\.\.+|;) ?|(?<=[\d%]) ?[-\u2013] ?(?=\d)", re.IGNORECASE)
"""Separates the two ends of an interval, in a text with single spaces."""


def waiting(response: Response) -> str:
    """Return what is asked next: the interval, its high end, or the number."""
    low, high, _ = parts(response)
    return "number" if low and high else "high end" if low else "interval"


def read_response(form: Predict, response: Response, text: str) -> ParsedInput:
    """Read both ends, at once or one at a time; then the number, which completes the answer."""
    low, high, _ = parts(response)
    if low and high:
        return ParsedInput((low, high, text.strip()), submit=True)
    ends = [low, text.strip()] if low else [end.strip() for end in BETWEEN.split(" ".join(text.split()), maxsplit=1)]
    low, high = (*ends, "")[:2]
    if not high:
        wrong = interval(form, (low, low))
        if isinstance(wrong, str):
            return ParsedInput(("", "", ""), wrong)
        return ParsedInput((low, "", ""), read_as(form, (low, "", ""), interpreted=True))
    wrong = interval(form, (low, high))
    if isinstance(wrong, str):
        return ParsedInput(("", "", ""), wrong)
    words = [f"Your interval: {low} to {high}.", read_as(form, (low, high, ""), interpreted=True), "Now the number."]
    return ParsedInput((low, high, ""), " ".join(filter(None, words)))


def take_back(response: Response) -> ParsedInput:
    """Clear the number; if there is none, the interval."""
    low, high, typed = parts(response)
    return ParsedInput((low, high, "") if typed else ("", "", ""))


def parts(response: Response) -> tuple[str, str, str]:
    """Return the low end, the high end and the number, each empty if not given."""
    low, high, typed = (*texts(response), "", "", "")[:3]
    return low, high, typed
