"""This session's journal: open it, append lines, reopen it if the file is replaced."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.clock import Clock
from dev2cto.record.journal import durable_io, slots
from dev2cto.record.journal.codec import FORMAT, JournalEntry, decode, encode
from dev2cto.record.journal.journal import FileReplaced, Journal
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.recovery.repair import repair
from dev2cto.record.recovery.tail_copy import TailCopy

if TYPE_CHECKING:
    from dev2cto.record.recovery.recovery import RecoveryResult

BALLAST = 64 * 1024
"""Bytes reserved on the disk and released when it is full, so that the latest answers still fit."""

SLOW = 0.1
"""Seconds; if a sync takes longer, saves should run in a worker."""

_PIECE = 1 << 20

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def milliseconds(clock: Clock) -> int:
    """Return the current time in ms since 1970."""
    return int(clock.now().timestamp() * 1000)


def session_header(clock: Clock, writer: str, schema: int) -> JournalEntry:
    """Return the content of a session's header line."""
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
            "host": os.uname().nodename,
            "tty": tty,
            "since": clock.now().timestamp(),
        }
    }


def open_journal(reader: JournalReader, path: Path, fd: int) -> Journal:
    """Return the journal for a file that only this session writes, repairing it if needed.

    Raises OSError; the descriptor is closed then.
    """
    try:
        fd = repair(reader, path, fd)
        progress = reader.files[path.name]
        seen = reader.seen.get(progress.writer)
        number = max(seen.next if seen else 0, reader.expected.get(progress.writer, 0))
        return Journal(path, fd, progress.end, number)
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(fd)
        raise


class Writer:
    """Commits lines to this session's journal."""

    def __init__(self, reader: JournalReader, device: str, clock: Clock, first_slot: int = 0) -> None:
        self._reader = reader
        self._device = device
        self._first_slot = first_slot
        self._clock = clock
        self._journal: Journal | None = None
        self._recent = TailCopy(reader.directory)
        self._uncopied: list[bytes] = []
        self._to_recover: list[tuple[str, bytes]] = []
        self.recovered: list[RecoveryResult] = []
        """What had to be recovered while the record was open."""
        self.name = f"{device}.{first_slot}"
        """device.slot of this session; provisional until it is open."""
        self.slow = False
        """Whether a sync has ever taken longer than `SLOW`."""

    @property
    def is_open(self) -> bool:
        """Whether the journal is open for writing."""
        return self._journal is not None

    def open(self, *, fresh_copy: bool = False) -> None:
        """Acquire a free slot and write the header line.

        `fresh_copy` starts a new tail copy, because a daily backup is about to cover the older ones.
        Raises OSError, RecordError.
        """
        for _ in range(3):
            with contextlib.suppress(FileReplaced):  # by a sync tool, between locking and writing
                self._open(fresh_copy)
                return
        raise OSError(errno.ESTALE, "the journal keeps being replaced")

    def _open(self, fresh_copy: bool) -> None:
        self.name, fd = slots.acquire(self._reader.directory, self._device, self._first_slot)
        path = self._reader.directory / f"{self.name}.jsonl"
        self._journal = open_journal(self._reader, path, fd)
        is_new = self._journal.end == 0
        try:
            self.copy_to(fresh=fresh_copy)
            self._append_in_any_room(encode(session_header(self._clock, self.name, self._reader.schema)))
            self._reserve_space()
            if is_new:
                durable_io.sync_folder(self._reader.directory)
            while self._to_recover:
                from dev2cto.record.recovery.recovery import recover_replaced_file

                self.recovered += recover_replaced_file(self._reader, self._device, *self._to_recover[-1])
                self._to_recover.pop()
        except BaseException:
            self.close()
            raise

    def copy_to(self, *, fresh: bool) -> None:
        """Direct tail copies to this writer's newest file, or to a fresh one."""
        self._recent.open(self.name, milliseconds(self._clock), fresh=fresh)

    def commit(self, body: bytes) -> None:
        """Write one line with these encoded changes and apply it in memory.

        Raises OSError; memory and file are unchanged then.
        """
        for _ in range(3):
            try:
                if self._journal is None:
                    self.open()
                self._append_in_any_room(body)
                return
            except FileReplaced:
                self._reopen_elsewhere()
        raise OSError(errno.ESTALE, "the journal keeps being replaced")

    def commit_many(self, bodies: Callable[[], Iterable[bytes]]) -> None:
        """Write a line with each of these encoded changes, with one sync at their end, and apply them in memory.

        `bodies` is called again if the journal was replaced. Raises OSError and what `bodies` raises; memory and file
        are unchanged then.
        """
        for _ in range(3):
            try:
                if self._journal is None:
                    self.open()
                self._append_many(bodies())
                return
            except FileReplaced:
                self._reopen_elsewhere()
        raise OSError(errno.ESTALE, "the journal keeps being replaced")

    def _append_many(self, bodies: Iterable[bytes]) -> None:
        journal = self._journal
        assert journal is not None
        at = journal.end
        try:
            journal.append_many(bodies, self._reader.store.tick(milliseconds(self._clock)))
        finally:
            self._reader.doubt(journal.path.name, journal.doubtful)
        while piece := os.pread(journal.fd, _PIECE, at):
            self._recent.add(piece)
            if not self._recent.is_open:
                self._uncopied.append(piece)
            at += len(piece)
        self._reader.read(journal.path)

    def _reopen_elsewhere(self) -> None:
        """Reopen the journal after it was replaced, truncated or deleted, and recover what it held."""
        journal = self._journal
        assert journal is not None
        written = os.pread(journal.fd, journal.end, 0) + b"\n" + b"".join(self._uncopied)
        self._to_recover.append((self.name, written))
        self._reader.files.pop(journal.path.name, None)
        self.close()
        self.open()

    def _append_in_any_room(self, body: bytes) -> None:
        try:
            self._append(body)
        except OSError as problem:
            if problem.errno not in _NO_ROOM or not self.release_reserve():
                raise
            self._append(body)

    def _append(self, body: bytes) -> None:
        journal, store = self._journal, self._reader.store
        assert journal is not None
        at, begun = journal.end, self._clock.monotonic()
        try:
            line = journal.append(body, store.tick(milliseconds(self._clock)))
        finally:
            self._reader.doubt(journal.path.name, journal.doubtful)
        self.slow = self.slow or self._clock.monotonic() - begun > SLOW
        self._recent.add(line)
        if not self._recent.is_open:
            self._uncopied.append(line)
        # Decoded again, so that memory matches the disk exactly: lists for tuples, strings for keys.
        name = journal.path.name
        self._reader.apply_line(name, self._reader.files[name], decode(line), at, len(line))

    def _reserve_space(self) -> None:
        ballast = self._reader.directory / "ballast"
        if not ballast.exists():
            with contextlib.suppress(OSError):
                durable_io.write_whole(ballast, os.urandom(BALLAST))

    def release_reserve(self) -> bool:
        """Delete the reserve to free disk space. Return False if there was none."""
        try:
            (self._reader.directory / "ballast").unlink()
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Close the journal and release the slot."""
        if self._journal is not None:
            self._journal.close()
        self._journal = None
        self._recent.close()
