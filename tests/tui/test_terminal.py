"""The program in a real terminal: dropped lines, signals, two sessions. Faults are caused, not imitated."""

from __future__ import annotations

import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dev2cto.study.state.location import Location
from tests.support.fake_learner import asked_in_quiz
from tests.support.pty_driver import Start, Terminal
from tests.support.studies import FakeClock, open_study_in, record_of, trust_course


def to_quiz(terminal: Terminal) -> None:
    """From home into a practice quiz of Step 1."""
    terminal.expect("quit")
    terminal.press("1")
    terminal.expect("Afterwards you can")
    for _ in range(20):
        if any(line.lstrip().startswith("▌") and "Quiz" in line for line in terminal.screen.display):
            break
        terminal.press("down")
    terminal.press("enter")
    terminal.expect("Practice")
    terminal.press("enter")
    terminal.expect("1 of 14")


def test_quitting_gives_the_terminal_back(start: Start) -> None:
    terminal = start(fresh=True)
    terminal.expect("quit")
    terminal.press("q")
    assert terminal.wait() == 0
    assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_signals_save_and_end_with_their_code(start: Start, number: signal.Signals, code: int) -> None:
    terminal = start(fresh=True)
    to_quiz(terminal)
    terminal.press("2")
    shown = terminal.text
    terminal.signal(number)
    assert terminal.wait() == code
    again = start("--resume", fresh=True)
    again.expect("1 of 14")
    assert again.text == shown


def test_a_pane_that_is_closed_leaves_nothing_running(start: Start) -> None:
    """Terminal multiplexers wake what they hang up, so that a stopped program hears it; the terminal goes as well."""
    terminal = start()
    terminal.expect("quit")
    terminal.signal(signal.SIGHUP)
    terminal.signal(signal.SIGCONT)
    assert terminal.hang_up() == 129


def test_a_dropped_line_in_a_quiz_keeps_the_choice(start: Start) -> None:
    terminal = start()
    to_quiz(terminal)
    terminal.press("2")
    shown = terminal.text
    assert terminal.hang_up() == 129
    again = start()
    again.expect("Continue")
    again.press("enter")
    again.expect("1 of 14")
    assert again.text == shown


def test_a_dropped_line_in_a_reading_keeps_the_page(start: Start) -> None:
    terminal = start()
    terminal.expect("quit")
    terminal.press("enter")
    terminal.expect("min left")
    terminal.press("space")
    shown = terminal.screen.display[2:20]
    assert terminal.hang_up() == 129
    again = start("--resume")
    again.expect("section")
    assert again.screen.display[2:20] == shown


def test_a_dropped_line_while_writing_keeps_the_text(start: Start) -> None:
    terminal = start()
    terminal.expect("quit")
    terminal.press("enter")
    terminal.expect("min left")
    terminal.press("e")
    terminal.expect("Note /")
    terminal.press("a sentence that is not fin")
    assert terminal.hang_up() == 129
    again = start("--resume")
    again.expect("Note /")
    again.expect("a sentence that is not fin")


def test_a_kill_costs_at_most_three_seconds_of_typing(start: Start) -> None:
    terminal = start()
    terminal.expect("quit")
    terminal.press("enter")
    terminal.expect("min left")
    terminal.press("e")
    terminal.expect("Note /")
    began = time.monotonic()
    taken_in: list[tuple[float, int]] = []
    while time.monotonic() - began < 4.0:
        os.write(terminal.fd, b"x")
        terminal.read(0.05)
        taken_in.append((time.monotonic(), written(terminal)))
    killed = time.monotonic()
    terminal.kill()
    again = start("--resume")
    again.expect("Note /")
    assert written(again) >= max(count for at, count in taken_in if at <= killed - 3.2) > 0


def written(terminal: Terminal) -> int:
    """How many letters x the note on screen has."""
    return sum(line.count("x") for line in terminal.screen.display[2:18])


def test_a_second_session_can_take_over(start: Start) -> None:
    first = start()
    to_quiz(first)
    first.press("2")
    shown = first.text
    second = start("--resume")
    second.expect("Already open elsewhere")
    second.press("enter")
    second.expect("1 of 14")
    assert first.wait() == 129
    assert second.text == shown


def test_a_stopped_session_can_be_taken_over(start: Start) -> None:
    first = start()
    to_quiz(first)
    first.press("3")
    shown = first.text
    first.signal(signal.SIGSTOP)
    second = start("--resume")
    second.expect("Already open elsewhere")
    second.press("enter")
    second.expect("1 of 14")
    assert first.wait() == 129
    assert second.text == shown


def test_stopping_going_on_and_resizing_change_nothing(start: Start) -> None:
    terminal = start()
    to_quiz(terminal)
    shown = terminal.text
    terminal.signal(signal.SIGSTOP)
    terminal.settle(0.3)
    terminal.signal(signal.SIGCONT)
    terminal.resize(100, 30)
    terminal.expect("1 of 14")
    terminal.resize(80, 24)
    terminal.expect("1 of 14")
    assert terminal.text == shown


