"""The base of the answer widgets: they hold a response and report when it changes and when it is submitted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from dev2cto.items.forms import Form, Option, Response, texts
from dev2cto.markdown.parser import Span, Spans, flowing
from dev2cto.presenters.judged_parts import PartNote
from dev2cto.tui.answers.judged import judged_rows
from dev2cto.tui.highlight import coloured_code
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows


class AnswerChanged(Message):
    """The response changed; `note` says what else changed with it, for the learner."""

    bubble = True

    def __init__(self, note: str = "") -> None:
        super().__init__()
        self.note = note


class AnswerSubmitted(Message):
    """The learner submitted the response."""

    bubble = True


class AnswerLeft(Message):
    """The learner left the field without submitting; the typed text is kept."""

    bubble = True


def row_bindings(form: str, digits: str, space: str, zero: str, *, show_zero: bool = False) -> list[BindingType]:
    """The keys that act on rows; `digits`, `space` and `zero` describe what they do in that form.

    With an empty `space`, that key turns the page as it does everywhere.
    """
    keys = [Binding(str(n), f"digit({n})", digits, id=f"{form}.digit{n}") for n in range(1, 10)]
    if space:
        keys.append(Binding("space", "act", space, show=False, id=f"{form}.act"))
    keys.append(Binding("0", "digit(0)", zero, show=show_zero, id=f"{form}.digit0"))
    return [*keys]


class AnswerRows(Rows):
    """An answer given in rows: digits act at once, space acts on the row under the cursor, enter submits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "answer", id="answer.submit"),
        Binding("u", "undo", "undo", tooltip="undo the last choice", show=False, id="answer.undo"),
    ]

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__(rows, numbered=False)
        self._before: list[Response] = []
        """The responses before each change that can be undone."""
        self._shown = self.response

    @property
    def response(self) -> Response:
        """The response as entered so far."""
        raise NotImplementedError

    def restore(self, response: Response, cursor: int | None = None) -> None:
        """Restore an earlier response and the cursor; a response that does not fit the form is ignored."""
        self.show_response(response)
        self._before, self._shown = [], self.response
        if cursor is not None:
            self.cursor = max(0, min(cursor, len(self._openable()) - 1))

    def show_response(self, response: Response) -> None:
        """Show the given response."""
        raise NotImplementedError

    def rows_now(self) -> Sequence[Row]:
        """The rows for the current response."""
        raise NotImplementedError

    def show_verdict(self, form: Form, notes: Sequence[PartNote]) -> None:
        """Show the rows as they were judged; none can be chosen any more."""
        self.show([*judged_rows(form, self.rows_now(), notes)])

    digits = 0
    """The highest digit that does something."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits work up to the number of choices, 0 only if there is something to undo."""
        if action == "digit":
            number = int(str(parameters[0]))
            return self.takes_back if number == 0 else number <= self.digits
        if action == "undo":
            return bool(self._before)
        return action != "pick" and super().check_action(action, parameters)

    @property
    def takes_back(self) -> bool:
        """Whether 0 has something to undo."""
        return bool(self.response)

    def redraw(self, note: str = "") -> None:
        """Show the changed response and post AnswerChanged."""
        if self.response != self._shown:
            self._before.append(self._shown)
            self._shown = self.response
        self.show(self.rows_now(), self.cursor)
        self.refresh_bindings()
        self.post_message(AnswerChanged(note))

    def action_undo(self) -> None:
        """Show the response as it was before the last change."""
        self.show_response(self._before.pop())
        self._shown = self.response
        self.refresh_bindings()
        self.post_message(AnswerChanged())

    def action_digit(self, number: int) -> None:
        """Act on a digit key."""
        raise NotImplementedError

    def action_act(self) -> None:
        """Act on the space key."""
        raise NotImplementedError

    def action_submit(self) -> None:
        """Submit the response."""
        self.post_message(AnswerSubmitted())

    def action_open(self) -> None:
        """Treat a click on a row like space."""
        self.action_act()


def styled_text(option: Option) -> Spans:
    """Return the option's text with its styles, blocks of code on separate lines and coloured."""
    return flowing(option.text, colour=coloured_code)


def numbered(number: int, mark: str, spans: Spans, id: str, *, gap: bool = False) -> Row:
    """Return a row with a mark and a number before its text."""
    return Row(id, spans, lead=(Span(f"{mark} " if mark else ""), Span(f"{number:>2}  ", "muted")), gap=gap)


def marked(options: Sequence[Option], chosen: Collection[str], mark: Callable[[bool], str]) -> list[Row]:
    """Return the options as rows, `mark` saying which are chosen; a blank line separates them if any has code."""
    blocks = any(option.block for option in options)
    return [
        numbered(n, mark(option.id in chosen), styled_text(option), option.id, gap=blocks and n > 1)
        for n, option in enumerate(options, 1)
    ]


class MarkingAnswer(AnswerRows):
    """A digit or space toggles a mark; enter submits the marked ids."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids, self.marked = tuple(ids), set[str]()
        self.digits = min(9, len(self.ids))
        super().__init__(self.rows_now())

    @property
    def response(self) -> Response:
        """The marked ids, in the order of the form."""
        return tuple(id for id in self.ids if id in self.marked)

    def show_response(self, response: Response) -> None:
        """Restore the marks; unknown ids are ignored."""
        self.marked = set(texts(response)) & set(self.ids)
        self.show(self.rows_now(), self.cursor)

    def action_digit(self, number: int) -> None:
        """Toggle the mark on that number; 0 removes all marks."""
        if number == 0:
            self.marked.clear()
        elif number <= len(self.ids):
            self.marked ^= {self.ids[number - 1]}
            self.cursor = number - 1
        self.redraw()

    def action_act(self) -> None:
        """Toggle the mark on the row under the cursor."""
        self.action_digit(self.cursor + 1)
