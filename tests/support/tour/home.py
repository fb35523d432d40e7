"""Home and its neighbours."""

from __future__ import annotations

from datetime import timedelta

from dev2cto.study.state.location import Location
from tests.support.pilot_driver import Driver
from tests.support.tour.stops import stop


@stop("home")
async def home(d: Driver) -> None:
    """Where every session begins."""


@stop("home, lived in")
async def home_lived_in(d: Driver) -> None:
    """With reviews due and steps begun."""


@stop("too small")
async def too_small(d: Driver) -> None:
    """A terminal without room."""
    await d.pilot.resize_terminal(50, 10)


@stop("sessions")
async def sessions(d: Driver) -> None:
    """Somebody else has the record open."""


@stop("step")
async def step(d: Driver) -> None:
    """A step."""
    await d.press("1")


@stop("step, filtering")
async def step_filtering(d: Driver) -> None:
    """Words typed that parts of it have to contain."""
    await d.press("1", "slash", "e")


@stop("step, filtered")
async def step_filtered(d: Driver) -> None:
    """In the list of what is left."""
    await step_filtering(d)
    await d.press("down")


@stop("help")
async def help_(d: Driver) -> None:
    """Help."""
    await d.press("question_mark")


@stop("welcome")
async def welcome(d: Driver) -> None:
    """What a new learner is shown first."""
    await d.press("colon", *"welcome", "enter")


@stop("commands")
async def commands(d: Driver) -> None:
    """The palette, typing."""
    await d.press("colon")


@stop("commands, list")
async def commands_list(d: Driver) -> None:
    """The palette, in its list."""
    await d.press("colon", "down")


@stop("search")
async def search(d: Driver) -> None:
    """Search, typing."""
    await d.press("slash")


@stop("search with hits")
async def hits(d: Driver) -> None:
    """Search, with what was found."""
    await d.press("slash", *"call", "enter")


@stop("notebook")
async def notebook(d: Driver) -> None:
    """Notes and bookmarks."""
    await d.press("n")


@stop("notebook, note deleted")
async def notebook_deleted(d: Driver) -> None:
    """A note deleted, which can be undone."""
    await d.press("n", "d")


@stop("notebook, empty")
async def notebook_empty(d: Driver) -> None:
    """Before there are any."""
    await d.press("n")


@stop("glossary")
async def glossary(d: Driver) -> None:
    """Terms."""
    await d.press("g")


@stop("progress")
async def progress(d: Driver) -> None:
    """How it goes."""
    await d.press("p")


@stop("portfolio")
async def portfolio(d: Driver) -> None:
    """What was written."""
    d.app.go(Location("portfolio"))


@stop("plan")
async def plan(d: Driver) -> None:
    """The plan with a day set, and reviews beside the due ones."""
    d.app.study.set("finish_by", (d.app.study.today() + timedelta(days=90)).isoformat())
    d.app.go(Location("plan"))
    await d.settle()


@stop("transcript")
async def transcript(d: Driver) -> None:
    """What was done when."""
    d.app.go(Location("transcript"))


@stop("settings")
async def settings(d: Driver) -> None:
    """The choices."""
    d.app.go(Location("settings"))


@stop("settings, typing")
async def settings_typing(d: Driver) -> None:
    """A value being typed."""
    d.app.go(Location("settings"))
    await d.settle()
    await d.press("enter")


@stop("keys")
async def keys(d: Driver) -> None:
    """The learner's own keys."""
    d.app.go(Location("keys"))


@stop("keys, asking")
async def keys_asking(d: Driver) -> None:
    """A key being asked for."""
    d.app.go(Location("keys"))
    await d.settle()
    await d.press("enter")
