"""Check a note to an executive against six rules."""

import re

ASK = {"approve", "decide", "decision", "choose", "confirm", "agree"}
KNOWN = {"CEO", "SMS", "EU", "US", "OK"}
LINKS = {"to", "of", "in", "or", "and"}
NO_UNIT = LINKS | {"on", "at", "by", "from", "since", "until", "with", "is", "are", "was", "were", "than", "the", "a"}
PUNCTUATION = ".,;:!?"
RULES = ("ask", "length", "number", "acronym", "reading", "owner")

NUMBER = re.compile(r"\d[\d,]*(\.\d+)?")
PRICED = re.compile(r"[$€]\d[\d,]*(\.\d+)?|\d[\d,]*(\.\d+)?%")
ACRONYM = re.compile(r"([A-Z]{2,})s?")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b\d{{1,2}} ({MONTHS})\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b")
OWNER = re.compile(r"^Owner: +[A-Z]\w+", re.MULTILINE)


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
    return any(bare(token).lower() in ASK for token in note.split()[:40])


def bare_numbers(note: str) -> list[str]:
    """Numbers without a unit, in order, as they are written."""
    tokens = note.split()
    return [bare(token) for i, token in enumerate(tokens) if NUMBER.fullmatch(bare(token)) and not has_unit(tokens, i)]


def has_unit(tokens: list[str], i: int) -> bool:
    """Whether the number at i has a unit of its own or borrows the one of the number it is linked to."""
    if tokens[i][-1] in PUNCTUATION + ")" or i + 1 == len(tokens):
        return False
    follower = bare(tokens[i + 1])
    if follower in LINKS and i + 2 < len(tokens):
        partner = bare(tokens[i + 2])
        if PRICED.fullmatch(partner):
            return True
        return bool(NUMBER.fullmatch(partner)) and has_unit(tokens, i + 2)
    return follower[:1].isalpha() and follower.lower() not in NO_UNIT


def undefined(note: str) -> list[str]:
    """Abbreviations not explained at their first occurrence, each once."""
    tokens = note.split()
    seen: dict[str, bool] = {}
    for i, token in enumerate(tokens):
        match = ACRONYM.fullmatch(bare(token))
        if match is None or match[1] in KNOWN or match[1] in seen:
            continue
        in_brackets = i > 0 and token.startswith("(") and ")" in token
        before_brackets = i + 1 < len(tokens) and tokens[i + 1].startswith("(")
        seen[match[1]] = in_brackets or before_brackets
    return [name for name, explained in seen.items() if not explained]


def reading_ease(note: str) -> float:
    """Flesch's reading ease: higher is easier."""
    words = re.findall(r"[A-Za-z']+", note)
    sentences = max(1, len(re.findall(r"[.!?]+(?=\s|$)", note)))
    per_word = sum(syllables(word) for word in words) / len(words)
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * per_word


def signed(note: str) -> bool:
    """Whether a line names an owner and a date stands somewhere."""
    return bool(OWNER.search(note) and DATE.search(note))


def lint(note: str) -> list[str]:
    """The names of the broken rules, in the order of RULES."""
    broken = {
        "ask": not asks_early(note),
        "length": len(note.split()) > 200,
        "number": bool(bare_numbers(note)),
        "acronym": bool(undefined(note)),
        "reading": reading_ease(note) < 50,
        "owner": not signed(note),
    }
    return [rule for rule in RULES if broken[rule]]
