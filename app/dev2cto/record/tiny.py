"""TinyDB's tables over the record: TinyDB's own extension points, without its rewriting of everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, Protocol

from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from dev2cto.record.lines import Doc, copy


class Source(Protocol):
    """What TinyDB's side needs of a record."""

    def names(self) -> set[str]:
        """The tables that hold something."""
        ...

    def docs(self, table: str) -> Mapping[str, Doc]:
        """The documents of a table, not to be changed."""
        ...

    def change(self, changes: Mapping[str, Mapping[str, Doc | None]]) -> None:
        """Puts and, for None, removes documents by table and id, in one commit."""
        ...

    def new_id(self) -> str:
        """A fresh id that sorts after all earlier ones of this session."""
        ...


class RecordStorage(Storage):
    """A TinyDB storage that hands the record's tables out and takes changes document by document."""

    def __init__(self, tables: Source) -> None:
        self.tables = tables

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Everything, copied. TinyDB asks for this only to list and to drop tables."""
        names = self.tables.names()
        return {name: copy(dict(self.tables.docs(name))) for name in names} or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Makes the record hold exactly this; only what differs is written, in one commit."""
        changes: dict[str, dict[str, Doc | None]] = {}
        for name in {*self.tables.names(), *data}:
            old, new = self.tables.docs(name), data.get(name, {})
            gone: dict[str, Doc | None] = {id: None for id in old if id not in new}
            changes[name] = gone | {id: doc for id, doc in new.items() if doc != old.get(id)}
        self.tables.change(changes)


class OwnDocument(Document):
    """A result that is the caller's own: changing it, however deep, changes nothing stored."""

    def __init__(self, value: Mapping[str, Any], doc_id: Any) -> None:
        super().__init__(copy(dict(value)), doc_id)


class RecordTable(Table):
    """A table whose updates touch only the documents that they change."""

    document_class = OwnDocument
    document_id_class = str  # type: ignore[assignment]  # TinyDB allows it and types it as int

    def __init__(self, storage: RecordStorage, name: str) -> None:
        # No query cache: another session's answers would not clear it.
        super().__init__(storage, name, cache_size=0)
        self._record = storage.tables

    def _get_next_id(self) -> str:
        return self._record.new_id()

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return self._record.docs(self.name)  # type: ignore[return-value]  # TinyDB only reads it

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        base = self._record.docs(self.name)
        view = _Changed(base)
        updater(view)
        new = {id: doc for id, doc in view.new.items() if doc != base.get(id)}
        if new:
            self._record.change({self.name: new})

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[Any] | None = None,
    ) -> list[Any]:
        """TinyDB's update; documents that do not match are not even copied."""
        if cond is not None and doc_ids is None:
            doc_ids, cond = self._matching(cond), None
        return super().update(fields, cond, doc_ids)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None) -> list[Any]:
        """TinyDB's remove; documents that do not match are not even copied."""
        if cond is not None and doc_ids is None:
            doc_ids, cond = self._matching(cond), None
        return super().remove(cond, doc_ids)

    def _matching(self, cond: QueryLike) -> list[str]:
        return [id for id, doc in self._read_table().items() if cond(doc)]


class _Changed(MutableMapping[str, Any]):
    """What TinyDB's updaters get: a table that copies what is touched and remembers what is new."""

    def __init__(self, base: Mapping[str, Doc]) -> None:
        self._base = base
        self.new: dict[str, Doc | None] = {}

    def __contains__(self, id: object) -> bool:
        return self.new[id] is not None if id in self.new else id in self._base

    def __getitem__(self, id: str) -> Doc:
        if id not in self:
            raise KeyError(id)
        doc = self.new.get(id)
        if doc is None:
            doc = self.new[id] = copy(self._base[id])
        return doc

    def __setitem__(self, id: str, doc: Doc) -> None:
        self.new[id] = doc

    def __delitem__(self, id: str) -> None:
        if id not in self:
            raise KeyError(id)
        self.new[id] = None

    def __iter__(self) -> Iterator[str]:
        added = (id for id in self.new if id not in self._base)
        return (id for id in [*self._base, *added] if id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Removes everything without copying it first."""
        self.new = dict.fromkeys([*self._base, *self.new])
