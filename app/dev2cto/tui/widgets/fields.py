"""Fields to type into. Letters and digits are text here; tab leads out, to where letters are commands again."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

COLUMNS = 10_000
"""A cursor in a text is kept as line * COLUMNS + column."""


class Released(Message):
    """The learner leaves a field by tab or escape; what is typed stays."""

    def __init__(self, field: Widget) -> None:
        super().__init__()
        self.field = field


class LineInput(Input):
    """A line to type."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "answer", id="field.enter"),
        Binding("tab,escape", "release", "leave the field", id="field.release"),
    ]

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)
        self.cursor_blink = False

    def action_release(self) -> None:
        """Letters are to be commands again."""
        self.post_message(Released(self))

    def put(self, text: str, cursor: int | None = None) -> None:
        """Show that text, the cursor there or at its end."""
        self.value = text
        self.cursor_position = len(text) if cursor is None else min(cursor, len(text))


class TextEditor(TextArea):
    """A text to type; tab and escape lead to what stands below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,escape", "app.focus_next", "to what can be done", id="field.below"),
    ]

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(text, id=id, tab_behavior="focus", soft_wrap=True, show_line_numbers=False)
        self.cursor_blink = False

    @property
    def cursor(self) -> int:
        """Where the cursor stands."""
        line, column = self.cursor_location
        return line * COLUMNS + min(column, COLUMNS - 1)

    def put_cursor(self, at: int | None) -> None:
        """Move the cursor there, or to the end."""
        if at is None:
            self.move_cursor(self.document.end)
            return
        line = min(at // COLUMNS, self.document.line_count - 1)
        self.move_cursor((line, min(at % COLUMNS, len(self.document.get_line(line)))))
