"""Lists that can be filtered: type words or a number, and only the rows that fit are left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.inputs import LineInput
from dev2cto.tui.widgets.rows import Rows


class FilterInput(LineInput):
    """Enter opens the first row that fits; down goes to the list, tab searches the course, escape shows all rows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "open the first", id="filter.open"),
        Binding("down", "list", "to the list", id="filter.list"),
        Binding("tab", "widen", "in the whole course", id="filter.widen"),
        Binding("escape", "close", "show all", id="filter.close"),
    ]

    class Left(Message):
        """The learner goes on elsewhere: "list", "course" or "all"."""

        def __init__(self, to: str) -> None:
            super().__init__()
            self.to = to

    def __init__(self) -> None:
        super().__init__(placeholder="words, or a number; esc shows all", id="filter")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is opened while nothing fits."""
        page = self.screen
        if action == "submit" and isinstance(page, FilteredPage):
            return page.listed.current is not None
        return super().check_action(action, parameters)

    def action_list(self) -> None:
        """To the rows that fit."""
        self.post_message(self.Left("list"))

    def action_widen(self) -> None:
        """To the same words in the whole course."""
        self.post_message(self.Left("course"))

    def action_close(self) -> None:
        """To all rows."""
        self.post_message(self.Left("all"))


class FilteredPage(Page):
    """A page whose list can be filtered; the line for the words is below its frame."""

    DEFAULT_CSS = "FilteredPage FilterInput { margin: 1 0 0 3; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "filter", tooltip="filter this list", id="list.filter"),
        Binding("escape", "all_or_back", "show all, or back", show=False, id="list.all"),
    ]
    _is_kept = False
    """Whether the record has the words as part of the place."""

    def listing(self) -> Location | None:
        """What opens this list again; None if only the screen that opened it can."""
        return Location(self.opened_by) if self.opened_by else None

    @property
    def listed(self) -> Rows:
        """The list."""
        return self.query(Rows).first()

    @property
    def filter_input(self) -> FilterInput | None:
        """The line for the words, while it is shown."""
        return next((field for field in self.query(FilterInput) if field.display), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A list is filtered if it has several rows."""
        if action == "filter":
            return self.listed.is_long or self.filter_input is not None
        return super().check_action(action, parameters)

    async def action_filter(self) -> None:
        """Ask for words; those typed last are still there."""
        if not self.query(FilterInput):
            await self.mount(FilterInput(), after="#frame")
            self.centre(self.children)
        field = self.query_one(FilterInput)
        field.display = True
        field.select_all()
        field.focus()

    async def filter_again(self, extra: Mapping[str, Any]) -> None:
        """Filter as before, with the words of a place's `extra`, if there are any."""
        if extra.get("filter"):
            await self.action_filter()
            self.query_one(FilterInput).put(str(extra["filter"]), int(extra.get("filter_cursor") or 0))

    def action_all_or_back(self) -> None:
        """Show all rows again, or go back."""
        if self.filter_input is not None:
            self.show_all()
        else:
            self.action_back()

    def action_back(self) -> None:
        """Leave the list; its words are no longer part of the place."""
        field = self.filter_input
        if field is not None:
            field.display = False
            self.keep_place()
        super().action_back()

    def show_all(self) -> None:
        """Show all rows, and the cursor where it is."""
        self.drop_filter()
        self.listed.focus()
        self.call_after_refresh(self.listed.reveal)

    def drop_filter(self) -> None:
        """Filter by no words any more."""
        for field in self.query(FilterInput):
            field.value = ""
            field.display = False
            self.apply_filter()

    def typed_filter(self) -> dict[str, Any]:
        """The words to filter by, for a place's `extra`; empty if there are none."""
        field = self.filter_input
        if field is None or not field.value:
            return {}
        return {"filter": field.value, "filter_cursor": field.cursor_position}

    @on(Input.Changed, "FilterInput")
    def apply_filter(self) -> None:
        """Leave the rows that fit."""
        field = self.query_one(FilterInput)
        self.listed.filter(field.value)
        nothing = bool(field.value.strip()) and self.listed.current is None
        self.notify_learner(f"Nothing here fits {field.value.strip()!r}." if nothing else "")
        self.refresh_bindings()
        self.keep_place()

    @on(Input.Submitted, "FilterInput")
    def open_first(self, message: Input.Submitted) -> None:
        """Open the row that fits best."""
        message.stop()
        if self.listed.current is not None:
            self.listed.focus()
            self.listed.open_current()

    @on(FilterInput.Left)
    def leave_filter(self, message: FilterInput.Left) -> None:
        """To the list, to all of it, or to the search of the course."""
        words = self.query_one(FilterInput).value
        if message.to == "list":
            self.listed.focus()
        else:
            self.show_all()
            if message.to == "course":
                self.search_all(words)

    def search_all(self, words: str) -> None:
        """Search the course for what was typed to filter."""
        self.host.go(Location("search", (words,) if words.strip() else ()))

    def keep_place(self) -> None:
        """Keep the words, too, beside the place that this list was opened from."""
        super().keep_place()
        field = self.filter_input
        words = field.value if field is not None else ""
        again = self.listing()
        if again is None or self.app.screen is not self or not (words or self._is_kept):
            return
        last = self.study.last_place()
        base = last[0] if last is not None else Location("home")
        extra = {name: value for name, value in base.extra.items() if name != "listing"}
        if field is not None and words:
            typed = again._replace(extra={**again.extra, **self.typed_filter()})
            extra["listing"] = typed.document(self.study.now())
        self._is_kept = bool(words)
        self.study.keep(base._replace(extra=extra))
        self.host.live_changed()
