"""The record as a TinyDB: tables and queries over journals instead of a single file.

It uses TinyDB's own extension points: a storage, a table class, string ids. A change writes only the documents it
affects, as one line for a whole batch, and is on the disk when the call returns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, NoReturn, overload

from tinydb import where
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from dev2cto.record.journal.codec import Doc, deep_copy
from dev2cto.record.schema import BLOB_TABLES
from dev2cto.record.tables import Tables

__all__ = ["OwnDocument", "QueryLike", "RecordStorage", "RecordTable", "where"]


class RecordStorage(Storage):
    """A TinyDB storage backed by the record's tables; it writes document by document."""

    def __init__(self, record: Tables) -> None:
        self.record = record

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return a copy of all tables, or None if there are none. TinyDB calls this only to drop tables."""
        names = self.record.tables()
        return {name: deep_copy(dict(self.record.docs(name))) for name in names} or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Make the record hold exactly this data; only the differences are written, in one commit."""
        changes: dict[str, dict[str, Doc | None]] = {}
        for name in {*self.record.tables(), *data}:
            old, new = self.record.docs(name), data.get(name, {})
            gone: dict[str, Doc | None] = {id: None for id in old if id not in new}
            changes[name] = gone | {id: doc for id, doc in new.items() if doc != old.get(id)}
        self.record.change(changes)


class OwnDocument(Document):
    """A deep copy of a document: modifying it does not affect what is stored."""

    def __init__(self, value: Mapping[str, Any], doc_id: Any) -> None:
        super().__init__(deep_copy(dict(value)), doc_id)


