"""Live tables, which change with every key: updated in memory at once, saved shortly after in a separate journal."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from dev2cto.clock import Clock
from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import Doc, JournalEntry, decode, encode, encode_line
from dev2cto.record.journal.journal import FileReplaced, Journal
from dev2cto.record.journal.line_stream import sound_lines
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.journal.writer import SLOW, milliseconds, open_journal, session_header
from dev2cto.record.layout import LARGEST_LIVE, LIVE
from dev2cto.record.migrations import upgrade
from dev2cto.record.schema import LIVE_TABLES
from dev2cto.record.store import Shapes, changes

Changes = Mapping[str, Mapping[str, Doc | None]]
"""Documents by table and id; None for a deletion."""

AFTER_LAST = 1.0
"""Save this many seconds after the last change."""

AFTER_FIRST = 3.0
"""Save at most this many seconds after the first unsaved change: steady typing would postpone `AFTER_LAST` forever."""

TOO_LARGE = 1_000_000
"""Bytes above which the journal is compacted."""

WORTH_REWRITING = 64_000
"""Bytes above which it is compacted at the end of a session."""


class Live:
    """The live tables of one session."""

    def __init__(self, reader: JournalReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock
        self._journal: Journal | None = None
        self._guard = threading.Lock()
        self._unsaved: dict[str, dict[str, Doc | None]] = {}
        self._first = self._last = 0.0
        self._rewrite_above = TOO_LARGE
        self.slow = False
        """Whether a sync has ever taken so long that saves should run in a worker."""

    def put(self, table: str, id: str, doc: Doc | None, writer: str) -> None:
        """Change a document in memory (None removes it) and mark it unsaved. Raises TypeError, ValueError."""
        own: Doc | None = None if doc is None else decode(encode(doc))
        now = self._clock.monotonic()
        with self._guard:
            if not self._unsaved:
                self._first = now
            self._last = now
            self._unsaved.setdefault(table, {})[id] = own
            self._set(table, id, own, writer)

    def _set(self, table: str, id: str, doc: Doc | None, writer: str) -> None:
        store = self._reader.store
        store.time = store.tick(milliseconds(self._clock))  # a commit right after this must be later
        store.table(table).set(id, doc, (store.time, LIVE + writer, ""))

    def due(self) -> float | None:
        """The monotonic time by which `save` must be called; None if nothing is unsaved."""
        return min(self._last + AFTER_LAST, self._first + AFTER_FIRST) if self._unsaved else None

    def mark_committed(self, committed: Changes) -> None:
        """Discard unsaved versions of documents that were committed to the session's main journal."""
        with self._guard:
            for table in committed.keys() & self._unsaved.keys():
                for id in committed[table].keys() & self._unsaved[table].keys():
                    del self._unsaved[table][id]
            self._unsaved = {table: docs for table, docs in self._unsaved.items() if docs}

    def save(self, writer: str) -> None:
        """Write unsaved changes. Raises OSError; they stay unsaved then.

        May run in a worker: changes made meanwhile stay unsaved and visible in memory.
        """
        with self._guard:
            batch = {table: dict(docs) for table, docs in self._unsaved.items()}
        if not batch:
            return
        body = encode_changes(batch)
        try:
            self._append(body, writer)
        except FileReplaced:
            self.close()
            self._restore(writer)
            self._append(body, writer)
        except OSError:
            self._first = self._last = self._clock.monotonic()
            raise
        with self._guard:
            self._unsaved = {
                table: newer
                for table, docs in self._unsaved.items()
                if (newer := {id: doc for id, doc in docs.items() if doc is not batch.get(table, {}).get(id, batch)})
            }
            self._first = self._last
            for table, docs in self._unsaved.items():
                for id, doc in docs.items():
                    self._set(table, id, doc, writer)

    def _append(self, body: dict[str, Any], writer: str) -> None:
        path = self._reader.directory / f"{LIVE}{writer}.jsonl"
        if self._journal is None or self._journal.path != path:
            self.close()
            self._journal = self._open(path, writer)
        if self._journal.end > self._rewrite_above:
            self._journal = self._rewrite(self._journal, writer)
        self._write(self._journal, body)

    def _open(self, path: Path, writer: str) -> Journal:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        journal = open_journal(self._reader, path, fd)
        try:
            self._write(journal, session_header(self._clock, LIVE + writer, self._reader.schema))
            durable_io.sync_folder(path.parent)
        except BaseException:
            journal.close()
            raise
        return journal

    def _write(self, journal: Journal, body: dict[str, Any]) -> None:
        at, name, begun = journal.end, journal.path.name, self._clock.monotonic()
        try:
            line = journal.append(encode(body), self._reader.store.tick(milliseconds(self._clock)))
        finally:
            self._reader.doubt(name, journal.doubtful)
            self.slow = self.slow or self._clock.monotonic() - begun > SLOW
        self._reader.apply_line(name, self._reader.files[name], decode(line), at, len(line))

    def _rewrite(self, old: Journal, writer: str) -> Journal:
        """Compact the file to the newest version of each document and reopen it; versions do not change."""
        header = session_header(self._clock, LIVE + writer, self._reader.schema)
        data = compacted(entries_of(old.path), header, self._reader.schema, self._reader.store.shapes)
        durable_io.write_whole(old.path, data)
        self.close()
        fd = os.open(old.path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        journal = open_journal(self._reader, old.path, fd)
        self._rewrite_above = max(TOO_LARGE, 2 * journal.end)
        return journal

    def _restore(self, writer: str) -> None:
        """Rewrite the file from memory after it was replaced, truncated or deleted."""
        path, store = self._reader.directory / f"{LIVE}{writer}.jsonl", self._reader.store
        header = session_header(self._clock, LIVE + writer, self._reader.schema)
        saved: list[JournalEntry] = []
        for table in LIVE_TABLES:
            state = store.table(table)
            for id, (time, by, line) in state.versions.items():
                if by == LIVE + writer and line:
                    saved.append({"n": 0, "t": time, **encode_changes({table: {id: state.docs.get(id)}})})
        entries = chain(entries_of(path), saved)
        durable_io.write_whole(path, compacted(entries, header, self._reader.schema, store.shapes))

    def finish(self, writer: str) -> None:
        """Compact a large file, so that the next opening has little to read. Raises OSError."""
        if self._journal is not None and self._journal.end > WORTH_REWRITING:
            self._journal = self._rewrite(self._journal, writer)

    def close(self) -> None:
        """Close the file; unsaved changes stay unsaved."""
        if self._journal is not None:
            self._journal.close()
        self._journal = None


def encode_changes(changed: Changes) -> dict[str, Any]:
    """Return the content of one line that makes these changes."""
    body: dict[str, Any] = {}
    for table, docs in changed.items():
        puts = {id: doc for id, doc in docs.items() if doc is not None}
        if puts:
            body.setdefault("p", {})[table] = puts
        if len(puts) < len(docs):
            body.setdefault("d", {})[table] = [id for id, doc in docs.items() if doc is None]
    return body


def entries_of(path: Path) -> Iterator[JournalEntry]:
    """Yield the readable lines of a live journal, parsed; none if there is no file. Raises OSError."""
    try:
        with open(path, "rb") as file:
            check_size(file)
            for _, entry in sound_lines(file):
                assert entry is not None
                yield entry
    except FileNotFoundError:
        return


def check_size(file: BinaryIO) -> None:
    """Raises OSError if a live journal is larger than one can become."""
    if os.fstat(file.fileno()).st_size > LARGEST_LIVE:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), file.name)


