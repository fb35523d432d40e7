"""What both front ends say about a survey: its results, also beside those of the survey that it repeats."""

from __future__ import annotations

from collections.abc import Iterator

from dev2cto.exercises.survey import ModuleChange
from dev2cto.markdown.parser import Block, Paragraph, Span, TableBlock, para
from dev2cto.presenters.feedback import RenderMarkdown, one_line
from dev2cto.study.queries.home import relative_day
from dev2cto.study.sessions.survey import SurveySession

RESULTS = "Where you see yourself"
NONE_BEFORE = "You did not take the survey that this one repeats: there is nothing to compare with."


def statements_subject(session: SurveySession, id: str) -> str:
    """What the statements of that module or subject are about."""
    module = session.study.course.module(id)
    return session.exercise.subjects.get(id) or (module.title if module else id)


def menu(session: SurveySession) -> tuple[tuple[str, str], ...]:
    """(id, words) of what can be done with the results."""
    return (
        ("plan", "Revise the plan" if session.done else "Write the plan"),
        ("review", "Go through the statements again"),
        ("again", "Retake it; your earlier answers are kept"),
    )


def submit(session: SurveySession, text: str) -> str:
    """Submit the plan, and say whether that was all. Raises NotSaved."""
    done = session.submit(text)
    return "Submitted: done." if done else "Submitted; the form of the plan still lacks something."


def rated_areas(session: SurveySession) -> Iterator[tuple[str, float, float | None]]:
    """What each rated area is about, its mean, and its change since the survey was taken before.

    A survey that repeats another one shows its changes in a comparison of its own.
    """
    changes = {} if session.exercise.again else {shift.module: shift.change for shift in session.shifts()}
    for result in session.results():
        if result.rating is not None:
            yield statements_subject(session, result.module), result.rating, changes.get(result.module)


def guessed(session: SurveySession) -> str:
    """The areas that were rated without being sure, in a sentence; empty where there are none."""
    areas = [r.module for r in session.results() if r.confidence is not None and r.confidence < 1]
    return (
        f"Guessed rather than known: {'; '.join(statements_subject(session, area) for area in areas)}." if areas else ""
    )


def then_and_now(session: SurveySession, prose: RenderMarkdown) -> list[Block]:
    """Each area then and now as a table, and what is rated lower than before; what is missing where it cannot be."""
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
    """The same in sentences, without what is rated lower."""
    before = session.before()
    if before is None:
        yield NONE_BEFORE
        return
    yield f"Then ({relative_day(session.study, before.at)}) and now, of 3:"
    for shift in session.shifts():
        name, then, now, change, sure_then, sure_now = _row(session, shift)
        yield f"{name}: {then} then, {now} now, {change}; how sure: {sure_then} then, {sure_now} now"


def overturned(session: SurveySession, prose: RenderMarkdown) -> list[Block]:
    """Statements that were rated higher before, and surely."""
    lower = {id for shift in session.shifts() for id in shift.overturned}
    texts = [statement.text for statement in session.exercise.statements if statement.id in lower]
    if not texts:
        return []
    head = para("You were sure of these, and rate them lower now", "bold")
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
    """The word of the confidence scale that is nearest to a mean."""
    return "--" if mean is None else session.exercise.confidence[round(mean)]
