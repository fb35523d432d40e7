"""The final form."""

from __future__ import annotations

from dev2cto.items.forms import PickOne
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.final import FinalPage
from tests.support.capstone import take_final
from tests.support.pilot_driver import Driver
from tests.support.tour.stops import stop


@stop("final form, start")
async def final_start(d: Driver) -> None:
    """What to expect."""
    d.app.go(Location("final", ("c11",)))
    await d.settle()


@stop("final form, question")
async def final_question(d: Driver) -> None:
    """A question with options."""
    form = d.app.study.final("c11")
    d.app.go(Location("final", ("c11", form.id)))
    await d.settle()
    page = d.page
    assert isinstance(page, FinalPage)
    asked = next(question for n in range(1, 9) if (question := form.question(n)) and isinstance(question.form, PickOne))
    await page.ask(asked)
    await d.settle()


@stop("final form, how sure")
async def final_sure(d: Driver) -> None:
    """The confidence is asked."""
    await final_question(d)
    await d.press("1", "enter")


@stop("final form, overview")
async def final_overview(d: Driver) -> None:
    """All questions."""
    await final_question(d)
    await d.press("o")


@stop("final form, result")
async def final_result(d: Driver) -> None:
    """The end, part of it missed."""
    form = d.app.study.final("c11")
    take_final(form, miss=form.order[:3])
    d.app.go(Location("final", ("c11", form.id)))


@stop("final form, all answers")
async def final_answers(d: Driver) -> None:
    """The answers."""
    await final_result(d)
    await d.settle()
    await d.press("v")
