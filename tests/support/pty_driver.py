"""A real program in a real pseudo-terminal, its screen read with pyte."""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

from tests.support.fork_server import server_for
from tests.support.terminal_screen import QuickScreen

KEYS = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "end": "\x1b[F", "home": "\x1b[H",
    "ctrl+q": "\x11", "ctrl+z": "\x1a", "ctrl+c": "\x03",
}  # fmt: skip
UNKNOWN_TO_PYTE = re.compile(r"\x1b\[[<>=?][\d;]*\$?[a-zA-Z]|\x1b\[[\d;]*t")
CLOSED = -1
REST, WORK = 20.0, 300.0
"""Seconds for which the program may rest, or compute, before what is waited for must have come."""
CUT_OFF = re.compile(r"\x1b(\[[<>=?]?[\d;]*\$?)?$")
"""A sequence whose end comes with the next read."""


def spawned(words: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (80, 24)) -> tuple[int, int]:
    """Start a command in a terminal of that many columns and rows: its process, and the terminal's other end."""
    return spawned_in(words, environment, size)[:2]


def spawned_in(words: Sequence[str], environment: Mapping[str, str], size: tuple[int, int]) -> tuple[int, int, str]:
    """As `spawned`, and the name of the terminal."""
    fd, inner, name = terminal_of(size)
    # Not forked: the test runner has threads, and a fork beside threads may hang.
    opened = (os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0)  # becomes the terminal of the new session
    copied = [(os.POSIX_SPAWN_DUP2, 0, to) for to in (1, 2)]
    pid = os.posix_spawnp(words[0], list(words), dict(environment), file_actions=[opened, *copied], setsid=True)
    os.close(inner)
    return pid, fd, name


def terminal_of(size: tuple[int, int]) -> tuple[int, int, str]:
    """A terminal of that many columns and rows: our end, the program's, and the name of that."""
    fd, inner = os.openpty()
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    return fd, inner, os.ttyname(inner)


class Terminal:
    """One run of dev2cto (or another command) in a terminal of its own."""

    def __init__(
        self,
        home: Path,
        course: Path | None,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        command: Sequence[str] = (),
        term: str = "xterm-256color",
        screen: type[pyte.Screen] = QuickScreen,
        fresh: bool = False,
    ) -> None:
        """`fresh`: start a Python for it, as learners do, even where a fork of one that has imported all would do."""
        words = list(command) or [sys.executable, "-m", "dev2cto"]
        if course is not None:
            words += ["--course", str(course)]
        words += arguments
        self.screen = screen(*size)
        self.stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._cut_off = ""
        self.bytes = 0
        self.raw = b""
        self.status: int | None = None
        given = {"DEV2CTO_HOME": str(home), "TERM": term, "LANG": "C.UTF-8", "TZ": "UTC"}
        given.setdefault("DEV2CTO_WELCOME", os.environ.get("DEV2CTO_WELCOME", "0"))
        # Named in full: readline, which pytest loads, writes a fixed size into the environment unseen by Python.
        kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        self._server = None if fresh or command else server_for(words, kept | given)
        if self._server is None:
            self.pid, self.fd, self.name = spawned_in(words, kept | given, size)
        else:
            self.fd, inner, self.name = terminal_of(size)
            self.pid = self._server.start(words, kept | given, self.name)
            os.close(inner)

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.screen.display)

    def read(self, seconds: float) -> bool:
        """Take in what comes within that time; whether anything did."""
        if self.fd == CLOSED:
            time.sleep(min(seconds, 0.02))
            return False
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:  # as a terminal says that its programs have gone
            data = b""
        if not data:
            time.sleep(0.002)
            return False
        self.bytes += len(data)
        self.raw += data
        if b"\x1b[?2026$p" in data:
            os.write(self.fd, b"\x1b[?2026;2$y")
        text = self._cut_off + self._decoder.decode(data)
        found = CUT_OFF.search(text)
        self._cut_off = found[0] if found else ""
        self.stream.feed(UNKNOWN_TO_PYTE.sub("", text[: found.start()] if found else text))
        return True

    def expect(self, wanted: str) -> str:
        """Wait until the screen shows it; fails with the screen when the program rests without showing it."""
        self.until(lambda: wanted in self.text, f"{wanted!r} on screen")
        self.settle()
        return self.text

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for it, however busy the machine is: only seconds in which the program rests or computes count."""
        rested, begun = 0.0, self.worked()
        while not condition():
            before = time.monotonic()
            if not self.read(0.05) and not self.at_work():
                rested += time.monotonic() - before
            if rested > REST or self.worked() - begun > WORK:
                raise AssertionError(f"{what} was waited for:\n{self.text}")

    def worked(self) -> float:
        """Seconds that the program has computed, known on Linux only and while it runs."""
        try:
            return time.clock_gettime(~self.pid << 3 | 2)  # the clock of that process, as clock_getcpuclockid has it
        except OSError:
            return 0.0

    def settle(self, quiet: float = 0.15) -> None:
        """Wait until nothing has come for a moment and nothing is being worked on, however busy the machine is."""
        begun = self.worked()
        while self.read(quiet) or (self.at_work() and self.worked() - begun < WORK):
            pass

    def at_work(self) -> bool:
        """Whether the program, or what has the terminal now, is computing or writing to disk (known on Linux only)."""
        threads: list[Path] = []
        with contextlib.suppress(OSError):  # it may end at any time
            for pid in {self.pid, *self.foreground()}:
                threads += Path(f"/proc/{pid}/task").glob("*/stat")
            return any(thread.read_text().rpartition(") ")[2][0] in "RD" for thread in threads)
        return False

    def foreground(self) -> tuple[int, ...]:
        """The process that has the terminal, while there is one."""
        with contextlib.suppress(OSError):
            return (os.tcgetpgrp(self.fd),)
        return ()

    def press(self, *keys: str) -> None:
        """Press keys, one after the other; a word that names no key is typed."""
        for key in keys:
            os.write(self.fd, KEYS.get(key, key).encode())
            self.settle(0.12)

    def type_at_once(self, text: str) -> None:
        """Send keys in one piece, and wait for nothing."""
        assert os.write(self.fd, text.encode()) == len(text.encode())

    def unread(self) -> int:
        """How many bytes the program has not taken from the terminal yet."""
        held = bytearray(4)
        inner = os.open(self.name, os.O_RDONLY | os.O_NOCTTY)
        try:
            fcntl.ioctl(inner, termios.FIONREAD, held)
        finally:
            os.close(inner)
        return int.from_bytes(held, sys.byteorder)

    def paste(self, text: str) -> None:
        """Send a text in one piece, as terminals mark what is pasted."""
        self.press(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.settle(0.4)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> int:
        """Close the terminal, as a dropped line does; returns the exit code."""
        os.close(self.fd)
        self.fd = CLOSED
        return self.wait()

    def wait(self) -> int:
        """Wait for the end; returns the exit code, negative for a signal."""
        self.until(self.ended, "the end of the program")
        assert self.status is not None
        return self.status

    def ended(self) -> bool:
        """Whether the program has ended; reads nothing of what it shows."""
        if self.status is None:
            if self._server is None:
                pid, found = os.waitpid(self.pid, os.WNOHANG)
                status = found if pid else None
            else:
                status = self._server.ended(self.pid)
            self.status = None if status is None else os.waitstatus_to_exitcode(status)
        return self.status is not None

    def kill(self) -> None:
        """End it without a word."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait()


Start = Callable[..., Terminal]
"""Starts the program, with options; `home`, `course` and whatever else a Terminal takes by name."""
