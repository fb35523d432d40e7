"""The terminal that most tests look at shows what pyte's does, whatever is sent to it."""

from __future__ import annotations

from contextlib import suppress

import pyte
from hypothesis import given
from hypothesis import strategies as st

from tests.support.terminal_screen import NARROW, QuickScreen

WIDTH, HEIGHT = 12, 4
SENT = st.lists(
    st.text("abc 1…─│é", max_size=15)
    | st.sampled_from(
        (
            "漢", "e\u0301", "\u200b", "\x7f", "\xad", "\t", "\r", "\n", "\b", "\x0e", "\x0f", "\x1b(0", "\x1b(B",
            "\x1b[4h", "\x1b[4l", "\x1b[?7l", "\x1b[?7h", "\x1b[1;31m", "\x1b[m", "\x1b[48;2;1;2;3m", "\x1b[K",
            "\x1b[2;4H", "\x1b[4;12H", "\x1b[1L", "\x1b[2P", "\x1b[2;3r", "\x1b[S", "\x1bM", "\x1b[2J",
        )
    ),
    max_size=40,
)  # fmt: skip
"""Texts, characters that are wider or narrower or none, and what changes how a text is shown."""


@given(SENT)
def test_all_cells_and_the_cursor_are_those_of_pyte(sent: list[str]) -> None:
    quick, theirs = QuickScreen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT)
    for screen in (quick, theirs):
        stream = pyte.Stream(screen)
        for part in sent:
            stream.feed(part)
    for y in range(HEIGHT):
        assert [quick.buffer[y][x] for x in range(WIDTH)] == [theirs.buffer[y][x] for x in range(WIDTH)]
    assert (quick.cursor.x, quick.cursor.y, quick.dirty) == (theirs.cursor.x, theirs.cursor.y, theirs.dirty)
    with suppress(IndexError):  # half of a wide character is left: pyte has no name for it
        assert quick.display == theirs.display


def test_what_is_drawn_at_once_is_what_programs_show() -> None:
    assert set("abc XYZ 019 .,:;/?!()[]{}│─▌•…—“”éü→") <= NARROW
    assert not set("漢\u0301\u200b\x07\x7f") & NARROW
