"""Finding words in the whole course, the glossary, one's notes and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from dev2cto.course.search import Hit
from dev2cto.markdown.parser import Span, para
from dev2cto.presenters.search_text import NO_READING, hit_location, result_line
from dev2cto.study.queries.search import MOST, take_own
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.draft_overlay import underlying_location
from dev2cto.tui.screens.filtered import FilteredPage
from dev2cto.tui.widgets.inputs import LineInput
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.timer import Timer

    from dev2cto.tui.host import Host


DELAY = 0.15
"""Seconds without a key after which what was typed is searched for."""


class SearchInput(LineInput):
    """Words to find: places are listed while they are typed; enter goes to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "find", id="search.find"),
        Binding("down", "submit", "to the list", show=False, id="search.list"),
    ]


def open_page(host: Host, location: Location) -> SearchPage:
    """Open the search, for the words in the first id, or else those searched for last, to be changed."""
    if not location.ids and host.searched:
        location = location._replace(ids=(host.searched,), extra={**location.extra, "again": True})
    return SearchPage(location)


class SearchPage(FilteredPage):
    """Type words, press enter, choose a place or filter the places, and go to its line."""

    FOCUS = "SearchInput"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("shift+tab", "words", "other words", id="search.words")]
    DEFAULT_CSS = "SearchPage SearchInput { margin: 0 0 1 3; }"

    def __init__(self, place: Location) -> None:
        super().__init__()
        self.hits: dict[str, Hit] = {}
        self.found: str | None = None
        """The words that the list was made for."""
        self._restored = place
        self._waiting: Timer | None = None

    def body(self) -> ComposeResult:
        """The words, and where they were found."""
        yield SearchInput(placeholder='words; "several words" together; enter finds')
        yield MarkdownText(id="count")
        yield Rows(id="hits")

    async def on_mount(self) -> None:
        """Search at once for what was searched before; the cursor is where it was, in the words or in the list."""
        self.set_title("Search the course")
        take_own(self.study)
        place = self._restored
        if not place.ids:
            return
        field = self.query_one(SearchInput)
        field.put(place.ids[0], place.cursor)
        self.find()
        if "again" in place.extra:
            field.select_all()
        elif self.hits and (place.cursor is None or "row" in place.extra):
            rows = self.query_one(Rows)
            rows.focus()
            await self.filter_again(place.extra)
            rows.cursor = min(int(place.extra.get("row", 0)), len(rows.rows) - 1)

    def refresh_content(self) -> None:
        """Notes may have been written, and questions answered, since."""
        take_own(self.study)

    def listing(self) -> Location | None:
        """None: the search is a place of its own, which has the words of the filter."""
        return None

    def place(self) -> Location | None:
        """The words and what was found, over the screen below; an empty search is no place."""
        field, rows = self.query_one(SearchInput), self.query_one(Rows)
        if not field.value:
            return None
        found = {} if field.has_focus else {"row": rows.cursor, **self.typed_filter()}
        nothing = {} if self.hits else {"nothing": True}
        extra = {**underlying_location(self, self._restored), **found, **nothing}
        return Location("search", (field.value,), None, field.cursor_position, extra)

    @on(Rows.Moved)
    def moved(self) -> None:
        """The row under the cursor is part of the place."""
        self.keep_place()

    @on(Input.Changed, "SearchInput")
    def typed(self) -> None:
        """Search once no key came for a moment."""
        self.keep_place()
        self._stop_waiting()
        self._waiting = self.set_timer(DELAY, self.find)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def find(self) -> None:
        """List where the words are."""
        self._stop_waiting()
        words = self.query_one(SearchInput).value
        if words == self.found:
            return
        self.drop_filter()
        result = self.study.curriculum.search.search(words, MOST)
        self.found = self.host.searched = words
        self.hits = {f"hit{n}": hit for n, hit in enumerate(result.hits)}
        rows = [
            Row(id, (Span(hit.title, "bold"), Span("\n"), *excerpt(hit)), gap=n > 0)
            for n, (id, hit) in enumerate(self.hits.items())
        ]
        self.query_one("#count", MarkdownText).show([para(result_line(result, words), "muted", indent=1)])
        self.query_one(Rows).show(rows, 0)

    @on(Input.Submitted, "SearchInput")
    def submitted(self) -> None:
        """To the list of what was found."""
        self.find()
        if self.hits:
            self.query_one(Rows).focus()
            self.keep_place()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One place needs no filter: the key leads back to the words."""
        if action in ("filter", "words"):
            return bool(self.hits) and self.focused is not self.query_one(SearchInput)
        return super().check_action(action, parameters)

    async def action_filter(self) -> None:
        """Filter the places; if there is only one, search for other words."""
        self.find()  # what was typed last may still be waiting
        if super().check_action("filter", ()):
            await super().action_filter()
        else:
            self.action_words()

    def action_words(self) -> None:
        """Back to the words."""
        self.query_one(SearchInput).focus()

    def search_all(self, words: str) -> None:
        """Search the course for what was typed to filter."""
        field = self.query_one(SearchInput)
        field.put(words, len(words))
        field.focus()
        self.find()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Go there."""
        target = hit_location(self.study, self.hits[message.row.id])
        if target is None:
            self.notify_learner(NO_READING)
        else:
            self.host.go(target)


def excerpt(hit: Hit) -> tuple[Span, ...]:
    """The words around the place, with those that were found bright."""
    return tuple(Span(text, "bold" if found else "muted") for text, found in hit.pieces())
