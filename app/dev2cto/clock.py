"""The clock is passed in, so that tests can control time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Source of wall-clock and monotonic time."""

    def now(self) -> datetime:
        """Return the current time as an aware datetime in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards; only differences are meaningful."""
        ...


_FIRST, _LAST = datetime(1971, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)


def within_limits(at: datetime) -> datetime:
    """Return that time, or the nearest one in the years 1971 to 2999, so that days before and after it have a date."""
    return min(max(at, _FIRST), _LAST)


class SystemClock:
    """The system clock."""

    def now(self) -> datetime:
        """Return the current time as an aware datetime in UTC."""
        return within_limits(datetime.now(UTC))

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()
