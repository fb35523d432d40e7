"""The scrolling text of a reading, which knows its place in sections and characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from dev2cto.curriculum.search import folded
from dev2cto.prose.blocks import Block
from dev2cto.prose.layout import WIDTH, Line
from dev2cto.study.reading import Position
from dev2cto.tui.widgets.lines import Prose

PAUSE = 1.0
"""Seconds that a section's end must be on screen for the section to count as read."""
OVERLAP = 2
"""Lines that stay on screen when a page is turned."""


class SectionText(Prose):
    """One section."""

    DEFAULT_CSS = "SectionText { margin: 0 0 1 0; }"

    def __init__(self, section: str, blocks: Sequence[Block]) -> None:
        super().__init__(blocks)
        self.section = section
        self._needle = ""

    def seek(self, words: str) -> None:
        """Mark the lines that hold these words."""
        self._needle = folded(words).strip()
        self.refresh()

    def matches(self) -> list[int]:
        """Numbers of the lines that hold the words sought."""
        if not self._needle:
            return []
        return [n for n, line in enumerate(self._lines) if self._needle in folded(line.text)]

    def strip(self, line: Line, y: int, base: RichStyle) -> Strip:
        """The line; words sought stand out."""
        strip = super().strip(line, y, base)
        text = folded(line.text)
        if not self._needle or self._needle not in text or len(text) != len(line.text):
            return strip
        start = text.index(self._needle)
        end = start + len(self._needle)
        found = Strip([Segment(line.text[start:end], base + RichStyle(reverse=True))])
        return Strip.join([strip.crop(0, start), found, strip.crop(end)])

    def line_of(self, position: Position) -> int:
        """The line that shows the position at the present width."""
        last = self._lines[-1].block if self._lines else 0
        if position.block > last:
            return len(self._lines) + position.offset
        best = 0
        for n, line in enumerate(self._lines):
            if line.spans and (line.block, line.offset) <= (position.block, position.offset):
                best = n
        return best


class Reader(VerticalScroll, can_focus=True):
    """The text. Space turns the page."""

    DEFAULT_CSS = "Reader { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown", "page(1)", "page", key_display="space", id="reader.page"),
        Binding("backspace,pageup,b", "page(-1)", "page back", show=False, id="reader.page_back"),
        Binding("down,j", "line(1)", "line down", show=False, id="reader.down"),
        Binding("up,k", "line(-1)", "line up", show=False, id="reader.up"),
        Binding("home", "edge(-1)", "beginning", show=False, id="reader.begin"),
        Binding("end", "edge(1)", "end", show=False, id="reader.end"),
    ]

    class Scrolled(Message):
        """The text stands at another place; `read` names sections whose end was on screen long enough."""

        def __init__(self, position: Position, read: tuple[str, ...]) -> None:
            super().__init__()
            self.position, self.read = position, read

    def __init__(self) -> None:
        super().__init__()
        self._since: dict[str, float] = {}
        self._timer: Timer | None = None
        self._topmost: Position | None = None

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
        """What the first line on screen belongs to; below a section's text, in its question, rows are counted."""
        top = self.scroll_offset.y
        found = Position(self.sections[0].section)
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
        """Put that place on the first line."""
        for part in self.sections:
            if part.section == position.section:
                part.lines(min(part.size.width or WIDTH, WIDTH))
                y = part.virtual_region.y + (part.line_of(position) if position.block or position.offset else 0)
                self.scroll_to(y=y, animate=False, force=True, immediate=True)
                self.settle()

    def on_resize(self) -> None:
        """Lines break elsewhere now: keep the same words on top."""
        if self._topmost is not None:
            topmost = self._topmost
            self.call_after_refresh(self.go, topmost)

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Tell the place, and watch for sections that are read."""
        super().watch_scroll_y(old, new)
        if round(old) != round(new):
            self.settle()

    def settle(self) -> None:
        """Take stock: which place is this, which sections' ends are on screen, and for how long."""
        if not self.is_mounted or not self.sections or not self.size.height:
            return
        now = self._now()
        visible = self._ends_on_screen()
        read = tuple(s for s, since in self._since.items() if now - since >= PAUSE)
        self._since = {s: self._since.get(s, now) for s in visible}
        self._topmost = self.position()
        self.post_message(self.Scrolled(self._topmost, read))
        if self._timer is not None:
            self._timer.stop()
        waiting = [s for s in self._since if s not in read]
        self._timer = self.set_timer(PAUSE + 0.05, self.settle) if waiting else None

    def _now(self) -> float:
        from dev2cto.tui.page import Page

        page = self.screen
        assert isinstance(page, Page)
        return page.study.clock.monotonic()

    def _ends_on_screen(self) -> list[str]:
        top = self.scroll_offset.y
        bottom = top + self.size.height
        ends = [(part.section, part.virtual_region.bottom - 1) for part in self.sections]
        return [section for section, end in ends if top <= end <= bottom]

    def action_page(self, direction: int) -> None:
        """Turn the page, keeping two lines."""
        self.scroll_relative(y=direction * max(1, self.size.height - OVERLAP), animate=False, force=True)

    def action_line(self, direction: int) -> None:
        """Move by one line."""
        self.scroll_relative(y=direction, animate=False, force=True)

    def action_edge(self, direction: int) -> None:
        """To the beginning or the end."""
        self.scroll_to(y=0 if direction < 0 else self.max_scroll_y, animate=False, force=True)
