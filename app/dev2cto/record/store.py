"""The tables in memory: the newest version of each document wins, wherever it was written."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator

from dev2cto.record.lines import Doc, Entry

Version = tuple[int, str, str]
"""Hybrid clock in ms, writer, checksum of the line: a total order on which all machines agree."""

NEVER: Version = (0, "", "")

Part = tuple[dict[str, Doc], dict[str, Version]]
"""Documents by id, and versions by id (of deleted documents too)."""

Migrate = Callable[[str, Doc, int], Doc]
"""(table, document, the schema it was written in) to the document in today's schema."""


class Shelf:
    """One table. It may lie in the checkpoint until it is first looked at."""

    __slots__ = ("_docs", "_late", "_load", "_lock", "_versions", "changed")

    def __init__(self, lock: threading.RLock) -> None:
        self._docs: dict[str, Doc] = {}
        self._versions: dict[str, Version] = {}
        self._load: Callable[[], Part] | None = None
        self._late: list[tuple[str, Doc | None, Version]] = []
        self._lock = lock
        self.changed: dict[str, None] = {}
        """Ids that changed since the last checkpoint."""

    @property
    def loaded(self) -> bool:
        """Whether the documents are in memory."""
        return self._load is None

    @property
    def docs(self) -> dict[str, Doc]:
        """The documents by id; loads them where they are not there yet."""
        if self._load is not None:
            self._fetch()
        return self._docs

    @property
    def versions(self) -> dict[str, Version]:
        """The version of each document, of deleted ones too."""
        if self._load is not None:
            self._fetch()
        return self._versions

    def leave(self, load: Callable[[], Part]) -> None:
        """Forgets everything: from now on it lies where `load` finds it."""
        with self._lock:
            self._docs, self._versions, self._load, self._late, self.changed = {}, {}, load, [], {}

    def _fetch(self) -> None:
        with self._lock:
            if self._load is None:
                return
            collecting = gc.isenabled()
            gc.disable()  # it would walk through everything that is just being made
            try:
                self._docs, self._versions = self._load()
            finally:
                if collecting:
                    gc.enable()
            self._load = None
            late, self._late = self._late, []
            for id, doc, version in late:
                self.take(id, doc, version)

    def news(self) -> Part:
        """What changed since the last checkpoint: documents by id, and versions, of deleted documents too."""
        if self._load is None:
            docs = {id: self._docs[id] for id in self.changed if id in self._docs}
            return docs, {id: self._versions[id] for id in self.changed if id in self._versions}
        newest = Shelf(self._lock)
        for id, doc, version in self._late:
            newest.take(id, doc, version)
        return newest._docs, newest._versions

    def take(self, id: str, doc: Doc | None, version: Version) -> None:
        """A version of a document (None: its deletion) arrives; older ones change nothing."""
        if self._load is not None:
            self._late.append((id, doc, version))
            return
        if version <= self._versions.get(id, NEVER):
            return
        self._versions[id] = version
        self.changed[id] = None
        if doc is None:
            self._docs.pop(id, None)
        else:
            self._docs[id] = doc

    def force(self, id: str, doc: Doc | None, version: Version | None) -> None:
        """Sets what memory shows, whatever was there (a version of None: nothing was there)."""
        if doc is None:
            self.docs.pop(id, None)
        else:
            self.docs[id] = doc
        if version is None:
            self.versions.pop(id, None)
        else:
            self.versions[id] = version


class Store:
    """All tables, and the hybrid clock that orders what happens to them."""

    def __init__(self, migrate: Migrate) -> None:
        self._migrate = migrate
        self.shelves: dict[str, Shelf] = {}
        self.lock = threading.RLock()
        """Held while lines are taken in or a table is loaded; commits may run in a worker."""
        self.time = 0
        """The largest clock value seen so far, ms."""
        self.changed_at = 0
        """The clock value of the newest line that changed a document, ms."""

    def empty(self) -> Store:
        """Another store that migrates as this one does."""
        return Store(self._migrate)

    def shelf(self, name: str) -> Shelf:
        """The table of that name; an empty one where there is none yet."""
        found = self.shelves.get(name)
        if found is None:
            found = self.shelves[name] = Shelf(self.lock)
        return found

    def tick(self, now: int) -> int:
        """A clock value for something that happens now (ms): later than all that was ever seen."""
        return max(now, self.time + 1)

    def apply(self, entry: Entry, writer: str, schema: int) -> None:
        """Takes in one line that is on the disk."""
        version = (entry["t"], writer, entry["c"])
        self.time = max(self.time, entry["t"])
        if "h" not in entry:
            self.changed_at = max(self.changed_at, entry["t"])
        with self.lock:
            self._apply(entry, version, schema)

    def _apply(self, entry: Entry, version: Version, schema: int) -> None:
        for name, id, doc in changes(entry):
            self.shelf(name).take(id, doc if doc is None else self._migrate(name, doc, schema), version)


def changes(entry: Entry) -> Iterator[tuple[str, str, Doc | None]]:
    """(table, id, document or None for a deletion) of everything a line changes."""
    for name, docs in entry.get("p", {}).items():
        for id, doc in docs.items():
            yield name, id, doc
    for part in ("d", "e"):
        for name, ids in entry.get(part, {}).items():
            for id in ids:
                yield name, id, None
