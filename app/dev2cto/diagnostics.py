"""What doctor looks at: each finding says what it means and what to do."""

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
UNHEARD_OF = "This system does not know it. If the screen looks wrong, try TERM=xterm-256color, or dev2cto --plain."


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: what was found, how it is judged, and what to do where it is not fine."""

    about: str
    found: str
    judgement: Judgement = "fine"
    advice: str = ""


def terminal() -> Iterator[Diagnosis]:
    """Size, TERM, colours, multiplexer, locale, width of characters."""
    dumb = is_line_only()
    size = shutil.get_terminal_size()
    small = not dumb and (size.columns < LEAST_SIZE[0] or size.lines < LEAST_SIZE[1])
    yield Diagnosis(
        "terminal size",
        f"{size.columns} x {size.lines}",
        "wrong" if small else "fine",
        "Make the window at least 60 x 20, or use dev2cto --plain." if small else "",
    )
    advice = "Plain lines are used." if dumb else UNHEARD_OF if is_unknown() else ""
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
    yield Diagnosis("standard input", "a terminal" if sys.stdin.isatty() else "no terminal: plain lines are used")


def colours() -> str:
    """What the terminal says of its colours."""
    if os.environ.get("NO_COLOR"):
        return "off (NO_COLOR is set)"
    if is_line_only():
        return "none on this terminal"
    if os.environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in name() else "16"


def multiplexer() -> str:
    """tmux, screen, SSH, or none of them."""
    inside = [
        name for name, key in (("tmux", "TMUX"), ("screen", "STY"), ("ssh", "SSH_CONNECTION")) if os.environ.get(key)
    ]
    return ", ".join(inside) or "neither tmux, screen nor ssh"


def folder(about: str, path: Path) -> Iterator[Diagnosis]:
    """Whether files can be written, locked and kept there, and how much room is left."""
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
        "work, so that two sessions never write one file" if lock else "do not work here",
        "fine" if lock else "note",
        "" if lock else "Each session then writes a file of its own; nothing is lost.",
    )
    free = shutil.disk_usage(existing).free // 1_000_000
    full = free < LEAST_FREE_MB
    advice = "Make room on that disk: what you type next may not be saved." if full else ""
    yield Diagnosis(f"{about}: room", f"{free:,} MB free", "wrong" if full else "fine", advice)


def lock_works(fd: int) -> bool:
    """Whether flock is to be had on that file."""
    import fcntl

    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def editor(command: list[str] | None) -> Diagnosis:
    """Which editor labs and texts open in."""
    if command is None:
        return Diagnosis("editor", "none found", "note", "Texts open in the built-in editor; for labs set $EDITOR.")
    return Diagnosis("editor", " ".join(command))


def guarded(about: str, look: Callable[[], Iterator[Diagnosis]]) -> Iterator[Diagnosis]:
    """The findings of a look; an error of ours becomes a finding."""
    from dev2cto.errors import Dev2CtoError

    try:
        yield from look()
    except Dev2CtoError as error:
        yield Diagnosis(about, error.message.splitlines()[0], "wrong", error.hint)
