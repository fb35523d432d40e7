"""Other sessions that have this record open, and taking over from one of them."""

import contextlib
import os
import signal
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from dev2cto.record.journal.codec import JournalEntry
from dev2cto.record.journal.slots import is_locked, lacks_locks
from dev2cto.record.layout import LIVE


class Session(NamedTuple):
    """A session that has the record open."""

    pid: int
    host: str
    tty: str
    """Its terminal; empty if it has none."""
    since: datetime
    here: bool
    """Whether it runs on this machine; only then can it be asked to quit."""
    writer: str
    """device.slot; its journal is <writer>.jsonl."""


class TakeoverResult(NamedTuple):
    """The outcome of asking another session to save and quit."""

    ok: bool
    reason: str = ""
    """Why it failed, as shown to the learner; empty on success."""


def others(directory: Path, headers: Mapping[str, JournalEntry], own: str) -> tuple[Session, ...]:
    """Return the sessions that have a journal of this record open, except the writer `own`."""
    found = []
    for name, header in sorted(headers.items()):
        if name.startswith(LIVE) or name == f"{own}.jsonl" or not is_session(header):
            continue
        here, path = header["host"] == os.uname().nodename, directory / name
        if is_locked(path) or (here and lacks_locks(header["writer"]) and has_open(header["pid"], path)):
            found.append(
                Session(
                    pid=header["pid"],
                    host=header["host"],
                    tty=header["tty"],
                    since=datetime.fromtimestamp(header["since"], UTC),
                    here=here,
                    writer=name.removesuffix(".jsonl"),
                )
            )
    return tuple(found)


def is_session(header: JournalEntry) -> bool:
    """Whether a header line says which session wrote it; artificial ones do not, and others may hold anything."""
    texts = all(type(header.get(field)) is str for field in ("host", "tty"))
    return texts and type(header.get("pid")) is int and _is_moment(header.get("since"))


def _is_moment(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value < 2**34


def request_takeover(directory: Path, session: Session, wait: float) -> TakeoverResult:
    """Ask that session to save and quit, and wait at most `wait` seconds for it.

    A process is signalled only if it has this journal open: its pid may since have been reused by another program.
    """
    journal = directory / f"{session.writer}.jsonl"
    if not session.here:
        return TakeoverResult(False, f"it runs on {session.host}; quit it there, or keep both open")
    if not has_open(session.pid, journal):
        if not is_locked(journal):
            return TakeoverResult(True)
        return TakeoverResult(False, f"process {session.pid} is not visible from here, so it cannot be asked to quit")
    try:
        os.kill(session.pid, signal.SIGHUP)
        os.kill(session.pid, signal.SIGCONT)  # a process stopped with ctrl+z must resume to quit
    except ProcessLookupError:
        return TakeoverResult(True)
    except PermissionError:
        return TakeoverResult(False, f"process {session.pid} belongs to another user")
    end = time.monotonic() + wait
    while has_open(session.pid, journal):
        if time.monotonic() > end:
            return TakeoverResult(False, f"process {session.pid} did not quit within {wait:g} seconds")
        time.sleep(0.02)
    return TakeoverResult(True)


def has_open(pid: int, path: Path) -> bool:
    """Whether that process, of this user on this machine, has this file (by inode) open."""
    try:
        wanted = os.stat(path)
    except OSError:
        return False
    if os.path.isdir("/proc/self/fd"):
        with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/fd") as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if os.path.samestat(os.stat(entry.path), wanted):
                        return True
        return False
    import shutil  # slow to import and only needed without /proc
    import subprocess

    lsof = shutil.which("lsof")
    if lsof is None:
        return False
    found = subprocess.run([lsof, "-t", "--", path], capture_output=True, text=True, check=False)
    return str(pid) in found.stdout.split()
