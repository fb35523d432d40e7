"""Query the terminal for what the environment does not reveal: character widths, and the keys it sends."""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
import termios
import tty
from collections.abc import Iterator

from dev2cto.cli.output import emit, send_controls
from dev2cto.diagnostics import Diagnosis

SAMPLES = (("a wide character", "\u6f22", 2), ("a combining accent", "e\u0301", 1), ("a thin line", "\u2500", 1))
"""Name, text and expected width in cells of each sample; the full screen relies on these widths."""
NAMES = {
    b"\r": "enter", b"\n": "enter", b"\t": "tab", b" ": "space", b"\x7f": "backspace", b"\x08": "backspace",
    b"\x1b": "esc", b"\x1b[A": "up", b"\x1b[B": "down", b"\x1b[C": "right", b"\x1b[D": "left", b"\x1bOA": "up",
    b"\x1bOB": "down", b"\x1bOC": "right", b"\x1bOD": "left", b"\x1b[H": "home", b"\x1b[F": "end",
    b"\x1b[1~": "home", b"\x1b[4~": "end", b"\x1b[5~": "page up", b"\x1b[6~": "page down", b"\x1b[Z": "shift+tab",
}  # fmt: skip
WAIT = 0.5
"""Seconds to wait for the terminal's answer."""


@contextlib.contextmanager
def raw() -> Iterator[int]:
    """Turn off line editing and echo, yield standard input's file descriptor, and restore the terminal."""
    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    try:
        tty.setcbreak(fd)
        yield fd
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


def widths() -> Iterator[Diagnosis]:
    """Check whether the terminal draws characters as wide as Unicode defines; nothing without a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    wrong = []
    with raw() as fd:
        for name, text, cells in SAMPLES:
            send_controls(f"\r{text}\x1b[6n")
            column = answer(fd)
            send_controls("\r\x1b[K")
            if column is None:
                yield Diagnosis("width of characters", "the terminal does not report its cursor position", "note")
                return
            if column - 1 != cells:
                wrong.append(f"{name} takes {column - 1} cells, not {cells}")
    yield Diagnosis(
        "width of characters",
        "; ".join(wrong) or "as defined by Unicode",
        "note" if wrong else "fine",
        "Lines with such characters may look shifted; dev2cto --plain avoids that." if wrong else "",
    )


def answer(fd: int) -> int | None:
    """Return the column that the terminal reports; None if it does not answer."""
    got = b""
    while select.select([fd], [], [], WAIT)[0]:
        got += os.read(fd, 64)
        found = re.search(rb"\x1b\[\d+;(\d+)R", got)
        if found:
            return int(found[1])
    return None


def show_keys() -> int:
    """Print the name of each key until q is pressed twice. Returns the exit code: 2 without a terminal."""
    if not sys.stdin.isatty():
        emit(["Keys can only be shown in a terminal."])
        return 2
    emit(["Press any keys to see their names. Press q twice to quit."])
    sys.stdout.flush()
    last = b""
    with raw() as fd:
        while True:
            got = os.read(fd, 64)
            emit([key_name(got)])
            sys.stdout.flush()
            if not got or (got == b"q" and last == b"q"):
                return 0
            last = got


def key_name(got: bytes) -> str:
    """Return the name of a key, or the characters it sent if it has none here."""
    if got in NAMES:
        return NAMES[got]
    if len(got) == 1 and got[0] < 27:
        return f"ctrl+{chr(got[0] + 96)}"
    text = got.decode("utf-8", "replace")
    return text if text.isprintable() else f"unknown: {got!r}"
