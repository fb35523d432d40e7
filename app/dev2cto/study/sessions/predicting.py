"""The interval that a learner gives before a number: its fields in the record and its feedback."""

from __future__ import annotations

from typing import Any

from dev2cto.items.base import Draw, Item, number
from dev2cto.items.forms import Response
from dev2cto.items.numeric import Numeric
from dev2cto.learning.intervals import Interval


def predicted(item: Item, response: Response, draw: Draw) -> Interval | None:
    """The interval in that response with the true value; None if none was given."""
    ends = item.predicted(response) if isinstance(item, Numeric) else None
    return Interval(*ends, item.value(draw)) if ends is not None and isinstance(item, Numeric) else None


def kept(item: Item, response: Response, draw: Draw) -> dict[str, Any]:
    """The interval's fields for the answer's document; empty if none was given."""
    found = predicted(item, response, draw)
    if found is None:
        return {}
    return {"range": [found.low, found.high], "held": found.held, "interval": round(found.score, 6)}


def interval_result(item: Item, response: Response, draw: Draw) -> str:
    """Message whether the interval holds the answer and how wide it is; empty if none was given."""
    found = predicted(item, response, draw)
    if found is None:
        return ""
    unit = getattr(item, "unit", "")
    ends = f"{number(found.low)} to {number(found.high)} {unit}".strip()
    share = f", {found.width / abs(found.value) * 100:.0f} % of the answer" if found.value else ""
    wide = f"{number(found.width)} {unit}".strip()
    return f"Your interval, {ends}, {'holds' if found.held else 'misses'} the answer. It is {wide} wide{share}."
