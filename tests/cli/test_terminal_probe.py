"""What doctor asks the terminal itself, in a real one."""

from __future__ import annotations

import sys

from dev2cto.cli.terminal_probe import key_name
from tests.support.pty_driver import Start


def test_keys_are_named_as_they_arrive(start: Start) -> None:
    terminal = start(course=None, command=[sys.executable, "-m", "dev2cto", "doctor", "--keys"])
    terminal.expect("q twice to quit")
    terminal.press("up", "a", "tab", "q", "q")
    assert terminal.wait() == 0
    shown = [line.strip() for line in terminal.screen.display if line.strip()]
    assert shown[1:] == ["up", "a", "tab", "q", "q"]


def test_a_silent_terminal_is_a_note(start: Start) -> None:
    terminal = start("doctor", course=None, size=(100, 40))
    terminal.expect("does not report its cursor position")
    terminal.expect("Keys:")
    assert terminal.wait() == 0


def test_names_of_keys() -> None:
    assert key_name(b"\x1b[A") == "up"
    assert key_name(b"\x10") == "ctrl+p"
    assert key_name("ü".encode()) == "ü"
    assert key_name(b"\x1b[99~").startswith("unknown")
