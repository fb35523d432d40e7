"""A flood of keys: the program reads no more than it handles soon, loses none, and still leaves."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import tty
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from textual import events
from textual.app import App
from textual.driver import Driver

from dev2cto.study.state.location import Location
from dev2cto.tui.textual_patches import key_flow
from dev2cto.tui.textual_patches.key_flow import MANY, PacedDriver
from tests.support.pty_driver import CLOSED, Start
from tests.support.studies import FakeClock, open_study_in, record_of

READ = 4096
"""Bytes that Textual reads at once, and that a terminal holds."""
HELD = 3 * READ
"""Bytes that may be under way: what was read last, and what is read at the end, with a read to spare."""
FLOOD = 3 * MANY


class Asked(threading.Event):
    """An event that says when somebody waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        self.waiting.set()
        return super().wait(timeout)


class Reading:
    """Textual's thread at a terminal into which more keys are typed than it may read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent = 0
        self.all_sent = threading.Event()
        self.outside, inside = os.openpty()
        tty.setraw(inside)
        monkeypatch.setattr(key_flow, "PAUSE", 0.001)
        monkeypatch.setattr(Driver, "send_message", lambda _, message: self.take(message))
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        monkeypatch.setattr(sys, "__stdin__", os.fdopen(inside))
        self.app = SimpleNamespace(keys_handled=0)
        self.driver = PacedDriver(cast("App[Any]", self.app))
        self.asked = self.driver.exit_event = Asked()
        self.typist = threading.Thread(target=self.type, daemon=True)
        self.thread = threading.Thread(target=self.driver.run_input_thread, daemon=True)
        self.typist.start()
        self.thread.start()

    def take(self, message: object) -> None:
        self.sent += isinstance(message, events.Key)
        if self.sent == FLOOD:
            self.all_sent.set()

    def type(self) -> None:
        for _ in range(FLOOD // 64):
            try:
                os.write(self.outside, b"k" * 64)
            except OSError:  # the end of the test
                return


async def test_no_more_keys_are_read_while_many_wait_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading(monkeypatch)
    assert reading.asked.waiting.wait(60)
    assert reading.sent == MANY
    reading.app.keys_handled = MANY // 2
    while reading.sent < MANY + MANY // 2:
        time.sleep(0.001)
    assert reading.sent == MANY + MANY // 2
    reading.app.keys_handled = FLOOD
    assert reading.all_sent.wait(60)
    reading.asked.set()
    reading.thread.join(60)
    assert not reading.thread.is_alive()


async def test_the_thread_ends_when_asked_and_passes_on_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading(monkeypatch)
    assert reading.asked.waiting.wait(60)
    reading.asked.set()
    reading.thread.join(60)
    assert not reading.thread.is_alive()
    assert MANY < reading.sent <= MANY + HELD
    reading.app.keys_handled = FLOOD
    os.close(reading.outside)


def test_a_flood_without_end_does_not_keep_the_full_screen_from_leaving(start: Start, tmp_path: Path) -> None:
    study = open_study_in(record_of(tmp_path / "home"), FakeClock(datetime(2024, 1, 8, 10, 0, tzinfo=UTC)))
    study.keep(Location("exercise", ("t-x-note",), extra={"writing": True}))
    study.record.save_and_close()
    terminal = start("--resume")
    terminal.expect("# Note 1")
    os.set_blocking(terminal.fd, False)
    taken = 0

    def type_for_ever() -> None:
        nonlocal taken
        while terminal.fd != CLOSED and terminal.status is None:
            try:
                taken += os.write(terminal.fd, b"more and more\r" * 20)
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:
                return

    typist = threading.Thread(target=type_for_ever, daemon=True)
    typist.start()
    terminal.until(lambda: taken > READ, "the flood")
    terminal.signal(signal.SIGHUP)
    assert terminal.wait() == 129
    typist.join(60)
