"""Sends the terminal only the cells that changed.

Textual repaints whole regions; over a slow line that costs seconds. This keeps a shadow of the screen and writes the
runs that differ. It overrides the private `App._display` and reads compositor updates, so it is used only with the
Textual versions it was tested with; elsewhere, and with DEV2CTO_DISPLAY=textual, Textual draws in its own way.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import textual
from rich.cells import cell_len
from rich.console import Console
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from dev2cto.tui.scrolling import UNKNOWN, Cell, find_move, moved

if TYPE_CHECKING:
    from textual.screen import Screen

TESTED = ("8.2.",)
Shadow = list[list[Cell]]
BRIDGE = 6
"""Unchanged cells that are written along, because moving the cursor would cost more bytes."""
CLEARED = "\x1b[0m\x1b[2J"
PAINTED_BLANKS = ("4;", "7;", "9;", "53;")
"""Underline, reverse, strike and overline show on blanks: such a tail is not erased but written."""


def usable() -> bool:
    """Whether this way of drawing was tested with the Textual that is installed, and was not turned off."""
    version = str(getattr(textual, "__version__", ""))
    return version.startswith(TESTED) and os.environ.get("DEV2CTO_DISPLAY", "") != "textual"


class Changes(CompositorUpdate):
    """A compositor's update, reduced to what differs from the shadow."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, shadow: Shadow, width: int, begun: str) -> None:
        self.update, self.shadow, self.width, self.begun = update, shadow, width, begun

    def __rich_console__(self, console: Console, options: Any) -> Any:
        """Never rendered by rich; the driver asks for `render_segments`."""
        yield from ()

    def render_segments(self, console: Console) -> str:
        """The escape sequences that bring the screen up to date; the shadow follows."""
        rows: dict[int, list[Cell]] = {}
        for x, y, strip in self._placed():
            if y < len(self.shadow):
                paint(rows.setdefault(y, self.shadow[y][:]), x, strip, console)
        for row in rows.values():
            del row[self.width :]
        out: list[str] = [self.begun]
        pen = ""
        move = find_move(rows, self.shadow)
        if move is not None:
            out.append(move.sequence())
            self.shadow[:] = moved(self.shadow, move)
        for y, row in sorted(rows.items()):
            if row != self.shadow[y]:
                pen = difference(y, row, self.shadow[y], pen, out)
                self.shadow[y] = row
        if pen:
            out.append("\x1b[0m")
        return "".join(out)

    def _placed(self) -> Iterator[tuple[int, int, Strip]]:
        update = self.update
        if isinstance(update, LayoutUpdate):
            for y, line in enumerate(update.strips, update.region.y):
                x = update.region.x
                for strip in line:
                    yield x, y, strip
                    x += strip.cell_length
            return
        for y, x1, x2 in update.spans:
            for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if chop is not None and x <= x2 and end > x1:
                    yield x, y, chop


def paint(row: list[Cell], x: int, strip: Strip, console: Console) -> None:
    """Put a strip's cells into a row from cell x; a wide character leaves an empty cell behind it."""
    system = console._color_system
    for text, style, control in strip:
        if control:
            continue
        sgr = style._make_ansi_codes(system) if style and system is not None else ""
        if text.isascii():
            row[x : x + len(text)] = [(char, sgr) for char in text]
            x += len(text)
            continue
        for char in text:
            size = cell_len(char)
            if size:
                row[x : x + size] = [(char, sgr), *[("", sgr)] * (size - 1)]
            elif x:
                row[x - 1] = (row[x - 1][0] + char, row[x - 1][1])
            x += size


def difference(y: int, row: list[Cell], old: list[Cell], pen: str, out: list[str]) -> str:
    """Append what turns the old row into the new one; returns the style left on the terminal."""
    width = len(row)
    end, tail = blank_tail(row, old)
    x, at = 0, -1
    while x < end:
        if row[x] == old[x]:
            x += 1
            continue
        stop = run_end(row, old, x, end)
        while x and row[x][0] == "":
            x -= 1
        if at != x:
            out.append(f"\x1b[{y + 1};{x + 1}H")
        for char, sgr in row[x:stop]:
            if sgr != pen:
                out.append(f"\x1b[0;{sgr}m" if sgr else "\x1b[0m")
                pen = sgr
            out.append(char)
        at = x = stop
    if end < width:
        if at != end:
            out.append(f"\x1b[{y + 1};{end + 1}H")
        if tail != pen:
            out.append(f"\x1b[0;{tail}m" if tail else "\x1b[0m")
            pen = tail
        out.append("\x1b[K")
    return pen


def run_end(row: list[Cell], old: list[Cell], start: int, end: int) -> int:
    """Where the run of changed cells that begins at `start` ends; short stretches of unchanged cells are included."""
    stop, same = start + 1, 0
    while stop < end and same < BRIDGE:
        same = 0 if row[stop] != old[stop] else same + 1
        stop += 1
    return stop - same


def blank_tail(row: list[Cell], old: list[Cell]) -> tuple[int, str]:
    """Where a tail of blanks in one style begins that is worth erasing (the width if there is none), and its style."""
    width = len(row)
    char, tail = row[-1]
    if char != " " or tail.startswith(PAINTED_BLANKS) or tail in ("4", "7", "9", "53"):
        return width, tail
    begin = width
    while begin and row[begin - 1] == (" ", tail):
        begin -= 1
    return (begin if width - begin > BRIDGE and row[begin:] != old[begin:] else width), tail


class ThinDisplay:
    """Mix into an App, before it, to have it draw in this way."""

    _shadow: Shadow
    _shadow_size = (0, 0)

    def forget_screen(self) -> None:
        """The terminal was written to by somebody else: the next drawing sends everything."""
        self._shadow_size = (0, 0)

    def _display(self: Any, screen: Screen[Any], renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate) and not self.is_headless and usable():
            width, height = self.size
            # Not every terminal has another screen that is empty: what a shell wrote would show in the margins.
            begun = CLEARED if self._shadow_size == (0, 0) else ""
            if self._shadow_size != (width, height):
                self._shadow_size = (width, height)
                self._shadow = [[UNKNOWN] * width for _ in range(height)]
            renderable = Changes(renderable, self._shadow, width, begun)
        super()._display(screen, renderable)  # type: ignore[misc]  # the App that this is mixed into
