"""Answers with several input lines: fill in the blanks, and an interval before a number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from dev2cto.items.forms import Blanks, Form, Predict, Response, interval, texts
from dev2cto.markdown.parser import Span, para
from dev2cto.presenters.answer_text import blanks_blocks
from dev2cto.presenters.judged_parts import PartNote
from dev2cto.text import sanitize
from dev2cto.tui.answers.base import AnswerChanged, AnswerSubmitted
from dev2cto.tui.answers.judged import judged_rows, show_rows
from dev2cto.tui.widgets.inputs import COLUMNS, LineInput
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.messages import FieldLeft
from dev2cto.tui.widgets.row import Row

LABELS = ("at least", "at most", "the number")
"""What is asked for in the lines of an interval and a number."""


class SeveralLines(Vertical):
    """Input lines one below the other; enter moves to the next line and submits from the last."""

    DEFAULT_CSS = "SeveralLines { height: auto; & LineInput { margin: 0 0 0 3; } }"
    _kept = 0
    """The restored cursor, valid until one of the lines gets the focus."""

    @property
    def fields(self) -> list[LineInput]:
        """The visible lines, in order."""
        return [field for field in self.query(LineInput) if field.display]

    @property
    def response(self) -> Response:
        """The texts of all lines, in order."""
        return tuple(field.value for field in self.query(LineInput))

    @property
    def cursor(self) -> int:
        """The focused line's number * COLUMNS + the column; if no line has the focus, the last known one."""
        found = next(((n, field) for n, field in enumerate(self.fields) if field.has_focus), None)
        if found is not None:
            self._kept = found[0] * COLUMNS + found[1].cursor_position
        return self._kept

    def restore(self, response: Response, cursor: int | None = None) -> None:
        """Restore the texts and the cursor."""
        self._kept = cursor or 0
        at, column = divmod(self._kept, COLUMNS)
        for n, (field, text) in enumerate(zip(self.query(LineInput), texts(response), strict=False)):
            field.put(text, column if n == at and cursor is not None else None)

    labels: tuple[str, ...] = ()
    """What comes before the text of each line after grading."""

    def show_verdict(self, form: Form, notes: Sequence[PartNote]) -> None:
        """Show the texts where their lines were, as they were judged."""
        labels = self.labels or ("",) * len(texts(self.response))
        rows = [
            Row(str(n), (Span(sanitize(text) or "nothing"),), (Span(label, "muted"),))
            for n, (label, text) in enumerate(zip(labels, texts(self.response), strict=True), 1)
        ]
        show_rows(self, [*judged_rows(form, rows, notes)], "LineInput, Horizontal")

    def field_at(self, cursor: int) -> LineInput:
        """Return the line that the cursor is in."""
        return self.fields[min(cursor // COLUMNS, len(self.fields) - 1)]

    @on(Input.Changed)
    def changed(self, message: Input.Changed) -> None:
        """Report the change as AnswerChanged."""
        message.stop()
        self.post_message(AnswerChanged())

    @on(Input.Submitted)
    def entered(self, message: Input.Submitted) -> None:
        """Move to the next line, or submit from the last."""
        message.stop()
        if not self.go_on(message.input):
            self.post_message(AnswerSubmitted())

    @on(FieldLeft)
    def released(self, message: FieldLeft) -> None:
        """Move to the next line; from the last one, let the message leave the widget."""
        if self.go_on(message.field):
            message.stop()

    def go_on(self, field: object) -> bool:
        """Focus the line after `field`; returns False if it is the last."""
        fields = self.fields
        following = next((after for before, after in pairwise(fields) if before is field), None)
        if following is not None:
            following.focus()
        return following is not None


class BlanksAnswer(SeveralLines):
    """The text with numbered blanks, and an input line for each."""

    def __init__(self, form: Blanks) -> None:
        super().__init__()
        self.form = form

    def compose(self) -> ComposeResult:
        """The text, then the input lines."""
        yield MarkdownText([*blanks_blocks(self.form, indent=1), para("", tight=True)])
        for n in range(1, len(self.form.pieces)):
            yield LineInput(placeholder=f"blank {n}", id=f"blank{n}")


class PredictAnswer(SeveralLines):
    """The two ends of an interval; the line for the number appears once they form a valid one."""

    DEFAULT_CSS = """
    PredictAnswer {
        & Horizontal { height: auto; & MarkdownText { width: 15; } & LineInput { width: 1fr; margin: 0; } }
    }
    """

    labels = tuple(label.ljust(12) for label in LABELS)

    def __init__(self, form: Predict) -> None:
        super().__init__()
        self.form = form

    def compose(self) -> ComposeResult:
        """The two ends, then the number."""
        unit = f" in {self.form.unit}" if self.form.unit else ""
        for id, label in zip(("low", "high", "number"), LABELS, strict=True):
            with Horizontal():
                yield MarkdownText([para(label, "muted", indent=1)])
                yield LineInput(placeholder=f"a number{unit}", id=id)

    def show_number(self, shown: bool) -> None:
        """Show or hide the line for the number."""
        for line in self.query("#number"):
            line.display = shown
            assert isinstance(line.parent, Widget)
            line.parent.display = shown

    def on_mount(self) -> None:
        """Ask for the interval first: hide the number."""
        self.show_number(False)

    def restore(self, response: Response, cursor: int | None = None) -> None:
        """Restore the texts; the number is shown if it was typed or had the cursor."""
        super().restore(response, cursor)
        begun = bool("".join(texts(response)[2:])) or (cursor or 0) >= 2 * COLUMNS
        self.show_number(begun and self.sound)

    @property
    def sound(self) -> bool:
        """Whether the two ends form a valid interval."""
        return not isinstance(interval(self.form, self.response), str)

    def go_on(self, field: object) -> bool:
        """Focus the next line; the number only once the interval is valid."""
        if field is self.query_one("#high") and self.sound:
            self.show_number(True)
        return super().go_on(field)
