"""Sends the terminal only the cells that changed.

Textual repaints whole regions, which takes seconds over a slow connection. This keeps a shadow of the screen and writes
only the runs that differ. It overrides the private `App._display` and reads compositor updates, so it is used only with
the Textual versions it was tested with; with others, with DEV2CTO_DISPLAY=textual, and after its first error, Textual
draws itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import textual
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual.strip import Strip

from dev2cto.tui.textual_patches.scroll_detection import UNKNOWN, Cell, apply_move, find_move

if TYPE_CHECKING:
    from textual.screen import Screen

try:
    from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
except ImportError:  # another Textual version: it draws itself, since no update is an instance of these

    class CompositorUpdate:  # type: ignore[no-redef]
        """Stands in for the missing class."""

    class ChopsUpdate(CompositorUpdate):  # type: ignore[no-redef]
        """Stands in for the missing class."""

    class LayoutUpdate(CompositorUpdate):  # type: ignore[no-redef]
        """Stands in for the missing class."""


TESTED = ("8.2.",)
BRIDGE = 6
"""Unchanged cells rewritten between two runs, because moving the cursor would cost more bytes."""
CLEARED = "\x1b[0m\x1b[2J"
BLANK: Cell = (" ", "")
ON_BLANKS = frozenset(("4", "5", "6", "7", "9", "21", "51", "52", "53"))
"""SGR codes for underline, blink, reverse, strike, frames and overline: visible on blanks, not on erased cells."""
FOREGROUNDS = frozenset(str(code) for code in (*range(30, 38), *range(90, 98)))
ENDS = {"1": "22", "2": "22", "3": "23"}
"""SGR codes that end bold, dim and italic; the first two end together."""
BACKGROUNDS = frozenset(str(code) for code in (*range(40, 49), *range(100, 108)))


def is_supported() -> bool:
    """Whether the diff display was tested with the installed Textual and is not turned off."""
    return installed_version().startswith(TESTED) and os.environ.get("DEV2CTO_DISPLAY", "") != "textual"


@cache
def installed_version() -> str:
    """Return Textual's version, read from the name of its dist-info folder.

    Textual itself asks importlib.metadata, which takes a twentieth of the whole start.
    """
    beside = os.path.dirname(os.path.dirname(textual.__file__))
    found = [re.fullmatch(r"textual-(.+)\.dist-info", name) for name in os.listdir(beside)]
    versions = [match[1] for match in found if match]
    return versions[0] if len(versions) == 1 else str(textual.__version__)


class ScreenBuffer:
    """What the terminal shows, as far as known. With `clear`, the terminal is cleared before the first drawing."""

    def __init__(self, width: int, height: int, *, clear: bool = False) -> None:
        self.size = (width, height)
        self.rows: list[list[Cell]] = [[UNKNOWN] * width for _ in range(height)]
        self._clear = clear

    def cleared(self) -> str:
        """Return the sequence that clears the terminal, once if requested (then all cells are blank); otherwise ""."""
        if not self._clear:
            return ""
        self._clear = False
        self.rows = [[BLANK] * len(row) for row in self.rows]
        return CLEARED


class CellDiff(CompositorUpdate):
    """A compositor update reduced to what differs from the shadow; `failed` is called if that raises."""

    def __init__(
        self, update: LayoutUpdate | ChopsUpdate, shadow: ScreenBuffer, failed: Callable[[Exception], None]
    ) -> None:
        self.update, self.shadow, self.failed = update, shadow, failed

    def __rich_console__(self, console: Console, options: Any) -> Any:
        """Yield nothing: the driver calls `render_segments` instead."""
        yield from ()

    def render_segments(self, console: Console) -> str:
        """Return the escape sequences that update the screen; Textual's own if ours fail."""
        try:
            return self.changes(console)
        except Exception as error:
            self.failed(error)
            return self.update.render_segments(console)

    def changes(self, console: Console) -> str:
        """Return the sequences for what differs, and update the shadow."""
        out = [self.shadow.cleared()]
        known = self.shadow.rows
        rows: dict[int, list[Cell]] = {}
        for x, y, strip in self._placed():
            if y < len(known):
                paint(rows.setdefault(y, known[y][:]), x, strip, console)
        for row in rows.values():
            del row[self.shadow.size[0] :]
        pen = ""
        move = find_move(rows, known)
        if move is not None:
            out.append(move.sequence())
            known[:] = apply_move(known, move)
        for y, row in sorted(rows.items()):
            if row != known[y]:
                pen = difference(y, row, known[y], pen, out)
                known[y] = row
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
                if chop is not None and x < x2 and end > x1:
                    yield x, y, chop if end <= x2 else chop.crop(0, x2 - x)


def paint(row: list[Cell], x: int, strip: Strip, console: Console) -> None:
    """Put a strip's cells into a row from cell x; a wide character is followed by an empty cell."""
    system = console._color_system or ColorSystem.TRUECOLOR
    for text, style, control in strip:
        if control:
            continue
        sgr = codes(style, system) if style else ""
        if text.isascii():
            blank = (" ", of_blank(sgr))
            row[x : x + len(text)] = [blank if char == " " else (char, sgr) for char in text]
            x += len(text)
            continue
        for char in text:
            size = cell_len(char)
            if size:
                row[x : x + size] = [(char, sgr), *[("", sgr)] * (size - 1)]
            elif x:
                row[x - 1] = (row[x - 1][0] + char, row[x - 1][1])
            x += size


@lru_cache(maxsize=1024)
def of_blank(sgr: str) -> str:
    """Return what a blank shows of a style: its background, or all of it if that is underlined or the like."""
    attributes, _, background = style_parts(sgr)
    return background if ON_BLANKS.isdisjoint(attributes) else sgr


