"""What the program sends, in real terminals: the thin display beside Textual's own, and keys that arrive early."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pyte
import pytest

from tests.support.pty_driver import Start, Terminal
from tests.support.studies import COURSE, trust_course
from tests.support.terminal_screen import Screen, differences

LONG_ENOUGH = 1.2
"""Seconds after which a section on screen counts as read."""


@pytest.fixture
def start(start: Start) -> Start:
    """Starts the program in a terminal of which every attribute can be compared."""
    return partial(start, screen=Screen)


def play(terminal: Terminal) -> list[Screen]:
    """Through the app and an editor, a stop, and changes of size; a copy of the screen after each step."""
    seen: list[Screen] = []

    def look(wanted: str) -> None:
        terminal.expect(wanted)
        terminal.settle(LONG_ENOUGH if "min left" in wanted else 0.3)
        assert isinstance(terminal.screen, Screen)
        seen.append(terminal.screen.copied())

    look("quit")
    for key, wanted in (
        ("enter", "min left"), ("space", "min left"), ("down", "min left"), ("up", "min left"), ("e", "Note /"),
        ("漢字 word", "word"), ("escape", "Leave; the draft"), ("escape", "min left"), ("q", "quit"),
        ("2", "Weighing"), ("end", "Weighing"),
    ):  # fmt: skip
        terminal.press(key)
        look(wanted)
    for _ in range(20):
        if any(line.lstrip().startswith("▌") and "code lab" in line for line in terminal.screen.display):
            break
        terminal.press("up")
    terminal.press("enter")
    look("Your files")
    terminal.press("e")
    terminal.expect("scribbled all over")
    terminal.press("enter")
    look("Your files")
    terminal.signal(signal.SIGTSTP)
    terminal.settle(0.3)
    terminal.stream.feed("\x1b[2J\x1b[3;3Hsomebody else was here")
    terminal.signal(signal.SIGCONT)
    look("Your files")
    for columns, rows, wanted in ((100, 30, "Your files"), (50, 15, "60x20"), (80, 24, "Your files")):
        terminal.resize(columns, rows)
        look(wanted)
    terminal.kill()
    return seen


def test_both_ways_show_the_same_in_real_terminals(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf '\\033[2J\\033[5;5Hscribbled all over'\nread line\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setenv("DEV2CTO_SEED", "7")
    trust_course()
    thin = play(start())
    shutil.rmtree(tmp_path / "home")
    trust_course()
    monkeypatch.setenv("DEV2CTO_DISPLAY", "textual")
    for number, (ours, theirs) in enumerate(zip(thin, play(start()), strict=True)):
        found = differences(ours, theirs)
        assert not found, "\n".join([f"step {number}", *found[:5], *ours.display, *theirs.display])


def test_a_fault_of_the_thin_display_costs_the_learner_nothing(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The fault is in the process itself: the third drawing fails inside, in the middle of changing the shadow."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, importlib.abc, importlib.machinery\n"
        "class Breaker(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name != 'dev2cto.tui.textual_patches.diff_display': return None\n"
        "        spec = importlib.machinery.PathFinder.find_spec(name, path)\n"
        "        load = spec.loader.exec_module\n"
        "        def exec_module(module):\n"
        "            load(module)\n"
        "            true, calls = module.difference, []\n"
        "            def difference(*args):\n"
        "                calls.append(1)\n"
        "                if len(calls) == 30: raise RuntimeError('broken on purpose')\n"
        "                return true(*args)\n"
        "            module.difference = difference\n"
        "        spec.loader.exec_module = exec_module\n"
        "        return spec\n"
        "sys.meta_path.insert(0, Breaker())\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    broken = start(home=tmp_path / "broken")
    broken.expect("quit")
    monkeypatch.delenv("PYTHONPATH")
    monkeypatch.setenv("DEV2CTO_DISPLAY", "textual")
    whole = start(home=tmp_path / "whole")
    whole.expect("quit")
    for key, wanted in (("enter", "min left"), ("e", "Note /"), ("kept words", "kept words")):
        for terminal in (broken, whole):
            terminal.press(key)
            terminal.expect(wanted)
        assert differences(broken.screen, whole.screen) == []
    assert len(list((tmp_path / "broken").rglob("error-*.txt"))) == 1
    assert list((tmp_path / "whole").rglob("error-*.txt")) == []


@pytest.mark.parametrize("depth", ["truecolor", ""])
def test_no_color_is_the_terminals_own(start: Start, monkeypatch: pytest.MonkeyPatch, depth: str) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLORTERM", depth)
    terminal = start()
    terminal.expect("quit")
    used = {code for found in re.findall(rb"\x1b\[([\d;]*)m", terminal.raw) for code in found.split(b";")}
    assert used <= {b"", b"0", b"1", b"2", b"4", b"7", b"39", b"49"}


def test_keys_typed_before_the_program_is_ready_all_count(start: Start) -> None:
    terminal = start(fresh=True)
    os.write(terminal.fd, b"\reearly words and a line\rof their own")
    terminal.expect("of their own")
    terminal.expect("early words and a line")
    terminal.expect("Note /")


def test_a_long_paste_arrives_whole_and_in_order(start: Start, tmp_path: Path) -> None:
    terminal = start()
    terminal.expect("quit")
    terminal.press("enter")
    terminal.expect("min left")
    terminal.press("e")
    terminal.expect("Note /")
    words = [f"w{number:03}" for number in range(400)]
    text = " ".join(words).encode()
    assert len(text) >= 1999
    for at in range(0, len(text), 256):
        os.write(terminal.fd, text[at : at + 256])
        terminal.read(0.01)
    terminal.expect(words[-1])
    assert terminal.hang_up() == 129
    kept = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*.jsonl")).decode()
    assert text.decode() in kept


def read(captured: str) -> Screen:
    """A screen with what tmux reported; it writes the same cells in more than one way."""
    screen = Screen(80, 25)
    pyte.Stream(screen).feed(captured.replace("\n", "\r\n"))
    return screen


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_both_ways_look_the_same_in_tmux(tmp_path: Path) -> None:
    """tmux reads the bytes with a parser of its own, and tells colours and attributes back."""
    socket = str(tmp_path / "tmux")

    def tmux(*words: str) -> str:
        done = subprocess.run(["tmux", "-S", socket, "-f", "/dev/null", *words], capture_output=True, text=True)
        return done.stdout

    def compare(wanted: str) -> list[str]:
        """Until both show it and the same, for two minutes at most; a section counts as read once seen for a while."""
        end = time.monotonic() + 120
        found = [f"{wanted!r} is not on screen"]
        while found and time.monotonic() < end:
            time.sleep(0.1)
            shown = [tmux("capture-pane", "-p", "-e", "-N", "-t", way) for way in ("thin", "textual")]
            if all(wanted in screen for screen in shown):
                found = differences(read(shown[0]), read(shown[1]))
        return found

    program = f"{sys.executable} -m dev2cto --course {COURSE}"
    try:
        for way in ("thin", "textual"):
            settings = f"DEV2CTO_DISPLAY={way} DEV2CTO_HOME={tmp_path / way} DEV2CTO_SEED=7"
            tmux("new-session", "-d", "-s", way, "-x", "80", "-y", "24", f"env {settings} {program}")
        for key, wanted in (
            ("", "quit"), ("Enter", "min left"), ("Down", "min left"), ("Down", "min left"), ("Space", "min left"),
            ("Up", "min left"), ("BSpace", "min left"), ("o", "Outline"), ("q", "min left"), ("q", "quit"),
            ("2", "Weighing"), ("End", "Weighing"), ("?", "Keys of this"),
        ):  # fmt: skip
            for way in ("thin", "textual"):
                tmux("send-keys", "-t", way, key) if key else None
            assert compare(wanted) == [], key
    finally:
        tmux("kill-server")
