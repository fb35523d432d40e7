"""The answer widget for typed answers: a line or a longer text."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, TextArea

from dev2cto.items.forms import Form, Response, Write
from dev2cto.markdown.parser import Span, para
from dev2cto.presenters.judged_parts import PartNote
from dev2cto.text import sanitize
from dev2cto.tui.answers.base import AnswerChanged, AnswerLeft, AnswerSubmitted
from dev2cto.tui.answers.judged import indented, judged_rows, show_rows
from dev2cto.tui.widgets.inputs import LineInput, TextEditor
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows


class WriteAnswer(Vertical):
    """A line that enter submits, or a longer text with the rows Submit and Leave below it."""

    DEFAULT_CSS = """
    WriteAnswer {
        height: auto;
        & TextEditor { height: auto; min-height: 3; max-height: 8; margin: 0 0 1 3; }
        & LineInput { margin: 0 0 0 3; }
    }
    """

    def __init__(self, form: Write) -> None:
        super().__init__()
        self.form = form

    def compose(self) -> ComposeResult:
        """The field; below a longer text, the rows Submit and Leave."""
        if self.form.lines:
            yield MarkdownText([para("Your answer", "muted", indent=1)])
            yield TextEditor()
            yield Rows([Row("submit", (Span("Submit"),)), Row("leave", (Span("Leave"),))])
        else:
            unit = f" in {self.form.unit}" if self.form.unit else ""
            yield LineInput(placeholder=f"a number{unit}" if self.form.number else "your answer")

    @property
    def response(self) -> Response:
        """The typed text."""
        return self.query_one(TextEditor).text if self.form.lines else self.query_one(LineInput).value

    @property
    def cursor(self) -> int:
        """The cursor: a column in a line; line * COLUMNS + column in a longer text."""
        return self.query_one(TextEditor).cursor if self.form.lines else self.query_one(LineInput).cursor_position

    def restore(self, response: Response, cursor: int | None = None) -> None:
        """Restore the text and the cursor."""
        if not isinstance(response, str):
            return
        if self.form.lines:
            editor = self.query_one(TextEditor)
            editor.text = response
            editor.put_cursor(cursor)
        else:
            self.query_one(LineInput).put(response, cursor)

    def show_verdict(self, form: Form, notes: Sequence[PartNote]) -> None:
        """Show the text where its field was, as it was judged."""
        first, *more = sanitize(str(self.response)).split("\n")
        rows = [*judged_rows(form, [Row("1", (Span(indented(first)),))], notes)]
        rows[1:1] = [Row("", (Span(indented(line)),)) for line in more]
        show_rows(self, rows, "LineInput, TextEditor, Rows")

    @on(Input.Changed)
    @on(TextArea.Changed)
    def changed(self, message: Input.Changed | TextArea.Changed) -> None:
        """Report the change as AnswerChanged."""
        message.stop()
        self.post_message(AnswerChanged())

    @on(Input.Submitted)
    def entered(self, message: Input.Submitted) -> None:
        """Submit the line."""
        message.stop()
        self.post_message(AnswerSubmitted())

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Submit, or leave the question."""
        message.stop()
        self.post_message(AnswerSubmitted() if message.row.id == "submit" else AnswerLeft())