def test_nothing_is_sent_while_nothing_happens(start: Start) -> None:
    terminal = start(fresh=True)
    terminal.expect("quit")
    # What the next screens need is loaded first, after a pause of as many seconds as the start has computed.
    while working(terminal, terminal.worked() + 0.5) > 0.002:
        assert terminal.worked() < 30
    before = terminal.bytes
    assert working(terminal, 2.0) < 0.01
    assert terminal.bytes == before


def working(terminal: Terminal, seconds: float) -> float:
    """How many seconds the program computes within that time."""
    before = terminal.worked()
    terminal.read(seconds)
    return terminal.worked() - before


def test_a_small_terminal_is_told_what_is_needed(start: Start) -> None:
    terminal = start(size=(50, 15))
    terminal.expect("The full screen needs 60x20; dev2cto --plain works")
    terminal.press("q")
    assert terminal.wait() == 0


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_takes_lines_only_is_told_so(start: Start, term: str) -> None:
    terminal = start(term=term)
    terminal.expect("Enter goes there")
    assert f"TERM={term}: plain mode is used." in terminal.text
    assert b"\x1b" not in terminal.raw
    terminal.press("q", "enter")
    assert terminal.wait() == 0


def test_a_terminal_nobody_knows_is_told_of_the_way_out(start: Start) -> None:
    terminal = start(term="no-such-terminal")
    terminal.expect("This system does not know the terminal 'no-such-terminal'.")
    assert "dev2cto --plain" in " ".join(terminal.text.split())
    terminal.press("q")
    assert terminal.wait() == 0


def test_a_session_inside_an_editor_can_be_taken_over(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho in-the-editor\nexec sleep 60\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    trust_course()
    first = start()
    first.expect("quit")
    first.press("2")
    first.expect("Afterwards you can")
    for _ in range(20):
        if any(line.lstrip().startswith("▌") and "code lab" in line for line in first.screen.display):
            break
        first.press("down")
    first.press("enter")
    first.expect("Your files")
    first.press("e")
    first.expect("in-the-editor")
    second = start("--resume")
    second.expect("Already open elsewhere")
    second.press("enter")
    second.expect("Your files")
    assert first.wait() == 129


def test_a_kill_in_a_review_keeps_its_marks_and_the_comment(start: Start, tmp_path: Path) -> None:
    terminal = start()
    terminal.expect("quit")
    terminal.press("2", "9")
    terminal.expect("enter shows the change")
    terminal.press("enter", "right", "1", "right", "enter")
    terminal.expect("Comment on calls.py:16 (removed)")
    terminal.press("Why is it gone")
    until_written(terminal, record_of(tmp_path / "home"), b"Why is it gone", "live.*.jsonl")
    terminal.kill()
    again = start("--resume")
    again.expect("Comment on calls.py:16 (removed)")
    again.expect("Why is it gone")
    again.press("tab", "1")
    again.expect("2 marks")
    again.expect("must: Why is it gone")


def until_written(terminal: Terminal, folder: Path, words: bytes, pattern: str) -> None:
    """Until one of those files of the record holds the words."""
    terminal.until(lambda: any(words in path.read_bytes() for path in folder.glob(pattern)), f"{words!r} on disk")


@pytest.mark.parametrize("plain", [False, True], ids=["screen", "lines"])
def test_a_kill_keeps_an_answer_in_own_words_and_every_tick(start: Start, tmp_path: Path, plain: bool) -> None:
    folder = record_of(tmp_path / "home")
    study = open_study_in(folder, FakeClock(datetime(2024, 1, 8, 10, 0, tzinfo=UTC)))
    session, _ = asked_in_quiz(study, "s-board")
    study.keep(Location("quiz", ("t1", session.id, "s-board")))
    study.record.save_and_close()
    arguments = ("--plain", "--resume") if plain else ("--resume",)

    first = start(*arguments)
    first.expect("So what?")
    first.press(*(("w", "enter", "We lose 9 clinics.", "enter") if plain else ("We lose 9 clinics.",)))
    until_written(first, folder, b"We lose 9 clinics.", "live.*.jsonl")
    first.kill()

    second = start(*arguments)
    second.expect("So what?")
    if plain:
        second.press("w", "enter")
    second.expect("We lose 9 clinics.")
    second.press(*((".", "enter") if plain else ("tab", "enter")))
    second.expect("Compare with your own answer.")
    if plain:
        second.expect("enter shows more")
        second.press("enter")
        second.expect("1 to 6 ticks or unticks")
    second.press(*(("6", "enter") if plain else ("6",)))
    second.expect("6, Says what would change your mind: ticked." if plain else "■  6  Says what would")
    second.kill()

    third = start(*arguments)
    third.expect("Compare with your own answer.")
    if plain:
        third.expect("enter shows more")
        third.press("enter")
    third.expect("6. Says what would change your mind: ticked" if plain else "■  6  Says what would")
    third.press(*(("enter",) if plain else ("end", "enter")))
    third.expect("2 of 14")
