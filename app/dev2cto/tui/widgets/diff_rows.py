"""A diff whose lines can be marked: line numbers of both versions, signs, and comments below marked lines."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from dev2cto.exercises.diffs.changeset import DiffLine, FileChange
from dev2cto.exercises.diffs.diff import WEIGHTS, FaultWeight
from dev2cto.exercises.diffs.folding import FileHead, Gap, LineRow, ViewRow
from dev2cto.exercises.diffs.review_score import ReviewMark
from dev2cto.markdown.parser import Span, Spans, Style
from dev2cto.presenters import diff
from dev2cto.presenters.diff import STATES, code_text, short_comment
from dev2cto.text import pluralize, sanitize
from dev2cto.tui.highlight import coloured_file
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

SIGNS: Mapping[str, tuple[Style, Style]] = {"+": ("good", "added"), "-": ("bad", "removed"), " ": ("muted", "")}
"""The styles of a sign and of the code after it."""
MARKED: Mapping[FaultWeight, str] = {"must": "! ", "should": "~ ", "question": "? "}
"""The mark before a line, by weight."""
DRAFT = ". "
GAP = "gap "
"""The prefix of the id of a gap's row."""
WIDEST = 136
"""The most cells of a line of code with its numbers; longer lines wrap."""


class DiffRows(Rows):
    """Lines to mark: enter and space open the comment or the gap under the cursor, digits mark directly."""

    WIDEST: ClassVar[int] = WIDEST
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "comment", tooltip="comment on the line, or open the gap", id="diff.open"),
        Binding("space", "act", "comment", tooltip="comment on the line, or open the gap", show=False, id="diff.act"),
        *(
            Binding(str(n), f"digit({n})", "mark", tooltip=f"mark as a {weight}", id=f"diff.digit{n}")
            for n, weight in enumerate(WEIGHTS, 1)
        ),
        Binding("0", "digit(0)", "unmark", tooltip="remove the mark", id="diff.digit0"),
    ]

    class Weighed(Message):
        """Mark the line at the address with a weight; None removes its mark."""

        def __init__(self, address: str, weight: FaultWeight | None) -> None:
            super().__init__()
            self.address, self.weight = address, weight

    def __init__(self) -> None:
        super().__init__(numbered=False)
        self.marked: frozenset[str] = frozenset()

    def show_change(
        self, rows: Sequence[ViewRow], marks: Mapping[str, ReviewMark], drafts: Collection[str], at: str = ""
    ) -> None:
        """Show the change; the cursor goes to the row `at`, or stays on its line."""
        self.marked = frozenset(marks)
        made = diff_rows(rows, marks, drafts)
        ids = [row.id for row in made]
        self.show(made, ids.index(at) if at and at in ids else None)

    @property
    def address(self) -> str:
        """The address of the line under the cursor; empty on a gap."""
        row = self.current
        return "" if row is None or row.id.startswith(GAP) else row.id

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits work on lines, 0 only on marked ones."""
        if action == "digit":
            return self.address in self.marked if parameters == (0,) else bool(self.address)
        return action != "pick" and super().check_action(action, parameters)

    def action_act(self) -> None:
        """Open the comment or the gap, like enter."""
        self.action_open()

    def action_digit(self, number: int) -> None:
        """Mark the line under the cursor, or remove its mark."""
        self.post_message(self.Weighed(self.address, WEIGHTS[number - 1] if number else None))


class DiffText(Rows):
    """Read-only lines of a diff, with their marks."""

    WIDEST: ClassVar[int] = WIDEST

    def __init__(self, rows: Sequence[ViewRow], marks: Mapping[str, ReviewMark], at: str = "") -> None:
        """`at` is the address of a line to point out."""
        made = diff_rows(rows, marks)
        pointed = (
            row._replace(lead=(Span("> ", "accent"), *row.lead[1:])) if at and row.id == at else row for row in made
        )
        super().__init__([row._replace(id="") for row in pointed], numbered=False)


def diff_rows(rows: Sequence[ViewRow], marks: Mapping[str, ReviewMark], drafts: Collection[str] = ()) -> list[Row]:
    """Return the diff as rows, with marks and comments."""
    largest = max((max(row.line.old, row.line.new) for row in rows if isinstance(row, LineRow)), default=0)
    digits = len(str(largest))
    found = []
    colours: Mapping[DiffLine, Spans] = {}
    for row in rows:
        match row:
            case FileHead():
                colours = coloured_lines(row.file)
                state = Span(f"   {STATES[row.file.state]}", "muted")
                found.append(Row("", (Span(row.file.name, "heading"), state), gap=row.number > 1))
            case Gap():
                words = f"... {pluralize(row.count, 'line')}"
                there = words if row.id else f"{words} that the diff does not have"
                lead = (Span(" " * (2 * digits + 4)),)
                found.append(Row(f"{GAP}{row.id}" if row.id else "", (Span(there, "muted"),), lead=lead))
            case LineRow():
                code = colours.get(row.line, (Span(sanitize(row.line.text)),))
                found.append(_line(row, code, digits, marks.get(row.address), row.address in drafts))
    return found


def coloured_lines(file: FileChange) -> Mapping[DiffLine, Spans]:
    """Return the code of each line, coloured as part of its version of the file."""
    found: dict[DiffLine, Spans] = {}
    for sign in "-+":  # lines of both versions as in the new one
        lines = [line for line in file.lines if line.sign in (sign, " ")]
        coloured = coloured_file([sanitize(line.text) for line in lines], file.name)
        found.update(zip(lines, coloured or (), strict=False))
    return found


def code_spans(code: Spans, style: Style) -> Spans:
    """Return a line of code for wrapping between words, in a style where it has no colour of its own.

    No-break spaces keep its indentation.
    """
    blank, found = True, []
    for span in code:
        text = code_text(span.text) if blank else span.text
        blank = blank and not span.text.strip(" ")
        found.append(Span(text, span.style or style))
    return tuple(found) if any(span.text for span in found) else (Span("\u00a0", style),)


def _line(row: LineRow, code: Spans, digits: int, mark: ReviewMark | None, has_draft: bool) -> Row:
    line = row.line
    signed, plain = SIGNS[line.sign]
    old, new = (str(number) if number else "" for number in (line.old, line.new))
    lead = (
        Span(MARKED[mark.weight] if mark else DRAFT if has_draft else "  ", "accent"),
        Span(f"{old:>{digits}} {new:>{digits}} ", "muted"),
        Span(f"{line.sign} ", signed),
    )
    spans = code_spans(code, plain)
    if mark is not None:
        spans += (Span("\n"), Span(f"{mark.weight}: {short_comment(mark)}", "accent"))
    elif has_draft:
        spans += (Span("\n"), Span(diff.DRAFT_COMMENT, "accent"))
    return Row(row.address, spans, lead=lead)
