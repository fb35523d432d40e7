"""The checkpoint: the journals' contents in a form that loads table by table, stored in the cache folder.

It is never required and never trusted: it is valid only if each journal still has, at the position where the checkpoint
ends, the line that was read there, and everything in it is checksummed. Losing it costs nothing but time.
The file `head` records how far each journal was read and where each table is.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dev2cto.errors import RecordError
from dev2cto.record.checkpoint import table_file
from dev2cto.record.checkpoint.table_file import CheckpointTable, CorruptCheckpoint, TableFile
from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import FORMAT, is_sound
from dev2cto.record.journal.line_numbers import IntervalSet
from dev2cto.record.journal.line_stream import LONGEST_LINE
from dev2cto.record.journal.reader import Damage, JournalReader, ReadPosition
from dev2cto.record.layout import LIVE, check_private, make_private
from dev2cto.record.schema import SHAPES
from dev2cto.record.set_aside import SetAside
from dev2cto.record.stored_table import NEVER, SpillableTable, StoredDocument, StoredTable, TablePart
from dev2cto.record.table_state import TableState


class Checkpoint:
    """The checkpoint of one record."""

    def __init__(self, cache: Path, reader: JournalReader, device: str) -> None:
        """What it holds depends on the device, which decides whose erasures are applied."""
        real = os.path.realpath(reader.directory)
        self._folder = cache / f"record-{zlib.crc32(os.fsencode(real)):08x}"
        self._stamp = f"{sys.implementation.cache_tag} {FORMAT} {reader.schema} {SHAPES} {device} {real}"
        self._reader = reader
        self._token = ""
        self._parts: dict[str, TableFile] = {}
        self._distrusted = False

    def keep_on_disk(self, tables: frozenset[str]) -> None:
        """Move what is read of these tables to the disk when it is much; without room there, memory holds it."""
        store = self._reader.store
        store.spill = self._spill
        for table in tables - self._parts.keys():
            store.table(table).evict(NoTable())

    def _spill(self, table: str, base: StoredTable | None) -> SpillableTable | None:
        from dev2cto.record.checkpoint.spill import SpilledTable  # rarely needed

        with contextlib.suppress(OSError, RecordError):
            make_private(self._folder)
            had = None if isinstance(base, NoTable) else base
            return SpilledTable(self._folder, had, lambda: self._from_journals(table))
        return None

    def load(self) -> bool:
        """Fill an empty reader. Return False if no checkpoint is usable; at most `reader.expected` has changed then."""
        try:
            check_private(self._folder)
            head = self._head()
            if head["stamp"] != self._stamp:
                return False
            files = {name: ReadPosition(*progress) for name, progress in head["files"].items()}
            tables = {table: TableFile(*part) for table, part in head["parts"].items()}
        except (OSError, RecordError, CorruptCheckpoint, LookupError, TypeError, ValueError):
            return False
        seen = {writer: IntervalSet(spans) for writer, spans in head["seen"].items()}
        reader = self._reader
        known = [Damage(*damage) for damage in head["damaged"]]
        if not all(_still_holds(reader.directory / name, progress) for name, progress in files.items()) or not all(
            _still_damaged(reader.directory / damage.file, damage) for damage in known
        ):
            reader.expected = {writer: numbers.next for writer, numbers in seen.items()}
            return False
        reader.files, reader.seen, reader.headers = files, seen, head["headers"]
        reader.known = {(damage.file, damage.offset): damage for damage in known}
        reader.set_aside = {(one[1], one[2], one[3]): SetAside(*one) for one in head["set_aside"]}
        reader.store.time, reader.store.changed_at = head["time"], head["changed_at"]
        reader.store.asked = {(table, id): time for table, id, time in head["asked"]}
        self._token, self._parts = head["token"], tables
        for table in tables:
            reader.store.table(table).evict(self._stored_table(table))
        return True

    def _head(self) -> dict[str, Any]:
        """Return the content of `head`. Raises OSError, CorruptCheckpoint, TypeError, ValueError."""
        return dict(table_file.decode_segment(table_file.read(self._folder / "head", 0, None), 0)[0])

    def _stored_table(self, table: str) -> CheckpointTable:
        return CheckpointTable(self._folder, self._parts[table], lambda: self._from_journals(table))

    def _from_journals(self, table: str) -> TablePart:
        """Read the table from the journals; its unusable file is replaced at the next save."""
        self._parts.pop(table, None)
        return self._reader.reread_table(table)

    def save(self) -> None:
        """Write what changed since the last checkpoint; errors are ignored."""
        if self._distrusted:
            return
        with contextlib.suppress(OSError, RecordError, ValueError):
            make_private(self._folder)
            lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._save()
            finally:
                os.close(lock)

    def _save(self) -> None:
        if self._current_token() != self._token:
            return  # another session has saved one since; the next opening reads the rest from the journals
        reader = self._reader
        damaged = (reader.known | reader.damaged).values()
        old = {part.name for part in self._parts.values()}
        asked = {}
        if reader.store.asked:
            from dev2cto.record.erase_marks import waiting  # rarely needed

            asked = waiting(reader.store)
        with reader.store.lock:
            for table, state in reader.store.shelves.items():
                self._save_table(table, state)
        self._token = durable_io.token()
        head = {
            "stamp": self._stamp,
            "token": self._token,
            "files": {n: p.state() for n, p in reader.files.items() if not n.startswith(LIVE)},
            "seen": {writer: [tuple(span) for span in seen.spans] for writer, seen in reader.seen.items()},
            "headers": {name: header for name, header in reader.headers.items() if name in reader.files},
            "damaged": [tuple(damage) for damage in damaged if not damage.kept],
            "set_aside": [tuple(one) for one in reader.set_aside.values() if not one.file.startswith(LIVE)],
            "asked": [(table, id, time) for (table, id), time in asked.items()],
            "time": reader.store.time,
            "changed_at": reader.store.changed_at,
            "parts": {table: tuple(part) for table, part in self._parts.items()},
        }
        scratch = self._folder / "head.tmp"
        table_file.write(scratch, table_file.encode_segment(head), at=0)
        os.replace(scratch, self._folder / "head")
        wanted = old | {part.name for part in self._parts.values()}
        for path in self._folder.glob("*.part"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _current_token(self) -> str:
        try:
            token = self._head()["token"]
        except (OSError, CorruptCheckpoint, LookupError, TypeError, ValueError):
            return self._token  # there is none, or it is unusable
        return str(token)

    def _save_table(self, table: str, state: TableState) -> None:
        spilled = state.spilled()
        if spilled is not None:
            with contextlib.suppress(CorruptCheckpoint):
                name = f"{table}.{durable_io.token()}.part"
                self._parts[table] = table_file.write_spilled(self._folder, name, spilled)
                state.evict(self._stored_table(table))
                return
        part, delta = self._parts.get(table), state.delta()
        if part is not None and not delta[1]:
            return
        if part is not None and not table_file.needs_compaction(part, state.loaded):
            with contextlib.suppress(CorruptCheckpoint):
                self._parts[table] = table_file.append_delta(
                    self._folder, part, delta, lambda: self._from_journals(table)
                )
                state.changed = {}
                if not state.loaded:
                    state.evict(self._stored_table(table))
                return
        self._parts[table] = table_file.write_base(self._folder, f"{table}.{durable_io.token()}.part", state)
        state.changed = {}

    def unload(self, tables: frozenset[str]) -> None:
        """Drop tables that were just saved from memory; they are loaded when next used."""
        for table in tables & self._parts.keys():
            state = self._reader.store.table(table)
            if not state.changed:
                state.evict(self._stored_table(table))

    def invalidate(self) -> None:
        """Delete the head because the journals contradict it; this session saves no more checkpoints."""
        self._distrusted = True
        with contextlib.suppress(OSError):
            (self._folder / "head").unlink()

    def delete(self) -> None:
        """Delete the checkpoint, so that the next opening reads the journals."""
        for path in self._folder.glob("*"):
            with contextlib.suppress(OSError):
                path.unlink()
        self._parts, self._token = {}, ""


class NoTable:
    """A table of which the checkpoint has nothing yet."""

    def everything(self) -> TablePart:
        """Return nothing."""
        return {}, {}

    def find(self, id: str) -> StoredDocument:
        """Return nothing."""
        return id, None, NEVER

    def stream(self) -> Iterator[StoredDocument]:
        """Yield nothing."""
        return iter(())


def _still_damaged(path: Path, damage: Damage) -> bool:
    """Whether a damaged range begins as it did: with no intact line. The file may have been copied again since."""
    try:
        check_private(path)
        with open(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:
            file.seek(damage.offset)
            return not is_sound(file.readline(LONGEST_LINE).removesuffix(b"\n"))
    except (OSError, RecordError):
        return True


def _still_holds(path: Path, progress: ReadPosition) -> bool:
    """Whether the line that was last read from the file is still at its position."""
    try:
        check_private(path)
        with open(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:
            file.seek(progress.last_at)
            line = file.read(progress.end - progress.last_at)
            progress.inode = os.fstat(file.fileno()).st_ino
    except (OSError, RecordError):
        return False
    return progress.end == 0 or (line[6:14] == progress.last.encode() and is_sound(line[:-1]) and line[-1:] == b"\n")
