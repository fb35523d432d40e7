"""Repairing a journal that only this session may write; the damaged original is kept."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import OPENING
from dev2cto.record.journal.line_stream import LONGEST_LINE, sound_lines
from dev2cto.record.journal.reader import Damage, JournalReader
from dev2cto.record.journal.scan import intact

DAMAGED = "damaged"
"""The folder in the record that keeps damaged originals."""

UNFINISHED = (
    "the last line was incomplete: either the program or the machine stopped before it was reported as saved,"
    " or the file was cut, and later entries may be missing"
)


def repair(reader: JournalReader, path: Path, fd: int) -> int:
    """Read the file and repair it if needed. Return the descriptor to write with, locked as `fd` was.

    A torn tail is cut off, and damaged ranges are removed if the original can be kept; salvaged lines stay. That goes
    for what a checkpoint says of the file too: another session may have found it and could not repair it. Raises
    OSError, also if a damaged tail cannot be kept; the file is unchanged then.
    """
    reader.read(path)
    progress = reader.files.get(path.name)
    if progress is None:
        raise OSError(errno.EIO, "the journal cannot be read")
    end, torn = progress.end, os.fstat(fd).st_size - progress.end
    for key in [key for key in reader.known if key[0] == path.name]:
        reader.damaged[key] = reader.known.pop(key)
    stretches = [damage for (name, _), damage in reader.damaged.items() if name == path.name and not damage.kept]
    if not torn and not stretches:
        return fd
    if torn > LONGEST_LINE:
        return _rewrite_without_junk(reader, path, fd, stretches)
    tail = os.pread(fd, torn, end)
    saved = intact(tail)
    unfinished = not saved and b"\n" not in tail and tail[:6] == OPENING[: len(tail)]
    kept = _keep(reader.directory, path, None if stretches else tail)
    if tail and not kept and not unfinished:
        raise OSError(errno.ENOSPC, "there is no space to keep the damaged end of a file")
    for damage in stretches:
        reader.report(path.name, damage.offset, damage.length, damage.what, kept)
    if tail:
        reader.apply_tail(path.name)
        what = UNFINISHED if unfinished else reader.damaged[path.name, end].what
        reader.report(path.name, end, torn, what, kept)
    if stretches and kept:
        return _rewrite(reader, path, fd)
    os.ftruncate(fd, end)
    for line in saved:
        os.pwrite(fd, line, os.fstat(fd).st_size)
    durable_io.sync(fd)
    reader.read(path)
    return fd


def _keep(directory: Path, path: Path, tail: bytes | None) -> str:
    """Keep the torn tail, or the whole file if `tail` is None; return its name, or an empty string on failure."""
    kept = f"{DAMAGED}/{path.name}.{durable_io.token()}"
    try:
        durable_io.make_folder(directory / DAMAGED)
        if tail is None:
            _link(path, directory / kept)
        else:
            durable_io.write_whole(directory / kept, tail)
    except OSError:
        return ""
    return kept


def _link(path: Path, kept: Path) -> None:
    """Keep a complete file under another name; a link is enough, since the repaired file will be a new one."""
    try:
        os.link(path, kept)
        durable_io.sync_folder(kept.parent)
    except OSError:
        durable_io.write_whole(kept, durable_io.read_small(path, 1 << 30))


def _rewrite_without_junk(reader: JournalReader, path: Path, fd: int, stretches: list[Damage]) -> int:
    """Repair a file whose end is too long to be entries. Raises OSError if the original cannot be kept."""
    kept = _keep(reader.directory, path, None)
    if not kept:
        raise OSError(errno.ENOSPC, "there is no space to keep the damaged end of a file")
    for damage in stretches:
        reader.report(path.name, damage.offset, damage.length, damage.what, kept)
    return _rewrite(reader, path, fd)


def _rewrite(reader: JournalReader, path: Path, fd: int) -> int:
    """Replace a damaged file by one with only its intact lines; return the new descriptor."""
    with open(path, "rb") as file:
        new = replace(path, (line for line, _ in sound_lines(file)))
    # The descriptor keeps its number: the caller closes it if reading fails.
    os.dup2(new, fd, inheritable=False)
    os.close(new)
    reader.files.pop(path.name, None)
    reader.read(path)
    return fd


def replace(path: Path, data: bytes | Iterable[bytes]) -> int:
    """Replace a locked journal by a new file; return its descriptor, locked as well. Raises OSError."""
    return durable_io.replace(path, data, _lock_like)


def _lock_like(fd: int) -> None:
    """Lock the new file before it gets the old one's name, so that the slot is never free in between."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return  # no locks on this file system; then no other session uses this file name
