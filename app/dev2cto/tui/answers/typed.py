"""Answers that are typed: a line, a longer text, the blanks of a text."""

from __future__ import annotations

from itertools import pairwise

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, TextArea

from dev2cto.items.forms import Blanks, Response, Write
from dev2cto.prose.blocks import Listing, Span, para
from dev2cto.tui.answers.base import Changed, Left, Submitted, texts
from dev2cto.tui.widgets.fields import COLUMNS, LineInput, TextEditor
from dev2cto.tui.widgets.lines import Prose
from dev2cto.tui.widgets.released import Released
from dev2cto.tui.widgets.rows import Row, Rows


class WriteAnswer(Vertical):
    """A line or a longer text. In a line enter submits; under a text stand Submit and Leave."""

    DEFAULT_CSS = """
    WriteAnswer { height: auto; & TextEditor { height: 8; margin: 0 0 1 3; } & LineInput { margin: 0 0 0 3; } }
    """

    def __init__(self, form: Write) -> None:
        super().__init__()
        self.form = form

    def compose(self) -> ComposeResult:
        """The field, and for a text what to do with it."""
        if self.form.lines:
            yield TextEditor()
            yield Rows([Row("submit", (Span("Submit"),)), Row("leave", (Span("Leave"),))])
        else:
            unit = f" in {self.form.unit}" if self.form.unit else ""
            yield LineInput(placeholder=f"a number{unit}" if self.form.number else "your answer")

    @property
    def response(self) -> Response:
        """The text."""
        return self.query_one(TextEditor).text if self.form.lines else self.query_one(LineInput).value

    @property
    def cursor(self) -> int:
        """Where the cursor stands in the text."""
        return self.query_one(TextEditor).cursor if self.form.lines else self.query_one(LineInput).cursor_position

    def restore(self, response: Response, cursor: int | None = None) -> None:
        """Put the text back."""
        if not isinstance(response, str):
            return
        if self.form.lines:
            editor = self.query_one(TextEditor)
            editor.text = response
            editor.put_cursor(cursor)
        else:
            self.query_one(LineInput).put(response, cursor)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def changed(self, message: Input.Changed | TextArea.Changed) -> None:
        """Tell."""
        message.stop()
        self.post_message(Changed())

    @on(Input.Submitted)
    def entered(self, message: Input.Submitted) -> None:
        """Enter submits the line."""
        message.stop()
        self.post_message(Submitted())

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Submit, or leave the question."""
        message.stop()
        self.post_message(Submitted() if message.row.id == "submit" else Left())


class BlanksAnswer(Vertical):
    """The text with numbered blanks, and a line for each; enter goes on, in the last one it submits."""

    DEFAULT_CSS = "BlanksAnswer { height: auto; & LineInput { margin: 0 0 0 3; } }"

    def __init__(self, form: Blanks) -> None:
        super().__init__()
        self.form = form
        self._kept = 0
        """The cursor that was given back, until one of the lines has the focus."""

    def compose(self) -> ComposeResult:
        """The text, then the lines."""
        text = self.form.pieces[0]
        for n, piece in enumerate(self.form.pieces[1:], 1):
            text += f"[{n}____]{piece}"
        lines = text.split("\n")
        blocks = [Listing(tuple(lines), indent=3)] if len(lines) > 1 else [para(text, indent=3)]
        yield Prose(blocks)
        for n in range(1, len(self.form.pieces)):
            yield LineInput(placeholder=f"blank {n}", id=f"blank{n}")

    @property
    def fields(self) -> list[LineInput]:
        """A line for each blank."""
        return list(self.query(LineInput))

    @property
    def response(self) -> Response:
        """The texts in order."""
        return tuple(field.value for field in self.fields)

    @property
    def cursor(self) -> int:
        """Which blank has the cursor, and where in it; the one that had it before where none has it."""
        found = next(((n, field) for n, field in enumerate(self.fields) if field.has_focus), None)
        if found is not None:
            self._kept = found[0] * COLUMNS + found[1].cursor_position
        return self._kept

    def restore(self, response: Response, cursor: int | None = None) -> None:
        """Fill the blanks again."""
        self._kept = cursor or 0
        at, column = divmod(self._kept, COLUMNS)
        for n, (field, text) in enumerate(zip(self.fields, texts(response), strict=False)):
            field.put(text, column if n == at and cursor is not None else None)

    def field_at(self, cursor: int) -> LineInput:
        """The blank that a kept cursor names."""
        return self.fields[min(cursor // COLUMNS, len(self.fields) - 1)]

    @on(Input.Changed)
    def changed(self, message: Input.Changed) -> None:
        """Tell."""
        message.stop()
        self.post_message(Changed())

    @on(Input.Submitted)
    def entered(self, message: Input.Submitted) -> None:
        """On to the next blank, or submit."""
        message.stop()
        if not self.go_on(message.input):
            self.post_message(Submitted())

    @on(Released)
    def released(self, message: Released) -> None:
        """Tab goes on to the next blank; from the last one it leads out."""
        if self.go_on(message.field):
            message.stop()

    def go_on(self, field: object) -> bool:
        """To the blank after that one; False where it was the last."""
        fields = self.fields
        following = next((after for before, after in pairwise(fields) if before is field), None)
        if following is not None:
            following.focus()
        return following is not None
