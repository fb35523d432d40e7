"""The terminal's cursor is where the selection is, for screen readers and magnifiers."""

from __future__ import annotations

from copy import copy

from tests.support.pty_driver import Start, Terminal


def is_hidden(terminal: Terminal) -> bool:
    """Whether the cursor was last hidden, and not shown."""
    return terminal.raw.rfind(b"\x1b[?25l") > terminal.raw.rfind(b"\x1b[?25h")


def under_cursor(terminal: Terminal) -> str:
    """The line of the cursor from its cell on; empty if it is hidden."""
    at = terminal.screen.cursor
    return "" if is_hidden(terminal) else terminal.screen.display[at.y][at.x :].rstrip()


def test_it_follows_rows_options_and_fields_and_is_hidden_where_there_is_none(start: Start) -> None:
    terminal = start(size=(80, 24))
    terminal.expect("quit")
    assert under_cursor(terminal).startswith("▌ Begin")
    terminal.press("down")
    assert under_cursor(terminal).startswith("▌  1 ○ Calls that may fail")
    terminal.press("1")
    terminal.expect("Afterwards you can")
    assert under_cursor(terminal).startswith("▌ 1")
    terminal.press("down")
    assert under_cursor(terminal).startswith("▌ 2")
    terminal.press("up", "enter")
    terminal.expect("min left")
    assert under_cursor(terminal) == ""
    terminal.press("enter")
    assert "The client waits" in under_cursor(terminal)
    terminal.press("down", "down")
    assert under_cursor(terminal).startswith("▌ ○  3")
    terminal.press("escape", "/", "token")
    field = copy(terminal.screen.cursor)
    assert not is_hidden(terminal)
    assert terminal.screen.display[field.y][field.x - 5 : field.x] == "token"
    terminal.press("left", "left")
    assert terminal.screen.cursor.x == field.x - 2


def test_it_stays_on_the_row_in_a_window_of_another_size(start: Start) -> None:
    terminal = start(size=(80, 24))
    terminal.expect("quit")
    terminal.resize(100, 30)
    assert "Begin" in under_cursor(terminal)
