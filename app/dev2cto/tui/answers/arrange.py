"""The answer widget for putting entries in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from dev2cto.items.forms import Arrange, Option, Response, texts
from dev2cto.markdown.parser import Span
from dev2cto.tui.answers.base import AnswerRows, row_bindings, styled_text
from dev2cto.tui.widgets.row import Row


class ArrangeAnswer(AnswerRows):
    """Space picks up or drops an entry, the arrow keys move it, a digit moves it to that place, 0 leaves it out.

    With the mouse, a click picks an entry up and a click on another entry drops it there.
    """

    BINDINGS: ClassVar[list[BindingType]] = row_bindings(
        "arrange", "send there", "pick up, put down", "leave out", show_zero=True
    )

    def __init__(self, form: Arrange) -> None:
        self.form, self.digits = form, len(form.entries)
        self.kept: list[Option] = list(form.entries)
        self.out: list[Option] = []
        self.carrying = False
        super().__init__(self.rows_now())

    @property
    def response(self) -> Response:
        """The ids of the entries that are not left out, in order."""
        return tuple(option.id for option in self.kept)

    def show_response(self, response: Response) -> None:
        """Put the entries in the given order; ids that are not in the form are ignored."""
        by_id = {option.id: option for option in self.form.entries}
        kept = [by_id[id] for id in texts(response) if id in by_id]
        if kept:
            self.kept = kept
            self.out = [option for option in self.form.entries if option not in kept]
            self.show(self.rows_now(), self.cursor)

    def rows_now(self) -> Sequence[Row]:
        """The entries in order, then those left out."""
        rows = []
        for n, option in enumerate(self.kept, 1):
            carried = self.carrying and n - 1 == self.cursor
            rows.append(
                Row(option.id, styled_text(option), lead=(Span("^v " if carried else "   "), Span(f"{n:>2}  ")))
            )
        for n, option in enumerate(self.out):
            lead = (Span("left out  ", "muted"),)
            rows.append(Row(option.id, styled_text(option), lead=lead, gap=n == 0))
        return rows

    @property
    def takes_back(self) -> bool:
        """Whether the form allows entries to be left out."""
        return self.form.leave_out

    def action_move(self, step: int) -> None:
        """Move the cursor, or the entry that was picked up."""
        at = self.cursor
        if self.carrying and 0 <= at + step < len(self.kept):
            self.kept[at], self.kept[at + step] = self.kept[at + step], self.kept[at]
            self.set_reactive(AnswerRows.cursor, at + step)
            self.redraw()
            self.reveal()
        elif not self.carrying:
            super().action_move(step)

    def action_digit(self, number: int) -> None:
        """Move the entry under the cursor to place `number`; 0 leaves it out or brings it back."""
        everything = [*self.kept, *self.out]
        option = everything[self.cursor]
        self.carrying = False
        if number == 0:
            if option in self.kept:
                self.kept.remove(option)
                self.out.append(option)
            else:
                self.out.remove(option)
                self.kept.append(option)
        else:
            (self.kept if option in self.kept else self.out).remove(option)
            self.kept.insert(min(number - 1, len(self.kept)), option)
        self.redraw()

    def action_act(self) -> None:
        """Pick up or drop the entry; bring it back if it is left out."""
        if self.cursor >= len(self.kept):
            self.action_digit(0)
            return
        self.carrying = not self.carrying
        self.show(self.rows_now(), self.cursor)

    def clicked(self, number: int) -> None:
        """Pick the entry up, or drop the one being moved here; a click among the left-out entries leaves it out."""
        if self.carrying and number != self.cursor and number < len(self.kept):
            self.action_digit(number + 1)
            self.cursor = number
        elif self.carrying and number != self.cursor:
            self.action_digit(0)
        else:
            self.cursor = number
            self.action_act()

    def action_submit(self) -> None:
        """Drop the entry being moved; submit if there is none."""
        if self.carrying:
            self.action_act()
        else:
            super().action_submit()
