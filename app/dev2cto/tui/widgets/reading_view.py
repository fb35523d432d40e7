"""The scrolling text of a reading, with its position as section, block and offset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.containers import VerticalScroll
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from dev2cto.course.search import casefolded
from dev2cto.markdown.layout import WIDTH, Line
from dev2cto.markdown.parser import Block
from dev2cto.markdown.running_text import CellRange, RunningText, running_text
from dev2cto.study.sessions.reading import Position
from dev2cto.tui.widgets.line_widget import MarkdownText, pens

PAUSE = 1.0
"""Seconds for which a section's end must be on screen for the section to count as read."""


class FoundText(MarkdownText):
    """A text that highlights words searched for."""

    DEFAULT_CSS = "FoundText { margin: 0 0 1 0; }"

    def __init__(self, blocks: Sequence[Block], *, id: str | None = None) -> None:
        super().__init__(blocks, id=id)
        self._needle = ""
        self._found: tuple[int, list[tuple[CellRange, ...]]] = (-1, [])
        self._pointed: int | None = None

    def seek(self, words: str) -> None:
        """Highlight these words, also across line breaks; an empty string clears them."""
        self._needle = " ".join(casefolded(words).split())
        self._pointed = None
        self._found = (-1, [])
        self.refresh()

    def point(self, number: int | None) -> None:
        """Have the match of that number look different from the others."""
        if number != self._pointed:
            self._pointed = number
            self.refresh()

    def matches(self) -> list[int]:
        """Return the numbers of the lines in which matches begin."""
        return [hit[0].line for hit in self._hits()]

    def _hits(self) -> list[tuple[CellRange, ...]]:
        """Return the matches at the current width; a match broken over lines has one highlight per line."""
        if self._found[0] != self._width:
            self._found = (self._width, list(self._search()) if self._needle else [])
        return self._found[1]

    def _search(self) -> Iterator[tuple[CellRange, ...]]:
        letters: list[str] = []
        origins: list[tuple[int, int]] = []
        for number, line in enumerate(self._lines):
            follows = number + 1 < len(self._lines) and self._lines[number + 1].block == line.block
            for n, char in enumerate(line.text + (" " if follows else "\n")):
                for letter in casefolded(char):
                    if letter != " " or (letters and letters[-1] not in " \n"):
                        letters.append(letter)
                        origins.append((number, n))
        text, at = "".join(letters), 0
        while (at := text.find(self._needle, at)) >= 0:
            hit: dict[int, list[int]] = {}
            for number, n in origins[at : at + len(self._needle)]:
                hit.setdefault(number, []).append(n)
            yield tuple(CellRange(number, chars[0], chars[-1] + 1) for number, chars in hit.items())
            at += len(self._needle)

    def strip(self, line: Line, y: int, base: RichStyle) -> Strip:
        """Return the line with the matches bright and underlined, and the one pointed at reversed."""
        strip = super().strip(line, y, base)
        for number, place in ((n, place) for n, hit in enumerate(self._hits()) for place in hit if place.line == y):
            before, word = cell_len(line.text[: place.first]), line.text[place.first : place.last]
            found = RichStyle(reverse=True) if number == self._pointed else RichStyle(bold=True, underline=True)
            marked = Strip([Segment(word, base + found)])
            strip = Strip.join([strip.crop(0, before), marked, strip.crop(before + cell_len(word))])
        return strip


class SectionText(FoundText):
    """The text of one section."""

    def __init__(self, section: str, heading: Block, text: Sequence[Block], below: Sequence[Block] = ()) -> None:
        """Show the heading, the text, and what is `below` it, such as a drawing."""
        super().__init__((heading, *text, *below))
        self.section = section
        self._last = 1 + len(text)
        self._marked: tuple[tuple[int, int], ...] = ()
        self._chosen: tuple[int, int] | None = None

    @cached_property
    def running(self) -> RunningText:
        """The running text between the heading and what is below."""
        return running_text(self._blocks[: self._last], skip=1)

    def mark(self, passages: Sequence[tuple[int, int]]) -> None:
        """Highlight these passages of the running text."""
        if self._marked != tuple(passages):
            self._marked = tuple(passages)
            self.refresh()

    def choose(self, passage: tuple[int, int] | None) -> None:
        """Have a passage of the running text look chosen."""
        if self._chosen != passage:
            self._chosen = passage
            self.refresh()

    def cells(self, first: int, last: int) -> list[CellRange]:
        """Return where the characters from `first` up to `last` are at the current width."""
        return self.running.cells(self.lines(self.room(self.size.width)), first, last)

    def selected(self, selection: Selection) -> tuple[int, int] | None:
        """Return which characters of the running text are selected with the mouse; None if there are none."""
        found = []
        for y, line in enumerate(self.lines(self.room(self.size.width))):
            span = selection.get_span(y)
            if span is not None:
                found.append(self.running.offsets(line, span[0], len(line.text) if span[1] < 0 else span[1]))
        ends = [each for each in found if each is not None]
        return (min(first for first, _ in ends), max(last for _, last in ends)) if ends else None

    def strip(self, line: Line, y: int, base: RichStyle) -> Strip:
        """Return the line with highlighted passages on a surface, and the chosen one reversed."""
        strip = super().strip(line, y, base)
        if self._marked or self._chosen:
            surface = pens(self.app).surface + RichStyle(underline=True)
            styled = [(passage, surface) for passage in self._marked]
            if self._chosen is not None:
                styled.append((self._chosen, RichStyle(reverse=True)))
            for passage, style in styled:
                for place in self.cells(*passage):
                    if place.line == y:
                        strip = with_style(strip, line.text, place, style)
        return strip

    def line_of(self, position: Position) -> int:
        """Return the line that shows the position at the current width; in a table, the first line of its row."""
        last = self._lines[-1].block if self._lines else 0
        if position.block > last:
            return len(self._lines) + position.offset
        best, reached = 0, (-1, -1)
        for n, line in enumerate(self._lines):
            begins = (line.block, line.offset)
            if line.spans and reached < begins <= (position.block, position.offset):
                best, reached = n, begins
        return best


