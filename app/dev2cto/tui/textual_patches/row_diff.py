"""What turns one row of the terminal into another in the fewest bytes.

Besides writing cells: erasing blanks (EL, ECH), and moving the rest of a row when something before it got longer or
shorter (ICH, DCH), which a line of keys does at every other move in a list.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache

from dev2cto.tui.textual_patches.scroll_detection import UNKNOWN, Cell

BRIDGE = 6
"""Unchanged cells rewritten between two runs, because moving the cursor would cost more bytes."""
ON_BLANKS = frozenset(("4", "5", "6", "7", "9", "21", "51", "52", "53"))
"""SGR codes for underline, blink, reverse, strike, frames and overline: visible on blanks, not on erased cells."""
FOREGROUNDS = frozenset(str(code) for code in (*range(30, 38), *range(90, 98)))
ENDS = {"1": "22", "2": "22", "3": "23"}
"""SGR codes that end bold, dim and italic; the first two end together."""
ERASED = 14
"""Blanks in the middle of a row that are erased and not written: fewer take less than the move behind them."""
SHIFTED = 8
"""The least cells for which the rest of a row is moved."""
BACKGROUNDS = frozenset(str(code) for code in (*range(40, 49), *range(100, 108)))


@lru_cache(maxsize=1024)
def of_blank(sgr: str) -> str:
    """Return what a blank shows of a style: its background, or all of it if that is underlined or the like."""
    attributes, _, background = style_parts(sgr)
    return background if ON_BLANKS.isdisjoint(attributes) else sgr


def difference(y: int, row: list[Cell], old: list[Cell], pen: str, out: list[str]) -> str:
    """Append to `out` what turns the old row into the new one; returns the style left on the terminal."""
    written: list[str] = []
    left = runs(y, row, old, pen, written)
    move = find_shift(row, old) if can_edit()[0] else None
    if move is not None:
        at, cells = move
        moved = [f"\x1b[{y + 1};{at + 1}H\x1b[{abs(cells)}{'@' if cells > 0 else 'P'}"]
        then = runs(y, row, shifted(old, at, cells), pen, moved)
        if sum(map(len, moved)) < sum(map(len, written)):
            written, left = moved, then
    out += written
    return left


def runs(y: int, row: list[Cell], old: list[Cell], pen: str, out: list[str]) -> str:
    """Append to `out` the runs of cells that differ; returns the style left on the terminal."""
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
        blanks, after = long_blanks(row, x, stop)
        for n in range(x, blanks):
            char, sgr = row[n]
            if sgr != pen and not (char == " " and of_blank(pen) == sgr):
                sgr = sgr if char != " " else of_next(row, n, blanks)
                out.append(transition(pen, sgr))
                pen = sgr
            out.append(char)
        if after > blanks:
            ground = row[blanks][1]
            if of_blank(pen) != ground:
                out.append(transition(pen, ground))
                pen = ground
            out.append(f"\x1b[{after - blanks}X")
        at, x = blanks, after
    if end < width:
        if at != end:
            out.append(f"\x1b[{y + 1};{end + 1}H")
        if of_blank(pen) != tail:
            out.append(transition(pen, tail))
            pen = tail
        out.append("\x1b[K")
    return pen


def of_next(row: list[Cell], blank: int, stop: int) -> str:
    """Return the style of the letter after blanks if they look the same in it, so that it need not be set for both."""
    style = next((sgr for char, sgr in row[blank:stop] if char != " "), "")
    return style if of_blank(style) == row[blank][1] else row[blank][1]


def long_blanks(row: list[Cell], start: int, stop: int) -> tuple[int, int]:
    """Return where the first blanks worth erasing begin and end; twice `stop` if there are none."""
    begin = start
    for x in range(start, stop + 1):
        if x < stop and row[x][0] == " " and row[x] == row[begin]:
            continue
        if x - begin >= ERASED and row[begin][0] == " " and can_edit()[1] and can_erase(row[begin][1]):
            return begin, x
        begin = x
    return stop, stop


def find_shift(row: list[Cell], old: list[Cell]) -> tuple[int, int] | None:
    """Return the cell from which the rest of the old row is to move, and by how many cells (left if negative).

    None where no rest of some length is the same, or where cells are of other widths than one.
    """
    if row[-1] != old[-1] or row[-1][0] != " ":
        return None
    new_end, old_end = content_end(row), content_end(old)
    cells = new_end - old_end
    if not cells:
        return None
    same, most = 0, min(new_end, old_end)
    while same < most and row[new_end - same - 1] == old[old_end - same - 1]:
        same += 1
    first = next((x for x in range(most) if row[x] != old[x]), most)
    same = min(same, most - first)
    at = most - same
    narrow = all(len(char) == 1 for char, _ in (*row[at:new_end], *old[at:old_end]))
    return (at, cells) if same >= SHIFTED and narrow else None


def content_end(row: list[Cell]) -> int:
    """Return where the equal cells at the end of the row begin."""
    end = len(row)
    while end and row[end - 1] == row[-1]:
        end -= 1
    return end


def shifted(old: list[Cell], at: int, cells: int) -> list[Cell]:
    """Return the row after the move. What the terminal has in the cells that became free is not relied on."""
    free = [UNKNOWN] * abs(cells)
    return [*old[:at], *free, *old[at : len(old) - cells]] if cells > 0 else [*old[:at], *old[at - cells :], *free]


@cache
def can_edit() -> tuple[bool, bool]:
    """Whether the terminal moves the rest of a row (ICH, DCH), and whether it erases some cells (ECH)."""
    name = os.environ.get("TERM", "")
    moves = not name.startswith(("vt1", "vt5", "dumb", "rxvt"))
    return moves, moves and not name.startswith("screen") and "STY" not in os.environ


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
