"""Reads and writes lines; output is never erased, positioned or coloured."""

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
"""The least line width in cells; a narrower terminal breaks the lines itself."""
KEPT = 4
"""Lines of a page reserved for the prompt and the input."""
LEAST_PAGE = 8


class Console:
    """The input and output of a session."""

    def __init__(self, source: LineSource, out: TextIO) -> None:
        self._source, self._out = source, out
        self._blank = True
        self._written = 0
        """Lines since the last prompt."""
        self._skips = False
        self._ahead: list[str] = []
        self.before_waiting: Callable[[], None] = lambda: None
        """Called before waiting for a line."""
        self.line_came: Callable[[], None] = lambda: None
        """Called after every line read."""

    @property
    def width(self) -> int:
        """The line width in cells: WIDTH, or that of a narrower terminal."""
        columns = self._size()[0]
        return max(LEAST_WIDTH, min(WIDTH, columns)) if columns else WIDTH

    @property
    def page(self) -> int | None:
        """Lines in a page of a long text; None if the input is not a terminal of known height."""
        rows = self._size()[1] if self._source.terminal else 0
        return max(LEAST_PAGE, rows - KEPT) if rows else None

    def _size(self) -> tuple[int, int]:
        """Return columns and rows, each 0 if unknown."""
        try:
            size = os.get_terminal_size(self._out.fileno())
        except (OSError, ValueError):
            columns = os.environ.get("COLUMNS", "")
            return int(columns) if columns.isdecimal() else 0, 0
        return size.columns, size.lines

    # -- out

    def write(self, lines: Sequence[str]) -> None:
        """Write lines without control characters and no-break spaces, page by page; blank lines are never doubled."""
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
        """Lines that can be written before the screen is full; None if its height is unknown."""
        page = self.page
        return None if page is None else max(0, page - self._written)

    def _pause(self) -> None:
        """Wait for enter; any other input skips the rest of the output and answers the next prompt."""
        line = self._line("(enter shows more)\n> ")
        if line.strip():
            self._skips, self._ahead = True, [line]

    def gap(self) -> None:
        """Write a blank line, unless the last line is blank."""
        self.write([""])

    def say(self, text: str) -> None:
        """Write a text, wrapped."""
        self.write([line.text for line in layout([para(sanitize(text))], self.width)])

    def show(self, blocks: Sequence[Block]) -> None:
        """Write blocks of text, wrapped."""
        self.write([line.text for line in layout(blocks, self.width)])

    def numbered(self, number: int, text: str) -> None:
        """Write a line of a text after its number: unchanged if it fits, otherwise wrapped."""
        lead = f"{number:>3}  "
        line = sanitize(text)
        if cell_len(lead + line) <= self.width:
            self.write([lead + line])
        else:
            self.show([para(line, marker=lead)])

    # -- in

    def read(self, prompt: str) -> str:
        """Show the prompt, unless it is empty, and return the line typed. Raises SessionEnded."""
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
        """Whether something was typed within `seconds`. Raises SessionEnded."""
        self._out.flush()
        return self._source.wait(seconds)

    def flush(self) -> None:
        """Flush the output, before another program writes."""
        self._out.flush()
