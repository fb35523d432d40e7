"""The tables in memory: the newest version of each document wins, wherever it was written."""

from __future__ import annotations

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

    __slots__ = ("_docs", "_late", "_load", "_versions", "changed")

    def __init__(self, load: Callable[[], Part] | None = None) -> None:
        self._docs: dict[str, Doc] = {}
        self._versions: dict[str, Version] = {}
        self._load = load
        self._late: list[tuple[str, Doc | None, Version]] = []
        self.changed: dict[str, None] = {}

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

    def _fetch(self) -> None:
        assert self._load is not None
        self._docs, self._versions = self._load()
        self._load = None
        late, self._late = self._late, []
        for id, doc, version in late:
            self.take(id, doc, version)

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
        self.time = 0
        """The largest clock value seen so far, ms."""

    def shelf(self, name: str) -> Shelf:
        """The table of that name; an empty one where there is none yet."""
        found = self.shelves.get(name)
        if found is None:
            found = self.shelves[name] = Shelf()
        return found

    def tick(self, now: int) -> int:
        """A clock value for something that happens now (ms): later than all that was ever seen."""
        return max(now, self.time + 1)

    def apply(self, entry: Entry, writer: str, schema: int) -> None:
        """Takes in one line that is on the disk."""
        version = (entry["t"], writer, entry["c"])
        self.time = max(self.time, entry["t"])
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