def newest(
    entries: Iterable[JournalEntry], schema: int, shapes: Shapes
) -> dict[tuple[str, str], tuple[int, Doc | None]]:
    """Return the newest version of each document in a live journal: (clock value, document or None) by (table, id)."""
    return {(table, id): version for (table, id, fits), version in _newest(entries, schema, shapes).items() if fits}


def _newest(
    entries: Iterable[JournalEntry], schema: int, shapes: Shapes
) -> dict[tuple[str, str, bool], tuple[int, Doc | None]]:
    """As `newest`, by (table, id, whether it has its table's shape): what has not must not push out what has."""
    found: dict[tuple[str, str, bool], tuple[int, Doc | None]] = {}
    written = schema
    for entry in entries:
        written = entry.get("h", {}).get("schema", written)
        for table, id, doc in changes(entry):
            new = doc and upgrade(table, doc, written, schema=schema)
            check = shapes(table)
            key = table, id, new is None or check is None or check(id, new)
            if key not in found or entry["t"] >= found[key][0]:
                found[key] = entry["t"], new
    return found


def compacted(entries: Iterable[JournalEntry], header: JournalEntry, schema: int, shapes: Shapes) -> Iterator[bytes]:
    """Yield a live journal with only the newest version of each document, at its original clock value."""
    by_time: dict[int, dict[str, dict[str, Doc | None]]] = {}
    for (table, id, _), (time, doc) in _newest(entries, schema, shapes).items():
        by_time.setdefault(time, {}).setdefault(table, {})[id] = doc
    yield encode_line({"n": 0, "t": 0, **header})
    for number, time in enumerate(sorted(by_time), 1):
        yield encode_line({"n": number, "t": time, **encode_changes(by_time[time])})
