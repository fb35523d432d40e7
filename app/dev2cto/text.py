"""Helpers for displayed text, such as removing escape sequences from untrusted text."""

from __future__ import annotations


def sanitize(text: str) -> str:
    """Remove escape sequences and control, zero-width and direction characters; a tab becomes four spaces.

    Variation selectors are removed too: terminals disagree on the width of the character before them.
    """
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    if text.replace("\n", "").replace("\u00a0", " ").isprintable() and max(text, default="") < "\ufe00":
        return text  # below that, what cannot be shown is all that there is to remove
    from dev2cto.escapes import CONTROLS, ESCAPES  # few texts need them, and compiling them takes long

    return CONTROLS.sub("", ESCAPES.sub("", text))


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


def shortened(text: str, most: int) -> str:
    """Return a one-line text of at most `most` characters: whole words, and "..." for those left out."""
    if len(text) <= most:
        return text
    kept = text[: most - len(" ...") + 1]
    whole = kept.rpartition(" ")[0].rstrip()
    return f"{whole or kept[:-1]} ..."
