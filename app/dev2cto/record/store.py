"""The tables in memory: the newest version of each document wins, whichever session wrote it."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Callable, Iterable, Iterator

from dev2cto.record.field_index import FieldIndex
from dev2cto.record.journal.codec import LATEST, Doc, JournalEntry, listed
from dev2cto.record.layout import is_of
from dev2cto.record.migrations import SCHEMA
from dev2cto.record.stored_table import NEVER, SpillableTable, StoredDocument, StoredTable, TablePart, Version, newest

MANY = 2000
"""Number of documents or lines above which loading is optimised."""

Spill = Callable[[str, "StoredTable | None"], "SpillableTable | None"]
"""(name of a table, what the checkpoint has of it) to a table on disk, or None if there is no room."""

SPILL_ABOVE = 8000
"""Documents of an unloaded table that are held in memory before they are moved to the disk."""

Migrate = Callable[[str, Doc, int], Doc]
"""(table, document, the schema it was written in) to the document in the current schema."""

Shapes = Callable[[str], Callable[[str, Doc], bool] | None]
"""A table's name to the check of its documents (id, document); None if it has none."""


class TableState:
    """One table. It may stay in the checkpoint until all its documents are needed."""

    __slots__ = ("_docs", "_indexes", "_late", "_lock", "_rest", "_spill", "_spilled", "_versions", "changed")

    def __init__(self, lock: threading.RLock, spill: Callable[[StoredTable | None], SpillableTable | None]) -> None:
        self._spill = spill
        self._spilled: SpillableTable | None = None
        self._docs: dict[str, Doc] = {}
        self._versions: dict[str, Version] = {}
        self._rest: StoredTable | None = None
        self._late: TablePart = {}, {}
        self._indexes: dict[str, FieldIndex] = {}
        self._lock = lock
        self.changed: dict[str, None] = {}
        """Ids that changed since the last checkpoint."""

    @property
    def loaded(self) -> bool:
        """Whether all documents are in memory."""
        return self._rest is None

    @property
    def docs(self) -> dict[str, Doc]:
        """The documents by id; loads them if they are still in the checkpoint."""
        if self._rest is not None:
            self._fetch()
        return self._docs

    @property
    def versions(self) -> dict[str, Version]:
        """The versions by id, including those of deleted documents; loads them as `docs` does."""
        if self._rest is not None:
            self._fetch()
        return self._versions

    def get(self, id: str) -> Doc | None:
        """Return one document, or None, without loading the others."""
        rest = self._rest
        if rest is None:
            return self._docs.get(id)
        try:
            _, doc, version = rest.find(id)
        except LookupError:
            return self.docs.get(id)
        return doc if version >= self._late[1].get(id, NEVER) else self._late[0].get(id)

    def version(self, id: str) -> Version:
        """Return the version of one document, deleted or not, without loading the others; NEVER if it is unknown."""
        if self._rest is None:
            return self._versions.get(id, NEVER)
        try:
            return max(self._rest.find(id)[2], self._late[1].get(id, NEVER))
        except LookupError:
            return self.versions.get(id, NEVER)

    def scan(self) -> Iterator[tuple[str, Doc]]:
        """Yield ids and documents without keeping them in memory."""
        if self._rest is None:
            yield from [*self._docs.items()]
            return
        last = ""
        try:
            for id, doc, _ in self.stream():
                last = id
                if doc is not None:
                    yield id, doc
        except LookupError:  # the checkpoint is unusable from here on
            yield from [(id, doc) for id, doc in self.docs.items() if id > last]

    def stream(self) -> Iterator[StoredDocument]:
        """Yield all documents and deletions in ascending order of ids, of a table that is not in memory.

        Raises LookupError if they cannot be read.
        """
        assert self._rest is not None
        docs, versions = self._late
        if not versions:
            return self._rest.stream()
        return newest([self._rest.stream(), iter([(id, docs.get(id), versions[id]) for id in sorted(versions)])])

    @property
    def is_spilled(self) -> bool:
        """Whether some of it is on the disk and not in the checkpoint."""
        return self._spilled is not None

    def _move_to_disk(self) -> None:
        """Move what came after the checkpoint to the disk; if there is no room, it stays in memory."""
        if self._spilled is None:
            spilled = self._spill(self._rest)
            if spilled is None:
                return
        else:
            spilled = self._spilled
        with contextlib.suppress(OSError):
            spilled.add(self._late)
            self._rest = self._spilled = spilled
            self._late = {}, {}

    def evict(self, rest: StoredTable) -> None:
        """Drop everything from memory; from now on `rest` supplies it."""
        with self._lock:
            self._docs, self._versions, self._rest, self._late, self.changed = {}, {}, rest, ({}, {}), {}
            self._indexes, self._spilled = {}, None

    def ids_by(self, field: str, values: Iterable[str]) -> set[str]:
        """Return the ids of the documents with one of these values in that field; the first call builds the index."""
        with self._lock:
            found = self._indexes.get(field)
            if found is None:
                docs = self.docs
                found = self._indexes[field] = FieldIndex(field, docs)
            return found.find(values)

    def _index(self, id: str, old: Doc | None, new: Doc | None) -> None:
        for index in self._indexes.values():
            index.change(id, old, new)

    def _fetch(self) -> None:
        with self._lock:
            if self._rest is None:
                return
            collecting = gc.isenabled()
            gc.disable()  # collections would repeatedly scan the objects being created
            try:
                self._docs, self._versions = self._rest.everything()
            finally:
                if collecting:
                    gc.enable()
            if len(self._docs) > MANY:
                gc.freeze()  # a later collection would scan all of them and stall the screen
            if self._spilled is not None:
                self.changed = dict.fromkeys(self._spilled.unsaved())
            self._rest = self._spilled = None
            late, self._late = self._late, ({}, {})
            for id, version in late[1].items():
                self.apply(id, late[0].get(id), version)

    def delta(self) -> TablePart:
        """Return what changed since the last checkpoint, including the versions of deleted documents."""
        if self._rest is not None:
            return self._late
        docs = {id: self._docs[id] for id in self.changed if id in self._docs}
        return docs, {id: self._versions[id] for id in self.changed if id in self._versions}

    def apply(self, id: str, doc: Doc | None, version: Version) -> None:
        """Apply a version of a document (None for a deletion) unless a newer one is known."""
        docs, versions = (self._docs, self._versions) if self._rest is None else self._late
        if version <= versions.get(id, NEVER):
            return
        versions[id] = version
        if self._rest is None:
            self.changed[id] = None
        if self._indexes:
            self._index(id, docs.get(id), doc)
        if doc is None:
            docs.pop(id, None)
        else:
            docs[id] = doc
        if self._rest is not None and len(versions) > SPILL_ABOVE:
            self._move_to_disk()

    def set(self, id: str, doc: Doc | None, version: Version) -> None:
        """Set a document (None removes it) in memory before it is on the disk, whatever version is known."""
        self.versions[id] = version
        if self._indexes:
            self._index(id, self.docs.get(id), doc)
        if doc is None:
            self.docs.pop(id, None)
        else:
            self.docs[id] = doc


