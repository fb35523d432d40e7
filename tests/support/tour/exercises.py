"""Exercises other than those that are played."""

from __future__ import annotations

from dev2cto.study.state.location import Location
from tests.support import fake_learner as learner
from tests.support.pilot_driver import Driver
from tests.support.tour.stops import stop


async def exercise(d: Driver, id: str) -> None:
    """An exercise."""
    d.app.go(Location("exercise", (id,)))
    await d.settle()


@stop("calculation, brief")
async def calculation(d: Driver) -> None:
    """A calculation's brief."""
    await exercise(d, "t-x-waits")


@stop("calculation, part")
async def part(d: Driver) -> None:
    """A part being answered."""
    await calculation(d)
    await d.press("enter")


@stop("calculation, field left")
async def part_left(d: Driver) -> None:
    """A part with its field left."""
    await part(d)
    await d.press("1", "tab")


@stop("calculation, data")
async def data(d: Driver) -> None:
    """Brief and data again."""
    await part_left(d)
    await d.press("d")


@stop("calculation, done")
async def calculated(d: Driver) -> None:
    """All parts right."""
    learner.calculate(d.app.study)
    await calculation(d)


@stop("calculation, solution")
async def solution(d: Driver) -> None:
    """The worked solution."""
    await calculated(d)
    await d.press("v")


@stop("code lab")
async def code(d: Driver) -> None:
    """A code lab."""
    await exercise(d, "t-x-adding")


@stop("code lab, hints")
async def code_hints(d: Driver) -> None:
    """Its hints."""
    await code(d)
    await d.press("h")


@stop("code lab for tests")
async def noticing(d: Driver) -> None:
    """A code lab in which tests are written."""
    await exercise(d, "t-x-noticing")


@stop("code lab for tests, hints")
async def noticing_hints(d: Driver) -> None:
    """The first of two hints: the same key shows the next."""
    await noticing(d)
    await d.press("h")


@stop("code under test")
async def subject(d: Driver) -> None:
    """The code that they are for."""
    await noticing(d)
    await d.press("t")


@stop("artefact")
async def artefact(d: Driver) -> None:
    """An artefact's brief."""
    await exercise(d, "t-x-note")


@stop("artefact with versions")
async def artefact_versions(d: Driver) -> None:
    """After two versions."""
    await artefact(d)


@stop("writing")
async def writing(d: Driver) -> None:
    """A text being written."""
    await artefact(d)
    await d.press("enter")


@stop("writing, below the text")
async def writing_below(d: Driver) -> None:
    """What can be done with it."""
    await writing(d)
    await d.press("a", "tab")


@stop("rubric")
async def rubric(d: Driver) -> None:
    """Judging it."""
    await artefact(d)
    await d.choose("rate")


@stop("versions")
async def versions(d: Driver) -> None:
    """All versions."""
    await artefact(d)
    await d.choose("versions")


@stop("readers")
async def readers(d: Driver) -> None:
    """What a reader sent back."""
    await artefact(d)
    await d.choose("readers")


@stop("version")
async def version(d: Driver) -> None:
    """A version against the one before."""
    await versions(d)
    await d.press("1")


@stop("survey, brief")
async def survey(d: Driver) -> None:
    """The self-assessment's brief."""
    await exercise(d, "t-x-self")


@stop("survey, statement")
async def statement(d: Driver) -> None:
    """A statement."""
    await survey(d)
    await d.press("enter")


@stop("survey, how sure")
async def statement_sure(d: Driver) -> None:
    """A statement, rated."""
    await statement(d)
    await d.press("2")


@stop("survey results")
async def survey_results(d: Driver) -> None:
    """The results."""
    await survey(d)


@stop("diff, brief")
async def diff_brief(d: Driver) -> None:
    """A code review's brief."""
    await exercise(d, "t-x-review")


@stop("diff, change")
async def diff_change(d: Driver) -> None:
    """The change, before a line is marked."""
    await diff_brief(d)
    await d.press("enter")


@stop("diff, marked line")
async def diff_marked(d: Driver) -> None:
    """A marked line under the cursor."""
    await diff_change(d)
    await d.press("right", "1")


@stop("diff, gap")
async def diff_gap(d: Driver) -> None:
    """Lines that are left out under the cursor."""
    await diff_change(d)
    await d.press(*["down"] * 9)


@stop("diff, marks")
async def diff_marks(d: Driver) -> None:
    """All marks."""
    await diff_marked(d)
    await d.press("l")


@stop("diff, comment")
async def diff_comment(d: Driver) -> None:
    """A comment being written."""
    await diff_marked(d)
    await d.press("enter")


@stop("diff, below the comment")
async def diff_comment_below(d: Driver) -> None:
    """What can be done with it."""
    await diff_comment(d)
    await d.press("a", "tab")


@stop("diff, verdict")
async def diff_verdict(d: Driver) -> None:
    """What was found and missed, without what was missed."""
    await diff_marked(d)
    await d.press("f", "f")


@stop("diff, verdict with all")
async def diff_verdict_all(d: Driver) -> None:
    """What was missed as well."""
    await diff_verdict(d)
    await d.press("v", "v")


@stop("diff, change again")
async def diff_change_again(d: Driver) -> None:
    """The change with the marks that were submitted."""
    await diff_verdict(d)
    await d.press("t")
