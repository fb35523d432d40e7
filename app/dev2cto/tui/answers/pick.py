"""The answer widgets for choosing one option or marking several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from dev2cto import symbols
from dev2cto.items.forms import PickMany, PickOne, Response
from dev2cto.tui.answers.base import AnswerRows, MarkingAnswer, marked, row_bindings
from dev2cto.tui.widgets.row import Row


class PickOneAnswer(AnswerRows):
    """A digit or space chooses an option; enter submits it."""

    BINDINGS: ClassVar[list[BindingType]] = row_bindings("pick", "choose", "choose", "choose none")

    def __init__(self, form: PickOne) -> None:
        self.form, self.digits = form, len(form.options)
        self.chosen = ""
        super().__init__(self.rows_now())

    @property
    def response(self) -> Response:
        """The chosen option's id."""
        return self.chosen

    def show_response(self, response: Response) -> None:
        """Restore the choice, or that there is none; an unknown id is ignored."""
        ids = [option.id for option in self.form.options]
        if response in ids:
            self.chosen = str(response)
            self.show(self.rows_now(), ids.index(self.chosen))
        elif not response:
            self.chosen = ""
            self.show(self.rows_now(), self.cursor)

    def rows_now(self) -> Sequence[Row]:
        """The options, with the chosen one marked."""
        return marked(self.form.options, (self.chosen,), symbols.current().choice)

    def action_digit(self, number: int) -> None:
        """Choose option `number`; 0 clears the choice."""
        if number == 0 and self.chosen:
            self.chosen = ""
            self.redraw()
        elif 1 <= number <= len(self.form.options):
            self.chosen = self.form.options[number - 1].id
            self.cursor = number - 1
            self.redraw()

    def action_act(self) -> None:
        """Choose the option under the cursor."""
        self.action_digit(self.cursor + 1)

    def action_submit(self) -> None:
        """Submit the choice; if there is none yet, choose the option under the cursor."""
        if self.chosen:
            super().action_submit()
        else:
            self.action_act()


class PickManyAnswer(MarkingAnswer):
    """Options that are marked by number."""

    BINDINGS: ClassVar[list[BindingType]] = row_bindings("mark", "mark", "mark", "mark none")

    def __init__(self, form: PickMany) -> None:
        self.form = form
        super().__init__([option.id for option in form.options])

    def rows_now(self) -> Sequence[Row]:
        """The options, with the marked ones ticked."""
        return marked(self.form.options, self.marked, symbols.current().tick)
