"""A text written over another screen: its place carries the place below, so that both are come back to."""

from __future__ import annotations

from typing import Any

from textual import events, on
from textual.widgets import TextArea

from dev2cto.study.queries.visits import studied_place
from dev2cto.study.state.location import Location
from dev2cto.study.state.undo import Undo
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.inputs import TextEditor
from dev2cto.tui.widgets.messages import CursorMoved
from dev2cto.tui.widgets.rows import Rows


def underlying_location(page: Page, restored: Location) -> dict[str, Any]:
    """For a place's `extra`: the place of the screen below, or the one that was kept with the place come back to.

    Over a screen that is no place, such as home: where the learner studied last.
    """
    found = restored.under
    stack = page.app.screen_stack
    for screen in reversed(stack[: stack.index(page)]):
        if found is None and isinstance(screen, Page):
            found = screen.place()
    if found is not None:
        return {"under": found.document(page.study.now())}
    before = restored.since or studied_place(page.study)
    return {"since": before.document(page.study.now())} if before is not None else {}


class Overlay(Page):
    """A screen that is opened over another one and leads back to it."""

    name_of_place = ""

    def __init__(self, place: Location) -> None:
        super().__init__()
        self._restored = place

    @on(events.DescendantFocus)
    @on(Rows.Moved)
    @on(CursorMoved)
    def chosen(self) -> None:
        """The field with its cursor, or the row under the cursor, is part of the place."""
        self.keep_place()

    def chosen_row(self) -> dict[str, Any]:
        """For a place's `extra`: the row under the cursor, while the rows have the focus."""
        rows = self.query_one(Rows)
        return {"row": rows.current.id} if rows.has_focus and rows.current is not None else {}

    def choose_again(self) -> None:
        """Put the cursor on the row that the place has, if it has one."""
        if "row" in self._restored.extra:
            rows = self.query_one(Rows)
            rows.point(str(self._restored.extra["row"]))
            self.set_focus(rows, scroll_visible=False)

    def show_below(self, message: str, hint: str = "", undo: Undo | None = None) -> None:
        """Show a message on the screen below, once that is come back to."""
        below = self.app.screen_stack[self.app.screen_stack.index(self) - 1]
        if isinstance(below, Page):
            below.say_on_return(message, hint)
            below.undoable = undo or below.undoable


class DraftOverlay(Overlay):
    """A screen with a draft, opened from anywhere."""

    FOCUS = "TextEditor"

    @property
    def owner(self) -> str:
        """What the draft is known by."""
        raise NotImplementedError

    def ids(self) -> tuple[str, ...]:
        """What is written about."""
        raise NotImplementedError

    def place(self) -> Location:
        """This text and its cursor, and what lies below."""
        extra = {**underlying_location(self, self._restored), **self.chosen_row()}
        return Location(self.name_of_place, self.ids(), None, self.query_one(TextEditor).cursor, extra)

    @on(TextArea.SelectionChanged)
    def moved(self) -> None:
        """The cursor is part of the place."""
        self.keep_place()

    def put_cursor(self, drafted: int | None) -> None:
        """The cursor where it was, or at the end."""
        cursor = self._restored.cursor
        self.query_one(TextEditor).put_cursor(drafted if cursor is None else cursor)
        self.choose_again()

    def keep_text(self) -> None:
        """Keep what is typed, and the place."""
        editor = self.query_one(TextEditor)
        self.study.keep_draft(self.owner, editor.text, editor.cursor)
        self.keep_place()
        self.host.live_changed()
