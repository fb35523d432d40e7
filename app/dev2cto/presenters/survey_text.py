"""Texts for self-assessments: the results, and the comparison with the survey that is repeated."""

from __future__ import annotations

from collections.abc import Iterator

from dev2cto.exercises.survey import ModuleChange, Survey
from dev2cto.markdown.parser import Block, Paragraph, Span, TableBlock, para
from dev2cto.presenters.feedback import RenderMarkdown, one_line
from dev2cto.study.queries.home import relative_day
from dev2cto.study.sessions.survey import SurveySession

RESULTS = "Where you see yourself"
NONE_BEFORE = "You have not taken the survey that this one repeats, so there is nothing to compare."


def statements_subject(session: SurveySession, id: str) -> str:
    """The title of the module or subject that a group of statements is about."""
    module = session.study.course.module(id)
    return session.exercise.subjects.get(id) or (module.title if module else id)


def menu(session: SurveySession) -> tuple[tuple[str, str], ...]:
    """(id, label) of the actions on the results."""
    return (
        ("plan", "Revise the plan" if session.done else "Write the plan"),
        ("review", "Go through the statements again"),
        ("again", "Retake it; your earlier answers are kept"),
    )


def submit(session: SurveySession, text: str) -> str:
    """Submit the plan; return a message whether the survey is done. Raises NotSaved."""
    done = session.submit(text)
    return "Submitted: done." if done else "Submitted, but the plan is missing required parts."


def rated(exercise: Survey, number: int, rating: int, confidence: int) -> str:
    """Message that a statement (`number` from 0) was rated."""
    return f"Statement {number + 1}: you rated yourself {rating}, {exercise.confidence[confidence]}."


def rated_areas(session: SurveySession) -> Iterator[tuple[str, float, float | None]]:
    """Yield (title, mean rating, change since the previous run or None) of each rated area.

    A survey that repeats another shows changes in `then_and_now` instead.
    """
    changes = {} if session.exercise.again else {shift.module: shift.change for shift in session.shifts()}
    for result in session.results():
        if result.rating is not None:
            yield statements_subject(session, result.module), result.rating, changes.get(result.module)


def guessed(session: SurveySession) -> str:
    """Message: the areas rated with low confidence; empty if there are none."""
    areas = [r.module for r in session.results() if r.confidence is not None and r.confidence < 1]
    return (
        f"Rated with little confidence: {'; '.join(statements_subject(session, area) for area in areas)}."
        if areas
        else ""
    )


def then_and_now(session: SurveySession, prose: RenderMarkdown) -> list[Block]:
    """A table of each area then and now, and the statements rated lower; or a message if there is no earlier run."""
    before = session.before()
    if before is None:
        return [para(NONE_BEFORE, "muted")]
    rows = [("of 3", "then", "now", "change", "how sure then", "now")]
    rows += [_row(session, shift) for shift in session.shifts()]
    cells = tuple(tuple((Span(cell),) for cell in row) for row in rows)
    table = TableBlock(cells, ("left", "right", "right", "right", "left", "left"))
    then = para(f"Then: {relative_day(session.study, before.at)}.", "muted")
    return [para("Then and now", "heading"), table, then, *overturned(session, prose)]


def then_and_now_words(session: SurveySession) -> Iterator[str]:
    """Yield the same comparison in sentences, without the statements rated lower."""
    before = session.before()
    if before is None:
        yield NONE_BEFORE
        return
    yield f"Then ({relative_day(session.study, before.at)}) and now, of 3:"
    for shift in session.shifts():
        name, then, now, change, sure_then, sure_now = _row(session, shift)
        yield f"{name}: {then} then, {now} now, {change}; how sure: {sure_then} then, {sure_now} now"


def overturned(session: SurveySession, prose: RenderMarkdown) -> list[Block]:
    """The statements that were rated higher, with certainty, in the earlier run."""
    lower = {id for shift in session.shifts() for id in shift.overturned}
    texts = [statement.text for statement in session.exercise.statements if statement.id in lower]
    if not texts:
        return []
    head = para("You were sure of these and now rate them lower", "bold")
    return [head, *(Paragraph(one_line(prose, text), marker="- ", tight=n > 0) for n, text in enumerate(texts))]


def _row(session: SurveySession, shift: ModuleChange) -> tuple[str, str, str, str, str, str]:
    change = "--" if shift.change is None else f"{shift.change:+.1f}"
    return (
        statements_subject(session, shift.module),
        _rating(shift.before.rating),
        _rating(shift.after.rating),
        change,
        _sure(session, shift.before.confidence),
        _sure(session, shift.after.confidence),
    )


def _rating(mean: float | None) -> str:
    return "--" if mean is None else f"{mean:.1f}"


def _sure(session: SurveySession, mean: float | None) -> str:
    """The word on the confidence scale nearest to a mean."""
    return "--" if mean is None else session.exercise.confidence[round(mean)]
