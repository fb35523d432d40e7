"""Slots: a session writes the first journal of this device that no other session has locked."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from pathlib import Path

from dev2cto.errors import RecordError
from dev2cto.record.journal import durable_io
from dev2cto.record.layout import LIVE, check_private

SESSIONS = 64
"""The maximum number of concurrent sessions on one record."""

_EVERYWHERE = (errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE)
"""Errors that every other file would give, too."""

_OPEN = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


def acquire(directory: Path, device: str, first: int = 0) -> tuple[str, int]:
    """Return the writer's name (device.slot, from slot `first` on) and the descriptor of its open, locked journal.

    A lock ends with the process that holds it, so it is never stale. If the file system does not support locks, the
    session gets a new file with a random name. Raises OSError, and RecordError if all slots are in use.
    """
    for slot in range(first, SESSIONS):
        writer = f"{device}.{slot}"
        path = directory / f"{writer}.jsonl"
        if path.is_symlink():
            check_private(path)
        fd = _opened(path)
        if fd is None:
            continue
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            continue
        except OSError:
            os.close(fd)
            writer = f"{device}.{durable_io.token()}"
            return writer, os.open(directory / f"{writer}.jsonl", _OPEN | os.O_EXCL, 0o600)
        if _still_there(path, fd):
            os.fchmod(fd, 0o600)
            return writer, fd
        os.close(fd)
    raise RecordError(f"This record is already open in {SESSIONS} sessions.", "Close some of them.")


def _opened(path: Path) -> int | None:
    """Return the descriptor of a journal, created if there is none; None if it or its live journal cannot be written.

    Raises OSError if none can be created.
    """
    there = os.path.lexists(path)
    try:
        fd = os.open(path, _OPEN | os.O_NONBLOCK, 0o600)
    except OSError as problem:
        if not there or problem.errno in _EVERYWHERE:
            raise
        return None
    if stat.S_ISREG(os.fstat(fd).st_mode) and _can_be_written(path.with_name(f"{LIVE}{path.name}")):
        return fd
    os.close(fd)
    return None


def _can_be_written(live: Path) -> bool:
    try:
        return stat.S_ISREG(os.lstat(live).st_mode) and os.access(live, os.R_OK | os.W_OK)
    except FileNotFoundError:
        return True


def _still_there(path: Path, fd: int) -> bool:
    """Whether the path still names the locked file: it may have been replaced between opening and locking."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(fd))
    except FileNotFoundError:
        return False


def lacks_locks(writer: str) -> bool:
    """Whether a writer's journal has the random name of a session on a file system without locks."""
    return len(writer.rpartition(".")[2]) > len(str(SESSIONS))


def is_locked(path: Path) -> bool:
    """Whether another process, or another open record in this one, has locked this journal."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(fd)
    return False