def codes(style: Style, system: ColorSystem) -> str:
    """Return the SGR parameters of the style as Textual writes them, without the default colours."""
    return without_defaults(Strip.render_ansi(style, system) if style._ansi is None else style._ansi)


@lru_cache(maxsize=1024)
def without_defaults(sgr: str) -> str:
    """Return the parameters without those for default colours: every style is set after a reset."""
    parts, kept = sgr.split(";"), []
    while parts:
        length = {"2": 5, "5": 3}.get(parts[1], 1) if parts[0] in ("38", "48") and len(parts) > 1 else 1
        kept += parts[:length] if parts[0] not in ("39", "49") else []
        del parts[:length]
    return ";".join(kept)


def difference(y: int, row: list[Cell], old: list[Cell], pen: str, out: list[str]) -> str:
    """Append to `out` what turns the old row into the new one; returns the style left on the terminal."""
    width = len(row)
    end, tail = blank_tail(row, old)
    x, at = 0, -1
    while x < end:
        if row[x] == old[x]:
            x += 1
            continue
        stop = end_of_run(row, old, x, end)
        while x and row[x][0] == "":
            x -= 1
        if at != x:
            out.append(f"\x1b[{y + 1};{x + 1}H")
        for char, sgr in row[x:stop]:
            if sgr != pen and not (char == " " and of_blank(pen) == sgr):
                out.append(transition(pen, sgr))
                pen = sgr
            out.append(char)
        at = x = stop
    if end < width:
        if at != end:
            out.append(f"\x1b[{y + 1};{end + 1}H")
        if of_blank(pen) != tail:
            out.append(transition(pen, tail))
            pen = tail
        out.append("\x1b[K")
    return pen


@lru_cache(maxsize=4096)
def transition(before: str, after: str) -> str:
    """Return the shortest sequence that turns the style `before`, as the terminal has it, into `after`."""
    reset = f"\x1b[0;{after}m" if after else "\x1b[0m"
    old, new = style_parts(before), style_parts(after)
    ended = old[0] - new[0]
    if not ended <= ENDS.keys() or (old[1] and not new[1]) or (old[2] and not new[2]):
        return reset
    again = new[0] & ENDS.keys() if ended & {"1", "2"} else new[0] - old[0]
    changes = [*sorted({ENDS[code] for code in ended}), *sorted(again | (new[0] - old[0]))]
    changes += [now for was, now in zip(old[1:], new[1:], strict=True) if now != was]
    return min(reset, f"\x1b[{';'.join(changes)}m", key=len) if changes else reset


@lru_cache(maxsize=1024)
def style_parts(sgr: str) -> tuple[frozenset[str], str, str]:
    """Return the attributes, the colour and the background of a style as SGR parameters."""
    attributes, colour, background = set[str](), "", ""
    parts = sgr.split(";") if sgr else []
    while parts:
        length = {"2": 5, "5": 3}.get(parts[1], 1) if parts[0] in ("38", "48") and len(parts) > 1 else 1
        code = ";".join(parts[:length])
        if parts[0] == "38" or parts[0] in FOREGROUNDS:
            colour = code
        elif parts[0] in BACKGROUNDS:
            background = code
        else:
            attributes.add(code)
        del parts[:length]
    return frozenset(attributes), colour, background


def end_of_run(row: list[Cell], old: list[Cell], start: int, end: int) -> int:
    """Return the end of the run of changed cells from `start`, short unchanged stretches included."""
    stop, same = start + 1, 0
    while stop < end and same < BRIDGE:
        same = 0 if row[stop] != old[stop] else same + 1
        stop += 1
    return stop - same


def blank_tail(row: list[Cell], old: list[Cell]) -> tuple[int, str]:
    """Return where a tail of equal blanks worth erasing begins (the width if there is none), and its style."""
    width = len(row)
    char, tail = row[-1]
    if char != " " or not can_erase(tail):
        return width, tail
    begin = width
    while begin and row[begin - 1] == (" ", tail):
        begin -= 1
    return (begin if width - begin > BRIDGE and row[begin:] != old[begin:] else width), tail


@lru_cache(maxsize=256)
def can_erase(sgr: str) -> bool:
    """Whether erasing looks the same as blanks in that style.

    GNU screen erases with the default background unless it is configured otherwise.
    """
    parts = sgr.split(";")
    coloured = next((n for n, part in enumerate(parts) if part in ("38", "48")), len(parts))
    filled = "STY" in os.environ and not BACKGROUNDS.isdisjoint(parts)
    return ON_BLANKS.isdisjoint(parts[:coloured]) and not filled


class DiffDisplay:
    """Mix in before App to draw by differences. A screen whose `held` is True is not drawn yet."""

    _shadow: ScreenBuffer | None = None
    _failed = False

    def forget_screen(self) -> None:
        """Forget the shadow, so that everything is drawn next time: another program wrote to the terminal."""
        self._shadow = None

    def _fall_back(self, error: Exception) -> None:
        """Let Textual draw from now on; the learner sees no difference, the error goes to the crash log."""
        from dev2cto.crash_log import write_log

        self._failed = True
        write_log(error)

    def _display(self: Any, screen: Screen[Any], renderable: Any) -> None:
        if getattr(screen, "held", False):
            return
        known = isinstance(renderable, LayoutUpdate | ChopsUpdate)
        if known and not self.is_headless and not self._failed and is_supported():
            if self._shadow is None or self._shadow.size != tuple(self.size):
                # Not every terminal has an alternate screen: the shell's output would show in the margins.
                self._shadow = ScreenBuffer(*self.size, clear=self._shadow is None)
            renderable = CellDiff(renderable, self._shadow, self._fall_back)
        super()._display(screen, renderable)  # type: ignore[misc]  # the App that this is mixed into
