"""This session's own journal: opened, written, and found again when something happens to it."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import socket
from pathlib import Path
from typing import Any

from dev2cto.clock import Clock
from dev2cto.record import durable, slots
from dev2cto.record.journal import InDoubt, Journal, Replaced
from dev2cto.record.lines import FORMAT, Entry
from dev2cto.record.reader import Damage, Progress, Reader

BALLAST = 64 * 1024
"""Bytes given back when the disk is full, so that the answers of that moment still fit."""

SLOW = 0.1
"""A sync that takes longer, in seconds, belongs in a worker."""

DAMAGED = "damaged"
"""The folder in the record that keeps the originals of damaged parts."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def milliseconds(clock: Clock) -> int:
    """The time now, ms since 1970."""
    return int(clock.now().timestamp() * 1000)


def session_header(clock: Clock, writer: str, schema: int) -> Entry:
    """What the first line of a session says about it."""
    try:
        tty = os.ttyname(0)
    except OSError:
        tty = ""
    return {
        "h": {
            "format": FORMAT,
            "schema": schema,
            "writer": writer,
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "tty": tty,
            "since": clock.now().timestamp(),
        }
    }


def open_journal(reader: Reader, path: Path, fd: int) -> Journal:
    """The journal for a file that this session alone writes; a torn tail is kept aside and cut off.

    Raises OSError.
    """
    reader.read(path)
    progress = reader.files.get(path.name) or Progress(os.fstat(fd).st_ino, 0, "", reader.schema)
    tail = os.fstat(fd).st_size - progress.end
    if tail > 0:
        torn = os.pread(fd, tail, progress.end)
        os.ftruncate(fd, progress.end)
        reader.damage.append(keep_aside(reader.directory, path.name, progress.end, torn))
    seen = reader.seen.get(progress.writer)
    return Journal(path, fd, progress.end, seen.next if seen else 0)


def keep_aside(directory: Path, name: str, offset: int, torn: bytes) -> Damage:
    """Stores bytes that are cut off a journal, and says so."""
    kept = f"{DAMAGED}/{name}.{offset}.{secrets.token_hex(4)}.torn"
    what = "the last line was not finished when the program or the machine stopped; it had not been acknowledged"
    try:
        (directory / DAMAGED).mkdir(0o700, exist_ok=True)
        durable.write_whole(directory / kept, torn)
    except OSError:
        kept = ""
    return Damage(name, offset, len(torn), what, kept)


class Writer:
    """Commits lines to this session's journal."""

    def __init__(self, reader: Reader, device: str, clock: Clock) -> None:
        self._reader = reader
        self._device = device
        self._clock = clock
        self._journal: Journal | None = None
        self.name = f"{device}.0"
        """device.slot of this session; the slot is known once it is open."""
        self.slow = False
        """Whether a sync ever took so long that commits belong in a worker."""

    @property
    def is_open(self) -> bool:
        """Whether lines can be written."""
        return self._journal is not None

    def open(self) -> None:
        """Takes a free slot and writes the header line. Raises OSError, RecordError."""
        self.name, fd = slots.claim(self._reader.directory, self._device)
        path = self._reader.directory / f"{self.name}.jsonl"
        try:
            self._journal = open_journal(self._reader, path, fd)
        except BaseException:
            os.close(fd)
            raise
        try:
            self._append_in_any_room(session_header(self._clock, self.name, self._reader.schema))
            self._lay_ballast()
            durable.sync_folder(self._reader.directory)
        except BaseException:
            self.close()
            raise

    def commit(self, body: dict[str, Any]) -> None:
        """Writes one line and takes it into memory. Raises OSError; memory and file are then as before."""
        for _ in range(3):
            try:
                if self._journal is None:
                    self.open()
                self._append_in_any_room(body)
                return
            except Replaced:
                self.close()
            except InDoubt:
                self.close()
                raise
        raise OSError(errno.ESTALE, "the journal is replaced again and again")

    def _append_in_any_room(self, body: dict[str, Any]) -> None:
        try:
            self._append(body)
        except InDoubt:
            raise
        except OSError as problem:
            if problem.errno not in _NO_ROOM or not self.release_ballast():
                raise
            self._append(body)

    def _append(self, body: dict[str, Any]) -> None:
        journal, store = self._journal, self._reader.store
        assert journal is not None
        at, begun = journal.end, self._clock.monotonic()
        line = journal.append(body, store.tick(milliseconds(self._clock)))
        self.slow = self.slow or self._clock.monotonic() - begun > SLOW
        progress = self._reader.files.get(journal.path.name)
        if progress is None:
            progress = Progress(os.fstat(journal.fd).st_ino, 0, self.name, self._reader.schema)
            self._reader.files[journal.path.name] = progress
        # Memory gets exactly what the disk got: lists for tuples, strings for keys.
        self._reader.take(journal.path.name, progress, json.loads(line), at, len(line))

    def _lay_ballast(self) -> None:
        ballast = self._reader.directory / "ballast"
        if not ballast.exists():
            with contextlib.suppress(OSError):
                durable.write_whole(ballast, secrets.token_bytes(BALLAST))

    def release_ballast(self) -> bool:
        """Gives the reserve back to a full disk. False where there was none."""
        try:
            (self._reader.directory / "ballast").unlink()
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Leaves the slot to others."""
        if self._journal is not None:
            self._journal.close()
        self._journal = None
