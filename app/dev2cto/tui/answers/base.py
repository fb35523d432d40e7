"""What every answer widget can do: hold a response, say when it changes and when it is submitted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from dev2cto.items.forms import Option, Response, texts
from dev2cto.markdown.parser import Span, Spans, flowing
from dev2cto.tui.widgets.rows import Row, Rows


class Changed(Message):
    """The response is another one now."""

    bubble = True


class Submitted(Message):
    """The learner submits the response."""

    bubble = True


class Left(Message):
    """The learner leaves the field without submitting; what is typed stays."""

    bubble = True


def row_bindings(form: str, digits: str, space: str, zero: str, *, show_zero: bool = False) -> list[BindingType]:
    """The keys that act on rows, in the words of that form."""
    keys = [Binding(str(n), f"digit({n})", digits, id=f"{form}.digit{n}") for n in range(1, 10)]
    keys.append(Binding("space", "act", space, show=False, id=f"{form}.act"))
    keys.append(Binding("0", "digit(0)", zero, show=show_zero, id=f"{form}.digit0"))
    return [*keys]


class AnswerRows(Rows):
    """An answer given in rows: digits act at once, space acts on the row under the cursor, enter submits."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "answer", id="answer.submit")]

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__(rows, numbered=False)

    @property
    def response(self) -> Response:
        """What is given so far."""
        raise NotImplementedError

    def restore(self, response: Response, cursor: int | None = None) -> None:
        """Give back a response from before, and the cursor; a response that does not fit is passed over."""
        self.show_response(response)
        if cursor is not None:
            self.cursor = max(0, min(cursor, len(self._openable()) - 1))

    def show_response(self, response: Response) -> None:
        """Show that response."""
        raise NotImplementedError

    def rows_now(self) -> Sequence[Row]:
        """The rows as they must look."""
        raise NotImplementedError

    digits = 0
    """The highest digit that does something."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits as far as there is something to choose, 0 while there is something to take back."""
        if action == "digit":
            number = int(str(parameters[0]))
            return self.takes_back if number == 0 else number <= self.digits
        return action != "pick" and super().check_action(action, parameters)

    @property
    def takes_back(self) -> bool:
        """Whether 0 does something now."""
        return bool(self.response)

    def redraw(self) -> None:
        """The response changed: show it and tell."""
        self.show(self.rows_now(), self.cursor)
        self.refresh_bindings()
        self.post_message(Changed())

    def action_digit(self, number: int) -> None:
        """What a digit does."""
        raise NotImplementedError

    def action_act(self) -> None:
        """What space does."""
        raise NotImplementedError

    def action_submit(self) -> None:
        """Submit the response."""
        self.post_message(Submitted())

    def action_open(self) -> None:
        """A click on a row does what space does."""
        self.action_act()


def styled_text(option: Option) -> Spans:
    """An option's text in its styles, code on lines of its own."""
    return flowing(option.text)


def numbered(number: int, mark: str, spans: Spans, id: str, *, gap: bool = False) -> Row:
    """A row with a mark and a number before its text."""
    return Row(id, spans, lead=(Span(f"{mark} " if mark else ""), Span(f"{number:>2}  ", "muted")), gap=gap)


def marked(options: Sequence[Option], chosen: Collection[str], on: str, off: str) -> list[Row]:
    """Options as rows, with that mark on those that are chosen; blocks of code are set apart."""
    blocks = any(option.block for option in options)
    return [
        numbered(n, on if option.id in chosen else off, styled_text(option), option.id, gap=blocks and n > 1)
        for n, option in enumerate(options, 1)
    ]


class MarkingAnswer(AnswerRows):
    """A digit or space marks and unmarks; enter answers with what is marked."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids, self.marked = tuple(ids), set[str]()
        self.digits = min(9, len(self.ids))
        super().__init__(self.rows_now())

    @property
    def response(self) -> Response:
        """The ids of what is marked, in their order."""
        return tuple(id for id in self.ids if id in self.marked)

    def show_response(self, response: Response) -> None:
        """Mark those again."""
        self.marked = set(texts(response)) & set(self.ids)
        self.show(self.rows_now(), self.cursor)

    def action_digit(self, number: int) -> None:
        """Mark or unmark what has that number; 0 unmarks all."""
        if number == 0:
            self.marked.clear()
        elif number <= len(self.ids):
            self.marked ^= {self.ids[number - 1]}
            self.cursor = number - 1
        self.redraw()

    def action_act(self) -> None:
        """Mark or unmark what is under the cursor."""
        self.action_digit(self.cursor + 1)
