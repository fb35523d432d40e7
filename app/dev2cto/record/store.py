"""The tables in memory: the newest version of each document wins, whichever session wrote it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.record.journal.codec import LATEST, Doc, JournalEntry, listed
from dev2cto.record.layout import is_of
from dev2cto.record.migrations import SCHEMA
from dev2cto.record.schema import LASTING
from dev2cto.record.stored_table import SpillableTable, StoredTable, Version
from dev2cto.record.table_state import ShapeCheck, TableState

if TYPE_CHECKING:
    from dev2cto.record.device_key import DeviceKey

Spill = Callable[[str, "StoredTable | None"], "SpillableTable | None"]
"""(name of a table, what the checkpoint has of it) to a table on disk, or None if there is no room."""

Migrate = Callable[[str, Doc, int], Doc]
"""(table, document, the schema it was written in) to the document in the current schema."""

Shapes = Callable[[str], ShapeCheck | None]
"""A table's name to the check of its documents; None if it has none."""


BELIEVED = 1 << 43
"""Clock values of this machine are smaller, ms: in the year 2248."""


class Store:
    """All tables, and the hybrid clock that orders their changes."""

    def __init__(self, migrate: Migrate, shapes: Shapes = lambda _: None, device: str = "") -> None:
        """Erasures of other devices than `device` are only noted, in `asked`; without a device all are applied."""
        self._migrate = migrate
        self.device = device
        self.key_file: Path | None = None
        """The file of the device's key; without one, every line under the device's name counts as its own."""
        self.asked: dict[tuple[str, str], int] = {}
        """When documents were erased elsewhere (clock, ms) by (table, id), whether or not they are here."""
        self._key: DeviceKey | None = None
        self.spill: Spill = _stay_in_memory
        self.shapes = shapes
        """The checks of documents by table."""
        self.left_out: frozenset[str] = frozenset()
        """Tables of which nothing is applied."""
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
        store = Store(self._migrate, self.shapes, self.device)
        store.key_file = self.key_file
        return store

    def adopt(self, other: Store) -> None:
        """Take all that another store of this device holds, which is not used any more."""
        with self.lock:
            self.time, self.changed_at = max(self.time, other.time), max(self.changed_at, other.changed_at)
            for key, time in other.asked.items():
                self.asked[key] = max(time, self.asked.get(key, 0))
            for name, state in other.shelves.items():
                self.table(name).adopt(state)

    def table(self, name: str) -> TableState:
        """Return the table of that name; creates an empty one if there is none yet."""
        found = self.shelves.get(name)
        if found is None:
            found = self.shelves[name] = TableState(self.lock, lambda rest: self.spill(name, rest))
        return found

    def tick(self, now: int) -> int:
        """Return a clock value for an event at `now` (both ms): later than every value seen so far.

        A `now` that no clock can be right about is not used: all later values would have to be later still.
        """
        return min(max(now if now < BELIEVED else 0, self.time + 1), LATEST - 1)

    def apply(self, entry: JournalEntry, writer: str, schema: int) -> None:
        """Apply one line that is on the disk."""
        time = entry["t"]
        if time == LATEST:  # of a clock that stopped there: nothing could be later
            time = 0
        version = (time, writer, entry["c"])
        if time > self.time:
            self.time = time
        if time > self.changed_at and "h" not in entry:
            self.changed_at = time
        with self.lock:
            puts: dict[str, dict[str, Doc]] = entry.get("p", {})
            for name, docs in puts.items():
                if name in self.left_out:
                    continue
                if schema != self.schema:
                    docs = {id: self._migrate(name, doc, schema) for id, doc in docs.items()}
                state = self.shelves.get(name) or self.table(name)
                if wrong := state.put(docs, version, self.shapes(name)):
                    self.refused += ((name, id, docs[id]) for id in wrong)
            if "d" in entry or "e" in entry or (not puts and "a" in entry):
                self._remove(entry, version)

    def is_own(self, entry: JournalEntry, writer: str) -> bool:
        """Whether what a line of that writer erases, if anything, is erased here: this device says so."""
        if not is_of(self.device, writer) or self.key_file is None:
            return is_of(self.device, writer)
        if "e" not in entry and ("a" not in entry or "p" in entry) and next(erasures(entry), None) is None:
            return True
        from dev2cto.record.device_key import NONE, read_key  # rarely needed

        if self._key in (None, NONE):  # there may be one by now
            self._key = read_key(self.key_file)
        return self._key is None or self._key.vouches(entry, self.device)

    def _remove(self, entry: JournalEntry, version: Version) -> None:
        own = self.is_own(entry, version[1])
        for name, id in listed(entry.get("d", {})):
            if own or name not in LASTING:
                self.table(name).apply(id, None, version)
        if own:
            for name, id in listed(entry.get("e", {})):
                self.table(name).apply(id, None, version)
            for time, tables in entry.get("a", ()) if "p" not in entry else ():
                for name, id in listed(tables):
                    self.table(name).apply(id, None, (time, "", ""))
            return
        for key in erasures(entry):
            self.asked[key] = max(entry["t"], self.asked.get(key, 0))


def _stay_in_memory(_: str, __: StoredTable | None) -> None:
    return None


def erasures(entry: JournalEntry) -> Iterator[tuple[str, str]]:
    """Yield (table, id) of what a line erases, or removes although no session removes it."""
    yield from listed(entry.get("e", {}))
    yield from (key for key in listed(entry.get("d", {})) if key[0] in LASTING)


def changes(entry: JournalEntry) -> Iterator[tuple[str, str, Doc | None]]:
    """Yield (table, id, document or None for a deletion) for what a line puts and deletes."""
    for name, docs in entry.get("p", {}).items():
        for id, doc in docs.items():
            yield name, id, doc
    for name, id in listed(entry.get("d", {})):
        yield name, id, None
