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

from dev2cto.tui.textual_patches.row_diff import difference, of_blank
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
CLEARED = "\x1b[0m\x1b[2J"
BLANK: Cell = (" ", "")


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
