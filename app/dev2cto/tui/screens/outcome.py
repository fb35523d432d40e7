"""Looking back on a promise: did you, and what happened?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from dev2cto.learning.promises import Result
from dev2cto.markdown.parser import Span
from dev2cto.presenters import promise_text
from dev2cto.study.state.location import Location
from dev2cto.study.state.promises import (
    Promise,
    answer_promise,
    known_promise,
    note_begun,
    outcome_owner,
)
from dev2cto.tui.screens.draft_overlay import Overlay, underlying_location
from dev2cto.tui.widgets.inputs import LineInput
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


class HappenedInput(LineInput):
    """One line for what happened."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "to the answers", id="outcome.answers")]


def open_page(host: Host, location: Location) -> OutcomePage:
    """Open the promise with the first id. Raises UsageError if it is no longer there."""
    return OutcomePage(location, known_promise(host.study, location.ids[0]))


class OutcomePage(Overlay):
    """The promise, one line for what happened, and what can be said of it; one that was kept is only shown."""

    FOCUS = "LineInput, Rows"
    DEFAULT_CSS = "OutcomePage { & LineInput { margin: 1 0 0 3; } & Rows { margin: 1 0 0 0; } }"
    name_of_place = "outcome"

    def __init__(self, place: Location, promise: Promise) -> None:
        super().__init__(place)
        self.promise = promise
        self._kept = ""
        """The note as it was last shown or kept."""

    def body(self) -> ComposeResult:
        """The promise; a line to type into and the rows, if anything can be said of it."""
        yield MarkdownText(promise_text.promise_blocks(self.study, self.promise))
        choices = promise_text.choice_words(self.promise)
        if choices:
            yield HappenedInput(placeholder=promise_text.HAPPENED)
        rows = [Row(result, (Span(words),)) for result, words in choices]
        leave = f"Leave; {self.study.draft_is_kept}" if choices else "Back"
        yield Rows([*rows, Row("leave", (Span(leave),))])

    def on_mount(self) -> None:
        """Fill the line; the cursor is where it was."""
        fields = self.query(LineInput)
        aside = "tab: answer" if fields else ""
        self.set_title(promise_text.promise_title(self.study, self.promise.reading), aside)
        begun = note_begun(self.study, self.promise)
        if fields and begun is not None:
            self._kept = begun.text
            fields.first().put(begun.text, self._restored.cursor)
        self.choose_again()

    def place(self) -> Location:
        """This promise, over the screen below."""
        extra, fields = {**underlying_location(self, self._restored), **self.chosen_row()}, self.query(LineInput)
        cursor = fields.first().cursor_position if fields else None
        return Location("outcome", (self.promise.id,), None, cursor, extra)

    @on(Input.Changed)
    def typed(self, message: Input.Changed) -> None:
        """Keep what is typed."""
        if message.value != self._kept:
            self._kept = message.value
            self.study.keep_draft(outcome_owner(self.promise.id), message.value, message.input.cursor_position)
            self.keep_place()
            self.host.live_changed()

    @on(Input.Submitted)
    def entered(self) -> None:
        """To the answers."""
        self.query_one(Rows).focus()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Save the answer with the line, or leave the draft for later."""
        results: tuple[Result, ...] = self.promise.life.choices
        for result in results:
            if message.row.id == result:
                note = self.query_one(LineInput).value
                undo = answer_promise(self.study, self.promise.id, result, note)
                self.show_below(
                    f"{promise_text.answered_notice(result, note)} {self.key('undo')} undoes it.", undo=undo
                )
        self.host.back()
