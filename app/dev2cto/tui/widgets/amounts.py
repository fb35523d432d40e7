"""Rows with an amount each: arrows, plus and minus change it by one step, digits enter it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from dev2cto.markdown.parser import Span, Spans
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

LESS, MORE = "[-]", "[+]"


class AmountLimits(NamedTuple):
    """Whether a row's amount can be lowered, raised, or typed with a zero."""

    less: bool
    more: bool
    zero: bool


NONE = AmountLimits(less=False, more=False, zero=False)


class AmountRows(Rows):
    """Posts which key was used on which row; the page decides what it does to the amount."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "done", id="amounts.submit"),
        Binding("left,minus", "less", "less", id="amounts.less"),
        Binding("right,plus", "more", "more", id="amounts.more"),
        *(
            Binding(str(n), f"digit({n})", "amount", tooltip="type the amount", id=f"amounts.digit{n}")
            for n in range(10)
        ),
    ]

    class Stepped(Message):
        """Change the row's amount by one step, down (-1) or up (1)."""

        def __init__(self, row: Row, by: int) -> None:
            super().__init__()
            self.row, self.by = row, by

    class Typed(Message):
        """A digit of the row's amount was typed."""

        def __init__(self, row: Row, digit: int) -> None:
            super().__init__()
            self.row, self.digit = row, digit

    class Submitted(Message):
        """The learner finished the amounts."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(numbered=False, id=id)
        self.limits: Mapping[str, AmountLimits] = {}

    def show_amounts(self, rows: Sequence[Row], limits: Mapping[str, AmountLimits], cursor: int | None) -> None:
        """Show these rows; `limits`, by row id, decide which keys are offered."""
        self.limits = limits
        self.show(rows, cursor)
        self.refresh_bindings()

    def watch_cursor(self, old: int, new: int) -> None:
        """Refresh the keys, which depend on the row."""
        super().watch_cursor(old, new)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys work within the limits of the row under the cursor."""
        limits = self.limits.get(self.current.id, NONE) if self.current else NONE
        match action:
            case "less":
                return limits.less
            case "more":
                return limits.more
            case "digit":
                return limits.zero if parameters[0] == 0 else limits.less or limits.more
            case "pick" | "open":
                return False
            case _:
                return super().check_action(action, parameters)

    def action_less(self) -> None:
        """Lower the amount by one step."""
        if self.current is not None:
            self.post_message(self.Stepped(self.current, -1))

    def action_more(self) -> None:
        """Raise the amount by one step."""
        if self.current is not None:
            self.post_message(self.Stepped(self.current, 1))

    def action_digit(self, number: int) -> None:
        """Post a digit of the amount."""
        if self.current is not None:
            self.post_message(self.Typed(self.current, number))

    def action_submit(self) -> None:
        """Post that the amounts are final."""
        self.post_message(self.Submitted())

    def on_click(self, event: events.Click) -> None:
        """Change the amount if [-] or [+] was clicked; otherwise move the cursor to the row."""
        event.prevent_default()
        y = event.y
        if not 0 <= y < len(self._owners) or self._owners[y] < 0 or not self.rows[self._owners[y]].id:
            return
        number = self._owners[y]
        self.focus(scroll_visible=False)
        self.cursor = number
        row = self.rows[number]
        text = "   " + "".join(span.text for span in (*row.lead, *row.spans))
        limits = self.limits.get(row.id, NONE)
        if y != self._tops[number]:
            return
        for sign, by, able in ((LESS, -1, limits.less), (MORE, 1, limits.more)):
            start = cell_len(text[: text.index(sign)])
            if able and start <= event.x < start + len(sign):
                self.post_message(self.Stepped(row, by))


def amount_row(id: str, name: str, width: int, amount: str, bar: Spans, meaning: str) -> Row:
    """Return a row: the name padded to `width` cells, the amount between [-] and [+], a bar, and its meaning."""
    lead = (Span(name + " " * max(0, width - cell_len(name)) + "  "),)
    spans = (
        Span(f"{LESS}\u00a0{amount}\u00a0{MORE}", "bold"),
        Span("  "),
        *bar,
        Span(f"  {meaning}", "muted"),
    )
    return Row(id, spans, lead=lead)
