"""Documents of the record under the ids that the course uses now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dev2cto.record.record import Record
from dev2cto.study.state.renames import current, names


class Documents:
    """Documents by their present ids, whatever they were called when they were kept."""

    def __init__(self, record: Record, renamed: Mapping[str, str]) -> None:
        self._record, self._renamed = record, renamed

    def find(self, table: str, id: str) -> dict[str, Any] | None:
        """A copy of the document with that id, or else of the one that was kept under an older name of it."""
        for name in names(id, self._renamed):
            found = self._record.table(table).get(doc_id=name)
            if found is not None:
                return found
        return None

    def all(self, table: str) -> dict[str, Mapping[str, Any]]:
        """All documents of a table; one that was kept under the present id leads."""
        docs = dict(self._record.table(table).stream())
        if not self._renamed:
            return dict(docs)
        old_first = sorted(docs, key=lambda id: current(id, self._renamed) == id)
        return {current(id, self._renamed): docs[id] for id in old_first}

    def remove(self, table: str, id: str) -> None:
        """Remove the document under each of its names; part of the caller's batch."""
        for name in names(id, self._renamed):
            self._record.table(table).discard(name)

    def attempts(self) -> dict[str, Mapping[str, Any]]:
        """All attempts by id, naming quizzes, exercises and items as the course does now."""
        docs = dict(self._record.table("attempts").stream())
        return {id: self._present(doc) for id, doc in docs.items()} if self._renamed else dict(docs)

    def attempt(self, id: str) -> dict[str, Any] | None:
        """An attempt by its id, as `attempts` has it."""
        doc = self._record.table("attempts").get(doc_id=id)
        return None if doc is None else dict(self._present(doc))

    def _present(self, doc: Mapping[str, Any]) -> Mapping[str, Any]:
        if not self._renamed:
            return doc
        new = dict(doc)
        for field in ("quiz", "module", "exercise"):
            if field in new:
                new[field] = current(str(new[field]), self._renamed)
        if "items" in new:
            new["items"] = [current(str(item), self._renamed) for item in new["items"]]
        if "draws" in new:
            new["draws"] = {current(item, self._renamed): draw for item, draw in new["draws"].items()}
        return new
