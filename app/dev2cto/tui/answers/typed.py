"""Answers that are typed: a line, a longer text, the blanks of a text."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, TextArea

from dev2cto.items.forms import Blanks, Response, Write
from dev2cto.prose.blocks import Listing, Span, para
from dev2cto.tui.answers.base import Changed, Left, Submitted, texts
from dev2cto.tui.widgets.lines import Prose
from dev2cto.tui.widgets.rows import Row, Rows


class LineInput(Input):
    """A line to type; escape goes to the buttons below or leaves."""

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)
        self.cursor_blink = False


class TextEditor(TextArea):
    """A text to type; tab and escape lead to what stands below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.focus_next", "to the buttons", show=False, id="editor.leave"),
        Binding("tab", "app.focus_next", "to Submit and Leave", id="editor.tab"),
    ]

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(text, id=id, tab_behavior="focus", soft_wrap=True, show_line_numbers=False)
        self.cursor_blink = False


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

    def restore(self, response: Response) -> None:
        """Put the text back."""
        if isinstance(response, str):
            if self.form.lines:
                self.query_one(TextEditor).text = response
            else:
                self.query_one(LineInput).value = response

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
        """Submit, or leave the field."""
        message.stop()
        if message.row.id == "submit":
            self.post_message(Submitted())
        else:
            self.screen.set_focus(None)
            self.post_message(Left())


class BlanksAnswer(Vertical):
    """The text with numbered blanks, and a line for each; enter goes on, in the last one it submits."""

    DEFAULT_CSS = "BlanksAnswer { height: auto; & LineInput { margin: 0 0 0 3; } }"

    def __init__(self, form: Blanks) -> None:
        super().__init__()
        self.form = form

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
    def response(self) -> Response:
        """The texts in order."""
        return tuple(field.value for field in self.query(LineInput))

    def restore(self, response: Response) -> None:
        """Fill the blanks again."""
        for field, text in zip(self.query(LineInput), texts(response), strict=False):
            field.value = text

    @on(Input.Changed)
    def changed(self, message: Input.Changed) -> None:
        """Tell."""
        message.stop()
        self.post_message(Changed())

    @on(Input.Submitted)
    def entered(self, message: Input.Submitted) -> None:
        """On to the next blank, or submit."""
        message.stop()
        fields = list(self.query(LineInput))
        at = fields.index(message.input) if isinstance(message.input, LineInput) else 0
        if at + 1 < len(fields):
            fields[at + 1].focus()
        else:
            self.post_message(Submitted())
