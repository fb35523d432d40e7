"""A list of rows with a cursor: moving it redraws only two rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style as RichStyle
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from dev2cto import symbols
from dev2cto.markdown.layout import Line, sanitized, wrap
from dev2cto.markdown.parser import Span
from dev2cto.tui.widgets.line_widget import LineWidget, pens
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.row_filter import fitting

NUMBERED = 9
"""The number of rows that can be opened with one digit."""


MOST_TINTED, OF_STYLE = 240, 16
"""The most bytes that a tinted row takes, about, and what a style takes: a move in a list draws two such rows."""
LEAD = "   "
"""The cells of the mark at the left of a row."""


class Rows(LineWidget, can_focus=True):
    """Rows with a cursor: enter opens; arrows, home, end and page keys move it; a digit opens one of the first nine.

    A row past the ninth is opened by 0 and its number. `filter` leaves only some of the rows.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="rows.open"),
        *(
            Binding(str(n), f"pick({n})", "open by number", show=False, id=f"rows.pick{n}")
            for n in range(1, NUMBERED + 1)
        ),
        Binding("0", "pick(0)", "number", tooltip="open a row past the ninth by its number", id="rows.number"),
        Binding("up,k", "move(-1)", "up", show=False, id="rows.up"),
        Binding("down,j", "move(1)", "down", show=False, id="rows.down"),
        Binding("space", "leaf(1)", "page", tooltip="page on", id="rows.page"),
        Binding("pagedown", "leaf(1)", "page", tooltip="page on", show=False, id="rows.page_too"),
        Binding("backspace,pageup,b", "leaf(-1)", "page back", show=False, id="rows.page_back"),
        Binding("home", "edge(-1)", "beginning", show=False, id="rows.first"),
        Binding("end", "edge(1)", "end", show=False, id="rows.last"),
    ]
    MARGIN: ClassVar[int] = 0
    cursor: reactive[int] = reactive(0, repaint=False)

    class Opened(Message):
        """A row was opened."""

        def __init__(self, rows: Rows, row: Row) -> None:
            super().__init__()
            self.rows, self.row = rows, row

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    class Moved(Message):
        """The cursor moved to another row."""

        def __init__(self, rows: Rows, row: Row) -> None:
            super().__init__()
            self.rows, self.row = rows, row

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    class NumberBegun(Message):
        """0 was typed, and digits with which these numbers begin; `digits` is empty once that is over."""

        def __init__(self, rows: Rows, digits: str, numbers: Sequence[int]) -> None:
            super().__init__()
            self.rows, self.digits, self.numbers = rows, digits, tuple(numbers)

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        numbered: bool = True,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.rows: tuple[Row, ...] = tuple(rows)
        """The rows shown."""
        self.numbered = numbered
        self._all = self.rows
        self._words = ""
        self._numbers = numbers_of(self.rows)
        self._typed = ""
        """0 and the digits of a number typed so far."""
        self._tops: list[int] = []
        self._owners: list[int] = []
        self.set_reactive(Rows.cursor, self._first())

    def _first(self) -> int:
        return next((n for n, row in enumerate(self.rows) if row.id), 0)

    def allow_focus(self) -> bool:
        """Accept the focus only if a row can be opened, so that the screen keeps its keys otherwise."""
        return super().allow_focus() and any(row.id for row in self.rows)

    @property
    def current(self) -> Row | None:
        """The row under the cursor; None if there is none that can be opened."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) and self.rows[self.cursor].id else None

    @property
    def is_long(self) -> bool:
        """Whether there are several rows to choose from, shown or not."""
        return sum(bool(row.id) for row in self._all) > 1

    @property
    def at(self) -> int:
        """How many rows that can be opened are above the cursor."""
        return self._openable().index(self.cursor) if self.cursor in self._openable() else 0

    def show(self, rows: Sequence[Row], cursor: int | None = None) -> None:
        """Replace the rows; the cursor moves to row `cursor`, by default it stays on the row with the same id."""
        old, before = self.current, self.rows
        self._all = tuple(rows)
        self._numbers, self.rows = self._fitting()
        ids = [row.id for row in self.rows]
        if cursor is None:
            cursor = ids.index(old.id) if old and old.id in ids else min(self.cursor, max(0, len(ids) - 1))
        if cursor >= len(ids) or not ids[cursor]:
            cursor = self._first()
        changed = self.rows != before or cursor != self.cursor
        self.set_reactive(Rows.cursor, cursor)
        if changed:
            self.stale()

    def filter(self, words: str) -> None:
        """Show only the rows that fit these words, the best one under the cursor; all for no words."""
        if words != self._words:
            kept, self._words = self.current, words
            self.show(self._all, None if not words else 0)
            if not words and kept is not None:
                self.point(kept.id)
            if self.current is not None:
                self.post_message(self.Moved(self, self.current))

    def _fitting(self) -> tuple[tuple[int, ...], tuple[Row, ...]]:
        """The numbers and rows to show."""
        if not self._words.strip():
            return numbers_of(self._all), self._all
        able = [row for row in self._all if row.id]
        found = fitting([f"{''.join(span.text for span in row.spans)} {row.unseen}" for row in able], self._words)
        rows = [able[n - 1] for n in found]
        rows[:1] = [row._replace(gap=self._all[0].gap) for row in rows[:1]]
        return tuple(found), tuple(rows)

    def point(self, id: str) -> None:
        """Put the cursor on the row with that id, if there is one."""
        for n, row in enumerate(self.rows):
            if row.id == id:
                self.cursor = n

    def lines_at(self, width: int) -> Sequence[Line]:
        """The rows, wrapped below their text."""
        lines: list[Line] = []
        self._tops, self._owners = [], []
        for number, row in enumerate(self.rows):
            if row.gap:
                lines.append(Line(()))
                self._owners.append(-1)
            self._tops.append(len(lines))
            lead = (Span(LEAD[1:] if row.caption else LEAD), *row.lead)
            if self.numbered and row.id:
                label = str(self._numbers[number])
                lead = (Span(" " * (len(LEAD) + 1 - len(label))), Span(f"{label}  ", "muted"), *row.lead)
            indent = sum(cell_len(span.text) for span in lead)
            pieces = [sanitized(row.spans)] if row.fixed else [s for s, _ in wrap(row.spans, max(10, width - indent))]
            for n, spans in enumerate(pieces):
                before = lead if n == 0 else (Span(" " * indent),)
                lines.append(Line((*before, *(Span(span.text.replace("\u00a0", " "), span.style) for span in spans))))
                self._owners.append(number)
        return lines

    def room(self, width: int) -> int:
        """Return the cells for a row with its mark; one at the right stays free."""
        return max(1, min(width - 1, self.WIDEST + len(LEAD)))

    def owner(self, y: int) -> int:
        """Return the number of the row that line `y` belongs to; -1 for a blank line between rows."""
        return self._owners[y] if y < len(self._owners) else -1

    def is_selected(self, y: int) -> bool:
        """Whether line `y` belongs to the row under the cursor of a list that has the focus."""
        return self.owner(y) == self.cursor and self.has_focus and self.current is not None

    def surface(self, line: Line, y: int) -> RichStyle | None:
        """Return the surface of the selected row: of its first line only, or of none, if all would take many bytes."""
        return pens(self.app).surface if self.is_selected(y) and self._tints(y) else super().surface(line, y)

    def _tints(self, y: int) -> bool:
        weights = [
            sum(len(span.text) + OF_STYLE for span in line.spans)
            for line, owner in zip(self._lines, self._owners, strict=True)
            if owner == self._owners[y]
        ]
        return sum(weights) <= MOST_TINTED or (y == self._tops[self._owners[y]] and weights[0] <= MOST_TINTED)

    def edge(self, line: Line, y: int) -> tuple[int, Span] | None:
        """Return the mark of the selected row or, on its first line, of one that is due."""
        number = self.owner(y)
        if number < 0:
            return None
        due, first, marks = self.rows[number].due, self._tops[number] == y, symbols.current()
        if (sign := self.rows[number].sign) is not None and first:
            return 1, sign
        if self.is_selected(y) and (first or marks is symbols.UNICODE):
            return 1, Span(marks.pointer, "fill-warm" if due else "fill")
        return (1, Span(marks.due, "fill-warm")) if due and first else None

    def cursor_cell(self) -> Offset | None:
        """Return the cell of the terminal on which the selected row begins; None if it is not on screen."""
        frame = self.scroller()
        if self.current is None or (frame is not None and not self.shows_cursor(frame)):
            return None
        return self.region.offset + Offset(1, self.region_of(self.cursor).y)

    def region_of(self, number: int) -> Region:
        """Return the region of a row in this widget."""
        if self.size.width:
            self.lines(self.room(self.size.width))
        if number >= len(self._tops):
            return Region(0, 0, self.size.width, 1)
        top = self._tops[number]
        height = sum(owner == number for owner in self._owners)
        return Region(0, top, self.size.width, max(1, height))

    def watch_cursor(self, old: int, new: int) -> None:
        """A number typed in part is over. Redraw the two rows, scroll the cursor into view and post Moved."""
        self._type("", ())
        self.refresh(self.region_of(old), self.region_of(new))
        self.reveal()
        if self.current is not None:
            self.post_message(self.Moved(self, self.current))

    def scroller(self) -> VerticalScroll | None:
        """Return the container that scrolls this list, None if there is none."""
        return next((node for node in self.ancestors if isinstance(node, VerticalScroll)), None)

    def reveal(self) -> None:
        """Scroll the cursor's row into view."""
        frame = self.scroller()
        if frame is not None:
            frame.scroll_to_region(self._region_in(frame), animate=False, force=True)

    def shows_cursor(self, frame: VerticalScroll) -> bool:
        """Whether the first line of the cursor's row is on screen."""
        top = self._region_in(frame).y - frame.scroll_offset.y
        return 0 <= top < frame.size.height

    def _region_in(self, frame: VerticalScroll) -> Region:
        """Return the region of the cursor's row in the container that scrolls it."""
        region = self.region_of(self.cursor)
        node: Widget = self
        while node is not frame and isinstance(node.parent, Widget):
            region = region.translate(node.virtual_region.offset)
            node = node.parent
        return region

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh(self.region_of(self.cursor))

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._type("", ())
        self.refresh(self.region_of(self.cursor))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits work up to the number of rows, page keys only if the list is longer than a page."""
        if action == "pick":
            digit = int(str(parameters[0]))
            return self.numbered and (bool(self._after(digit)) if self._typed or digit else self.has_more)
        frame = self.scroller()
        if action == "leaf":
            return frame is not None and self.size.height > frame.size.height
        if action in ("move", "edge"):
            return len(self._openable()) > 1 or (action == "move" and frame is not None and frame.max_scroll_y > 0)
        return True

    def _openable(self) -> list[int]:
        return [n for n, row in enumerate(self.rows) if row.id]

    def action_move(self, step: int) -> None:
        """Move the cursor to the next row that can be opened; past either end, scroll the screen."""
        at = self.cursor + step
        while 0 <= at < len(self.rows) and not self.rows[at].id:
            at += step
        frame = self.scroller()
        if 0 <= at < len(self.rows):
            self.cursor = at
        elif frame is not None:
            frame.scroll_relative(y=step * 3, animate=False)

    def action_leaf(self, direction: int) -> None:
        """Move the cursor by a page; if it is off screen, only scroll by a page."""
        frame = self.scroller()
        if frame is not None and not self.shows_cursor(frame):
            frame.scroll_relative(y=direction * max(1, frame.size.height - 2), animate=False, force=True)
        elif frame is not None and self._tops:
            y = self._tops[self.cursor] + direction * max(1, frame.size.height - 2)
            self.cursor = min(self._openable(), key=lambda n: abs(self._tops[n] - y))

    @property
    def has_more(self) -> bool:
        """Whether a row that is shown has a number of several digits."""
        return max(self._numbers, default=0) > NUMBERED

    def _after(self, digit: int) -> list[int]:
        """The numbers that are meant by a digit: its own, or after 0 all that go on with it."""
        begun = f"{self._typed}{digit}"[1:]
        return [n for n in self._numbers if n and (str(n).startswith(begun) if self._typed else n == digit)]

    def action_pick(self, digit: int) -> None:
        """Open a row by its number; after 0, go on with a number until only one row can be meant."""
        found, typed = self._after(digit), f"{self._typed}{digit}"
        self._type("", ())
        if found:
            self.cursor = self._numbers.index(found[0])
        if len(found) == 1:
            self.open_current()
        elif self.has_more:
            self._type(typed, found)

    def _type(self, digits: str, numbers: Sequence[int]) -> None:
        if digits != self._typed:
            self._typed = digits
            self.post_message(self.NumberBegun(self, digits, numbers))
            self.screen.refresh_bindings()

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first (-1) or last (1) row."""
        places = self._openable()
        if places:
            self.cursor = places[0 if direction < 0 else -1]

    def action_open(self) -> None:
        """Open the row under the cursor; if it is off screen, only scroll it into view."""
        frame = self.scroller()
        if frame is not None and not self.shows_cursor(frame):
            self.reveal()
        else:
            self.open_current()

    def open_current(self) -> None:
        """Open the row under the cursor, on screen or not."""
        self._type("", ())
        if self.current is not None:
            self.post_message(self.Opened(self, self.current))

    def on_click(self, event: events.Click) -> None:
        """Act on the row that was clicked, on any of its lines."""
        y = event.y
        if 0 <= y < len(self._owners) and self._owners[y] >= 0:
            self.focus(scroll_visible=False)
            self.clicked(self._owners[y])

    def clicked(self, number: int) -> None:
        """Put the cursor on the row and open it."""
        if self.rows[number].id:
            self.cursor = number
            self.action_open()


def numbers_of(rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the number of each row, from 1; 0 for those that cannot be opened."""
    numbers = accumulate(int(bool(row.id)) for row in rows)
    return tuple(number if row.id else 0 for number, row in zip(numbers, rows, strict=True))
