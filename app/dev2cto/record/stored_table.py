"""Tables on disk, sorted by id, and merging them: what the checkpoint and scratch files have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, Self

from dev2cto.record.journal.codec import Doc

Version = tuple[int, str, str]
"""(hybrid clock in ms, writer, checksum of the line): a total order that is the same on all machines."""

NEVER: Version = (0, "", "")

TablePart = tuple[dict[str, Doc], dict[str, Version]]
"""Documents by id, and versions by id (including those of deleted documents)."""

StoredDocument = tuple[str, Doc | None, Version]
"""Id, document (None if it was deleted), version."""


Place = tuple[int, int]
"""Offset and length of a block (table_file.py) in a file."""


class StoredTable(Protocol):
    """A table in the checkpoint."""

    def everything(self) -> TablePart:
        """Return all documents and versions."""
        ...

    def find(self, id: str) -> StoredDocument:
        """Return one document (None if there is none) with its version. Raises LookupError if it cannot be read."""
        ...

    def stream(self) -> Iterator[StoredDocument]:
        """Yield all documents in ascending order of ids, deletions too. Raises LookupError if they cannot be read."""
        ...


class SpillableTable(StoredTable, Protocol):
    """A table on disk that takes more documents than the checkpoint has."""

    def unsaved(self) -> Iterable[str]:
        """Yield the ids that came after the checkpoint."""
        ...

    def add(self, part: TablePart) -> None:
        """Add documents and deletions. Raises OSError; nothing is added then."""
        ...

    def add_all(self, other: Self) -> None:
        """Add everything that another table of this kind holds. Raises OSError; nothing is added then."""
        ...

    def arranged(self) -> Iterator[tuple[str, Place]]:
        """Yield first id and place of all blocks in ascending order. Raises OSError, LookupError."""
        ...

    def read(self, place: Place) -> bytes:
        """Return blocks by their place. Raises OSError."""
        ...


def newest(streams: Iterable[Iterator[StoredDocument]]) -> Iterator[StoredDocument]:
    """Merge streams in ascending order of ids into one with the newest version of each document."""
    from heapq import merge  # rarely needed

    last: StoredDocument | None = None
    for found in merge(*streams, key=_id_and_version):
        if last is not None and last[0] != found[0]:
            yield last
        last = found
    if last is not None:
        yield last


def _id_and_version(found: StoredDocument) -> tuple[str, Version]:
    return found[0], found[2]


def changed_by(stream: Iterator[StoredDocument], part: TablePart) -> Iterator[StoredDocument]:
    """Yield a stream in ascending order of ids with the documents of `part` that are new or newer."""
    docs, versions = part
    if not versions:
        yield from stream
        return
    waiting = iter(sorted(versions))
    next_id = next(waiting, None)
    for found in stream:
        while next_id is not None and next_id <= found[0]:
            if next_id < found[0]:
                yield next_id, docs.get(next_id), versions[next_id]
            elif versions[next_id] > found[2]:
                found = next_id, docs.get(next_id), versions[next_id]
            next_id = next(waiting, None)
        yield found
    while next_id is not None:
        yield next_id, docs.get(next_id), versions[next_id]
        next_id = next(waiting, None)
