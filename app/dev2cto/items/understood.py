"""How a typed number is understood, in words: shown before an answer counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from dev2cto.items.base import number
from dev2cto.items.quantity_parser import factor, quantity, split_magnitude

CERTAIN = r"[-+]?\d+(?:\.\d+)? ?"
"""Digits that can be read in one way only, if there are not three of them after the point."""
THREE = re.compile(r"(?<![\d.,])[1-9]\d{0,2}([.,])\d{3}(?!\d|[.,]\d)")
"""A point or a comma before exactly three digits: decimals in one country, thousands in another."""


class Understood(NamedTuple):
    """A typed number as it is understood."""

    words: str
    """The value and its unit, without commas: "0.075 ms", "12 500 EUR"."""
    instead: str = ""
    """How to write the number that the same digits could mean elsewhere; empty if they can only mean this one."""
    certain: bool = False
    """Whether it was typed just like that, so that nothing had to be interpreted."""


def understood(text: str, unit: str) -> Understood | None:
    """How a typed text is understood where `unit` is wanted; None if it is not one number."""
    typed = quantity(text)
    if typed is None:
        return None
    times = factor(typed.unit, unit, {})
    if times is not None:
        value, shown = typed.value * times, unit
    else:
        times, shown = split_magnitude(typed.unit)
        value = typed.value * times
    text = " ".join(text.split())
    mark = THREE.search(text)
    certain = not mark and times == 1 and bool(re.fullmatch(CERTAIN + re.escape(typed.unit), text))
    instead = spaced(typed.value * (0.001 if mark[1] == "," else 1000)) if mark else ""
    return Understood(f"{spaced(value)} {shown}".strip(), instead, certain)


def spaced(value: float) -> str:
    """The number with spaces between thousands: a comma could be taken for a decimal one."""
    return number(value).replace(",", " ")
