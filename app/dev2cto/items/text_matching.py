"""Compares typed texts leniently: quotes, dashes, case and spacing are ignored, and typos are detected."""

from __future__ import annotations

import re
import unicodedata

SINGLE = "\u2018\u2019\u201a\u201b\u2032\u00b4`"
DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
QUOTES = str.maketrans(SINGLE + DOUBLE, "'" * len(SINGLE) + '"' * len(DOUBLE))
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
SHORTEST = 4
"""The shortest word with typos: in shorter ones, one edit makes another word (ETL, ELT)."""


def plain_signs(text: str) -> str:
    """Return the text in NFKC with plain quotes and dashes."""
    return unicodedata.normalize("NFKC", text.translate(QUOTES)).translate(DASHES)


def normalized(text: str) -> str:
    """Normalise a text for comparison: plain signs, single spaces, case folded, no enclosing quotes or full stop."""
    plain = re.sub(r"\s+", " ", plain_signs(text)).strip()
    if len(plain) > 2 and plain[0] == plain[-1] and plain[0] in "'\"":
        plain = plain[1:-1].strip()
    plain = re.sub(r"(?<=[^\W\d_])\.$", "", plain)
    return plain.casefold()


def is_typo(typed: str, meant: str) -> bool:
    """Return whether two normalised texts differ by exactly one typo.

    One edit of Damerau (1964): a character added, left out, replaced, or swapped with its neighbour. Differing digits
    are never a typo: 8080 and 8081 are two answers.
    """
    if typed == meant or len(meant) < SHORTEST or abs(len(typed) - len(meant)) > 1:
        return False
    if re.sub(r"\D", "", typed) != re.sub(r"\D", "", meant):
        return False
    start = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    a, b = typed[start:], meant[start:]
    swapped = len(a) > 1 and a[1::-1] == b[:2] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def as_code(text: str, most: int = 60) -> str:
    """Return a learner's text as Markdown code, cut to one line of `most` characters."""
    line = " ".join(text.split())
    line = line if len(line) <= most else line[: most - 3] + "..."
    if not line:
        return "*nothing*"
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", line)), default=0) + 1)
    pad = " " if "`" in line else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def block(text: str, lang: str = "") -> str:
    """Return a text as a fenced Markdown block; the fence is longer than any run of backticks in it."""
    fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    body = text.rstrip("\n")
    return f"{fence}{lang}\n{body}\n{fence}"
