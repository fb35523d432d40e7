"""Lines out, lines in: nothing is ever taken back, moved to or coloured."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TextIO

from rich.cells import cell_len

from dev2cto.markdown.layout import WIDTH, layout
from dev2cto.markdown.parser import Block, para
from dev2cto.plain.line_input import LineSource
from dev2cto.text import sanitize

LEAST_WIDTH = 20
"""Cells that a line has at least; on anything narrower the terminal breaks it."""
KEPT = 4
"""Lines of a page that are left for the prompt and what is typed."""
LEAST_PAGE = 8


class Console:
    """Where a session is read and written."""

    def __init__(self, source: LineSource, out: TextIO) -> None:
        self._source, self._out = source, out
        self._blank = True
        self._written = 0
        """Lines since the last prompt."""
        self._skips = False
        self._ahead: list[str] = []
        self.before_waiting: Callable[[], None] = lambda: None
        """Called before a line is waited for."""
        self.line_came: Callable[[], None] = lambda: None
        """Called after every line."""

    @property
    def width(self) -> int:
        """Cells of a line: 76, or what a narrower terminal has."""
        columns = self._size()[0]
        return max(LEAST_WIDTH, min(WIDTH, columns)) if columns else WIDTH

    @property
    def page(self) -> int | None:
        """Lines that a page of a long text has; None where nobody sits at a screen of known height."""
        rows = self._size()[1] if self._source.terminal else 0
        return max(LEAST_PAGE, rows - KEPT) if rows else None

    def _size(self) -> tuple[int, int]:
        """Columns and rows; 0 where that is not known."""
        try:
            size = os.get_terminal_size(self._out.fileno())
        except (OSError, ValueError):
            columns = os.environ.get("COLUMNS", "")
            return int(columns) if columns.isdecimal() else 0, 0
        return size.columns, size.lines

    # -- out

    def write(self, lines: Sequence[str]) -> None:
        """Write lines as they are, without what could move a cursor and with plain spaces; never two blank ones."""
        for text in lines:
            line = sanitize(text).replace("\u00a0", " ").rstrip()
            if self._skips or (self._blank and not line):
                continue
            if self.room == 0 and line:
                self._pause()
                if self._skips:
                    continue
            self._put(line)

    def _put(self, line: str) -> None:
        self._out.write(f"{line}\n")
        self._blank = not line
        self._written += 1

    @property
    def room(self) -> int | None:
        """Lines that can be written before the screen is full; None where nothing is known of a screen."""
        page = self.page
        return None if page is None else max(0, page - self._written)

    def _pause(self) -> None:
        """Wait with a full screen; whoever types something has seen enough, and answers the next prompt with it."""
        line = self._line("(enter shows more)\n> ")
        if line.strip():
            self._skips, self._ahead = True, [line]

    def gap(self) -> None:
        """A blank line, unless there is one."""
        self.write([""])

    def say(self, text: str) -> None:
        """Write a text, broken into lines."""
        self.write([line.text for line in layout([para(sanitize(text))], self.width)])

    def show(self, blocks: Sequence[Block]) -> None:
        """Write blocks of text."""
        self.write([line.text for line in layout(blocks, self.width)])

    def numbered(self, number: int, text: str) -> None:
        """A line of a text behind its number: as it is where it fits, else broken into several."""
        lead = f"{number:>3}  "
        line = sanitize(text)
        if cell_len(lead + line) <= self.width:
            self.write([lead + line])
        else:
            self.show([para(line, marker=lead)])

    # -- in

    def read(self, prompt: str) -> str:
        """The line that is typed after that prompt; without words nothing is asked. Raises Ended."""
        self._skips = False
        if self._ahead:
            return self._ahead.pop()
        for line in layout([para(sanitize(prompt))], self.width) if prompt else ():
            self._put(line.text.rstrip())
        return self._line("> " if prompt and self._source.terminal else "")

    def _line(self, prompt: str) -> str:
        self._out.write(prompt)
        self._out.flush()
        self.before_waiting()
        line = self._source.line()
        self._blank, self._written = False, 0
        self.line_came()
        return line

    def wait(self, seconds: float) -> bool:
        """Whether something was typed within so many seconds. Raises Ended."""
        self._out.flush()
        return self._source.wait(seconds)

    def flush(self) -> None:
        """Hand on what was written, before another program writes."""
        self._out.flush()
