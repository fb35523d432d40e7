"""Reads and writes lines; output is never erased, positioned or coloured."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len

from dev2cto.markdown.layout import WIDTH, layout
from dev2cto.markdown.parser import Block, para
from dev2cto.plain.line_input import LineSource
from dev2cto.plain.session_end import SessionEnded
from dev2cto.text import one_line, sanitize

LEAST_WIDTH = 20
"""The least line width in cells; a narrower terminal breaks the lines itself."""
KEPT = 4
"""Lines of a page reserved for the prompt and the input."""
LEAST_PAGE = 8
TITLE = 3
"""Lines of a title between blank lines: no pause follows it."""
MORE = "(enter shows more, q skips the rest, ? help)"
MORE_HELP = (
    "enter: shows the next lines",
    "q: skips the rest of this output; at the prompt, a single dot shows it again",
    "quit: ends dev2cto; everything is saved",
    "Lines per page in the settings changes the length, or turns these pauses off.",
)


class Console:
    """The input and output of a session."""

    def __init__(self, source: LineSource, out: TextIO) -> None:
        self._source, self._out = source, out
        self._blank = True
        self._written = 0
        """Lines since the last prompt."""
        self._skips = False
        self._pauses = True
        self._prompt = ""
        self._screen: list[str] = []
        """The lines of the present screen, to be shown again."""
        self._records = True
        self._group: list[str] | None = None
        """Lines of which none may be parted from the next."""
        self.page_length: Callable[[], str] = lambda: "auto"
        """The learner's page length: "auto", "off" or a number of lines."""
        self.before_waiting: Callable[[], None] = lambda: None
        """Called before waiting for a line."""
        self.line_came: Callable[[], None] = lambda: None
        """Called after every line read."""
        self.terminal_lost: Callable[[], None] | None = None
        """Called when the terminal takes no more output; without it that is an error."""
        self._size_before = (0, 0)
        source.resumed = self._resumed

    @property
    def width(self) -> int:
        """The line width in cells: WIDTH, or that of a narrower terminal."""
        columns = self._size()[0]
        return max(LEAST_WIDTH, min(WIDTH, columns)) if columns else WIDTH

    @property
    def page(self) -> int | None:
        """Lines in a page of a long text; None if nothing pauses.

        The learner's setting counts before LINES, and that before the height of the terminal.
        """
        setting = self.page_length()
        if setting == "off" or not self._source.terminal or not self._pauses:
            return None
        if setting.isdecimal():
            return max(LEAST_PAGE, int(setting))
        lines = os.environ.get("LINES", "")
        rows = int(lines) if lines.isdecimal() and int(lines) else self._size()[1]
        return max(LEAST_PAGE, rows - KEPT) if rows else None

    def _size(self) -> tuple[int, int]:
        """Return columns and rows, each 0 if unknown."""
        try:
            size = os.get_terminal_size(self._out.fileno())
        except (OSError, ValueError):
            if self._size_before != (0, 0):
                return self._size_before  # lines typed before the terminal went away were meant for these pages
            columns = os.environ.get("COLUMNS", "")
            return int(columns) if columns.isdecimal() else 0, 0
        self._size_before = size.columns, size.lines
        return self._size_before

    # -- out

    def write(self, lines: Sequence[str], whole_from: int | None = None) -> None:
        """Write lines without control characters and no-break spaces, page by page; blank lines are never doubled.

        The lines from index `whole_from` on are never parted by a pause.
        """
        clean = [sanitize(text).replace("\u00a0", " ").rstrip() for text in lines]
        if self._group is not None:
            self._group += clean
            return
        if whole_from is None:
            for line in clean:
                self._put(line, pause=True)
            return
        whole = 0 if self.page is not None and len(clean) <= self.page else whole_from
        self.write(clean[:whole])
        if self.room is not None and self._written > TITLE and len(clean) - whole > self.room:
            self._pause()
        for line in clean[whole:]:
            self._put(line, pause=False)

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """What is written meanwhile is not parted by a pause, as a question and its options must not be."""
        if self._group is not None:
            yield
            return
        self._group = []
        try:
            yield
        finally:
            lines, self._group = self._group, None
        self.write(lines, 0)

    def _put(self, line: str, *, pause: bool) -> None:
        if self._records and (line or (self._screen and self._screen[-1])):
            self._screen.append(line)
        if self._skips or (self._blank and not line):
            return
        if pause and line and self.room == 0:
            self._pause()
            if self._skips:
                return
        self._emit(f"{line}\n")
        self._blank = not line
        self._written += 1

    @property
    def room(self) -> int | None:
        """Lines that can be written before the screen is full; None if nothing pauses."""
        page = self.page
        return None if page is None else max(0, page - self._written)

    def _pause(self) -> None:
        """Wait for enter, or skip the rest of the output. Nothing that is typed here reaches another prompt."""
        while True:
            line = self._line(f"{MORE}\n> ").strip()
            word = line.lower()
            if not word:
                return
            if word in ("q", "back"):
                self._skips = True
                return
            if word in ("quit", "exit"):
                raise SessionEnded(0)
            if word in ("?", "h", "help"):
                self._emit("".join(f"{text}\n" for text in MORE_HELP))
            else:
                self._emit(f"Unknown command: {one_line(line)[:40]}. There is more to read first.\n")

    def begin(self) -> None:
        """Begin another screen: what is written from here on is what `repeat` shows."""
        self._screen = []

    def repeat(self) -> None:
        """Write the present screen again."""
        shown, self._screen = self._screen, []
        self.gap()
        self.write(shown)

    @contextlib.contextmanager
    def beside(self) -> Iterator[None]:
        """What is written meanwhile is no part of the screen: a message about an input, a list of commands."""
        before, self._records = self._records, False
        try:
            yield
        finally:
            self._records = before

    def stop_pausing(self) -> None:
        """Write all that follows without a pause, because nobody is asked any more."""
        self._pauses = self._skips = False

    def _resumed(self) -> None:
        """Write the present screen again after `fg`, without a pause, and what is asked."""
        page = self.page
        shown = self._screen if page is None else self._screen[-page:]
        self._emit("\n" + "".join(f"{line}\n" for line in shown) + self._prompt)
        self.flush()

    def gap(self) -> None:
        """Write a blank line, unless the last line is blank."""
        self.write([""])

    def say(self, text: str) -> None:
        """Write a text, wrapped."""
        self.write([line.text for line in layout([para(sanitize(text))], self.width)])

    def show(self, blocks: Sequence[Block]) -> None:
        """Write blocks of text, wrapped."""
        self.write([line.text for line in layout(blocks, self.width)])

    def show_question(self, blocks: Sequence[Block], options: Sequence[Block]) -> None:
        """Write a question and its options, wrapped; its last paragraph is not parted from the options."""
        lines = layout([*blocks, *options], self.width)
        last = len(blocks) - 1
        whole = next((n for n, line in enumerate(lines) if line.block >= last and line.text.strip()), 0)
        self.write([line.text for line in lines], whole)

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
        asked = [line.text.rstrip() for line in layout([para(sanitize(prompt))], self.width)] if prompt else []
        lead = "> " if prompt and self._source.terminal else ""
        return self._line("".join(f"{line}\n" for line in asked) + lead)

    def _line(self, prompt: str) -> str:
        self._prompt = prompt
        self._emit(prompt)
        self.flush()
        self.before_waiting()
        line = self._source.line()
        self._blank, self._written = False, 0
        self.line_came()
        return line

    def wait(self, seconds: float) -> bool:
        """Whether something was typed within `seconds`. Raises SessionEnded."""
        self.flush()
        return self._source.wait(seconds)

    def flush(self) -> None:
        """Flush the output, before another program writes."""
        try:
            self._out.flush()
        except OSError as error:
            self._failed(error)

    def _emit(self, text: str) -> None:
        try:
            self._out.write(text)
        except OSError as error:
            self._failed(error)

    def _failed(self, error: OSError) -> None:
        if self.terminal_lost is None or isinstance(error, BrokenPipeError):
            raise error
        self.terminal_lost()
