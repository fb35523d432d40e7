"""Plain mode as a program of its own: through pipes, on a dumb terminal, ended in every way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from tests.support.cli_runner import ROOT
from tests.support.pty_driver import Start
from tests.support.studies import COURSE, keep_outline, labs_of, record_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of dev2cto's own."""
    return tmp_path / "home"


@pytest.fixture
def start(start: Start) -> Start:
    """Starts plain mode."""
    return partial(start, "--plain")


def environment(home: Path, **more: str) -> dict[str, str]:
    """What the program gets to know."""
    keep_outline(home, COURSE)
    return {**os.environ, "DEV2CTO_HOME": str(home), "PYTHONPATH": str(ROOT / "app"), "TERM": "dumb", **more}


def piped(home: Path, *lines: str, arguments: tuple[str, ...] = (), **more: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a session whose lines come from a pipe and whose input then ends."""
    done = subprocess.run(
        [sys.executable, "-m", "dev2cto", "--course", str(COURSE), *arguments],
        env=environment(home, **more),
        input="".join(f"{line}\n" for line in lines).encode(),
        capture_output=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def record(home: Path) -> Record:
    """The record as it is on disk."""
    return open_directory(record_of(home), clock=SystemClock(), device="reader", readonly=True)


def test_a_pipe_takes_the_course_and_its_end_saves(home: Path) -> None:
    code, out, err = piped(home, "", "2", "3", "", "")
    assert (code, err) == (0, "")
    assert "Section 3 of 3" in out
    assert out.endswith("Everything is saved.\n")
    assert len(record(home).table("answers")) == 1
    assert "Section 3 of 3" in piped(home, "", arguments=("--plain",))[1], "the place is kept"


def test_a_line_without_an_end_is_a_line(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dev2cto", "--course", str(COURSE)],
        env=environment(home), input=b"p", capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert b"No question answered yet." in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("data", [b"\xff\xfe\n\x00\x1b[2J\nq\n", b"\r\n?\r\nq\r\n", b""])
def test_no_input_does_harm(home: Path, data: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dev2cto", "--course", str(COURSE)],
        env=environment(home), input=data, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
    assert b"\x00" not in done.stdout


def test_an_old_character_set_is_spoken(home: Path) -> None:
    code, out, err = piped(home, "", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="latin-1")
    assert (code, err) == (0, "")
    assert "Section 1 of 3" in out


def test_nobody_reading_any_more_is_no_error(home: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"yes '' | {sys.executable} -m dev2cto --course {COURSE} | head -n 3; exit ${{PIPESTATUS[1]}}"],
        env=environment(home), capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143)],
    ids=lambda value: str(value),
)
def test_a_signal_saves_and_ends_with_its_code(start: Start, home: Path, number: signal.Signals, code: int) -> None:
    terminal = start(fresh=True)
    terminal.expect("q quit")
    terminal.press("2", "enter", "6", "enter", "1", "enter")
    terminal.expect("Type your text")
    terminal.press("A line of mine", "enter")
    terminal.signal(number)
    assert terminal.wait() == code
    assert "Traceback" not in terminal.text
    (draft,) = record(home).table("drafts").all()
    assert draft["text"].endswith("A line of mine\n")


def test_a_closed_terminal_ends_the_session_and_keeps_the_place(start: Start, home: Path) -> None:
    terminal = start()
    terminal.expect("q quit")
    terminal.press("enter")
    terminal.expect("Section 1 of 3")
    assert terminal.hang_up() == 129
    again = start()
    again.expect("Continue: Step 1 / Once is enough")
    again.press("q", "enter")
    assert again.wait() == 0


def test_killed_in_a_long_text_only_the_line_being_typed_is_lost(start: Start) -> None:
    terminal = start()
    terminal.expect("q quit")
    terminal.press("2", "enter", "6", "enter", "1", "enter")
    terminal.expect("Type your text")
    for number in range(5):
        terminal.press(f"line {number}", "enter")
    terminal.press("half a l")
    terminal.kill()
    again = start()
    again.expect("Draft: A decision note, 14 lines. d continues it.")
    again.press("d", "enter")
    again.expect("(enter shows more")
    again.press("enter")
    again.expect("Type your text")
    shown = again.text
    assert "line 4" in shown
    assert "half a l" not in shown
    again.press(".q", "enter", "q", "enter", "q", "enter")
    assert again.wait() == 0


def test_a_terminal_shows_what_is_typed_and_gets_no_sequence(start: Start) -> None:
    terminal = start()
    terminal.expect("q quit")
    terminal.press("?", "enter", "q", "enter")
    assert terminal.wait() == 0
    assert b"\x1b" not in terminal.raw
    assert "> q" in terminal.text


def test_long_sections_wait_at_the_end_of_a_page(start: Start) -> None:
    terminal = start(size=(80, 14))
    terminal.expect("(enter shows more")
    terminal.press("enter")
    terminal.expect("q quit")
    terminal.press("enter")
    terminal.expect("enter shows more of this section")
    assert "Drawing:" not in terminal.text
    terminal.press("enter")
    terminal.expect("(enter shows more")
    assert "Drawing:" in terminal.text
    terminal.press("2", "enter")
    terminal.expect("Unknown command: 2.")
    terminal.press("enter")
    terminal.expect("1 to 4 answers")
    terminal.press("2", "enter")
    terminal.expect("How sure are you?")


def test_a_narrow_terminal_gets_narrow_lines(start: Start) -> None:
    terminal = start(size=(40, 30))
    terminal.expect("? all")
    terminal.press("enter")
    terminal.expect("Section 1")
    assert "After a timeout the client knows" in terminal.text
    assert max(len(line.rstrip()) for line in terminal.screen.display) <= 40


def test_two_sessions_notice_each_other(start: Start) -> None:
    first = start()
    first.expect("q quit")
    second = start()
    second.expect("This record is open in another session")
    second.press("1", "enter")
    second.expect("Section 1 of 3")
    first.expect("Everything is saved. The course is open in process")
    assert first.wait() == 129
    second.press("q", "enter", "q", "enter", "q", "enter")
    assert second.wait() == 0


def test_the_editor_works_on_a_copy_that_becomes_the_draft(home: Path, tmp_path: Path) -> None:
    editor = tmp_path / "ed it.py"
    editor.write_text(
        "import sys, pathlib\nf = pathlib.Path(sys.argv[1])\nf.write_text(f.read_text() + 'From outside\\n')\n"
    )
    code, out, err = piped(home, "2", "6", "1", ".e", ".l", ".q", EDITOR=f"{sys.executable} '{editor}'")
    assert (code, err) == (0, "")
    assert "The text now has 10 lines." in out
    assert "10  From outside" in out


@pytest.fixture
def nano(tmp_path: Path) -> Path:
    """The folder of an editor that draws a screen."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "nano").write_text("#!/bin/sh\nprintf '\\033[2Jdrawn'\n")
    (folder / "nano").chmod(0o755)
    return folder


def test_without_a_terminal_no_editor_is_started_that_nobody_named(home: Path, nano: Path) -> None:
    code, out, err = piped(home, "2", "6", "1", ".e", ".q", PATH=f"{nano}:/usr/bin:/bin", EDITOR="", VISUAL="")
    assert (code, err) == (0, "")
    assert "There is no terminal here that an editor could use." in out
    assert "Opening" not in out


def test_without_a_terminal_an_editor_draws_nowhere(home: Path, nano: Path) -> None:
    code, out, err = piped(home, "2", "6", "1", ".e", ".q", EDITOR=str(nano / "nano"))
    assert (code, err) == (0, "")
    assert "Opening nano" in out
    assert "drawn" not in out
    assert "\x1b" not in out


def test_without_an_editor_a_terminal_says_the_way_out(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    terminal = start()
    terminal.expect("q quit")
    terminal.press("2", "enter", "6", "enter", "1", "enter")
    terminal.expect("Type your text")
    terminal.press(".e", "enter")
    terminal.expect("No editor was found. Set $EDITOR, or choose one in the settings.")


def test_an_editor_that_fails_is_said(home: Path) -> None:
    code, out, err = piped(home, "2", "6", "1", ".e", ".q", EDITOR="false")
    assert (code, err) == (0, "")
    assert "false ended with exit code 1." in out


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM], ids=lambda value: str(value))
def test_a_signal_during_a_check_ends_the_lab_and_the_session(home: Path, number: signal.Signals) -> None:
    shell = [sys.executable, "-m", "dev2cto", "--course", str(COURSE)]
    subprocess.run([*shell, "trust"], env=environment(home), check=False, capture_output=True, timeout=300)
    folder = labs_of(home) / "t-x-adding"
    piped(home, "2", "4", "c", "q", "q", "q")
    (folder / "sums.py").write_text("open('started', 'w').close()\nwhile True: pass\n")
    run = subprocess.Popen(
        shell, env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    assert run.stdin is not None
    try:
        run.stdin.write(b"2\n4\nc\n")
        run.stdin.flush()
        until = time.monotonic() + 120
        while not (folder / "started").exists():
            assert time.monotonic() < until
            time.sleep(0.02)
        run.send_signal(number)
        assert run.wait(timeout=120) == {signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGTERM: 143}[number]
    finally:
        run.kill()
        run.communicate()
    listing = subprocess.run(["ps", "axeww", "-o", "command="], capture_output=True, text=True, check=True)
    assert f"LAB_FOLDER={folder}" not in listing.stdout


def test_a_lab_is_checked_at_every_save_until_enter(home: Path) -> None:
    shell = [sys.executable, "-m", "dev2cto", "--course", str(COURSE)]
    subprocess.run([*shell, "trust"], env=environment(home), check=False, capture_output=True, timeout=300)
    run = subprocess.Popen(shell, env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert run.stdin is not None
    assert run.stdout is not None

    def until(words: bytes) -> bytes:
        assert run.stdout is not None
        seen = b""
        while words not in seen:
            line = run.stdout.readline()
            assert line, seen
            seen += line
        return seen

    try:
        run.stdin.write(b"2\n4\nw\n")
        run.stdin.flush()
        until(b"Watching")
        time.sleep(1.1)
        mine = labs_of(home) / "t-x-adding" / "sums.py"
        mine.write_text((COURSE / "modules/02-weighing/exercises/adding/solution/sums.py").read_text())
        until(b"All checks pass: done.")
        run.stdin.write(b"\nq\nq\nq\n")
        run.stdin.close()
        assert b"Stopped watching." in run.stdout.read()
        assert run.wait(timeout=120) == 0
    finally:
        run.kill()
        run.stdout.close()
