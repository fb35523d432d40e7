"""Readings, their questions, and notes."""

from __future__ import annotations

from dev2cto.study.state.highlights import highlights, toggle_cue
from dev2cto.study.state.location import Location
from tests.support.pilot_driver import Driver
from tests.support.tour.home import notebook
from tests.support.tour.stops import STOPS, stop


async def reading(d: Driver) -> None:
    """The first reading."""
    d.app.go(Location("reading", ("s-contracts",)))
    await d.settle()


STOPS["reading"] = reading


@stop("reading, further on")
async def reading_on(d: Driver) -> None:
    """In its second section."""
    await reading(d)
    await d.press("right")


@stop("reading, choosing a passage")
async def choosing(d: Driver) -> None:
    """A passage being chosen."""
    await reading(d)
    await d.press("c", "space")


@stop("reading, highlighted")
async def highlighted(d: Driver) -> None:
    """A passage that was highlighted."""
    await choosing(d)
    await d.press("m")


@stop("cues")
async def cues(d: Driver) -> None:
    """A passage to recall."""
    await highlighted(d)
    toggle_cue(d.app.study, highlights(d.app.study)[0])
    d.app.go(Location("cues"))
    await d.settle()


@stop("cues, passage shown")
async def cue_shown(d: Driver) -> None:
    """The passage, to be rated."""
    await cues(d)
    await d.press("1")


@stop("reading, finding")
async def finding(d: Driver) -> None:
    """Words being typed."""
    await reading(d)
    await d.press("slash")


@stop("reading, found")
async def found(d: Driver) -> None:
    """A find that is on."""
    await reading(d)
    await d.press("slash", *"the", "enter")


@stop("reading, check")
async def check(d: Driver) -> None:
    """An inline question."""
    await reading(d)
    for _ in range(20):
        if d.page.focused is not None:
            return
        await d.press("enter")


@stop("reading, check, how sure")
async def check_sure(d: Driver) -> None:
    """An inline question that asks for the confidence."""
    await check(d)
    await d.press("1", "enter")


@stop("reading, check answered")
async def check_answered(d: Driver) -> None:
    """An inline question with its verdict on screen."""
    await check_sure(d)
    await d.press("3")


@stop("outline")
async def outline(d: Driver) -> None:
    """The sections to choose from."""
    await reading(d)
    await d.press("o")


@stop("terms")
async def terms(d: Driver) -> None:
    """The terms of a reading."""
    await reading(d)
    await d.press("g")


@stop("sources")
async def sources(d: Driver) -> None:
    """The sources of a reading."""
    await reading(d)
    await d.press("i")


@stop("note")
async def note(d: Driver) -> None:
    """A note being written."""
    await reading(d)
    await d.press("e")


@stop("note, below the text")
async def note_below(d: Driver) -> None:
    """Save or leave."""
    await note(d)
    await d.press("a", "tab")


@stop("note again")
async def note_again(d: Driver) -> None:
    """An old note."""
    await notebook(d)
    await d.press("enter")


@stop("reading, said")
async def reading_said(d: Driver) -> None:
    """An inline question that is answered in one's own words."""
    d.app.go(Location("reading", ("s-contracts", "limits")))
    await d.settle()
    await d.press("enter")


@stop("reading, said, ticking")
async def reading_ticking(d: Driver) -> None:
    """The points of the answer to it."""
    await reading_said(d)
    await d.press("a", "tab", "enter", "6")


@stop("reading, said, ticked")
async def reading_ticked(d: Driver) -> None:
    """Back in the text."""
    await reading_ticking(d)
    await d.press("tab")


@stop("reading, bookmark set")
async def bookmarked(d: Driver) -> None:
    """A bookmark just set, which can be undone."""
    await reading(d)
    await d.press("m")
