"""The interval that is given before a number: what is kept of it, and what is said of it."""

from __future__ import annotations

from typing import Any

from dev2cto.items.base import Draw, Item, number
from dev2cto.items.forms import Response
from dev2cto.items.numeric import Numeric
from dev2cto.learning.intervals import Interval


def predicted(item: Item, response: Response, draw: Draw) -> Interval | None:
    """The interval of that response and the answer; None where none was given."""
    ends = item.predicted(response) if isinstance(item, Numeric) else None
    return Interval(*ends, item.value(draw)) if ends is not None and isinstance(item, Numeric) else None


def kept(item: Item, response: Response, draw: Draw) -> dict[str, Any]:
    """What an answer's document keeps of it; nothing where there is none."""
    found = predicted(item, response, draw)
    if found is None:
        return {}
    return {"range": [found.low, found.high], "held": found.held, "interval": round(found.score, 6)}


def interval_result(item: Item, response: Response, draw: Draw) -> str:
    """Whether the interval held the answer and how wide it was; empty where there is none."""
    found = predicted(item, response, draw)
    if found is None:
        return ""
    unit = getattr(item, "unit", "")
    ends = f"{number(found.low)} to {number(found.high)} {unit}".strip()
    share = f", {found.width / abs(found.value) * 100:.0f} % of the answer" if found.value else ""
    wide = f"{number(found.width)} {unit}".strip()
    return f"Your interval, {ends}, {'holds' if found.held else 'misses'} the answer. It is {wide} wide{share}."
