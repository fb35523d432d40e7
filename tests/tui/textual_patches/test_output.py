"""Output to a terminal that stops reading or is gone: the program carries on, saves, and leaves when asked."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
from dev2cto.study.state.location import Location
from dev2cto.tui.app import PATIENCE
from dev2cto.tui.textual_patches import output
from dev2cto.tui.textual_patches.output import MANY, Output
from tests.support.pty_driver import Start, Terminal
from tests.support.studies import FakeClock, open_study_in, record_of

LONG_AGO = datetime(2024, 1, 8, 10, 0, tzinfo=UTC)
LINES = 3 * MANY
"""Enough that Textual's own output would have kept the program waiting long before the last."""


def test_nothing_waits_for_a_terminal_that_is_gone() -> None:
    outside, inside = os.openpty()
    with open(inside, "w") as terminal:
        thread = Output(terminal)
        os.close(outside)
        thread.start()
        for _ in range(LINES):
            thread.write("text")
        thread.stop()
        assert not thread.is_alive()
        os.dup2(os.open(os.devnull, os.O_WRONLY), inside)  # what is left over is written when the file is closed


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Output, int]]:
    """Output that is behind, since nobody reads from its terminal, and the other end of that."""
    monkeypatch.setattr(output, "PATIENCE", 0.1)
    outside, inside = os.openpty()
    with open(inside, "w") as terminal:
        thread = Output(terminal)
        thread.start()
        for _ in range(LINES):
            thread.write("x" * 1000)
        assert thread.is_behind
        yield thread, outside
    os.close(outside)


def test_a_terminal_that_stops_reading_gets_the_end(behind: tuple[Output, int]) -> None:
    thread, outside = behind
    thread.write("the end")
    thread.stop()
    assert not thread.is_alive()
    found = held(outside)
    assert found.endswith(b"the end")
    assert len(found) < 1000 * LINES


def test_a_message_at_the_end_needs_no_reader(behind: tuple[Output, int]) -> None:
    thread, outside = behind
    thread.write("restored")
    thread.stop()
    fill(os.ttyname(thread.fileno()))
    thread.write_message("saved\n")
    assert held(outside).endswith(b"restoredsaved\r\n")
    thread.write_message("and again\n")
    assert held(outside) == b"and again\r\n"


def fill(name: str) -> None:
    """Write to a terminal that nobody reads until it takes no more."""
    terminal = os.open(name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(terminal, b"x")
    os.close(terminal)


def held(outside: int) -> bytes:
    """What was written to a terminal and not read yet."""
    found = b""
    while select.select([outside], [], [], 0.05)[0]:
        found += os.read(outside, 1 << 16)
    return found


def test_drawing_resumes_once_the_terminal_has_read_all() -> None:
    outside, inside = os.openpty()
    with open(inside, "w") as terminal:
        thread = Output(terminal)
        thread.start()
        for _ in range(LINES):
            thread.write("x" * 1000)
        drained = threading.Event()
        thread.call_when_drained(drained.set)
        assert thread.is_behind
        assert not drained.is_set()
        read = 0
        while read < 1000 * LINES:
            read += len(os.read(outside, 1 << 16))
        assert drained.wait(120)
        assert not thread.is_behind
        thread.stop()
    os.close(outside)


def stalled(start: Start, home: Path) -> Terminal:
    """The program with a text of many lines, typed while nobody read what it shows."""
    study = open_study_in(record_of(home), FakeClock(LONG_AGO))
    study.keep(Location("exercise", ("t-x-note",), extra={"writing": True}))
    study.record.save_and_close()
    terminal = start("--resume")
    terminal.expect("# Note 1")
    for number in range(LINES):
        terminal.type_at_once(f"Line {number:02}.\r")
        while terminal.unread():
            time.sleep(0.002)
    end = time.monotonic() + 120
    while draft_lines(home) != LINES:
        assert time.monotonic() < end, draft_lines(home)
        time.sleep(0.05)
    return terminal


def draft_lines(home: Path) -> int:
    """How many typed lines are on the disk."""
    record = open_directory(record_of(home), clock=SystemClock(), device="reader", readonly=True)
    return sum(str(draft["text"]).count("Line") for draft in record.table("drafts").all())


def test_keys_are_saved_while_the_line_stalls_and_shown_after_it(start: Start, tmp_path: Path) -> None:
    terminal = stalled(start, tmp_path / "home")
    terminal.press("up")
    terminal.expect(f"Line {LINES - 1}.")
    assert f"Line {LINES - 2}." in terminal.text
    assert "A decision note" in terminal.text


def test_a_program_whose_line_stalls_leaves_when_asked(start: Start, tmp_path: Path) -> None:
    terminal = stalled(start, tmp_path / "home")
    terminal.signal(signal.SIGHUP)
    end = time.monotonic() + 2 * PATIENCE
    while not terminal.ended():
        assert time.monotonic() < end
        time.sleep(0.05)
    assert terminal.status == 129
    assert draft_lines(tmp_path / "home") == LINES
