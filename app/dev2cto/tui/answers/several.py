"""Answers of several lines: the blanks of a text, an interval before a number."""

from __future__ import annotations

from itertools import pairwise

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from dev2cto.items.forms import Blanks, Predict, Response, interval, texts
from dev2cto.markdown.parser import para
from dev2cto.presenters.answer_text import blanks_blocks
from dev2cto.tui.answers.base import Changed, Submitted
from dev2cto.tui.widgets.inputs import COLUMNS, LineInput
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.messages import FieldLeft


class SeveralLines(Vertical):
    """Lines to type into, one after the other; enter goes on, in the last one it submits."""

    DEFAULT_CSS = "SeveralLines { height: auto; & LineInput { margin: 0 0 0 3; } }"
    _kept = 0
    """The cursor that was given back, until one of the lines has the focus."""

    @property
    def fields(self) -> list[LineInput]:
        """The lines that are shown, in order."""
        return [field for field in self.query(LineInput) if field.display]

    @property
    def response(self) -> Response:
        """The texts of all lines in order."""
        return tuple(field.value for field in self.query(LineInput))

    @property
    def cursor(self) -> int:
        """Which line has the cursor, and where in it; the one that had it before where none has it."""
        found = next(((n, field) for n, field in enumerate(self.fields) if field.has_focus), None)
        if found is not None:
            self._kept = found[0] * COLUMNS + found[1].cursor_position
        return self._kept

    def restore(self, response: Response, cursor: int | None = None) -> None:
        """Fill the lines again."""
        self._kept = cursor or 0
        at, column = divmod(self._kept, COLUMNS)
        for n, (field, text) in enumerate(zip(self.query(LineInput), texts(response), strict=False)):
            field.put(text, column if n == at and cursor is not None else None)

    def field_at(self, cursor: int) -> LineInput:
        """The line that a kept cursor names."""
        return self.fields[min(cursor // COLUMNS, len(self.fields) - 1)]

    @on(Input.Changed)
    def changed(self, message: Input.Changed) -> None:
        """Tell."""
        message.stop()
        self.post_message(Changed())

    @on(Input.Submitted)
    def entered(self, message: Input.Submitted) -> None:
        """On to the next line, or submit."""
        message.stop()
        if not self.go_on(message.input):
            self.post_message(Submitted())

    @on(FieldLeft)
    def released(self, message: FieldLeft) -> None:
        """Tab goes on to the next line; from the last one it leads out."""
        if self.go_on(message.field):
            message.stop()

    def go_on(self, field: object) -> bool:
        """To the line after that one; False where it was the last."""
        fields = self.fields
        following = next((after for before, after in pairwise(fields) if before is field), None)
        if following is not None:
            following.focus()
        return following is not None


class BlanksAnswer(SeveralLines):
    """The text with numbered blanks, and a line for each."""

    def __init__(self, form: Blanks) -> None:
        super().__init__()
        self.form = form

    def compose(self) -> ComposeResult:
        """The text, then the lines."""
        yield MarkdownText(blanks_blocks(self.form, indent=3))
        for n in range(1, len(self.form.pieces)):
            yield LineInput(placeholder=f"blank {n}", id=f"blank{n}")


class PredictAnswer(SeveralLines):
    """The ends of an interval; a line for the number comes when they make one."""

    DEFAULT_CSS = """
    PredictAnswer {
        & Horizontal { height: auto; & MarkdownText { width: 15; } & LineInput { width: 1fr; margin: 0; } }
    }
    """

    def __init__(self, form: Predict) -> None:
        super().__init__()
        self.form = form

    def compose(self) -> ComposeResult:
        """The two ends, then the number."""
        unit = f" in {self.form.unit}" if self.form.unit else ""
        for id, label in (("low", "at least"), ("high", "at most"), ("number", "the number")):
            with Horizontal():
                yield MarkdownText([para(label, "muted", indent=3)])
                yield LineInput(placeholder=f"a number{unit}", id=id)

    def show_number(self, shown: bool) -> None:
        """Show the line for the number, or hide it."""
        for line in self.query("#number"):
            line.display = shown
            assert isinstance(line.parent, Widget)
            line.parent.display = shown

    def on_mount(self) -> None:
        """The interval comes first."""
        self.show_number(False)

    def restore(self, response: Response, cursor: int | None = None) -> None:
        """Fill the lines again; the number is there when it was typed, or was about to be."""
        super().restore(response, cursor)
        begun = bool("".join(texts(response)[2:])) or (cursor or 0) >= 2 * COLUMNS
        self.show_number(begun and self.sound)

    @property
    def sound(self) -> bool:
        """Whether the two ends make an interval."""
        return not isinstance(interval(self.form, self.response), str)

    def go_on(self, field: object) -> bool:
        """To the next line; to the number once there is an interval."""
        if field is self.query_one("#high") and self.sound:
            self.show_number(True)
        return super().go_on(field)
