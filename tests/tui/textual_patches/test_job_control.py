"""The program as a job of a real shell: stopped, brought back, taken over while it is stopped."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import pytest

from dev2cto.tui.textual_patches.job_control import call_on_signal
from tests.support.pty_driver import Start, Terminal
from tests.support.studies import COURSE, trust_course

PROMPT = "ready>"
SWITCH = re.compile(r"\x1b\[\?(1049|100[0346]|2048|25)([hl])")
"""The other screen, mouse, focus, sizes, and the cursor. (Bracketed pasting is the shell's as well.)"""


@pytest.fixture
def shell(start: Start, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Opens terminals in which a shell with job control waits for commands."""
    monkeypatch.setenv("PS1", PROMPT)

    def begin() -> Terminal:
        terminal = start(course=None, command=("bash", "--norc", "--noprofile", "-i"))
        terminal.expect(PROMPT)
        return terminal

    return begin


def course(terminal: Terminal, *options: str) -> None:
    """Types the command that starts the course, and waits for home."""
    terminal.press(" ".join([sys.executable, "-m", "dev2cto", "--course", str(COURSE), *options]), "enter")
    terminal.expect("? all" if options else "? help")


def to_second_page(terminal: Terminal) -> None:
    """From home into the first reading, a page on."""
    terminal.press("enter")
    terminal.expect("min left")
    terminal.press("space")


def modes(terminal: Terminal) -> str:
    """What the shell's programs find the terminal set to."""
    terminal.press("clear; echo be''gun; stty -a; echo do''ne", "enter")
    return terminal.expect("done").partition("begun")[2].partition("done")[0]


def left_on(terminal: Terminal) -> list[str]:
    """What was switched on by escape sequences and never off again."""
    last: dict[str, str] = {}
    for mode, state in SWITCH.findall(terminal.raw.decode("utf-8", "replace")):
        last[mode] = state
    hidden = ["cursor hidden"] if last.pop("25", "h") == "l" else []
    return hidden + [mode for mode, state in last.items() if state == "h"]


def test_ctrl_z_leads_to_the_shell_and_fg_back_to_the_page(shell: Start) -> None:
    terminal = shell()
    before = modes(terminal)
    course(terminal)
    to_second_page(terminal)
    shown = terminal.screen.display[2:]
    terminal.press("ctrl+z")
    terminal.expect("Stopped")
    assert modes(terminal) == before
    assert left_on(terminal) == []
    terminal.press("fg", "enter")
    terminal.expect("section")
    assert terminal.screen.display[2:] == shown
    terminal.press("ctrl+q")
    terminal.expect(PROMPT)
    assert modes(terminal) == before
    assert left_on(terminal) == []


@pytest.mark.parametrize("then", ["", "bg"])
def test_a_session_stopped_with_ctrl_z_can_be_taken_over(shell: Start, start: Start, then: str) -> None:
    first = shell()
    before = modes(first)
    course(first)
    to_second_page(first)
    shown = first.screen.display[2:]
    first.press("ctrl+z")
    first.expect("Stopped")
    if then:
        first.press(then, "enter")
        first.settle(0.5)
    second = start("--resume")
    second.expect("Already open elsewhere")
    second.press("enter")
    second.expect("section")
    assert second.screen.display[2:] == shown
    assert modes(first) == before
    first.press("jobs; clear; echo jobs: $(jobs | wc -l)", "enter")
    first.expect("jobs: 0")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_gives_the_shell_its_terminal_back(shell: Start, number: signal.Signals, code: int) -> None:
    terminal = shell()
    before = modes(terminal)
    course(terminal)
    os.kill(os.tcgetpgrp(terminal.fd), number)
    terminal.expect(PROMPT)
    terminal.press("echo code: $?", "enter")
    terminal.expect(f"code: {code}")
    assert modes(terminal) == before
    assert left_on(terminal) == []


def test_a_take_over_leaves_the_other_terminal_as_it_was(shell: Start, start: Start) -> None:
    first = shell()
    before = modes(first)
    course(first)
    second = start()
    second.expect("Already open elsewhere")
    second.press("enter")
    first.expect("Everything is saved.")
    first.press("echo code: $?", "enter")
    first.expect("code: 129")
    assert modes(first) == before
    assert left_on(first) == []


def test_a_session_whose_editor_was_stopped_can_be_taken_over(
    shell: Start, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho in-the-editor\nexec sleep 60\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    trust_course()
    first = shell()
    before = modes(first)
    course(first)
    to_lab(first)
    first.press("e")
    first.expect("in-the-editor")
    first.press("ctrl+z")
    first.expect("Stopped")
    second = start("--resume")
    second.expect("Already open elsewhere")
    second.press("enter")
    second.expect("Your files")
    assert modes(first) == before


def to_lab(terminal: Terminal) -> None:
    """From home to the code lab of Step 2."""
    terminal.expect("quit")
    terminal.press("2")
    terminal.expect("Afterwards you can")
    for _ in range(20):
        if any(line.lstrip().startswith("▌") and "code lab" in line for line in terminal.screen.display):
            break
        terminal.press("down")
    terminal.press("enter")
    terminal.expect("Your files")


def test_without_a_shell_ctrl_z_stops_nothing(start: Start) -> None:
    terminal = start()
    terminal.expect("quit")
    terminal.press("ctrl+z")
    terminal.expect("There is no shell to suspend to")
    terminal.press("ctrl+q")
    assert terminal.wait() == 0


def test_halted_without_a_word_it_draws_its_page_again(start: Start) -> None:
    terminal = start()
    terminal.expect("? help")
    to_second_page(terminal)
    shown = terminal.screen.display[2:]
    terminal.signal(signal.SIGSTOP)
    terminal.settle(0.3)
    terminal.stream.feed("\x1b[2J\x1b[Hsomething else was here")
    terminal.signal(signal.SIGCONT)
    terminal.expect("section")
    assert terminal.screen.display[2:] == shown
    terminal.press("?")
    terminal.expect("Keys of this screen")
    terminal.press("ctrl+q")
    assert terminal.wait() == 0
    assert left_on(terminal) == []


def test_plain_lines_stopped_with_ctrl_z_can_be_taken_over(shell: Start, start: Start) -> None:
    first = shell()
    before = modes(first)
    course(first, "--plain")
    first.press("enter")
    first.expect("enter shows more")
    first.press("q", "enter")
    first.press("note", "enter")
    first.expect("Type your text")
    first.press("half a text", "enter", "ctrl+z")
    first.expect("Stopped")
    second = start("--plain", "--resume")
    second.expect("open in another session")
    second.press("1", "enter")
    second.expect("1  half a text")
    assert modes(first) == before
    first.press("jobs; clear; echo jobs: $(jobs | wc -l)", "enter")
    first.expect("jobs: 0")


async def test_no_signal_is_lost_in_a_burst_that_fills_the_pipe_to_the_loop() -> None:
    loop, called = asyncio.get_running_loop(), asyncio.Event()
    call_on_signal(signal.SIGUSR1, called.set)
    try:
        for _ in range(5000):
            loop.call_soon_threadsafe(int)
        os.kill(os.getpid(), signal.SIGUSR1)
        await asyncio.wait_for(called.wait(), 10)
    finally:
        loop.remove_signal_handler(signal.SIGUSR1)