class Store:
    """All tables, and the hybrid clock that orders their changes."""

    def __init__(self, migrate: Migrate, shapes: Shapes = lambda _: None, device: str = "") -> None:
        """Erasures of other devices than `device` are only noted, in `asked`; without a device all are applied."""
        self._migrate = migrate
        self.device = device
        self.asked: dict[tuple[str, str], int] = {}
        """When documents were erased elsewhere (clock, ms) by (table, id), whether or not they are here."""
        self.spill: Spill = _stay_in_memory
        self.shapes = shapes
        """The checks of documents by table."""
        self.schema = SCHEMA
        """Documents of this schema need no migration."""
        self.shelves: dict[str, TableState] = {}
        self.lock = threading.RLock()
        """Held while a line is applied or a table is loaded, since commits may run in a worker."""
        self.time = 0
        """The largest clock value seen so far, ms."""
        self.changed_at = 0
        """The clock value of the newest line that changed a document, ms."""
        self.refused: list[tuple[str, str, Doc]] = []
        """(table, id, document) of what has not the shape of its table; the reader collects them after each line."""

    def empty(self) -> Store:
        """Return an empty store with the same migrations and checks."""
        return Store(self._migrate, self.shapes, self.device)

    def table(self, name: str) -> TableState:
        """Return the table of that name; creates an empty one if there is none yet."""
        found = self.shelves.get(name)
        if found is None:
            found = self.shelves[name] = TableState(self.lock, lambda rest: self.spill(name, rest))
        return found

    def tick(self, now: int) -> int:
        """Return a clock value for an event at `now` (both ms): later than every value seen so far, up to `LATEST`."""
        return min(max(now, self.time + 1), LATEST)

    def apply(self, entry: JournalEntry, writer: str, schema: int) -> None:
        """Apply one line that is on the disk."""
        time = entry["t"]
        version = (time, writer, entry["c"])
        if time > self.time:
            self.time = time
        if time > self.changed_at and "h" not in entry:
            self.changed_at = time
        with self.lock:
            self._apply(entry, version, schema)

    def _apply(self, entry: JournalEntry, version: Version, schema: int) -> None:
        puts: dict[str, dict[str, Doc]] = entry.get("p", {})
        older = schema != self.schema
        for name, docs in puts.items():
            apply, fits = self.table(name).apply, self.shapes(name)
            for id, doc in docs.items():
                if older:
                    doc = self._migrate(name, doc, schema)
                if fits is None or fits(id, doc):
                    apply(id, doc, version)
                else:
                    self.refused.append((name, id, doc))
        if "d" in entry:
            for name, id in listed(entry["d"]):
                self.table(name).apply(id, None, version)
        if "e" in entry or (not puts and "a" in entry):
            self._erase(entry, version)

    def _erase(self, entry: JournalEntry, version: Version) -> None:
        if is_of(self.device, version[1]):
            for name, id in listed(entry.get("e", {})):
                self.table(name).apply(id, None, version)
            for time, tables in entry.get("a", ()) if "p" not in entry else ():
                for name, id in listed(tables):
                    self.table(name).apply(id, None, (time, "", ""))
            return
        for key in listed(entry.get("e", {})):
            self.asked[key] = max(entry["t"], self.asked.get(key, 0))


def _stay_in_memory(_: str, __: StoredTable | None) -> None:
    return None


def changes(entry: JournalEntry) -> Iterator[tuple[str, str, Doc | None]]:
    """Yield (table, id, document or None for a deletion) for what a line puts and deletes."""
    for name, docs in entry.get("p", {}).items():
        for id, doc in docs.items():
            yield name, id, doc
    for name, id in listed(entry.get("d", {})):
        yield name, id, None
