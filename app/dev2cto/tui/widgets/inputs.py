"""Input fields. Letters and digits are text here; tab leaves the field, and letters are commands again."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from dev2cto.text import sanitize
from dev2cto.tui.widgets.messages import CursorMoved, FieldLeft

COLUMNS = 10_000
"""A cursor in a text is saved as line * COLUMNS + column."""


MOVES = (
    ("left", "cursor_left", "cursor_left"), ("right", "cursor_right", "cursor_right"),
    ("home", "home", "cursor_line_start"), ("end", "end", "cursor_line_end"),
)  # fmt: skip
WORDS = (
    ("ctrl+left", "cursor_left_word", "cursor_word_left"), ("ctrl+right", "cursor_right_word", "cursor_word_right"),
)  # fmt: skip
"""(key, action in a line, action in a text) for the keys that move the cursor."""


def typing_keys(lines: bool) -> list[BindingType]:
    """Return the editing keys of a single line, or of a text (`lines`): no function keys, ctrl+a, ctrl+b or alt.

    Textual's own bindings are not inherited: they use such keys, and have no ids. ctrl+z suspends here as well; undo is
    ctrl+_, which terminals also send for ctrl+/.
    """
    at = 2 if lines else 1
    word, before, after = (
        ("delete_word_left", "delete_to_start_of_line", "delete_to_end_of_line_or_delete_line")
        if lines
        else ("delete_left_word", "delete_left_all", "delete_right_all")
    )
    moves = [*MOVES, *(
        (key, f"cursor_{name}", f"cursor_{name}")
        for key, name in (("up", "up"), ("down", "down"), ("pageup", "page_up"), ("pagedown", "page_down"))
        if lines
    )]  # fmt: skip
    keys = [
        *((move[0], move[at], "move the cursor", move[0]) for move in moves),
        *((move[0], move[at], "move by a word", move[0].replace("ctrl+", "word_")) for move in WORDS),
        *((f"shift+{m[0]}", f"{m[at]}(True)", "select", f"select_{m[0]}") for m in moves if "page" not in m[0]),
        ("backspace", "delete_left", "delete", "delete_before"),
        ("delete", "delete_right", "delete", "delete_after"),
        ("ctrl+w", word, "delete the word before", "delete_word"),
        ("ctrl+u", before, "delete the line before the cursor", "delete_line_before"),
        ("ctrl+k", after, "delete the line after the cursor", "delete_line_after"),
        ("ctrl+c", "copy", "copy", "copy"), ("ctrl+x", "cut", "cut", "cut"), ("ctrl+v", "paste", "paste", "paste"),
        *((("ctrl+underscore", "undo", "undo", "undo"), ("ctrl+y", "redo", "redo", "redo")) if lines else ()),
    ]  # fmt: skip
    part = "text" if lines else "line"
    return [Binding(key, action, what, show=id == "undo", id=f"{part}.{id}") for key, action, what, id in keys]


def typing_actions(lines: bool) -> set[str]:
    """Return the names of the actions of those keys."""
    bindings = Binding.make_bindings(typing_keys(lines))
    return {parse(binding.action)[1] for binding in bindings}


def sanitized_strip(strip: Strip) -> Strip:
    """Return the strip without control characters, which a pasted or saved text may contain."""
    if all(segment.text.isascii() and segment.text.isprintable() for segment in strip):
        return strip
    shown = [Segment(sanitize(text).replace("\n", " "), style, control) for text, style, control in strip]
    return Strip(shown).adjust_cell_length(strip.cell_length, Style.null())  # dimming needs a style


def painted(field: Widget, crop: Region, paint: Callable[[Region], list[Strip]]) -> list[Strip]:
    """Return the lines of `field` within `crop`, which are blank once it was removed.

    A screen may paint a widget once more after Textual has removed it and dropped its component styles; Textual's
    fields would then raise KeyError.
    """
    return [Strip.blank(crop.width)] * crop.height if field.parent is None else paint(crop)


class LineInput(Input, inherit_bindings=False):
    """A single input line."""

    DEFAULT_CSS = "LineInput { margin: 0 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "answer", id="field.enter"),
        Binding("tab", "release", "done typing", id="field.release"),
        Binding("escape", "release", "done typing", show=False, id="field.escape"),
        *typing_keys(lines=False),
    ]

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)
        self.cursor_blink = False
        self._seen = ""
        """The text when the cursor moved last."""

    def watch_selection(self) -> None:
        """Post CursorMoved, unless the cursor followed a change of the text."""
        if self.value == self._seen:
            self.post_message(CursorMoved())
        self._seen = self.value

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render the lines within `crop`, blank once the field was removed."""
        return painted(self, crop, super().render_lines)

    def render_line(self, y: int) -> Strip:
        """Render the line without control characters."""
        return sanitized_strip(super().render_line(y))

    def on_resize(self) -> None:
        """Move the terminal's cursor into a line that was focused before it was laid out."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def cursor_cell(self) -> Offset:
        """Return the cell of the terminal in which the cursor is; Textual's offset is one further at the end."""
        return self.cursor_screen_offset - Offset(int(self.cursor_at_end), 0)

    def action_release(self) -> None:
        """Post FieldLeft, so that letters become commands again."""
        self.post_message(FieldLeft(self))

    def put(self, text: str, cursor: int | None = None) -> None:
        """Show `text`, with the cursor at column `cursor` or at its end."""
        self.value = text
        self.cursor_position = len(text) if cursor is None else min(cursor, len(text))


class TextEditor(TextArea, inherit_bindings=False):
    """A field for a longer text; tab and escape move the focus to the next widget."""

    DEFAULT_CSS = "TextEditor { margin: 0 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "done typing", id="field.below"),
        Binding("escape", "app.focus_next", "done typing", show=False, id="field.escape_below"),
        *typing_keys(lines=True),
    ]

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(text, id=id, tab_behavior="focus", soft_wrap=True, show_line_numbers=False)
        self.cursor_blink = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render the lines within `crop`, blank once the field was removed."""
        return painted(self, crop, super().render_lines)

    def render_line(self, y: int) -> Strip:
        """Render the line without control characters."""
        return sanitized_strip(super().render_line(y))

    def cursor_cell(self) -> Offset:
        """Return the cell of the terminal in which the cursor is."""
        return self.cursor_screen_offset

    @property
    def cursor(self) -> int:
        """The cursor as line * COLUMNS + column."""
        line, column = self.cursor_location
        return line * COLUMNS + min(column, COLUMNS - 1)

    def put_cursor(self, at: int | None) -> None:
        """Move the cursor to line * COLUMNS + column; None moves it to the end."""
        if at is None:
            self.move_cursor(self.document.end)
            return
        line = min(at // COLUMNS, self.document.line_count - 1)
        self.move_cursor((line, min(at % COLUMNS, len(self.document.get_line(line)))))
