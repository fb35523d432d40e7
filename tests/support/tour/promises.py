"""Promises: making one, looking back on one, and where they are listed."""

from __future__ import annotations

from dev2cto.study.state.location import Location
from tests.support.pilot_driver import Driver
from tests.support.tour.home import notebook
from tests.support.tour.reading import reading
from tests.support.tour.stops import stop


@stop("promise")
async def promise(d: Driver) -> None:
    """A promise as the reading proposes it."""
    await reading(d)
    await d.press("z")


@stop("promise, typing")
async def promise_typing(d: Driver) -> None:
    """Its first field."""
    await promise(d)
    await d.press("tab", "a")


@stop("reading, promised")
async def promised(d: Driver) -> None:
    """A promise just made, which can be undone."""
    await promise(d)
    await d.press("enter")


@stop("home, promise due")
async def home_due(d: Driver) -> None:
    """A promise to look back on."""


@stop("outcome")
async def outcome(d: Driver) -> None:
    """What happened, being typed."""
    await d.press("z", "a")


@stop("outcome, answers")
async def outcome_answers(d: Driver) -> None:
    """What can be said of it."""
    await d.press("z", "tab")


@stop("home, promise answered")
async def home_answered(d: Driver) -> None:
    """An answer just given, which can be undone."""
    await d.press("z", "tab", "enter")


@stop("outcome, kept")
async def outcome_kept(d: Driver) -> None:
    """A promise that was kept."""
    promise = d.app.study.home().promises[0][0]
    await home_answered(d)
    d.app.go(Location("outcome", (promise,)))
    await d.settle()


@stop("notebook, promise deleted")
async def notebook_promise_deleted(d: Driver) -> None:
    """A promise deleted, which can be undone."""
    await notebook(d)
    await d.press("d")
