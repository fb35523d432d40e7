"""The life of a promise: an if-then plan ("After ..., I will ...") that the learner makes from a reading.

Plans of this form move behaviour: Sheeran, Listrom and Gollwitzer, "The when and how of planning: Meta-analysis of the
scope and components of implementation intentions in 642 tests", European Review of Social Psychology 36 (2025).

A promise is made, is asked about from its day on, and is then kept or let go. It may be put off once; one that was let
go can still be kept. It is brought up for two weeks. If it goes unanswered, nothing asks any more: it stays open in the
notebook, where it can be answered at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

Result = Literal["kept", "later", "let go"]
"""What the learner says when asked: did it, not yet, or not going to."""
State = Literal["open", "kept", "let go"]
ASKED_FOR = timedelta(days=14)
"""How long a promise that is due is brought up."""
FIRST_ASKED = timedelta(days=7)
"""When a promise is asked about, unless the learner names a day."""
PUT_OFF = timedelta(days=7)
"""When it is asked about once more."""
FURTHEST = timedelta(days=366)
REST = timedelta(days=7)
"""How old an outcome is before a review looks back on it."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7}


class Outcome(NamedTuple):
    """One answer to "did you, and what happened?"."""

    result: Result
    note: str
    """What happened, on one line; may be empty."""
    at: str
    """When it was given: ISO 8601, UTC."""
    again: date | None = None
    """Of "later": the day on which to ask once more."""


class Life(NamedTuple):
    """How far a promise is."""

    state: State
    day: date
    """The day from which it is asked about."""
    put_off: bool

    def is_due(self, today: date) -> bool:
        """Whether it is to be brought up on that day."""
        return self.state == "open" and self.day <= today < self.until

    @property
    def until(self) -> date:
        """The first day on which it is no longer brought up."""
        return self.day + ASKED_FOR

    @property
    def choices(self) -> tuple[Result, ...]:
        """What can be said of it now."""
        match self.state:
            case "open":
                return ("kept", "let go") if self.put_off else ("kept", "later", "let go")
            case "let go":
                return ("kept",)
            case "kept":
                return ()


def life(day: date, outcomes: Iterable[Outcome]) -> Life:
    """Return how far a promise is that was made for that day, given its outcomes in any order.

    Two machines may have answered it before they met: kept on one of them is kept, let go on one of them is let go
    unless it was kept on the other, and two delays count as one, until the later day.
    """
    found = tuple(outcomes)
    results = {outcome.result for outcome in found}
    state: State = "kept" if "kept" in results else "let go" if "let go" in results else "open"
    return Life(state, max([day, *(outcome.again for outcome in found if outcome.again)]), "later" in results)


def day_named(text: str, today: date) -> date | None:
    """Return the day that a learner names, from tomorrow on and within a year; None if the text names no such day.

    For example "tomorrow", "friday", "next friday", "in 10 days", "in two weeks" and "2026-12-24". A weekday is the
    next one after today.
    """
    found = _day(text.lower().replace(",", " ").split(), today)
    return found if found is not None and today < found <= today + FURTHEST else None


def _day(words: list[str], today: date) -> date | None:
    if len(words) > 1 and words[0] in ("on", "in", "next"):
        words = words[1:]
    match words:
        case ["tomorrow"]:
            return today + timedelta(days=1)
        case [word] if len(word) > 2 and (number := _weekday(word)) is not None:
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
        case ["week"]:
            return today + timedelta(days=7)
        case [count, unit] if unit in _UNITS and (number := _number(count)) is not None:
            return today + timedelta(days=number * _UNITS[unit])
        case [word]:
            try:
                return date.fromisoformat(word)
            except ValueError:
                return None
        case _:
            return None


def _weekday(word: str) -> int | None:
    return next((n for n, name in enumerate(_WEEKDAYS) if name.startswith(word)), None)


def _number(word: str) -> int | None:
    if word.isdecimal() and len(word) < 4:
        return int(word)
    return _NUMBERS.get(word)
