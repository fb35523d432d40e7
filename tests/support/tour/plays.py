"""Scenarios and simulations."""

from __future__ import annotations

from tests.support import fake_learner as learner
from tests.support.pilot_driver import Driver
from tests.support.tour.exercises import exercise
from tests.support.tour.stops import stop


@stop("scenario, brief")
async def scenario(d: Driver) -> None:
    """A scenario's brief."""
    await exercise(d, "t-x-friday")


@stop("scenario, scene")
async def scene(d: Driver) -> None:
    """A decision."""
    await scenario(d)
    await d.press("enter")


@stop("scenario, result")
async def consequence(d: Driver) -> None:
    """What came of it."""
    await scene(d)
    await d.press("1", "enter")


@stop("scenario, log")
async def log(d: Driver) -> None:
    """What happened so far."""
    await consequence(d)
    await d.press("l")


@stop("scenario, script for two people")
async def script(d: Driver) -> None:
    """What two people practise."""
    await scene(d)
    await d.press("t")


@stop("scenario, ending")
async def ending(d: Driver) -> None:
    """An ending."""
    learner.decide(d.app.study)
    await scenario(d)


@stop("scenario, debrief")
async def debrief(d: Driver) -> None:
    """The paths not taken."""
    await ending(d)
    await d.press("enter")


@stop("simulation, brief")
async def simulation(d: Driver) -> None:
    """A simulation's brief."""
    await exercise(d, "t-x-two-quarters")


@stop("simulation, dividing")
async def dividing(d: Driver) -> None:
    """Amounts to be divided."""
    await simulation(d)
    await d.press("enter")


@stop("simulation, divided")
async def divided(d: Driver) -> None:
    """Amounts that can be less and more."""
    await dividing(d)
    await d.press("2", "0", "down", "right")


@stop("simulation, report")
async def period_report(d: Driver) -> None:
    """What a period brought."""
    await dividing(d)
    await d.press("6", "0", "enter", "enter")


@stop("simulation, decision")
async def period_decision(d: Driver) -> None:
    """A decision."""
    await period_report(d)
    await d.press("enter", *"60", "enter", "enter")


@stop("simulation, log")
async def simulation_log(d: Driver) -> None:
    """What happened so far."""
    await period_report(d)
    await d.press("l")


@stop("simulation, ending")
async def simulation_ending(d: Driver) -> None:
    """An ending."""
    learner.simulate(d.app.study)
    await simulation(d)


@stop("simulation, debrief")
async def simulation_debrief(d: Driver) -> None:
    """All figures, and what was luck."""
    await simulation_ending(d)
    await d.press("enter")
