"""The checks of `dev2cto doctor`: each result states what was found and what to do about it."""

from __future__ import annotations

import locale
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dev2cto.terminal_caps import is_line_only, is_unknown, name

Judgement = Literal["fine", "note", "wrong"]
LEAST_SIZE = (60, 20)
LEAST_FREE_MB = 20
UNKNOWN_TERM = "Unknown to this system. If the screen looks wrong, try TERM=xterm-256color, or dev2cto --plain."


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The result of one check; `advice` says what to do unless it is fine."""

    about: str
    found: str
    judgement: Judgement = "fine"
    advice: str = ""


def terminal() -> Iterator[Diagnosis]:
    """Check size, TERM, colours, multiplexer, encoding and standard input."""
    dumb = is_line_only()
    size = shutil.get_terminal_size()
    small = not dumb and (size.columns < LEAST_SIZE[0] or size.lines < LEAST_SIZE[1])
    yield Diagnosis(
        "terminal size",
        f"{size.columns} x {size.lines}",
        "wrong" if small else "fine",
        "Make the window at least 60 x 20, or use dev2cto --plain." if small else "",
    )
    advice = "Plain mode is used." if dumb else UNKNOWN_TERM if is_unknown() else ""
    yield Diagnosis("TERM", name() or "not set", "note" if advice else "fine", advice)
    yield Diagnosis("colours", colours())
    yield Diagnosis("inside", multiplexer())
    encoding = (sys.stdout.encoding or locale.getpreferredencoding(False)).lower()
    utf8 = encoding.replace("-", "") in ("utf8", "utf8sig")
    yield Diagnosis(
        "encoding",
        encoding,
        "fine" if utf8 else "note",
        "" if utf8 else "Some characters appear as ?. Set LANG=C.UTF-8 or another UTF-8 locale.",
    )
    yield Diagnosis("standard input", "a terminal" if sys.stdin.isatty() else "not a terminal: plain mode is used")


def colours() -> str:
    """Return how many colours the terminal supports, according to its environment."""
    if os.environ.get("NO_COLOR"):
        return "off (NO_COLOR is set)"
    if is_line_only():
        return "none on this terminal"
    if os.environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in name() else "16"


def multiplexer() -> str:
    """Return which of tmux, screen and SSH the terminal runs in."""
    inside = [
        name for name, key in (("tmux", "TMUX"), ("screen", "STY"), ("ssh", "SSH_CONNECTION")) if os.environ.get(key)
    ]
    return ", ".join(inside) or "neither tmux, screen nor ssh"


def folder(about: str, path: Path) -> Iterator[Diagnosis]:
    """Check that files can be written and locked in a folder, and the free disk space."""
    existing = next(p for p in (path, *path.parents) if p.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=existing, prefix=".dev2cto-") as handle:
            handle.write(b"x")
            handle.flush()
            os.fsync(handle.fileno())
            lock = lock_works(handle.fileno())
    except OSError as error:
        advice = "Answers cannot be saved there. Make it writable, or name another folder: DEV2CTO_HOME=~/study dev2cto"
        yield Diagnosis(about, f"{path}: {error.strerror}", "wrong", advice)
        return
    yield Diagnosis(about, f"{path}, writable")
    yield Diagnosis(
        f"{about}: locks",
        "work: two sessions never write the same file" if lock else "do not work here",
        "fine" if lock else "note",
        "" if lock else "Each session writes to a separate file instead; nothing is lost.",
    )
    free = shutil.disk_usage(existing).free // 1_000_000
    full = free < LEAST_FREE_MB
    advice = "Free some disk space: your next answers may not be saved." if full else ""
    yield Diagnosis(f"{about}: disk space", f"{free:,} MB free", "wrong" if full else "fine", advice)


def lock_works(fd: int) -> bool:
    """Whether flock works on that open file."""
    import fcntl

    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def editor(command: list[str] | None) -> Diagnosis:
    """Report the editor used for labs and texts; None if none was found."""
    if command is None:
        return Diagnosis("editor", "none found", "note", "Texts open in the built-in editor; for labs set $EDITOR.")
    return Diagnosis("editor", " ".join(command))


def guarded(about: str, check: Callable[[], Iterator[Diagnosis]]) -> Iterator[Diagnosis]:
    """Yield the results of a check; a Dev2CtoError becomes a result."""
    from dev2cto.errors import Dev2CtoError

    try:
        yield from check()
    except Dev2CtoError as error:
        yield Diagnosis(about, error.message.splitlines()[0], "wrong", error.hint)
