"""An index from field values to documents, so that a query need not scan the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dev2cto.record.journal.codec import Doc


class FieldIndex:
    """The ids of documents by the text in one field; its table keeps it up to date."""

    __slots__ = ("_field", "_ids")

    def __init__(self, field: str, docs: Mapping[str, Doc]) -> None:
        self._field = field
        self._ids: dict[str, set[str]] = {}
        for id, doc in docs.items():
            self.change(id, None, doc)

    def change(self, id: str, old: Doc | None, new: Doc | None) -> None:
        """Update the index for a document that was replaced, added (`old` is None) or removed (`new` is None)."""
        before, now = (None if doc is None else doc.get(self._field) for doc in (old, new))
        if before == now:
            return
        if isinstance(before, str):
            self._ids[before].discard(id)
        if isinstance(now, str):
            self._ids.setdefault(now, set()).add(id)

    def find(self, values: Iterable[str]) -> set[str]:
        """Return the ids of the documents whose field has one of these values."""
        return set().union(*(self._ids.get(value, ()) for value in values))
