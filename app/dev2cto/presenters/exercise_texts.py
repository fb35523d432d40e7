"""Texts about a quiz, a review or an exercise that every face shows alike."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dev2cto.errors import Dev2CtoError
from dev2cto.labs import workspace
from dev2cto.learning.quiz import UNSCORED, drawn
from dev2cto.markdown.parser import Align, Block, Listing, Paragraph, Span, Table, para
from dev2cto.presenters.feedback import Prose, one_line
from dev2cto.study.queries.question_models import QuizResult
from dev2cto.text import clean

if TYPE_CHECKING:
    from dev2cto.study.context import StudyContext
    from dev2cto.study.sessions.artefact import ArtefactSession
    from dev2cto.study.sessions.calculation import CalculationSession
    from dev2cto.study.sessions.review import ReviewSession
    from dev2cto.study.sessions.survey import SurveySession


def about_quiz(study: StudyContext, module: str) -> str:
    """What to expect of a module's quiz, in a paragraph."""
    outline = study.module(module)
    bank = len(outline.quizzed)
    length = drawn(outline.quizzed, study.course.quiz_length, UNSCORED["practice"])
    quiz = study.progress.quiz(outline.id)
    best = f" Your best so far: {quiz.percent}." if quiz else ""
    return (
        f"{length} questions drawn from {bank}, spread over the objectives. "
        f"{study.course.pass_mark * 100:.0f} % passes.{best} "
        "You can leave at any time and continue at the same question."
    )


def about_final(study: StudyContext, module: str) -> str:
    """What to expect of a module's final form, in a paragraph."""
    outline = study.module(module)
    steps = [[item for item in m.items if item.final_form and item.scored] for m in study.course.modules]
    steps = [items for items in steps if items]
    form = outline.final
    if form is None:
        return f"{outline.name} has no final form."
    least = sum(min(form.per_step, len(items)) for items in steps)
    length = min(max(form.items, least), sum(map(len, steps)))
    final = study.progress.quiz(outline.id, "final")
    best = f" Your best so far: {final.percent}. Questions that you had before come last." if final else ""
    return (
        f"{length} questions from {len(steps)} steps, in one exam without hints. {study.course.pass_mark * 100:.0f} % "
        f"passes.{best} Go through them in any order, flag what you want to look at again, change every answer until "
        "you finish: the verdict comes then. You can leave at any time and continue at the same question."
    )


def quiz_verdict(result: QuizResult) -> str:
    """The result of an attempt in a sentence."""
    percent, mark = f"{result.score * 100:.0f} %", f"{result.pass_mark * 100:.0f} %"
    if result.retry:
        return f"{percent} of what was missed before. A retry practises; it passes nothing."
    return f"Passed with {percent}." if result.passed else f"{percent}, not passed yet; {mark} passes."


def review_over(session: ReviewSession) -> list[str]:
    """What was done in a review, the plan, and what is coming."""
    if session.total:
        lines = [f"Done for today: {session.done} right."]
    else:
        lines = ["Nothing is due for review. Questions come here once you have answered them in a quiz or a reading."]
    later = ", ".join(
        f"{count} {'tomorrow' if day == 1 else f'in {day} days'}"
        for day, count in enumerate(session.coming)
        if day and count
    )
    lines += [f"Plan: {session.plan.words}."] if session.plan.words else []
    lines += [f"Coming: {later}."] if later else []
    return lines


def calculation_outline(session: CalculationSession, prose: Prose) -> list[Block]:
    """The brief of a calculation and what its tables are, for where there is no room for their rows."""
    blocks = list(prose(session.sheet.brief()))
    for name, about, table, _ in session.tables:
        blocks.append(_named(name, about, prose))
        blocks.append(para(f"{len(table.rows)} rows: {', '.join(table.columns)}", "muted"))
    return blocks


def calculation_brief(session: CalculationSession, prose: Prose) -> list[Block]:
    """The brief of a calculation, the first rows of each table, and where the whole data lies."""
    blocks = list(prose(session.sheet.brief()))
    for name, about, table, rows in session.tables:
        blocks.append(_named(name, about, prose))
        cells = [table.columns, *table.rows[:rows]]
        shown = tuple(tuple((Span(cell),) for cell in row) for row in cells)
        aligns: tuple[Align, ...] = tuple("right" for _ in table.columns)
        blocks.append(Table(shown, aligns, indent=3))
        first = min(rows, len(table.rows))
        blocks.append(para(f"{len(table.rows)} rows; the first {first} are shown.", "muted"))
    if session.tables:
        blocks.append(para(_laid_out(session), "muted"))
    return blocks


def _named(name: str, about: str, prose: Prose) -> Paragraph:
    """A table's name and what it is about."""
    return Paragraph((Span(name, "bold"), Span("   "), *one_line(prose, about)))


def _laid_out(session: CalculationSession) -> str:
    try:
        laid = workspace.lay_out(session.folder, session.study.workspace, session.exercise.id)
    except Dev2CtoError as error:
        return f"The data could not be put into your workspace: {error.message}"
    return f"The whole data is in {laid.folder}"


def version_blocks(versions: Sequence[Mapping[str, Any]], number: int) -> list[Block]:
    """A version of a text (from 0), after what changed since the one before."""
    text = str(versions[number]["text"])
    blocks: list[Block] = []
    if number:
        before = str(versions[number - 1]["text"])
        names = f"version {number}", f"version {number + 1}"
        diff = difflib.unified_diff(before.splitlines(), text.splitlines(), *names, lineterm="")
        blocks += [para("What changed", "heading"), Listing(tuple(clean(line) for line in diff), "diff", indent=0)]
    return [*blocks, para("The text", "heading"), Listing(tuple(clean(text).split("\n")), indent=0)]


def rubric_verdict(session: ArtefactSession, ratings: Mapping[str, int]) -> tuple[str, str]:
    """Points, and what follows from them; both empty while a criterion is not rated."""
    rubric = session.exercise.rubric
    if len(ratings) < len(rubric):
        return "", ""
    points = f"{sum(ratings.values())} of {3 * len(rubric)} points."
    low = [c.criterion for c in rubric if ratings[c.id] < 2]
    if low:
        return points, "Below 2: " + "; ".join(low) + ". Write the next version, then judge that one."
    form = "" if session.done else " The form still lacks something: look at it in the editor."
    return points, f"Every criterion is at least 2.{form}"


def subject(session: SurveySession, id: str) -> str:
    """What the statements of that module or subject are about."""
    module = session.study.course.module(id)
    return session.exercise.subjects.get(id) or (module.title if module else id)
