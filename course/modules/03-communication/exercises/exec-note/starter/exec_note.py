"""Check a note to an executive against six rules.

syllables() and bare() are finished. The other functions are a first attempt: they run, and each is wrong somewhere.
"""

import re

ASK = {"approve", "decide", "decision", "choose", "confirm", "agree"}
KNOWN = {"CEO", "SMS", "EU", "US", "OK"}
LINKS = {"to", "of", "in", "or", "and"}
NO_UNIT = LINKS | {"on", "at", "by", "from", "since", "until", "with", "is", "are", "was", "were", "than", "the", "a"}
PUNCTUATION = ".,;:!?"
RULES = ("ask", "length", "number", "acronym", "reading", "owner")


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end, at least one."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith("le"):
        groups -= 1
    return max(1, groups)


def bare(token: str) -> str:
    """The token without brackets and without punctuation at its ends."""
    return token.strip("()[]\"'" + PUNCTUATION)


def asks_early(note: str) -> bool:
    """Whether one of the ASK words stands among the first 40 words."""
    return any(word in note.lower() for word in ASK)


def bare_numbers(note: str) -> list[str]:
    """Numbers without a unit, in order, as they are written."""
    return re.findall(r"\d+$", note, re.MULTILINE)


def undefined(note: str) -> list[str]:
    """Abbreviations not explained at their first occurrence, each once."""
    return re.findall(r"[A-Z]{2,}", note)


def reading_ease(note: str) -> float:
    """Flesch's reading ease: higher is easier."""
    return 206.835 - 1.015 * len(note.split()) / max(1, note.count("."))


def signed(note: str) -> bool:
    """Whether a line names an owner and a date stands somewhere."""
    return "Owner" in note


def lint(note: str) -> list[str]:
    """The names of the broken rules, in the order of RULES."""
    broken = {
        "ask": not asks_early(note),
        "length": len(note) > 200,
        "number": bool(bare_numbers(note)),
        "acronym": bool(undefined(note)),
        "reading": reading_ease(note) < 50,
        "owner": not signed(note),
    }
    return [rule for rule in RULES if broken[rule]]
