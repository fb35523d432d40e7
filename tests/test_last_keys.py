"""Keys that the terminal had delivered when the line dropped: none is lost, and none keeps the program from leaving."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual import events

from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui import app as app_module
from dev2cto.tui.app import CourseApp
from dev2cto.tui.external_editor import edit
from dev2cto.tui.textual_patches.job_control import Jobs
from tests.support.pilot_driver import opened
from tests.support.pty_driver import CLOSED, Start, Terminal
from tests.support.studies import FakeClock, open_study_in, record_of

LINES = [f"Line {number:02}." for number in range(34)]
"""306 keys, with the ends of the lines."""
LONG_AGO = datetime(2024, 1, 8, 10, 0, tzinfo=UTC)


def drafts(home: Path) -> list[str]:
    """The texts on the disk."""
    record = open_directory(record_of(home), clock=SystemClock(), device="reader", readonly=True)
    return [draft["text"] for draft in record.table("drafts").all()]


def writing(start: Start, home: Path, front_end: str) -> Terminal:
    """The program with an empty line of a text before the cursor."""
    study = open_study_in(record_of(home), FakeClock(LONG_AGO))
    study.keep(Location("exercise", ("t-x-note",), extra={"writing": True}))
    study.record.save_and_close()
    if front_end == "plain":
        terminal = start("--plain", "--resume")
        terminal.expect("Type your text")
    else:
        terminal = start("--resume")
        terminal.expect("# Note 1")
    return terminal


def hang_up(terminal: Terminal, front_end: str, how: str) -> int:
    """Drop the line, or ask the program to leave as a session that takes over does."""
    if how == "signal":
        terminal.signal(signal.SIGHUP)
        return terminal.wait()
    shown = LINES[-1] if front_end == "plain" else "Line"  # plain lines are shown by the terminal itself
    terminal.until(lambda: shown in terminal.text, "the keys to arrive")
    terminal.until(lambda: not terminal.unread(), "the program to take the keys")
    return terminal.hang_up()


@pytest.mark.parametrize("how", ["dropped", "signal"])
@pytest.mark.parametrize("front_end", ["full screen", "plain"])
def test_a_burst_of_keys_before_a_hang_up_is_kept(start: Start, tmp_path: Path, front_end: str, how: str) -> None:
    terminal = writing(start, tmp_path / "home", front_end)
    terminal.type_at_once("".join(f"{line}\r" for line in LINES))
    assert hang_up(terminal, front_end, how) == 129
    (text,) = drafts(tmp_path / "home")
    assert [line for line in text.split("\n") if line.startswith("Line")] == LINES


def test_lines_without_end_do_not_keep_plain_mode_from_leaving(start: Start, tmp_path: Path) -> None:
    terminal = writing(start, tmp_path / "home", "plain")
    os.set_blocking(terminal.fd, False)

    def type_for_ever() -> None:
        while terminal.fd != CLOSED and terminal.status is None:
            try:
                os.write(terminal.fd, b"more and more\r" * 20)
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:
                return

    typist = threading.Thread(target=type_for_ever, daemon=True)
    typist.start()
    terminal.until(lambda: "more and more" in terminal.text, "the first lines")
    terminal.signal(signal.SIGHUP)
    assert terminal.wait() == 129
    typist.join(60)


async def test_keys_without_end_do_not_keep_the_full_screen_from_leaving(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "LAST_KEYS", 0.1)
    study.keep(Location("exercise", ("t-x-note",), extra={"writing": True}))
    app = CourseApp(study, resume=True)

    async def type_for_ever() -> None:
        while app.return_code is None:
            app.post_message(events.Key("m", "m"))
            await asyncio.sleep(0)

    async with app.run_test():
        typist = asyncio.create_task(type_for_ever())
        app._signalled(signal.SIGHUP)
        assert app._last_keys is not None
        await app._last_keys
        await typist
    assert app.return_code == 129


async def test_keys_after_a_hang_up_neither_stop_the_program_nor_start_an_editor(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = list[str]()
    monkeypatch.setattr(app_module, "has_parent_shell", lambda: True)
    monkeypatch.setattr(Jobs, "stop", lambda _: begun.append("stopped"))
    monkeypatch.setattr("dev2cto.tui.external_editor.editor_command", lambda _: begun.append("edited"))
    async with opened(study) as driver:
        app = driver.app
        app.jobs.leave()
        app.post_message(events.Key("ctrl+z", None))
        await app.handle_typed_keys()
        await edit(app, ())
        assert begun == []


def test_lines_after_a_hang_up_start_neither_an_editor_nor_a_lab(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = tmp_path / "started"
    (tmp_path / "editor").write_text(f"#!/bin/sh\ntouch {trace}\n")
    (tmp_path / "editor").chmod(0o755)
    monkeypatch.setenv("EDITOR", str(tmp_path / "editor"))
    terminal = writing(start, tmp_path / "home", "plain")
    terminal.signal(signal.SIGSTOP)
    terminal.type_at_once("One more line.\r.e\r")
    terminal.signal(signal.SIGHUP)
    terminal.signal(signal.SIGCONT)
    assert terminal.wait() == 129
    assert not trace.exists()
    assert "One more line." in drafts(tmp_path / "home")[0]
