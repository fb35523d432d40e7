"""Helpers for displayed text, such as removing escape sequences from untrusted text."""

from __future__ import annotations

import re

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_][^\x1b]*\x1b\\|\x1b[ -/]*[0-~]"
)
"""No part may run past the next escape character, so that the time grows with the length alone."""
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ud800-\udfff]"
)


def sanitize(text: str) -> str:
    """Remove escape sequences and control, zero-width and direction characters; a tab becomes four spaces.

    Variation selectors are removed too: terminals disagree on the width of the character before them.
    """
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    if text.isascii() and text.isprintable():
        return text
    return CONTROLS.sub("", _ESCAPES.sub("", text))


def pluralize(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: "1 note", "2 notes"; `plural` for nouns that do not just add s."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"


def with_unit(number: str, unit: str) -> str:
    """Return a formatted number with its unit: "3 weeks", "+1 week", "90 %", or the number alone without a unit."""
    if number.lstrip("+-") == "1" and unit.isalpha() and unit.endswith("s") and len(unit) > len("ms"):
        unit = unit.removesuffix("s")
    return f"{number} {unit}" if unit else number


def unbroken(text: str) -> str:
    """The text with no-break spaces, so that it stays on one line."""
    return text.replace(" ", "\u00a0")


def one_line(text: str) -> str:
    """Sanitize the text and collapse each run of white space to one space."""
    return " ".join(sanitize(text).split())
