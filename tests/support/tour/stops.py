"""The states of a tour, each with the way to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.support.pilot_driver import Driver

Way = Callable[[Driver], Awaitable[None]]
STOPS: dict[str, Way] = {}
"""Each state by its name, with the way there from a freshly opened home."""


def stop(name: str) -> Callable[[Way], Way]:
    """Add a state to the tour."""

    def added(way: Way) -> Way:
        STOPS[name] = way
        return way

    return added
