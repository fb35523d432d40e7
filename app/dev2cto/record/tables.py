"""The layer below TinyDB's tables (tinydb_storage.py): documents in memory, batches, live tables."""

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
from dev2cto.record import moments
from dev2cto.record.journal import blobs
from dev2cto.record.journal.codec import Doc, decode, encode
from dev2cto.record.journal.line_stream import LONGEST_LINE
from dev2cto.record.journal.live import Changes, Live, encode_changes
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.journal.writer import Writer, milliseconds
from dev2cto.record.migrations import SCHEMA, upgrade
from dev2cto.record.moments import Moment
from dev2cto.record.schema import BLOB_TABLES, CACHES, LIVE_TABLES, TABLES
from dev2cto.record.schema import check as declared
from dev2cto.record.shapes import shape_check
from dev2cto.record.store import Store
from dev2cto.record.stored_table import Version

FieldCheck = Callable[[str, Mapping[str, Any], Callable[[], Mapping[str, Any]]], None]
"""(table, document to write, function that returns the document it replaces); raises ValueError for a bad document."""


class Tables:
    """The tables of one record. A method that changes them returns when the change is on the disk, or raises NotSaved.

    Changes to live tables are the exception, see `change`.
    """

    def __init__(self, directory: Path, clock: Clock, device: str, check: FieldCheck, first_slot: int) -> None:
        self.directory = directory
        self.clock = clock
        self.device = device
        self.config: Path | None = None
        """The folder of what holds on this device; None if the record does without."""
        self._check = check
        self.readonly_reason = ""
        """Why nothing can be saved; empty if the record is writable."""
        store = Store(upgrade, shape_check, device) if check is declared else Store(upgrade, device=device)
        self.reader = JournalReader(directory, store, SCHEMA)
        self._store = self.reader.store
        self._writer = Writer(self.reader, device, clock, first_slot)
        self._live = Live(self.reader, clock)
        self._lock = threading.RLock()
        self._owner: int | None = None
        """Id of the thread that is in a batch."""
        self._failed = False
        self._pending: dict[str, dict[str, Doc | None]] = {}
        """The batch's changes by table and id; they reach the tables only from the line, once that is on the disk."""
        self._last_id = 0

    @property
    def writer(self) -> str:
        """This session's <device>.<slot>."""
        return self._writer.name

    @property
    def slow(self) -> bool:
        """Whether a save has ever taken longer than 100 ms; saves should then run in a worker."""
        return self._writer.slow or self._live.slow

    def expanded(self, table: str, doc: Doc) -> Doc:
        """Return the document with its large texts read from their files; lost and invalid ones are left out."""
        if table not in BLOB_TABLES or not blobs.names(doc):
            return doc
        full = blobs.restore_large_fields(self.directory, doc)
        fits = self._store.shapes(table)
        if fits is None or fits("", full):
            return full
        return {key: value for key, value in full.items() if value is doc[key]}

    def tables(self) -> set[str]:
        """Return the names of the tables that are not empty."""
        return {name for name in [*self._store.shelves, *self._pending] if self.docs(name)}

    def docs(self, table: str) -> Mapping[str, Doc]:
        """Return a table's documents without copying them, including pending changes of a batch. Do not modify them."""
        return MappingProxyType(self._docs(table))

    def _docs(self, table: str) -> dict[str, Doc]:
        docs = self._store.table(table).docs
        if table not in self._pending:
            return docs
        merged: dict[str, Doc | None] = {**docs, **self._pending[table]}
        return {id: doc for id, doc in merged.items() if doc is not None}

    def scan(self, table: str) -> Iterator[tuple[str, Doc]]:
        """Yield a table's ids and documents without keeping them in memory. Do not modify them."""
        if table in self._pending:
            return iter([*self._docs(table).items()])
        return self._store.table(table).scan()

    def is_loaded(self, table: str) -> bool:
        """Whether all documents of a table are in memory."""
        return self._store.table(table).loaded

    def peek(self, table: str, id: str) -> Doc | None:
        """Return one document without copying it or loading the others, or None. Do not modify it."""
        pending = self._pending.get(table)
        return pending[id] if pending and id in pending else self._store.table(table).get(id)

    def version(self, table: str, id: str) -> Version:
        """Return the saved version of one document, also of a deleted one; NEVER if there was none."""
        return self._store.table(table).version(id)

    @property
    def asked_erasures(self) -> Mapping[str, int]:
        """The documents shown here, counted by table, that other devices erased; caches, which follow, do not count.

        They stay until the learner agrees, see merge.py.
        """
        if not self._store.asked:
            return {}
        from dev2cto.record.erase_marks import by_table, waiting  # rarely needed

        return by_table(key for key in waiting(self._store) if key[0] not in CACHES)

    def changed(self, table: str, id: str) -> Moment:
        """Return when a document last changed; what a batch changes is later than anything saved."""
        if id in self._pending.get(table, ()):
            return Moment(self._store.tick(milliseconds(self.clock)), made=False)
        return Moment(self.version(table, id)[0], made=False)

    def made(self, table: str, id: str) -> Moment:
        """Return when a document was made, if its id says so; else when it last changed."""
        made = moments.of_id(id)
        return self.changed(table, id) if made < 0 else Moment(made, made=True)

    def made_ms(self, table: str, id: str) -> int:
        """Return the time of `made`, ms."""
        made = moments.of_id(id)
        return self.changed(table, id).ms if made < 0 else made

    def ids_by(self, table: str, field: str, values: Sequence[Any]) -> set[str] | None:
        """Return the ids of the documents whose field has one of these values, plus all that a batch has changed.

        None if schema.py declares no such index or a value is not a string.
        """
        if table not in TABLES or field not in TABLES[table].indexed:
            return None
        wanted = [value for value in values if isinstance(value, str)]
        if len(wanted) < len(values):
            return None
        return self._store.table(table).ids_by(field, wanted) | self._pending.get(table, {}).keys()

    def new_id(self) -> str:
        """Return a random id; ids sort by time of creation: 11 hex digits for the hybrid clock (ms), 10 random ones."""
        fresh = self._store.tick(milliseconds(self.clock)) << 40 | int.from_bytes(os.urandom(5))
        self._last_id = fresh if fresh > self._last_id else self._last_id + 1
        return f"{self._last_id:021x}"

    def put_back(self, lines: Callable[[], Iterator[Changes]]) -> None:
        """Store documents as they were written earlier, without checking their fields: all of them or none.

        Each element of `lines` becomes one line; there is one sync. Raises NotSaved, ReadOnly.
        """
        with self._lock:
            self.check_writable()
            try:
                self._writer.commit_many(lambda: self._bodies(lines()))
            except OSError as problem:
                raise self._not_saved(problem) from problem
            except RecordError as problem:  # while reopening the journal
                raise NotSaved(f"Not saved. {problem.message}", problem.hint) from problem

    def _bodies(self, lines: Iterator[Changes]) -> Iterator[bytes]:
        """Yield the encoded lines; one that would be too long is a line for each document."""
        for line in lines:
            light = self._light(line)
            body = encode(encode_changes(light))
            if len(body) < LONGEST_LINE // 2:
                yield body
            else:
                yield from (
                    encode(encode_changes({t: {id: doc}})) for t, docs in light.items() for id, doc in docs.items()
                )

    def _light(self, changes: Changes) -> Changes:
        """Return the changes with large fields moved to files. Raises OSError."""
        return {
            table: {id: doc and blobs.move_large_fields_out(self.directory, doc) for id, doc in docs.items()}
            if table in BLOB_TABLES
            else docs
            for table, docs in changes.items()
        }

    def change(self, changes: Changes) -> None:
        """Put documents, or remove them (None): all or none of them.

        Outside a batch, live tables (place, positions, drafts) change in memory only until `save_live`; inside a
        batch they are part of it. The caller must not modify the documents until they are saved.
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
            fits = self._store.shapes(table)
            if fits is not None and not fits(id, doc) and not fits(id, decode(encode(doc))):  # which has no tuples
                raise ValueError(f"A document of {table!r} has a value that record/rows.py does not allow: {doc}")

    def _change(self, changes: Changes) -> None:
        try:
            for table, docs in changes.items():
                for id, doc in docs.items():
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
        """Save all changes in the block as one line with one sync at its end: all of them or none.

        If the block or the disk fails, memory is left unchanged. Batches nest; a failed inner batch fails the outer
        one. Raises NotSaved, ReadOnly, and RecordError if a failure inside the block was suppressed.
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
                    raise RecordError("Part of this change failed, so nothing was saved.")
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
        """Write one line with these encoded changes and apply it in memory. Raises NotSaved."""
        try:
            self._writer.commit(body)
        except OSError as problem:
            raise self._not_saved(problem) from problem
        except RecordError as problem:  # while reopening the journal
            raise NotSaved(f"Not saved. {problem.message}", problem.hint) from problem

    def check_writable(self) -> None:
        """Raises ReadOnly, with the reason, if nothing can be saved."""
        if self.readonly_reason:
            raise ReadOnly(f"Not saved: {self.readonly_reason}.")

    def live_due(self) -> float | None:
        """The monotonic time by which `save_live` must be called; None if nothing is unsaved."""
        return self._live.due()

    def save_live(self) -> None:
        """Write the live tables' unsaved changes to the disk. Raises NotSaved; they stay pending for a retry."""
        with self._lock:
            try:
                self._live.save(self.writer)
            except OSError as problem:
                raise self._not_saved(problem) from problem

    def _not_saved(self, problem: OSError) -> NotSaved:
        return NotSaved(
            f"Not saved: {problem.strerror or problem} ({self.directory}).",
            "Everything saved earlier is intact. Free some space or fix the folder's permissions, then try again.",
        )
