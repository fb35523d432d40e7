"""Access to the record's documents by the course's present ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dev2cto.record.moments import Moment
from dev2cto.record.record import Record
from dev2cto.record.schema import TABLES
from dev2cto.study.state.renames import aliases, resolve

_KNOWN = 20_000
"""Ids remembered at most."""


class Documents:
    """Documents by their present ids, even if saved under older ones; record/schema.py lists the fields with ids."""

    def __init__(self, record: Record, renamed: Mapping[str, str]) -> None:
        self._record, self._renamed = record, renamed
        self._known: dict[str, str] = {}

    def find(self, table: str, id: str) -> dict[str, Any] | None:
        """A copy of the document with that id, or else of the one saved under an older id; None if neither exists."""
        for name in self._names(table, id):
            found = self._record.table(table).get(doc_id=name)
            if found is not None:
                return dict(self.present(table, found))
        return None

    def all(self, table: str) -> dict[str, Mapping[str, Any]]:
        """All documents of a table by present id; one saved under the present id wins over one under an older id."""
        docs = {id: self.present(table, doc) for id, doc in self._record.table(table).stream()}
        if not self._renamed or "id" not in TABLES[table].renamed:
            return docs
        old_first = sorted(docs, key=lambda id: self._current(id) == id)
        return {self._current(id): docs[id] for id in old_first}

    def changed(self, table: str, id: str) -> Moment:
        """When the document last changed under any of its ids."""
        return max(self._record.changed(table, name) for name in self._names(table, id))

    def changes(self, table: str) -> dict[str, Moment]:
        """When each document of a table last changed, by present id."""
        found: dict[str, Moment] = {}
        for id, _ in self._record.table(table).stream():
            present, moment = self._current(id), self._record.changed(table, id)
            found[present] = max(found.get(present, moment), moment)
        return found

    def remove(self, table: str, id: str) -> None:
        """Remove the document under all its ids; part of the caller's batch."""
        self._record.table(table).remove(doc_ids=self._names(table, id))

    def present(self, table: str, doc: Mapping[str, Any]) -> Mapping[str, Any]:
        """The document with present ids in its fields, each a string, a list of ids or a mapping by id."""
        if not self._renamed:
            return doc
        changed: dict[str, Any] = {}
        for field in TABLES[table].renamed:
            value = doc.get(field)
            new: Any = value
            if isinstance(value, str):
                new = self._known.get(value) or self._present_id(value)
            elif isinstance(value, list):
                new = [self._present_id(str(id)) for id in value]
            elif isinstance(value, Mapping):
                new = {self._present_id(id): inner for id, inner in value.items()}
            if new != value:
                changed[field] = new
        return {**doc, **changed} if changed else doc

    def _present_id(self, id: str) -> str:
        """The present form of an id; remembered, since a history names the same ones again and again."""
        found = self._known.get(id)
        if found is None:
            if len(self._known) > _KNOWN:
                self._known.clear()
            found = self._known[id] = resolve(id, self._renamed)
        return found

    def _names(self, table: str, id: str) -> tuple[str, ...]:
        return aliases(id, self._renamed) if "id" in TABLES[table].renamed else (id,)

    def _current(self, id: str) -> str:
        return "/".join(resolve(part, self._renamed) for part in id.split("/"))
