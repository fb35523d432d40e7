"""A backup's documents in scratch files while they are compared with the record and restored."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile

from dev2cto.errors import RecordError
from dev2cto.record.checkpoint.checkpoint import NoTable
from dev2cto.record.checkpoint.spill import SpilledTable
from dev2cto.record.journal.codec import Doc
from dev2cto.record.record import Record
from dev2cto.record.schema import TABLES
from dev2cto.record.store import Store
from dev2cto.record.stored_table import NEVER, StoredTable, TablePart, Version
from dev2cto.record.table_state import TableState

Put = tuple[str, str, Doc]
"""Table, id and document."""


def staging(record: Record) -> Store:
    """Return an empty store that keeps its tables in scratch files of the record's folder when they are large."""
    store = record.reader.store.empty()

    def spill(_: str, __: StoredTable | None) -> SpilledTable:
        return SpilledTable(record.directory, None, _unreadable)

    store.spill = spill
    for table in TABLES:
        store.table(table).evict(NoTable())
    return store


def _unreadable() -> TablePart:
    raise RecordError("What was unpacked of the backup cannot be read again.", "Nothing was changed. Check the disk.")


def compared(ours: TableState, theirs: TableState) -> Iterator[tuple[str, Doc | None, Doc | None, Version]]:
    """Yield id, our document, their document and its version for each id that either table has a document of."""
    left, right = ours.in_order(), theirs.in_order()
    mine, other = next(left, None), next(right, None)
    found: tuple[str, Doc | None, Doc | None, Version]
    while mine is not None or other is not None:
        if other is None or (mine is not None and mine[0] < other[0]):
            assert mine is not None
            found = mine[0], mine[1], None, NEVER
            mine = next(left, None)
        elif mine is None or other[0] < mine[0]:
            found = other[0], None, other[1], other[2]
            other = next(right, None)
        else:
            found = other[0], mine[1], other[1], other[2]
            mine, other = next(left, None), next(right, None)
        if found[1] is not None or found[2] is not None:
            yield found


class StagedDocuments:
    """Documents of a store in the order of their last changes, which decides what a reset covers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wanted: list[tuple[Version, str, str]] = []
        self._last: Sequence[Put] = ()

    def add(self, table: str, id: str, version: Version) -> None:
        """Add a document of the store."""
        self._wanted.append((version, table, id))

    def end_with(self, puts: Sequence[Put]) -> None:
        """Add documents that come after all others."""
        self._wanted.sort()
        self._last = puts

    def __iter__(self) -> Iterator[Put]:
        for _, table, id in self._wanted:
            doc = self._store.table(table).get(id)
            assert doc is not None
            yield table, id, doc
        yield from self._last


class StagedTexts:
    """Large texts in a scratch file."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  (as long as the plan)
        self._ends: list[int] = []

    def add(self, path: Path) -> None:
        """Add the content of a file. Raises OSError."""
        self._file.seek(0, 2)
        with open(path, "rb") as file:
            shutil.copyfileobj(file, self._file)
        self._ends.append(self._file.tell())

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[bytes]:
        begin = 0
        for end in self._ends:
            self._file.seek(begin)
            yield self._file.read(end - begin)
            begin = end
