"""Finds text that only moved up or down, and has the terminal move it: a line of scrolling costs one new line.

Uses the scrolling region (DECSTBM) with index and reverse index, which terminals have had since the VT100.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Cell = tuple[str, str]
ScreenRow = list[Cell]
UNKNOWN: Cell = ("?", "never drawn")
MOST = 3
"""Lines by which text is looked for above and below its old place."""
BEGINNING = 24
"""Cells at the left that a row has to share with its old place to be looked at closely."""
IMPOSSIBLE = -(10**9)
"""Saved by a row that cannot come from there."""
WORTH = 240
"""Cells that must be saved before the region is moved."""


@dataclass(frozen=True, slots=True)
class ScrollMove:
    """Rows `top` to `bottom` (from 0, both included) move up by `lines`, or down where that is negative."""

    top: int
    bottom: int
    lines: int

    def sequence(self) -> str:
        """What has the terminal do it; afterwards the cursor is in the corner and the style plain."""
        region = f"\x1b[0m\x1b[{self.top + 1};{self.bottom + 1}r"
        if self.lines > 0:
            step = f"\x1b[{self.bottom + 1};1H" + "\x1bD" * self.lines
        else:
            step = f"\x1b[{self.top + 1};1H" + "\x1bM" * -self.lines
        return f"{region}{step}\x1b[r"


def find_move(rows: Mapping[int, ScreenRow], shadow: list[ScreenRow]) -> ScrollMove | None:
    """The move that saves the most cells, where one is worth it; `rows` are the new rows by number.

    What stands beside the text and does not move with it, as a scrollbar or a list, is drawn again.
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
    """For each row of the screen, how many cells fewer would be drawn if it came from `lines` further down."""
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
    """The stretch of rows with the greatest sum: the sum, its first and its last row."""
    best, total, start = (0, 0, 0), 0, 0
    for y, value in enumerate(saved):
        if total <= 0:
            total, start = 0, y
        total += value
        if total > best[0]:
            best = total, start, y
    return best


def differing(new: ScreenRow, old: ScreenRow) -> int:
    """How many cells differ."""
    return 0 if new == old else sum(a != b for a, b in zip(new, old, strict=False))


def apply_move(shadow: list[ScreenRow], move: ScrollMove) -> list[ScreenRow]:
    """The shadow after the move; the rows that came free show nothing that is known."""
    rows = shadow[move.top : move.bottom + 1]
    free = [[UNKNOWN] * len(rows[0]) for _ in range(abs(move.lines))]
    rows = rows[move.lines :] + free if move.lines > 0 else free + rows[: move.lines]
    return [*shadow[: move.top], *rows, *shadow[move.bottom + 1 :]]
