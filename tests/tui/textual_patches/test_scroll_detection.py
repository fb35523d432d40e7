"""Moving text on the terminal: whatever was there, the screen is right afterwards."""

from __future__ import annotations

from random import Random

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st

from dev2cto.tui.textual_patches.row_diff import difference
from dev2cto.tui.textual_patches.scroll_detection import UNKNOWN, WORTH, ScreenRow, apply_move, find_move

WIDTH, HEIGHT = 60, 14


def text_row(rng: Random) -> str:
    return "".join(rng.choice("abc  ") for _ in range(WIDTH - 1)) + rng.choice("|:")


def as_cells(text: str) -> ScreenRow:
    return [(char, "") for char in text]


def draw(screen: pyte.Screen, shadow: list[ScreenRow], new: dict[int, ScreenRow]) -> list[ScreenRow]:
    """What the display does with new rows: move what can be moved, then send what differs."""
    out: list[str] = []
    move = find_move(new, shadow)
    if move is not None:
        out.append(move.sequence())
        shadow = apply_move(shadow, move)
    for y, row in sorted(new.items()):
        if row != shadow[y]:
            difference(y, row, shadow[y], "", out)
            shadow[y] = row
    pyte.Stream(screen).feed("".join(out))
    return shadow


@given(
    seed=st.integers(0, 10**6),
    shift=st.integers(-4, 4),
    top=st.integers(0, 5),
    bottom=st.integers(8, HEIGHT - 1),
    missing=st.sets(st.integers(0, HEIGHT - 1), max_size=3),
)
@settings(max_examples=150, deadline=None)
def test_the_screen_is_right_after_any_scrolling(
    seed: int, shift: int, top: int, bottom: int, missing: set[int]
) -> None:
    rng = Random(seed)
    old = [text_row(rng) for _ in range(HEIGHT)]
    screen = pyte.Screen(WIDTH, HEIGHT)
    shadow = draw(screen, [[UNKNOWN] * WIDTH for _ in range(HEIGHT)], {y: as_cells(t) for y, t in enumerate(old)})
    assert screen.display == old
    new = list(old)
    for y in range(top, bottom + 1):
        new[y] = old[y + shift] if top <= y + shift <= bottom else text_row(rng)
    for y in missing:
        new[y] = old[y]
    draw(screen, shadow, {y: as_cells(new[y]) for y in range(HEIGHT) if y not in missing})
    assert screen.display == new


def test_a_line_of_scrolling_is_found() -> None:
    rng = Random(1)
    old = [text_row(rng) for _ in range(HEIGHT)]
    shadow = [as_cells(text) for text in old]
    new = {y: as_cells(old[y + 1] if y < HEIGHT - 1 else text_row(rng)) for y in range(HEIGHT)}
    move = find_move(new, shadow)
    assert move is not None
    assert (move.top, move.bottom, move.lines) == (0, HEIGHT - 1, 1)


def test_little_to_save_is_not_worth_a_move() -> None:
    blank = [as_cells(" " * WIDTH) for _ in range(HEIGHT)]
    blank[3] = as_cells("x".ljust(WIDTH))
    new = {y: as_cells(" " * WIDTH) for y in range(HEIGHT)} | {2: as_cells("x".ljust(WIDTH))}
    assert WORTH > 2
    assert find_move(new, blank) is None
