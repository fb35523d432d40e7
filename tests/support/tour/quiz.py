"""Questions of a quiz or an exam, and their results."""

from __future__ import annotations

from dev2cto.study.sessions.quiz import Mode
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.quiz import QuizPage
from tests.support import fake_learner as learner
from tests.support.pilot_driver import Driver
from tests.support.tour.stops import STOPS, Way, stop

FORMS = {
    "pick one": "s-retry", "pick many": "s-compatible", "number": "s-burn", "line": "s-idempotent",
    "arrange": "s-rename", "pair": "s-runtimes", "group": "s-methods", "blanks": "s-cache-headers",
    "output": "s-closure", "mark lines": "s-race", "matrix": "s-quorum", "text": "s-adr", "said": "s-board",
    "predict": "s-budget-sum",
}  # fmt: skip
"""An item of the test course for each way of answering."""


@stop("quiz start")
async def quiz_start(d: Driver) -> None:
    """Practice or exam."""
    d.app.go(Location("quiz", ("t1",)))


async def question(d: Driver, item: str, mode: Mode = "practice") -> None:
    """That question in a quiz."""
    study = d.app.study
    session = study.quiz("t1", mode) if mode == "exam" else learner.asked_in_quiz(study, item)[0]
    d.app.go(Location("quiz", ("t1", session.id)))
    await d.settle()
    page = d.page
    assert isinstance(page, QuizPage), d.text
    await page.ask(page.quiz.question(page.quiz.order.index(item) + 1))
    await d.settle()


def asks(item: str) -> Way:
    """The way to a question."""

    async def way(d: Driver) -> None:
        await question(d, item)

    return way


for form, asked in FORMS.items():
    STOPS[f"quiz, {form}"] = asks(asked)


@stop("quiz, hint shown")
async def hinted(d: Driver) -> None:
    """With a hint."""
    await question(d, "s-burn")
    await d.press("tab", "h")


@stop("quiz, chosen")
async def chosen(d: Driver) -> None:
    """An option chosen, not submitted."""
    await question(d, "s-retry")
    await d.press("2")


@stop("exam, overview")
async def exam_overview(d: Driver) -> None:
    """All questions of an exam."""
    await question(d, "s-retry", "exam")
    await d.press("o")


@stop("quiz, carrying")
async def carrying(d: Driver) -> None:
    """An entry picked up."""
    await question(d, "s-rename")
    await d.press("space")


@stop("quiz, predicted")
async def predicted(d: Driver) -> None:
    """An interval is given, the number is asked for."""
    await question(d, "s-budget-sum")
    await d.press("2", "enter", "4", "0", "enter")


@stop("quiz, field left")
async def field_left(d: Driver) -> None:
    """Letters are commands again."""
    await question(d, "s-burn")
    await d.press("4", "tab")


@stop("quiz, below the text")
async def below_text(d: Driver) -> None:
    """Submit or leave."""
    await question(d, "s-adr")
    await d.press("a", "tab")


@stop("quiz, how sure")
async def how_sure(d: Driver) -> None:
    """The confidence is asked."""
    await chosen(d)
    await d.press("enter")


@stop("quiz, judged")
async def judged(d: Driver) -> None:
    """The verdict."""
    await how_sure(d)
    await d.press("3")


async def written(d: Driver, item: str) -> None:
    """A text that was submitted, with what it is compared with."""
    await question(d, item)
    await d.press("a", "tab", "enter")


@stop("quiz, text compared")
async def text_compared(d: Driver) -> None:
    """An explanation beside a strong one."""
    await written(d, "s-adr")


@stop("quiz, said, compared")
async def said_compared(d: Driver) -> None:
    """An answer to somebody beside three replies."""
    await written(d, "s-board")


@stop("quiz, said, ticking")
async def ticking(d: Driver) -> None:
    """The points of it, one of them ticked."""
    await written(d, "s-board")
    await d.press("6")


@stop("exam")
async def exam(d: Driver) -> None:
    """A question of an exam."""
    await question(d, "s-retry", "exam")


@stop("exam, typing")
async def exam_typing(d: Driver) -> None:
    """A question of an exam that is typed."""
    await question(d, "s-burn", "exam")


@stop("result")
async def result(d: Driver) -> None:
    """The end of an exam, all of it missed."""
    await exam(d)
    await d.press("f", "f")


@stop("all answers")
async def all_answers(d: Driver) -> None:
    """The answers of a quiz."""
    await result(d)
    await d.press("v")
