"""A program that was forked is no other than one that was started."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from tests.support.pty_driver import Start


@pytest.mark.parametrize("fresh", [False, True], ids=["forked", "started"])
def test_it_has_a_session_a_terminal_and_an_environment_of_its_own(
    start: Start, fresh: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    terminal = start(fresh=fresh)
    terminal.expect("quit")
    process = Path(f"/proc/{terminal.pid}")
    assert os.getsid(terminal.pid) == os.getpgid(terminal.pid) == terminal.pid
    assert terminal.foreground() == (terminal.pid,)
    assert {os.readlink(process / f"fd/{fd}") for fd in range(3)} == {terminal.name}
    assert os.readlink(process / "cwd") == str(tmp_path)
    terminal.signal(signal.SIGTERM)
    assert terminal.wait() == 143


def test_it_finds_the_same_around_it(start: Start, tmp_path: Path) -> None:
    """What `doctor` says of terminal, locale, folders and course."""
    said = []
    for fresh in (True, False):
        terminal = start("doctor", size=(100, 60), fresh=fresh)
        terminal.expect("lists all keys")
        said.append(re.sub(r"[\d,]+ MB free", "", terminal.text))
        assert terminal.wait() == 0
    assert said[0] == said[1]
