"""A survey's results beside those of the survey that it repeats: then and now."""

from __future__ import annotations

from collections.abc import Iterator

from dev2cto.exercises.survey import Shift
from dev2cto.markdown.parser import Block, Paragraph, Span, Table, para
from dev2cto.presenters.exercise_texts import subject
from dev2cto.presenters.feedback import Prose, one_line
from dev2cto.study.queries.home import ago
from dev2cto.study.sessions.survey import SurveySession

NONE_BEFORE = "You did not take the survey that this one repeats: there is nothing to compare with."


def then_and_now(session: SurveySession, prose: Prose) -> list[Block]:
    """Each area then and now as a table, and what is rated lower than before; what is missing where it cannot be."""
    before = session.before()
    if before is None:
        return [para(NONE_BEFORE, "muted")]
    rows = [("of 3", "then", "now", "change", "how sure then", "now")]
    rows += [_row(session, shift) for shift in session.shifts()]
    cells = tuple(tuple((Span(cell),) for cell in row) for row in rows)
    table = Table(cells, ("left", "right", "right", "right", "left", "left"))
    then = para(f"Then: {ago(session.study, before.at)}.", "muted")
    return [para("Then and now", "heading"), table, then, *overturned(session, prose)]


def then_and_now_words(session: SurveySession) -> Iterator[str]:
    """The same in sentences, without what is rated lower."""
    before = session.before()
    if before is None:
        yield NONE_BEFORE
        return
    yield f"Then ({ago(session.study, before.at)}) and now, of 3:"
    for shift in session.shifts():
        name, then, now, change, sure_then, sure_now = _row(session, shift)
        yield f"{name}: {then} then, {now} now, {change}; how sure: {sure_then} then, {sure_now} now"


def overturned(session: SurveySession, prose: Prose) -> list[Block]:
    """Statements that were rated higher before, and surely."""
    lower = {id for shift in session.shifts() for id in shift.overturned}
    texts = [statement.text for statement in session.exercise.statements if statement.id in lower]
    if not texts:
        return []
    head = para("You were sure of these, and rate them lower now", "bold")
    return [head, *(Paragraph(one_line(prose, text), marker="- ", tight=n > 0) for n, text in enumerate(texts))]


def _row(session: SurveySession, shift: Shift) -> tuple[str, str, str, str, str, str]:
    change = "--" if shift.change is None else f"{shift.change:+.1f}"
    return (
        subject(session, shift.module),
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
