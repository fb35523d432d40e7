"""The rows of an answer after grading: as they were, ticked and crossed, with the reasons below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.widget import Widget

from dev2cto.items.forms import Form, MarkLines, PickMany, PickOne
from dev2cto.markdown.parser import Span, Spans, flowing, plain
from dev2cto.presenters.judged_parts import PartNote
from dev2cto.text import unbroken
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

GAP = "   "
"""What separates an answer from the verdict on it."""


def judged_rows(form: Form, rows: Sequence[Row], notes: Sequence[PartNote]) -> Iterator[Row]:
    """Yield the rows, none of which can be chosen any more, each with the sign and the words of its note."""
    by_id = {note.id: note for note in notes}
    for row in rows:
        note = by_id.get(row.id)
        if note is None:
            yield Row("", row.spans, row.lead, gap=row.gap)
            continue
        sign, lead, spans = note.sign(form), row.lead, row.spans
        if isinstance(form, PickOne | PickMany | MarkLines):  # the sign replaces the mark of the choice
            mark, *number = row.lead
            lead = (Span(sign.text.ljust(len(mark.text)), sign.style), *number)
            spans = muted(spans) if note.verdict == "unmarked" and not isinstance(form, MarkLines) else spans
            margin = None
        else:
            margin = sign if sign.text else None
        if note.word:
            space = "\n" if "\n" in plain(spans) else GAP
            spans = (*spans, Span(space), *words(note))
        yield Row("", spans, lead, gap=row.gap, sign=margin)
        if note.reason.strip():
            indent = sum(cell_len(span.text) for span in lead)
            yield Row("", muted(flowing(note.reason)), (Span(" " * indent),))


def show_rows(answer: Widget, rows: Sequence[Row], fields: str) -> None:
    """Show rows in an answer widget instead of its fields, which the selector names."""
    for field in answer.query(fields):
        field.display = False
    shown = next(iter(answer.query(JudgedRows)), None)
    if shown is not None:
        shown.show(rows)
    else:
        answer.mount(JudgedRows(rows, numbered=False))


class JudgedRows(Rows):
    """What was typed, judged; it takes no keys."""


def words(note: PartNote) -> Spans:
    """Return what the note says, its verdict on one line."""
    verdict, *rest = note.said
    return (Span(unbroken(verdict.text), verdict.style), *rest)


def muted(spans: Spans) -> Spans:
    """Return the spans with those of no style dim."""
    return tuple(Span(span.text, span.style or "muted") for span in spans)


def indented_spans(spans: Spans) -> Spans:
    """Return a line with no-break spaces before its first word, which wrapping would otherwise drop."""
    first, *rest = spans or (Span(""),)
    if rest and not first.text.strip(" "):
        return (Span(first.text.replace(" ", "\u00a0"), first.style), *indented_spans(tuple(rest)))
    return (Span(indented(first.text), first.style), *rest)


def indented(line: str) -> str:
    """The line with no-break spaces before its first word, which wrapping would otherwise drop."""
    text = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(text)) + text or "\u00a0"
