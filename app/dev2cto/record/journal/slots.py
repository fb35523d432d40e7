"""Which journal a session may write: the first of this device's that nobody else holds."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from dev2cto.errors import RecordError
from dev2cto.record.journal import durable_io
from dev2cto.record.layout import check_private

SESSIONS = 64
"""More sessions than this on one record at a time are refused."""

_OPEN = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


def acquire(directory: Path, device: str, first: int = 0) -> tuple[str, int]:
    """The writer's name (device.slot, from slot `first` on) and its open, locked journal.

    A lock dies with its holder, so none is ever stale. Where the file system refuses locks the session takes a file
    of its own, which nobody else ever writes. Raises OSError or RecordError.
    """
    for slot in range(first, SESSIONS):
        writer = f"{device}.{slot}"
        path = directory / f"{writer}.jsonl"
        if path.is_symlink():
            check_private(path)
        fd = os.open(path, _OPEN, 0o600)
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
    raise RecordError(f"{SESSIONS} sessions are open on this record.", "Close some of them.")


def _still_there(path: Path, fd: int) -> bool:
    """Whether the locked file is the one that has this name; it may have been replaced in between."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(fd))
    except FileNotFoundError:
        return False


def lacks_locks(writer: str) -> bool:
    """Whether a writer's journal is one of those that a session without locks takes for itself."""
    return len(writer.rpartition(".")[2]) > len(str(SESSIONS))


def is_locked(path: Path) -> bool:
    """Whether another process (or another opening in this one) holds this journal."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
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
