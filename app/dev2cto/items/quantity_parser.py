"""Parses numbers and units as people type them: "2,300 ms", "$6,930", "38.7 %", "1e3", "1.5 x 10^3"."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

MAX_TYPED = 80
"""In characters; a longer text is not taken for a number."""

DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
RAISED = {ord(sign): f"^{digit}" for digit, sign in enumerate(SUPERSCRIPTS)}
"""Replaced before NFKC, which would turn 10 with a superscript 3 into 103."""
ABOUT = re.compile(r"(?:about|approximately|approx\.?|roughly|around|circa|ca\.?|[~\u2248\u223c=])\s*", re.IGNORECASE)
CURRENCY = r"(?P<money>(?:us|a|c)?\$|\u20ac|\u00a3|\u00a5|usd|eur|gbp|chf)"
NUMBER = re.compile(
    rf"(?P<sign>[-+]?)\s*{CURRENCY}?\s*(?P<late>-?)"
    r"(?P<digits>"
    r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?"  # 2,300.5
    r"|[1-9]\d{0,2}(?:[ '\u2019]\d{3})+(?:[.,]\d*)?"  # 2 300,5
    r"|[1-9]\d{0,2}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}"  # 2.300,5 and 2.300.000
    r"|\d[\d_]*(?:[.,]\d*)?|[.,]\d+"  # 2300.5, 2300,5, .5, 0,075
    r")"
    r"(?:e(?P<power>[-+]?\d{1,4})|\s*[x*\u00d7\u00b7]\s*10\s*(?:\^|\*\*)\s*(?P<raised>[-+]?\d{1,4}))?"
    r"\s*(?P<unit>(?:[^\d\s](?:[^\d]|\^\d)*)?)",
    re.IGNORECASE,
)

SAME = {
    "ms": "msec msecs millisecond milliseconds",
    "\u03bcs": "us usec microsecond microseconds",
    "s": "sec secs second seconds",
    "min": "mins minute minutes",
    "h": "hr hrs hour hours",
    "d": "day days",
    "wk": "week weeks wks",
    "mo": "month months",
    "y": "yr yrs year years",
    "%": "percent per-cent pct",
    "USD": "$ us$ usd dollar dollars",
    "EUR": "\u20ac eur euro euros",
    "GBP": "\u00a3 gbp pound pounds",
    "B": "byte bytes",
    "request": "req reqs",
    "request/s": "rps",
}
SYNONYMS = {word: unit for unit, words in SAME.items() for word in words.split()}
MAGNITUDES = {"k": 1e3, "thousand": 1e3, "mio": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
CAPITALS = {"K": 1e3, "M": 1e6, "B": 1e9}
"""Magnitudes in capitals only: a small m may be a minute, a metre or a thousandth."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A finite number and the unit after it (or the currency before it); the unit is empty if none was typed."""

    value: float
    unit: str = ""


@lru_cache(maxsize=1024)
def quantity(text: str) -> Quantity | None:
    """Parse a typed text as one quantity; None if it is not a number, or several."""
    text = " ".join(text.split())
    if len(text) > 4 * MAX_TYPED:
        return None
    typed = unicodedata.normalize("NFKC", text.translate(RAISED)).translate(DASHES)
    typed = re.sub(r"\s+", " ", typed).strip().rstrip(".?!,;").strip()
    if not typed or len(typed) > MAX_TYPED:
        return None
    found = NUMBER.fullmatch(ABOUT.sub("", typed, count=1) if ABOUT.match(typed) else typed)
    if found is None or (found["sign"] and found["late"]):
        return None
    power = found["power"] or found["raised"] or "0"
    value = float(f"{_plain(found['digits'])}e{power}")
    if not math.isfinite(value):
        return None
    sign = -1 if "-" in (found["sign"], found["late"]) else 1
    times, unit = _split(found["unit"].strip())
    if found["money"] and (not unit or unit.startswith("/")):
        unit = found["money"] + unit
    return Quantity(sign * value, f"{times} {unit}".strip())


def split_magnitude(unit: str) -> tuple[float, str]:
    """Split a magnitude from the unit after it: "k/month" is (1000.0, "/month"); (1.0, unit) without one."""
    word, rest = _split(unit)
    return (CAPITALS.get(word) or MAGNITUDES[word.casefold()], rest) if word else (1.0, unit)


def _split(unit: str) -> tuple[str, str]:
    """Split a magnitude from the unit after it: "k/month" is ("k", "/month"); without a magnitude, ("", unit)."""
    word = re.split(r"[ /]", unit, maxsplit=1)[0]
    known = word in CAPITALS or (word if len(word) == 1 else word.casefold()) in MAGNITUDES
    return (word, unit[len(word) :].strip()) if known else ("", unit)


def _plain(digits: str) -> str:
    digits = re.sub(r"[ '\u2019_]", "", digits)
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?", digits):
        return digits.replace(",", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}", digits):
        return digits.replace(".", "").replace(",", ".")
    return digits.replace(",", ".")


def factor(typed: str, unit: str, units: Mapping[str, float]) -> float | None:
    """Return the factor that converts the typed unit to `unit`; None if it is a different unit.

    `units` maps other accepted units to their factors. An empty `typed` means `unit`. "k" and "million" multiply unless
    they are units themselves.
    """
    if not typed or same_unit(typed, unit):
        return 1.0
    known = {unit: 1.0, **units}
    exact = [times for name, times in known.items() if same_unit(typed, name)]
    if exact:
        return exact[0]
    loose = {times for name, times in known.items() if canonical(typed).casefold() == canonical(name).casefold()}
    if len(loose) == 1:
        return loose.pop()
    if typed.startswith("/") and canonical(unit).endswith(canonical(typed)):
        return 1.0
    times, rest = split_magnitude(typed)
    if rest != typed:
        inner = factor(rest, unit, units)
        return None if inner is None else inner * times
    return None if unit else 1.0


def same_unit(one: str, other: str) -> bool:
    """Return whether both name the same unit, like "seconds" and "s", or "requests per second" and "request/s"."""
    return canonical(one) == canonical(other)


@lru_cache(maxsize=256)
def canonical(unit: str) -> str:
    """Return the canonical spelling of a unit, for comparison."""
    text = unicodedata.normalize("NFKC", unit.translate(RAISED)).translate(DASHES).strip().strip("`").rstrip(".")
    text = re.sub(r" per | ?/ ?", "/", " ".join(text.split()))
    text = re.sub(r"\bper cent\b", "%", text)
    whole = SYNONYMS.get(text.casefold(), text)
    return "/".join(_singular(part) for part in whole.split("/"))


def _singular(word: str) -> str:
    if word.casefold() in SYNONYMS:
        return SYNONYMS[word.casefold()]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
