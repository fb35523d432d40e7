"""Texts for calculations: the brief with its data, the progress, the advice after a wrong number."""

from __future__ import annotations

from dev2cto.errors import Dev2CtoError
from dev2cto.markdown.parser import Align, Block, Paragraph, Span, TableBlock, para
from dev2cto.presenters.feedback import RenderMarkdown, one_line
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.calculation import BRIEF, CalculationSession
from dev2cto.text import pluralize

HELPED = "Opening it before all parts are right marks the exercise as helped."
ALL_RIGHT = "All parts are right: the exercise is done."


def progress(session: CalculationSession, number: int) -> str:
    """The current part (`number` from 0, or `BRIEF`), and how many are right."""
    solved, count = sum(session.solved), len(session.exercise.parts)
    return f"{solved} of {count} parts right" if number == BRIEF else f"part {number + 1} of {count}, {solved} right"


def retry(feedback: Feedback, way: str) -> str:
    """Why a number is wrong; `way` (the key or command for a hint) is named if the course gives no reason."""
    why = " ".join(remark.text for remark in feedback.chosen if remark.text)
    return f"{'Nearly' if feedback.score else 'Not quite'}. {why or f'Try again; {way} gives a hint.'}"


def outline(session: CalculationSession, prose: RenderMarkdown) -> list[Block]:
    """The brief of a calculation and a summary of its tables, for narrow spaces."""
    blocks = list(prose(session.sheet.brief()))
    for name, about, table, _ in session.tables:
        blocks.append(_named(name, about, prose))
        blocks.append(para(f"{pluralize(len(table.rows), 'row')}: {', '.join(table.columns)}", "muted"))
    return blocks


def brief(session: CalculationSession, prose: RenderMarkdown) -> list[Block]:
    """The brief of a calculation, the first rows of each table, and the folder with the complete data.

    Copies the data to the workspace.
    """
    blocks = list(prose(session.sheet.brief()))
    for name, about, table, rows in session.tables:
        blocks.append(_named(name, about, prose))
        cells = [table.columns, *table.rows[:rows]]
        shown = tuple(tuple((Span(cell),) for cell in row) for row in cells)
        aligns: tuple[Align, ...] = tuple("right" for _ in table.columns)
        blocks.append(TableBlock(shown, aligns, indent=3))
        first = min(rows, len(table.rows))
        count = pluralize(len(table.rows), "row")
        part = f"; the first {first} are shown" if first > 1 else "; the first is shown"
        blocks.append(para(f"{count}{part if first < len(table.rows) else ''}.", "muted"))
    if session.tables:
        blocks.append(para(_data_folder(session), "muted"))
    return blocks


def _named(name: str, about: str, prose: RenderMarkdown) -> Paragraph:
    """The line with a table's file name and description."""
    return Paragraph((Span(name, "bold"), Span("   "), *one_line(prose, about)))


def _data_folder(session: CalculationSession) -> str:
    try:
        return f"The complete data is in {session.copy_data()}"
    except Dev2CtoError as error:
        return f"The data could not be copied to your workspace: {error.message} {error.hint}"
