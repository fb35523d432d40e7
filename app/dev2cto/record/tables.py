"""What TinyDB's tables (tinydb_storage.py) are built on: documents in memory, batches, what changes with every key."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dev2cto.clock import Clock
from dev2cto.errors import NotSaved, ReadOnly, RecordError
from dev2cto.record.journal import blobs
from dev2cto.record.journal.codec import Doc, encode
from dev2cto.record.journal.live import Live, encode_changes
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.journal.writer import Writer, milliseconds
from dev2cto.record.migrations import SCHEMA, upgrade
from dev2cto.record.schema import BLOB_TABLES, LIVE_TABLES, TABLES
from dev2cto.record.store import Store

FieldCheck = Callable[[str, Mapping[str, Any], Callable[[], Mapping[str, Any]]], None]
"""(table, document to be written, what gives the one before it) raises ValueError where that must not be."""


class Tables:
    """The tables of one record. What a method has changed is on the disk when it returns, or it raises NotSaved."""

    def __init__(self, directory: Path, clock: Clock, device: str, check: FieldCheck, first_slot: int) -> None:
        self.directory = directory
        self.clock = clock
        self.device = device
        self._check = check
        self.readonly_reason = ""
        """Why nothing can be saved; empty when it can."""
        self.reader = JournalReader(directory, Store(upgrade), SCHEMA)
        self._store = self.reader.store
        self._writer = Writer(self.reader, device, clock, first_slot)
        self._live = Live(self.reader, clock)
        self._lock = threading.RLock()
        self._owner: int | None = None
        """The thread that is in a batch."""
        self._failed = False
        self._pending: dict[str, dict[str, Doc | None]] = {}
        """What the batch changes, by table and id; memory takes it from the line, once that is on the disk."""
        self._last_id = 0

    @property
    def writer(self) -> str:
        """<device>.<slot> of this session."""
        return self._writer.name

    @property
    def slow(self) -> bool:
        """Whether a save ever took over 100 ms; saves then belong in a worker."""
        return self._writer.slow or self._live.slow

    def expanded(self, table: str, doc: Doc) -> Doc:
        """The document with its large texts, read from their files; a lost one is left out."""
        return blobs.restore_large_fields(self.directory, doc) if table in BLOB_TABLES and blobs.names(doc) else doc

    def tables(self) -> set[str]:
        """The names of the tables that hold something."""
        return {name for name in [*self._store.shelves, *self._pending] if self.docs(name)}

    def docs(self, table: str) -> Mapping[str, Doc]:
        """The documents of a table as they are, not to be changed; with those of a batch that has not ended."""
        return MappingProxyType(self._docs(table))

    def _docs(self, table: str) -> dict[str, Doc]:
        docs = self._store.table(table).docs
        if table not in self._pending:
            return docs
        merged: dict[str, Doc | None] = {**docs, **self._pending[table]}
        return {id: doc for id, doc in merged.items() if doc is not None}

    def peek(self, table: str, id: str) -> Doc | None:
        """One document as it is, not to be changed, without loading the others."""
        pending = self._pending.get(table)
        return pending[id] if pending and id in pending else self._store.table(table).get(id)

    def ids_by(self, table: str, field: str, values: Sequence[Any]) -> set[str] | None:
        """The ids of the documents that have one of these values there; None where schema.py names no such
        index, or a value is no text.

        Those that a batch changes are all among them.
        """
        if table not in TABLES or field not in TABLES[table].indexed:
            return None
        wanted = [value for value in values if isinstance(value, str)]
        if len(wanted) < len(values):
            return None
        return self._store.table(table).ids_by(field, wanted) | self._pending.get(table, {}).keys()

    def new_id(self) -> str:
        """A random id; ids sort by the time they were made: 11 hex digits of ms, 10 of chance."""
        fresh = milliseconds(self.clock) << 40 | int.from_bytes(os.urandom(5))
        self._last_id = fresh if fresh > self._last_id else self._last_id + 1
        return f"{self._last_id:021x}"

    def put_back(self, table: str, id: str, doc: Doc) -> None:
        """Stores a document as an earlier version wrote it; part of the caller's batch."""
        self._change({table: {id: doc}}, checked=False)

    def change(self, changes: Mapping[str, Mapping[str, Doc | None]]) -> None:
        """Puts and, for None, removes documents, all or none of them.

        Live tables (place, positions, drafts) outside a batch change in memory and are saved with `save_live`;
        inside a batch they are part of it. Documents are not to be changed by the caller before that is done.
        """
        inside = self._owner == threading.get_ident()
        if not inside and changes.keys() <= LIVE_TABLES:
            self.check_writable()
            for table, docs in changes.items():
                for id, doc in docs.items():
                    self._check_fields(table, id, doc)
                    self._live.put(table, id, doc, self.writer)
        elif inside:
            self._change(changes)
        else:
            with self.batch():
                self._change(changes)

    def _check_fields(self, table: str, id: str, doc: Doc | None) -> None:
        if doc is not None:
            self._check(table, doc, lambda: self.peek(table, id) or {})

    def _change(self, changes: Mapping[str, Mapping[str, Doc | None]], *, checked: bool = True) -> None:
        try:
            for table, docs in changes.items():
                for id, doc in docs.items():
                    if checked:
                        self._check_fields(table, id, doc)
                    if doc is not None and table in BLOB_TABLES:
                        doc = blobs.move_large_fields_out(self.directory, doc)
                    self._pending.setdefault(table, {})[id] = doc
        except BaseException as problem:
            self._failed = True
            if isinstance(problem, OSError):
                raise self._not_saved(problem) from problem
            raise

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Everything inside is one line and one sync: all of it is saved when the block ends, or none.

        Whatever goes wrong, in the block or on the disk, memory is as before it. Batches nest; a failed inner one
        fails the outer one. Raises NotSaved, ReadOnly.
        """
        if self._owner == threading.get_ident():
            with self._inner():
                yield
            return
        with self._lock:
            self.check_writable()
            self._owner = threading.get_ident()
            try:
                yield
                if self._failed:
                    raise RecordError("A part of this change failed, so none of it was made.")
                if self._pending:
                    pending, self._pending = self._pending, {}
                    self.commit(encode(encode_changes(pending)))
                    self._live.mark_committed(pending)
            finally:
                self._owner, self._failed, self._pending = None, False, {}

    @contextlib.contextmanager
    def _inner(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._failed = True
            raise

    def commit(self, body: bytes) -> None:
        """Writes one line with these encoded changes and takes it into memory. Raises NotSaved."""
        try:
            self._writer.commit(body)
        except OSError as problem:
            raise self._not_saved(problem) from problem
        except RecordError as problem:  # met while the journal had to be opened anew
            raise NotSaved(f"Not saved. {problem.message}", problem.hint) from problem

    def check_writable(self) -> None:
        """Raises ReadOnly, with the reason, where nothing can be saved."""
        if self.readonly_reason:
            raise ReadOnly(f"Not saved: {self.readonly_reason}.")

    def live_due(self) -> float | None:
        """The time on the clock's monotonic scale at which `save_live` must be called; None where nothing waits."""
        return self._live.due()

    def save_live(self) -> None:
        """Puts the live tables' changes on the disk. Raises NotSaved; they are kept and can be saved again."""
        with self._lock:
            try:
                self._live.save(self.writer)
            except OSError as problem:
                raise self._not_saved(problem) from problem

    def _not_saved(self, problem: OSError) -> NotSaved:
        return NotSaved(
            f"Not saved: {problem.strerror or problem} ({self.directory}).",
            "Nothing you saved before is harmed. Make room or mend the place, then try again.",
        )
