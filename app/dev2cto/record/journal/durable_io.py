"""Durable writes: data and file names are on the disk when a call returns."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_PIECE = 1 << 20
"""Bytes per write."""

_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)


def token() -> str:
    """Return eight random hex digits for unique file names."""
    return os.urandom(4).hex()


@contextlib.contextmanager
def exclusive(path: Path, flags: int, wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Open the file or folder with these flags and hold a lock on it inside the block; without, where locks fail.

    `wait`, if given, is called between attempts while somebody else has the lock. Raises OSError if it cannot be
    opened, and what `wait` raises.
    """
    fd = os.open(path, flags | os.O_CLOEXEC, 0o600)
    try:
        with contextlib.suppress(OSError):
            while wait is not None and not _locked(fd):
                wait()
            fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def _locked(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


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


def read_small(path: Path, most: int = 1 << 24) -> bytes:
    """Return the content of a file of at most `most` bytes.

    Raises OSError, also if it is larger or if it is no file: a pipe would never end, a sparse file fill the memory.
    """
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(fd, "rb") as file:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", os.fspath(path))
        if found.st_size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), os.fspath(path))
        return file.read()


def make_folder(folder: Path) -> None:
    """Create a folder of its owner alone in one that exists, durably; no effect if it is there. Raises OSError."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)
        sync_folder(folder.parent)


def clear_scratch(folder: Path, now: float) -> None:
    """Delete scratch files and folders older than half an hour, left behind by crashes; `now` is seconds since 1970."""
    for path in folder.glob(".*.tmp"):
        with contextlib.suppress(OSError):
            if now - path.lstat().st_mtime > 1800:
                _remove(path)


def _remove(path: Path) -> None:
    if path.is_symlink() or not path.is_dir():
        path.unlink()
        return
    import shutil  # rarely needed

    shutil.rmtree(path)


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file of these bytes or pieces atomically with mode 0600, replacing any at that path.

    Raises OSError; nothing has changed then.
    """
    os.close(replace(path, data))


def larger(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Join pieces until they are worth a system call."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def replace(path: Path, data: bytes | Iterable[bytes], prepare: Callable[[int], None] = lambda _: None) -> int:
    """As `write_whole`, but return the open descriptor; `prepare` is called with it before the file gets its name."""
    scratch = path.with_name(f".{path.name}.{token()}.tmp")
    fd = os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        prepare(fd)
        for piece in [data] if isinstance(data, bytes) else larger(data):
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(fd, rest) :]
        sync(fd)
        os.replace(scratch, path)
    except BaseException:
        os.close(fd)
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise
    try:
        sync_folder(path.parent)
    except BaseException:
        os.close(fd)
        raise
    return fd
