"""The program on a disk that is really full: it says so at once, loses nothing typed, and saves again with room."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
from tests.support.pty_driver import Start
from tests.support.studies import record_of


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 kB; skipped where none may be mounted (that takes root)."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


@pytest.fixture
def start(disk: Path, start: Start) -> Start:
    """Starts the program with its home on that disk."""
    return partial(start, home=disk / "home")


def fill(disk: Path) -> Path:
    """Takes all the room that there is, the reserve of the record too; returns the file that has it."""
    for reserve in disk.rglob("ballast"):
        reserve.unlink()
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return filler
    raise AssertionError("the disk is never full")


def drafts(disk: Path) -> set[str]:
    """The drafts on the disk."""
    record = open_directory(record_of(disk / "home"), clock=SystemClock(), readonly=True)
    return {doc["text"] for doc in record.table("drafts").all()}


def test_full_screen(start: Start, disk: Path) -> None:
    terminal = start(fresh=True)
    terminal.expect("? help")
    terminal.press("enter")
    terminal.expect("1 of 3")
    terminal.press("e")
    terminal.expect("Note /")
    terminal.press("before, ")
    while "before, " not in drafts(disk):
        terminal.read(0.1)
    filler = fill(disk)
    for _ in range(12):
        terminal.paste("while it is full, " * 15)
    terminal.expect("Not saved: No space left on device")
    assert "while it is full" in terminal.text
    assert "before, " + "while it is full, " * 180 not in drafts(disk)
    filler.unlink()
    terminal.expect("Saving works again; nothing is lost.")
    assert drafts(disk) == {"before, " + "while it is full, " * 180}
    fill(disk)
    for _ in range(100):  # a little still fits into its last block
        terminal.press("more, ")
        if "Not saved: No space left on device" in terminal.text:
            break
    terminal.expect("Not saved: No space left on device")
    terminal.press("ctrl+q")
    terminal.expect("ctrl+q again quits anyway")
    terminal.press("ctrl+q")
    assert terminal.wait() == 3


def test_plain_lines(start: Start, disk: Path) -> None:
    terminal = start("--plain", fresh=True)
    terminal.expect("? all")
    terminal.press("enter")
    terminal.expect("enter shows more")
    terminal.press("q", "enter")
    terminal.press("note", "enter")
    terminal.expect("Type your text")
    filler = fill(disk)
    lines = [f"line {number} " + "x" * 60 for number in range(60)]
    for line in lines:
        terminal.press(line, "enter")
        if "Not saved: No space left on device" in terminal.text:
            break
    else:
        raise AssertionError(f"the full disk was not reported:\n{terminal.text}")
    typed = "\n".join(lines[: lines.index(line) + 1])
    assert not any(text.startswith(typed) for text in drafts(disk))
    filler.unlink()
    terminal.press("one more", "enter")
    terminal.expect("Saving works again; nothing is lost.")
    assert f"{typed}\none more\n" in drafts(disk)