def with_style(strip: Strip, text: str, place: CellRange, style: RichStyle) -> Strip:
    """Return the strip of `text` with the style added to some of its characters."""
    begin, end = cell_len(text[: place.first]), cell_len(text[: place.last])
    return Strip.join([strip.crop(0, begin), strip.crop(begin, end).apply_style(style), strip.crop(end)])


class ReadingView(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The scrolling text. It has no focus: the page handles the keys."""

    DEFAULT_CSS = "ReadingView { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; }"

    class Scrolled(Message):
        """The text was scrolled; `read` are the ids of sections whose end was on screen long enough."""

        def __init__(self, position: Position, read: tuple[str, ...]) -> None:
            super().__init__()
            self.position, self.read = position, read

    def __init__(self, start: Position) -> None:
        """`start` is the position to open at."""
        super().__init__()
        self.start = start
        self._since: dict[str, float] = {}
        self._timer: Timer | None = None
        self._topmost: Position | None = None
        """The position to keep on top: the target of the last `go`, until the text is scrolled away from it."""
        self._top_line: Position | None = None
        """The position of the first line on screen when `_topmost` was set."""
        self._width_before = 0
        self.set_reactive(ReadingView.show_vertical_scrollbar, True)

    def on_mount(self) -> None:
        """Show the scrollbar from the start: adding it to a long text later would cost a second layout."""
        self.vertical_scrollbar.display = True

    def overlaps(self, widget: Widget) -> bool:
        """Whether any row of the widget, a part of the text or of a question in it, is on screen."""
        top, place, around = self.scroll_offset.y, widget.virtual_region, widget.parent
        while around is not self and isinstance(around, Widget):
            place, around = place.translate(around.virtual_region.offset), around.parent
        return place.y < top + self.size.height and place.bottom > top

    @property
    def sections(self) -> list[SectionText]:
        """The sections in order."""
        return [child for child in self.children if isinstance(child, SectionText)]

    @property
    def at_end(self) -> bool:
        """Whether the last line is on screen."""
        return self.scroll_offset.y >= self.max_scroll_y

    def shows(self, widget: Widget) -> bool:
        """Whether the widget's first row is on screen."""
        top = self.scroll_offset.y
        return top <= widget.virtual_region.y < top + self.size.height

    def position(self) -> Position:
        """Return the position of the first line on screen.

        Below a section's text, in its question, the offset counts rows. Before the first layout it is `start`.
        """
        top = self.scroll_offset.y
        found = Position(self.sections[0].section)
        if not self.size.height:
            return self.start
        for part in self.sections:
            begin = part.virtual_region.y
            if begin > top:
                break
            lines = part.lines(min(part.size.width or WIDTH, WIDTH))
            if top - begin < len(lines):
                found = Position(part.section, lines[top - begin].block, lines[top - begin].offset)
            else:
                found = Position(part.section, lines[-1].block + 1, top - begin - len(lines))
        return found

    def go(self, position: Position) -> None:
        """Scroll so that the position is on the first line."""
        for part in self.sections:
            if part.section == position.section:
                part.lines(min(part.size.width or WIDTH, WIDTH))
                y = part.virtual_region.y + (part.line_of(position) if position.block or position.offset else 0)
                self.scroll_to(y=y, animate=False, force=True, immediate=True)
                self._topmost, self._top_line = position, self.position()
                self.settle()

    def on_resize(self) -> None:
        """Keep the same words on top when a new width changes the line breaks; a new height moves nothing."""
        before, self._width_before = self._width_before, self.size.width
        if self._topmost is not None and self.size.width != before:
            self.go(self._topmost)

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Report the position and track which sections are read."""
        super().watch_scroll_y(old, new)
        if round(old) != round(new):
            self.settle()

    def settle(self) -> None:
        """Post the position and the sections read; check again after PAUSE if other ends are on screen."""
        if not self.is_mounted or not self.sections or not self.size.height:
            return
        now = self._now()
        visible = self._ends_on_screen()
        read = tuple(s for s, since in self._since.items() if now - since >= PAUSE)
        self._since = {s: self._since.get(s, now) for s in visible}
        at = self.position()
        if self._topmost is None or at != self._top_line:
            self._topmost = self._top_line = at
        self.post_message(self.Scrolled(self._topmost, read))
        if self._timer is not None:
            self._timer.stop()
        waiting = [s for s in self._since if s not in read]
        self._timer = self.set_timer(PAUSE + 0.05, self.settle) if waiting else None

    def _now(self) -> float:
        from dev2cto.tui.screens.base import Page

        page = self.screen
        assert isinstance(page, Page)
        return page.study.clock.monotonic()

    def _ends_on_screen(self) -> list[str]:
        top = self.scroll_offset.y
        bottom = top + self.size.height
        ends = [(part.section, part.virtual_region.bottom - 1) for part in self.sections]
        return [section for section, end in ends if top <= end < bottom]
