"""The answer widget for matching: gives each entry the number of its counterpart or group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType

from dev2cto.items.forms import Group, Pair, Response, assigned, assignment, loser
from dev2cto.items.response_text import one_line
from dev2cto.markdown.parser import Span
from dev2cto.text import shortened
from dev2cto.tui.answers.base import AnswerRows, row_bindings, styled_text
from dev2cto.tui.widgets.row import Row

MOST = 50
"""Characters shown of a line that lost its number."""


class AssignAnswer(AnswerRows):
    """A digit assigns that number and moves on to the next entry; 0 clears it.

    Space turns the page: it is pressed by habit while one reads. With the mouse, a click on an entry moves the cursor
    there, another click gives it the next number; a click on a target assigns its number.
    """

    BINDINGS: ClassVar[list[BindingType]] = row_bindings("assign", "give number", "", "take back", show_zero=True)

    def __init__(self, form: Pair | Group) -> None:
        self.form = form
        self.entries, self.targets = assignment(form)
        self.digits = len(self.targets)
        self.given: dict[str, str] = {}
        super().__init__(self.rows_now())

    @property
    def takes_back(self) -> bool:
        """Whether the entry under the cursor has a number."""
        return self.cursor < len(self.entries) and self.entries[self.cursor].id in self.given

    def watch_cursor(self, old: int, new: int) -> None:
        """Refresh the keys: 0 works only on an entry that has a number."""
        super().watch_cursor(old, new)
        self.refresh_bindings()

    @property
    def response(self) -> Response:
        """Target ids by entry id."""
        return dict(self.given)

    def show_response(self, response: Response) -> None:
        """Restore the numbers; unknown entries and targets are ignored."""
        if isinstance(response, Mapping):
            targets, entries = {t.id for t in self.targets}, {e.id for e in self.entries}
            self.given = {e: t for e, t in response.items() if e in entries and t in targets}
            self.show(self.rows_now(), self.cursor)

    def rows_now(self) -> Sequence[Row]:
        """The entries with their numbers, then the numbered targets."""
        number = {target.id: n for n, target in enumerate(self.targets, 1)}
        rows = []
        for entry in self.entries:
            chosen = self.given.get(entry.id)
            rows.append(Row(entry.id, styled_text(entry), lead=(Span(f"[{number[chosen] if chosen else ' '}]  "),)))
        for n, target in enumerate(self.targets, 1):
            rows.append(Row("", styled_text(target), lead=(Span(f"{n:>2}  ", "bold"),), gap=n == 1))
        return rows

    def action_digit(self, number: int) -> None:
        """Assign the number to the entry under the cursor (0 clears it) and go to the next one without a number."""
        if self.cursor >= len(self.entries) or number > len(self.targets):
            return
        entry = self.entries[self.cursor].id
        if number == 0:
            self.given.pop(entry, None)
            self.redraw()
        else:
            self.give(entry, number)
            self.go_on()

    def give(self, entry: str, number: int) -> None:
        """Assign the number; a line that loses it is named."""
        target = self.targets[number - 1].id
        losing = loser(self.form, self.given, entry, target)
        self.given = assigned(self.form, self.given, entry, target)
        self.redraw(f"{number} was taken from: {shortened(one_line(losing), MOST)}" if losing else "")

    def clicked(self, number: int) -> None:
        """Move the cursor to an entry, cycle its number if the cursor was there; assign the number of a target."""
        target = number - len(self.entries)
        if target >= 0:
            self.action_digit(target + 1)
        elif number == self.cursor:
            self.action_act()
        else:
            self.cursor = number

    def go_on(self) -> None:
        """Move the cursor to the next entry without a number, if there is one."""
        order = [*range(self.cursor + 1, len(self.entries)), *range(self.cursor)]
        self.cursor = next((n for n in order if self.entries[n].id not in self.given), self.cursor)

    def action_act(self) -> None:
        """Assign the next number in turn; after the last, none."""
        if self.cursor >= len(self.entries):
            return
        ids = [target.id for target in self.targets]
        entry = self.entries[self.cursor].id
        at = ids.index(self.given[entry]) + 1 if entry in self.given else 0
        self.given.pop(entry, None)
        if at < len(ids):
            self.give(entry, at + 1)
        else:
            self.redraw()
