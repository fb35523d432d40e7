"""What the fields of the record's rows (rows.py) hold: times, values of any shape, and values with fields of their own.

JSON has no tuples: `tuple[float, str]` is a list of that many values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypedDict as TypedDict
else:

    class TypedDict:
        """A stand-in for typing.TypedDict, whose import would cost 2.5 ms at every start; calling it makes a dict."""

        def __init_subclass__(cls, total: bool = True) -> None:
            cls.total = total

        def __new__(cls, *documents: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
            return dict(*documents, **fields)


Timestamp = str
"""ISO 8601 with a time zone; written in UTC."""
Day = str
"""A study day as ISO date; older records have a timestamp instead."""
Json = Any
"""Any JSON value whose numbers are finite."""
Given = Any
"""A response as `location.to_json` returns it: null, a text, a list of texts, or texts by name."""
BlobRef = Any
"""{"blob": name of the file that holds the value, "size": bytes}, in place of a large value."""


class DrawValues(TypedDict, total=False):
    """The parameter values of an item or a calculation, and the order of its options."""

    order: list[str]
    given: dict[str, float]


class PeriodMoves(TypedDict, total=False):
    """The moves of one period of a simulation: amounts by budget and use, and the choices made."""

    amounts: dict[str, dict[str, float]]
    choices: list[str]


class PlaceExtra(TypedDict, total=False):
    """What a screen needs to restore its state; what is not listed may be any JSON value."""

    answer: str
    at: str
    begun: dict[str, Json]
    command: tuple[str, int]
    comment: str
    criterion: int
    draw: DrawValues
    editing: str
    find_cursor: int
    hints: int
    judged: int | bool
    only: list[str]
    open: list[str]
    over: int
    overview: int | bool
    part: int
    row: int | str
    stage: str
    taken: int
    top: int
    under: dict[str, Json]
