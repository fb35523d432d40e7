"""Finding words in the text on screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.widgets import Input

from dev2cto.presenters.reading_text import not_found
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.find import FindBar
from dev2cto.tui.widgets.reading_view import FoundText, ReadingView


class Match(NamedTuple):
    """Words that were found: the text they are in, their number among its matches, and their row on the page."""

    part: FoundText
    number: int
    y: int


class FindInPageScreen(Page):
    """A page with a ReadingView in which words can be found; the line for the words is below its frame."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "find", tooltip="find in this reading", show=False, id="reading.find"),
        Binding("n", "match(1)", "next match", show=False, id="reading.next_match"),
        Binding("N", "match(-1)", "previous match", show=False, id="reading.match_before"),
        Binding("escape", "end_or_back", "close the find, or back", show=False, id="reading.end_find"),
    ]
    _match: int | None = None
    """Which match is on screen, while a search is on."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Matches are stepped through while a find is on; otherwise n opens the notebook, as everywhere."""
        if action == "match":
            return self._match is not None
        return super().check_action(action, parameters)

    async def action_find(self) -> None:
        """Ask for words to find here; the words asked for last are still there."""
        if not self.query(FindBar):
            await self.mount(FindBar(id="find"), after="#frame")
        bar = self.query_one(FindBar)
        bar.display = True
        bar.select_all()
        bar.focus()

    def typed_words(self) -> dict[str, Any]:
        """For a place's `extra`: the words in the line, while it is open."""
        for bar in self.query(FindBar):
            if bar.display:
                return {"find": bar.value, "find_cursor": bar.cursor_position}
        return {}

    async def find_again(self, extra: Mapping[str, Any]) -> None:
        """Open the line with the words typed so far, if there were any."""
        if "find" in extra:
            await self.action_find()
            self.query_one(FindBar).put(str(extra["find"]), int(extra.get("find_cursor", 0)))

    @on(Input.Changed, "FindBar")
    def typing(self) -> None:
        """The words are part of the place."""
        self.keep_place()

    @on(FindBar.Widened)
    def search_course(self, message: FindBar.Widened) -> None:
        """The same words in the whole course."""
        self.close_find()
        self.host.go(Location("search", (message.words,)))

    def action_end_or_back(self) -> None:
        """Close the find that is on, or leave the reading."""
        if self._match is not None:
            self.end_find()
        else:
            self.action_back()

    @on(FindBar.Closed)
    def end_find(self) -> None:
        """Close the find; no match is highlighted any more."""
        self.close_find()
        for part in self.query(FoundText):
            part.seek("")
        self._match = None
        self.refresh_bindings()
        self.notify_learner()

    def close_find(self) -> None:
        """Back to the text."""
        for bar in self.query(FindBar):
            bar.display = False
        self.set_focus(None)
        self.keep_place()

    @on(Input.Submitted, "FindBar")
    def find_words(self, message: Input.Submitted) -> None:
        """Go to the first match from the place on; with no words, the find is over."""
        message.stop()
        self.close_find()
        self.seek(message.value)

    def seek(self, words: str) -> None:
        """Highlight these words, and scroll to the first of them from the top line on."""
        for part in self.query(FoundText):
            part.seek(words)
        found = self.matches()
        top = self.query_one(ReadingView).scroll_offset.y
        self._match = next((n for n, match in enumerate(found) if match.y >= top), 0) if found else None
        self.refresh_bindings()
        if found:
            self.show_match(found)
        else:
            self.notify_learner(not_found(words) if words.strip() else "")
            self.on_ready()

    def matches(self) -> list[Match]:
        """Where the words sought begin."""
        return [
            Match(part, n, part.virtual_region.y + line)
            for part in self.query(FoundText)
            for n, line in enumerate(part.matches())
        ]

    def show_match(self, found: list[Match]) -> None:
        """Say which match it is, have it differ from the others, and put it in the middle of what room that leaves."""
        if self._match is not None:
            match = found[self._match]
            for part in self.query(FoundText):
                part.point(match.number if part is match.part else None)
            keys = f"{self.key('match')} next, {self.key('match-before')} before, esc closes the find"
            self.notify_learner(f"match {self._match + 1} of {len(found)}; {keys}")
            # The message gets its room at the next refresh, so the row is scrolled to after that one.
            self.query_one("#notice").call_after_refresh(self.call_after_refresh, self.to_row, match.y)

    def to_row(self, y: int) -> None:
        """Put that row of the text in the middle of the screen."""
        reader = self.query_one(ReadingView)
        reader.scroll_to_region(Region(0, y, 1, 1), animate=False, force=True, center=True, immediate=True)
        self.on_ready()

    def action_match(self, step: int) -> None:
        """To the next match, or the one before."""
        found = self.matches()
        if self._match is not None and found:
            self._match = (self._match + step) % len(found)
            self.show_match(found)
