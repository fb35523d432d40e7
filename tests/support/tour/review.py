"""Reviews and reports."""

from __future__ import annotations

from dev2cto.tui.screens.question_page import QuestionPage
from dev2cto.tui.widgets.question import QuestionBox
from tests.support import fake_learner as learner
from tests.support.pilot_driver import Driver
from tests.support.tour.quiz import question
from tests.support.tour.stops import stop


@stop("report")
async def report(d: Driver) -> None:
    """A report being written."""
    await question(d, "s-retry")
    await d.press("exclamation_mark")


@stop("report, below the text")
async def report_below(d: Driver) -> None:
    """Save or leave."""
    await report(d)
    await d.press("a", "tab")


@stop("review")
async def review(d: Driver) -> None:
    """What is due."""
    await d.press("r")


@stop("review judged")
async def review_judged(d: Driver) -> None:
    """A verdict in a review."""
    await review(d)
    page = d.page
    assert isinstance(page, QuestionPage)
    asked = page.current
    assert asked is not None
    box = page.query_one(QuestionBox)
    box.post_message(QuestionBox.Answered(box, learner.given(d.app.study, asked)))


@stop("review over")
async def review_over(d: Driver) -> None:
    """Nothing is left today."""
    study = d.app.study
    session = study.review()
    while (asked := session.question()) is not None:
        session.answer(asked, learner.given(study, asked))
    await d.press("r")


@stop("review, nothing due")
async def review_nothing(d: Driver) -> None:
    """Nothing was ever learnt."""
    await d.press("r")
