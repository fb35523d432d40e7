"""Durable writes: data and file names are on the disk when a call returns."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)


def token() -> str:
    """Return eight random hex digits for unique file names."""
    return os.urandom(4).hex()


def sync(fd: int) -> None:
    """Flush the file to the disk itself; on macOS fsync alone stops at the drive's cache.

    Raises OSError.
    """
    if _FULL_SYNC is not None:
        with contextlib.suppress(OSError):
            fcntl.fcntl(fd, _FULL_SYNC)
            return
    os.fsync(fd)


def sync_folder(folder: Path) -> None:
    """Make created, renamed and removed names in a folder durable. Raises OSError."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def clear_scratch(folder: Path, now: float) -> None:
    """Delete scratch files older than half an hour, left behind by crashes; `now` is seconds since 1970."""
    for path in folder.glob(".*.tmp"):
        with contextlib.suppress(OSError):
            if now - path.stat().st_mtime > 1800:
                path.unlink()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file atomically with mode 0600, replacing any at that path. Raises OSError; nothing has changed then."""
    os.close(replace(path, data))


def replace(path: Path, data: bytes, prepare: Callable[[int], None] = lambda _: None) -> int:
    """As `write_whole`, but return the open descriptor; `prepare` is called with it before the file gets its name."""
    scratch = path.with_name(f".{path.name}.{token()}.tmp")
    fd = os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        prepare(fd)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(fd, rest) :]
        sync(fd)
        os.replace(scratch, path)
    except BaseException:
        os.close(fd)
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise
    sync_folder(path.parent)
    return fd
