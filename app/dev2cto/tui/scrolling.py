"""Finds text that only moved up or down, and has the terminal move it: a line of scrolling costs one new line.

Uses the scrolling region (DECSTBM) with index and reverse index, which terminals have had since the VT100.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Cell = tuple[str, str]
Row = list[Cell]
UNKNOWN: Cell = ("?", "never drawn")
MOST = 3
"""Lines by which text is looked for above and below its old place."""
EDGE = 6
"""Cells at the right edge that may differ: a scrollbar."""
WORTH = 240
"""Cells that must be saved before the region is moved."""


@dataclass(frozen=True, slots=True)
class Move:
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


def find_move(rows: Mapping[int, Row], shadow: list[Row]) -> Move | None:
    """The move that saves the most cells, where one is worth it; `rows` are the new rows by number."""
    best: tuple[int, Move] | None = None
    for lines in (*range(1, MOST + 1), *range(-1, -MOST - 1, -1)):
        for first, last in runs(rows, shadow, lines):
            top, bottom = (first, last + lines) if lines > 0 else (first + lines, last)
            if not all(y in rows for y in range(top, bottom + 1)):
                continue
            saved = sum(differing(rows[y], shadow[y]) for y in range(first, last + 1))
            if saved >= WORTH and (best is None or saved > best[0]):
                best = saved, Move(top, bottom, lines)
    return best[1] if best else None


def runs(rows: Mapping[int, Row], shadow: list[Row], lines: int) -> list[tuple[int, int]]:
    """Stretches of rows that stand in the shadow `lines` further down (further up where negative)."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for y in range(len(shadow) + 1):
        same = y in rows and 0 <= y + lines < len(shadow) and alike(rows[y], shadow[y + lines])
        if same and start is None:
            start = y
        elif not same and start is not None:
            found.append((start, y - 1))
            start = None
    return found


def alike(new: Row, old: Row) -> bool:
    """Whether two rows are the same but for the right edge."""
    return new[:-EDGE] == old[:-EDGE]


def differing(new: Row, old: Row) -> int:
    """How many cells differ."""
    return 0 if new == old else sum(a != b for a, b in zip(new, old, strict=False))


def moved(shadow: list[Row], move: Move) -> list[Row]:
    """The shadow after the move; the rows that came free show nothing that is known."""
    rows = shadow[move.top : move.bottom + 1]
    free = [[UNKNOWN] * len(rows[0]) for _ in range(abs(move.lines))]
    rows = rows[move.lines :] + free if move.lines > 0 else free + rows[: move.lines]
    return [*shadow[: move.top], *rows, *shadow[move.bottom + 1 :]]
