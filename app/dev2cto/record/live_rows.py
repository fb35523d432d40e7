"""The row types of live tables, which change with every key, and of tables that are derived or rewritten as a whole.

rows.py has the others, and how they are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dev2cto.record.row_values import Day, DrawValues, Given, PlaceExtra, Timestamp, TypedDict

if TYPE_CHECKING:
    from typing import NotRequired


class PositionRow(TypedDict):
    """The position in a reading, independent of the terminal's width. Its id: reading."""

    section: str
    block: int
    """Index within the section, from 0."""
    offset: int
    """Characters into the block."""
    furthest: str
    """The furthest section reached."""
    at: Timestamp


class PlaceRow(TypedDict):
    """The screen a session is on. Its id: device.slot."""

    screen: str
    ids: list[str]
    """Ids of what the screen shows."""
    response: Given
    """The response chosen but not submitted."""
    cursor: int
    extra: PlaceExtra
    """Whatever else the screen needs to restore its state."""
    at: Timestamp


class ResponseRow(TypedDict):
    """A response chosen but not submitted. Its id: attempt:item of a quiz, check:item in a reading.

    Under attempt:clock, the time that an exam has taken.
    """

    response: Given
    used: NotRequired[int]
    """Seconds, of an exam."""
    at: Timestamp


class DraftRow(TypedDict):
    """An unsubmitted text. Its id: owner/device.slot."""

    text: str
    cursor: int
    """Offset in characters."""
    used: NotRequired[int]
    """Milliseconds spent on a timed answer."""
    at: Timestamp


class SumRow(TypedDict, total=False):
    """A summary of many events, as home shows it. The kind in its id determines its fields.

    Its id: kind:module, objective, item, attempt or writer.
    """

    scores: dict[str, tuple[float, str]]
    """objective: latest score and its time, by item."""
    best: float
    """quiz, final: the best score; likewise `last`, `passed`, `attempts`."""
    last: float
    passed: bool
    attempts: int
    asked: dict[str, str]
    """final: when a form asked it, by item."""
    state: Literal["begun", "done"]
    """exercise, reading, module."""
    helped: bool
    """exercise."""
    quiz: str
    """open: the module's id."""
    form: Literal["final"]
    """open."""
    promises: dict[str, tuple[Day, Day, str, str]]
    """promises: the open ones by id: the days from and until (exclusive) which they are brought up, reading, words."""
    id: str
    """check: id of the answer on the page; likewise `response`, `draw`, `confidence`, `fingerprint`, `ms`."""
    response: Given
    draw: DrawValues
    confidence: int
    fingerprint: str
    ms: int
    files: dict[str, int]
    """seen: bytes read of each journal of other sessions."""
    rules: int
    """seen: version of the rules that the sums were computed by."""
    at: Timestamp


class CardRow(TypedDict):
    """When an item is next due: its FSRS state. Its id: item."""

    due: Day
    stability: float
    difficulty: float
    last: Day
    """When it was last reviewed."""
    reviews: int


class CourseSeenRow(TypedDict):
    """The course as a machine last saw it. Its id: course/device."""

    readings: dict[str, str]
    """Fingerprints by id; likewise `exercises` and `items`."""
    exercises: dict[str, str]
    items: dict[str, str]
    renamed: dict[str, str]
    version: str
    at: Timestamp
