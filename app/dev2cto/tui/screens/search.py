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
from dev2cto.study.queries.search import search_all
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.draft_overlay import underlying_location
from dev2cto.tui.widgets.inputs import LineInput
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


class SearchInput(LineInput):
    """Words to find; enter finds them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "find", id="search.find")]


def open_page(host: Host, location: Location) -> SearchPage:
    """Open the search, for the words in the first id."""
    return SearchPage(location)


class SearchPage(Page):
    """Type words, press enter, choose a place, and go to its line."""

    FOCUS = "SearchInput"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("slash", "words", "other words", id="search.words")]
    DEFAULT_CSS = "SearchPage SearchInput { margin: 0 0 1 3; }"

    def __init__(self, place: Location) -> None:
        super().__init__()
        self.hits: dict[str, Hit] = {}
        self.found = ""
        """The words that the list was made for."""
        self._restored = place

    def body(self) -> ComposeResult:
        """The words, and where they were found."""
        yield SearchInput(placeholder='words; "several words" together; enter finds')
        yield MarkdownText(id="count")
        yield Rows(id="hits")

    def on_mount(self) -> None:
        """Search at once for what was searched before; words that were only typed wait for enter."""
        self.set_title("Search the course")
        place = self._restored
        if not place.ids:
            return
        self.query_one(SearchInput).put(place.ids[0], place.cursor)
        if place.cursor is None or "row" in place.extra:
            self.find()
            self.query_one(Rows).cursor = min(int(place.extra.get("row", 0)), max(0, len(self.hits) - 1))

    def place(self) -> Location | None:
        """The words and what was found, over the screen below; an empty search is no place."""
        field = self.query_one(SearchInput)
        if not field.value:
            return None
        found = {"row": self.query_one(Rows).cursor} if self.found == field.value else {}
        extra = {**underlying_location(self, self._restored), **found}
        return Location("search", (field.value,), None, field.cursor_position, extra)

    @on(Input.Changed)
    @on(Rows.Moved)
    def moved(self) -> None:
        """What is typed, and the row under the cursor, are part of the place."""
        self.keep_place()

    @on(Input.Submitted)
    def find(self) -> None:
        """Find the words."""
        words = self.query_one(SearchInput).value
        result = search_all(self.study, words)
        self.found = words
        self.hits = {f"hit{n}": hit for n, hit in enumerate(result.hits)}
        rows = [
            Row(id, (Span(hit.title, "bold"), Span("\n"), *excerpt(hit)), gap=n > 0)
            for n, (id, hit) in enumerate(self.hits.items())
        ]
        self.query_one("#count", MarkdownText).show([para(result_line(result, words), "muted", indent=3)])
        self.query_one(Rows).show(rows, 0)
        if rows:
            self.query_one(Rows).focus()

    def action_words(self) -> None:
        """Back to the words."""
        self.query_one(SearchInput).focus()

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
