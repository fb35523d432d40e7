"""One table in memory, or as much of it as was needed so far: the newest version of each document wins."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping

from dev2cto.record.field_index import FieldIndex
from dev2cto.record.journal.codec import Doc
from dev2cto.record.stored_table import (
    NEVER,
    SpillableTable,
    StoredDocument,
    StoredTable,
    TablePart,
    Version,
    changed_by,
)

MANY = 2000
"""Number of documents or lines above which loading is optimised."""

SPILL_ABOVE = 512
"""Documents of an unloaded table that are held in memory before they are moved to the disk."""

ShapeCheck = Callable[[str, Doc], bool]
"""(id, document): whether the document has its table's shape."""


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
        for id, doc, _ in self.in_order():
            if doc is not None:
                yield id, doc

    def in_order(self) -> Iterator[StoredDocument]:
        """Yield all documents and deletions in ascending order of ids, without keeping them in memory."""
        last: str | None = None
        try:
            if self._rest is not None:
                for found in self.stream():
                    yield found
                    last = found[0]
                return
        except LookupError:  # the checkpoint is unusable from here on
            pass
        docs, versions = self.docs, self.versions
        yield from ((id, docs.get(id), versions[id]) for id in sorted(versions) if last is None or id > last)

    def stream(self) -> Iterator[StoredDocument]:
        """Yield all documents and deletions in ascending order of ids, of a table that is not in memory.

        Raises LookupError if they cannot be read.
        """
        assert self._rest is not None
        return changed_by(self._rest.stream(), self._late)

    def spilled(self) -> SpillableTable | None:
        """Return the table on the disk that holds all of it; None if the checkpoint or the memory has some of it.

        What came last may still be in memory if there is no room.
        """
        if self._spilled is not None and self._late[1]:
            self._move_to_disk(all=True)
        return None if self._late[1] else self._spilled

    def _move_to_disk(self, *, all: bool = False) -> None:
        """Move what came after the checkpoint to the disk; if there is no room, it stays in memory.

        Unless `all`, the document with the greatest id stays too: it is likely to change again.
        """
        if self._spilled is None:
            spilled = self._spill(self._rest)
            if spilled is None:
                return
        else:
            spilled = self._spilled
        docs, versions = self._late
        kept: TablePart = {}, {}
        if not all:
            last = max(versions)
            kept[1][last] = versions.pop(last)
            if last in docs:
                kept[0][last] = docs.pop(last)
        try:
            spilled.add(self._late)
            self._rest = self._spilled = spilled
            self._late = kept
        except OSError:
            docs.update(kept[0])
            versions.update(kept[1])

    def adopt(self, other: TableState) -> None:
        """Apply everything that another table holds, which is not used any more."""
        with self._lock:
            spilled, late = other._spilled, other._late
            if spilled is None or self._rest is None or not self._add_spilled(spilled):
                for id, doc, version in other.in_order():
                    self.apply(id, doc, version)
                return
            for id, version in late[1].items():
                self.apply(id, late[0].get(id), version)

    def _add_spilled(self, other: SpillableTable) -> bool:
        """Add a table on disk to that on disk; False if there is no room."""
        mine = self._spilled or self._spill(self._rest)
        if mine is None:
            return False
        try:
            mine.add_all(other)
        except OSError:
            return False
        self._rest = self._spilled = mine
        return True

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

    def put(self, docs: Mapping[str, Doc], version: Version, fits: ShapeCheck | None) -> list[str]:
        """Apply the documents of one line; return the ids of those that `fits`, if given, refuses."""
        wrong: list[str] = []
        in_memory = self._rest is None
        mine, versions = (self._docs, self._versions) if in_memory else self._late
        for id, doc in docs.items():
            known = versions.get(id)
            if fits is not None and not fits(id, doc):
                wrong.append(id)
            elif known is None or version > known:
                versions[id] = version
                if in_memory:
                    self.changed[id] = None
                    if self._indexes:
                        self._index(id, mine.get(id), doc)
                mine[id] = doc
        if not in_memory and len(versions) > SPILL_ABOVE:
            self._move_to_disk()
        return wrong

    def set(self, id: str, doc: Doc | None, version: Version) -> None:
        """Set a document (None removes it) in memory before it is on the disk, whatever version is known."""
        self.versions[id] = version
        if self._indexes:
            self._index(id, self.docs.get(id), doc)
        if doc is None:
            self.docs.pop(id, None)
        else:
            self.docs[id] = doc