class RecordTable(Table):
    """A table whose changes write only the affected documents, and whose queries use the indexes of schema.py."""

    document_class = OwnDocument
    document_id_class = str  # type: ignore[assignment]  # TinyDB allows it and types it as int

    def __init__(self, storage: RecordStorage, name: str) -> None:
        # No query cache: it would not be invalidated by other sessions' changes.
        super().__init__(storage, name, cache_size=0)
        self._record = storage.record

    # -- reading

    def stream(self, cond: QueryLike | None = None) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield matching ids and documents without copying them; for scans of much of the history.

        Do not modify the documents; `search` returns copies.
        """
        for id, doc in self._candidates(cond):
            whole = self._record.expanded(self.name, doc)
            if cond is None or cond(whole):
                yield id, whole

    def scan(self, cond: QueryLike | None = None) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield what `stream` does, without keeping the table in memory; for single passes."""
        if cond is not None and self._record.is_loaded(self.name):
            yield from self.stream(cond)
            return
        if cond is None and self.name not in BLOB_TABLES:
            yield from self._record.scan(self.name)
            return
        for id, doc in self._record.scan(self.name):
            whole = self._record.expanded(self.name, doc)
            if cond is None or cond(whole):
                yield id, whole

    def _candidates(self, cond: QueryLike | None) -> Iterable[tuple[str, Doc]]:
        """Return the documents that can match: from an index if the query allows it, else all."""
        # TinyDB does not expose a query's structure except in `_hash`; without it all documents are scanned.
        ids = self._found_by_index(getattr(cond, "_hash", None))
        if ids is None:
            return list(self._record.docs(self.name).items())  # a copy, since a worker may save meanwhile
        found = ((id, self._record.peek(self.name, id)) for id in sorted(ids))
        return [(id, doc) for id, doc in found if doc is not None]

    def _found_by_index(self, query: object) -> set[str] | None:
        match query:
            case ("==", (str(field),), value):
                return self._record.ids_by(self.name, field, (value,))
            case ("one_of", (str(field),), tuple(values)):
                return self._record.ids_by(self.name, field, values)
            case ("and", frozenset() as parts):
                found = (self._found_by_index(part) for part in parts)
                return min((ids for ids in found if ids is not None), key=len, default=None)
        return None

    def _document(self, id: str, doc: Mapping[str, Any]) -> OwnDocument:
        return OwnDocument(self._record.expanded(self.name, dict(doc)), id)

    @overload  # type: ignore[override]  # TinyDB types ids as int
    def get(self) -> NoReturn: ...

    @overload
    def get(self, cond: QueryLike) -> Document | None: ...

    @overload
    def get(self, cond: None = ..., *, doc_id: Any) -> Document | None: ...

    @overload
    def get(self, cond: None = ..., *, doc_ids: Iterable[Any]) -> list[Document]: ...

    def get(
        self, cond: QueryLike | None = None, doc_id: Any = None, doc_ids: Iterable[Any] | None = None
    ) -> Document | list[Document] | None:
        """TinyDB's get; by id it does not load the rest of the table."""
        if doc_id is not None:
            doc = self._record.peek(self.name, doc_id)
            return None if doc is None else self._document(doc_id, doc)
        if doc_ids is not None:
            found = ((id, self._record.peek(self.name, id)) for id in dict.fromkeys(doc_ids))
            return [self._document(id, doc) for id, doc in found if doc is not None]
        if cond is None:
            raise RuntimeError("You have to pass either cond or doc_id or doc_ids")
        return next((OwnDocument(doc, id) for id, doc in self.stream(cond)), None)

    def search(self, cond: QueryLike) -> list[Document]:
        """TinyDB's search. A comparison with an indexed field examines only those documents, sorted by id."""
        return [OwnDocument(doc, id) for id, doc in self.stream(cond)]

    def contains(self, cond: QueryLike | None = None, doc_id: Any = None) -> bool:
        """TinyDB's contains, without copying documents."""
        if doc_id is not None:
            return self._record.peek(self.name, doc_id) is not None
        if cond is None:
            raise RuntimeError("You have to pass either cond or doc_id")
        return any(True for _ in self.stream(cond))

    def count(self, cond: QueryLike) -> int:
        """TinyDB's count, without copying documents."""
        return sum(1 for _ in self.stream(cond))

    def __iter__(self) -> Iterator[Document]:
        return (OwnDocument(doc, id) for id, doc in self.stream())

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return self._record.docs(self.name)  # type: ignore[return-value]  # TinyDB only reads it

    # -- changing

    def put(self, doc_id: str, document: Mapping[str, Any]) -> None:
        """Store a document, replacing any with that id; `upsert` would keep its other fields."""
        self._record.change({self.name: {doc_id: dict(document)}})

    def insert(self, document: Mapping[str, Any]) -> str:  # type: ignore[override]  # TinyDB types ids as int
        """Store a document under a new id, or under a Document's own, and return the id."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[str]:  # type: ignore[override]  # likewise
        """Store documents as `insert` does, in one commit. Raises ValueError if an id already exists."""
        new: dict[str, Doc | None] = {}
        for document in documents:
            if not isinstance(document, Mapping):
                raise ValueError("Document is not a Mapping")
            given = document.doc_id if isinstance(document, Document) else None
            id = self._record.new_id() if given is None else str(given)
            if given is not None and (id in new or self._record.peek(self.name, id) is not None):
                raise ValueError(f"Document with ID {id} already exists")
            new[id] = dict(document)
        if new:
            self._record.change({self.name: new})
        return list(new)

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[Any] | None = None,
    ) -> list[Any]:
        """TinyDB's update; documents that do not match are not copied."""
        if cond is not None and doc_ids is None:
            doc_ids, cond = [id for id, _ in self.stream(cond)], None
        return super().update(fields, cond, doc_ids)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None) -> list[Any]:
        """TinyDB's remove; documents that do not match are not copied."""
        if cond is not None and doc_ids is None:
            doc_ids, cond = [id for id, _ in self.stream(cond)], None
        return super().remove(cond, doc_ids)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        view = _Changed(self._record, self.name)
        updater(view)
        new = {id: doc for id, doc in view.new.items() if doc != self._record.peek(self.name, id)}
        if new:
            self._record.change({self.name: new})


class _Changed(MutableMapping[str, Any]):
    """The view of a table that TinyDB's updaters modify: it copies documents on access and records changes."""

    def __init__(self, record: Tables, table: str) -> None:
        self._record, self._table = record, table
        self.new: dict[str, Doc | None] = {}

    def _old(self, id: str) -> Doc | None:
        return self._record.peek(self._table, id)

    def __contains__(self, id: object) -> bool:
        return self.new[id] is not None if id in self.new else self._old(str(id)) is not None

    def __getitem__(self, id: str) -> Doc:
        doc = self.new.get(id)
        if doc is None:
            old = None if id in self.new else self._old(id)
            if old is None:
                raise KeyError(id)
            doc = self.new[id] = deep_copy(old)
        return doc

    def __setitem__(self, id: str, doc: Doc) -> None:
        self.new[id] = doc

    def __delitem__(self, id: str) -> None:
        if id not in self:
            raise KeyError(id)
        self.new[id] = None

    def __iter__(self) -> Iterator[str]:
        base = self._record.docs(self._table)
        added = (id for id in self.new if id not in base)
        return (id for id in [*base, *added] if id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove all documents without copying them first."""
        self.new = dict.fromkeys([*self._record.docs(self._table), *self.new])
