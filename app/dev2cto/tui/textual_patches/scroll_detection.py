"""Detects text that only moved up or down and lets the terminal scroll it: each line scrolled costs one new line.

Uses the scrolling region (DECSTBM) with index and reverse index, which terminals support since the VT100.
"""

from collections.abc import Mapping
from operator import ne
from typing import NamedTuple

Cell = tuple[str, str]
ScreenRow = list[Cell]
UNKNOWN: Cell = ("?", "never drawn")
MOST = 3
"""The largest move looked for, in lines, up or down."""
BEGINNING = 24
"""Cells at the left that must match before two rows are compared in full."""
IMPOSSIBLE = -(10**9)
"""The saving of a row that cannot be part of the move."""
WORTH = 240
"""The least saving, in cells, for which the region is moved."""


class ScrollMove(NamedTuple):
    """Rows `top` to `bottom` (from 0, inclusive) move up by `lines`, or down if it is negative."""

    top: int
    bottom: int
    lines: int

    def sequence(self) -> str:
        """Return the escape sequence; it leaves the cursor at the top left and the style reset."""
        region = f"\x1b[0m\x1b[{self.top + 1};{self.bottom + 1}r"
        if self.lines > 0:
            step = f"\x1b[{self.bottom + 1};1H" + "\x1bD" * self.lines
        else:
            step = f"\x1b[{self.top + 1};1H" + "\x1bM" * -self.lines
        return f"{region}{step}\x1b[r"


def find_move(rows: Mapping[int, ScreenRow], shadow: list[ScreenRow]) -> ScrollMove | None:
    """Return the move that saves the most cells, None if none is worth it; `rows` are the new rows by number.

    Anything beside the text that does not move with it, such as a scrollbar or a list, is drawn again.
    """
    changed = {y: differing(row, shadow[y]) for y, row in rows.items()}
    if sum(changed.values()) < WORTH:
        return None
    best: tuple[int, ScrollMove] | None = None
    for lines in (*range(1, MOST + 1), *range(-1, -MOST - 1, -1)):
        saved, first, last = best_run(bytes_saved(lines, rows, shadow, changed))
        top, bottom = (first, last + lines) if lines > 0 else (first + lines, last)
        if saved >= WORTH and (best is None or saved > best[0]) and all(y in rows for y in range(top, bottom + 1)):
            best = saved, ScrollMove(top, bottom, lines)
    return best[1] if best else None


def bytes_saved(
    lines: int, rows: Mapping[int, ScreenRow], shadow: list[ScreenRow], changed: Mapping[int, int]
) -> list[int]:
    """Return for each row how many fewer cells would be drawn if it came from `lines` further down."""
    saved = []
    for y in range(len(shadow)):
        source = y + lines
        if y not in rows or not 0 <= source < len(shadow):
            saved.append(IMPOSSIBLE)
        elif rows[y][:BEGINNING] == shadow[source][:BEGINNING]:
            saved.append(changed[y] - differing(rows[y], shadow[source]))
        else:
            saved.append(-len(rows[y]))
    return saved


def best_run(saved: list[int]) -> tuple[int, int, int]:
    """Return the consecutive rows with the greatest sum, as (sum, first row, last row). Kadane's algorithm."""
    best, total, start = (0, 0, 0), 0, 0
    for y, value in enumerate(saved):
        if total <= 0:
            total, start = 0, y
        total += value
        if total > best[0]:
            best = total, start, y
    return best


def differing(new: ScreenRow, old: ScreenRow) -> int:
    """Return how many cells differ."""
    return 0 if new == old else sum(map(ne, new, old))


def apply_move(shadow: list[ScreenRow], move: ScrollMove) -> list[ScreenRow]:
    """Return the shadow after the move; the content of the rows that were freed is unknown."""
    rows = shadow[move.top : move.bottom + 1]
    free = [[UNKNOWN] * len(rows[0]) for _ in range(abs(move.lines))]
    rows = rows[move.lines :] + free if move.lines > 0 else free + rows[: move.lines]
    return [*shadow[: move.top], *rows, *shadow[move.bottom + 1 :]]
