"""Tables that were read from the journals and are larger than memory should hold, in a scratch file.

Documents arrive in runs sorted by id; the newest version of each wins, over what the checkpoint has too. The file has
no name, so that nothing is left of it when the session ends, however it ends.
"""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from dev2cto.record.checkpoint.table_file import CorruptCheckpoint, blocks, decode_segment
from dev2cto.record.stored_table import NEVER, StoredDocument, StoredTable, TablePart, newest

_MOST_RUNS = 32
"""Runs above which they are merged into one: each costs a look at every search."""


class Run(NamedTuple):
    """Blocks of documents in ascending order of ids."""

    firsts: list[str]
    """The first id of each block."""
    lasts: list[str]
    """The last id of each block."""
    places: list[tuple[int, int]]
    """Offset and length of each block."""


class SpilledTable:
    """A table in a scratch file, beside what the checkpoint has of it, if anything."""

    def __init__(self, folder: Path, base: StoredTable | None, instead: Callable[[], TablePart]) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  (as long as the table)
        self._base = base
        self._instead = instead
        self._runs: list[Run] = []
        self._end = 0

    def add(self, part: TablePart) -> None:
        """Add a run. Raises OSError; nothing is added then."""
        docs, versions = part
        self._runs = [*self._runs, self._write((id, docs.get(id), versions[id]) for id in sorted(versions))]
        if len(self._runs) > _MOST_RUNS:
            with contextlib.suppress(OSError):  # more runs are only slower
                self._runs = [self._write(self._in_order())]

    def _write(self, documents: Iterator[StoredDocument]) -> Run:
        run, end = Run([], [], []), self._end
        for first, last, data in blocks(documents):
            self._file.seek(end)
            self._file.write(data)
            run.firsts.append(first)
            run.lasts.append(last)
            run.places.append((end, len(data)))
            end += len(data)
        self._file.flush()
        self._end = end
        return run

    def _block(self, place: tuple[int, int]) -> TablePart:
        self._file.seek(place[0])
        part: TablePart = decode_segment(self._file.read(place[1]), 0)[0]
        return part

    def find(self, id: str) -> StoredDocument:
        """Return one document (None if deleted or unknown) with its id and version. Raises CorruptCheckpoint."""
        found: StoredDocument = (id, None, NEVER) if self._base is None else self._base.find(id)
        for run in self._runs:
            at = bisect_right(run.firsts, id) - 1
            if at < 0:
                continue
            docs, versions = self._block(run.places[at])
            if versions.get(id, NEVER) > found[2]:
                found = id, docs.get(id), versions[id]
        return found

    def stream(self) -> Iterator[StoredDocument]:
        """Yield all documents and deletions in ascending order of ids. Raises CorruptCheckpoint."""
        runs = self._in_order()
        return runs if self._base is None else newest([self._base.stream(), runs])

    def _in_order(self) -> Iterator[StoredDocument]:
        """Yield what the runs hold; blocks that overlap no other, the rule where ids sort by time, are not compared."""
        found = sorted(block for run in self._runs for block in zip(run.firsts, run.lasts, run.places, strict=True))
        overlapping: list[tuple[int, int]] = []
        reach = ""
        for first, last, place in found:
            if overlapping and first > reach:
                yield from self._merged(overlapping)
                overlapping = []
            overlapping.append(place)
            reach = max(reach, last)
        yield from self._merged(overlapping)

    def _merged(self, places: list[tuple[int, int]]) -> Iterator[StoredDocument]:
        streams = [self._documents(place) for place in places]
        return streams[0] if len(streams) == 1 else newest(streams)

    def _documents(self, place: tuple[int, int]) -> Iterator[StoredDocument]:
        docs, versions = self._block(place)
        return ((id, docs.get(id), version) for id, version in versions.items())

    def everything(self) -> TablePart:
        """Return all documents and versions; from the journals if the checkpoint's part is unusable."""
        docs, versions = {}, {}
        try:
            for id, doc, version in self.stream():
                versions[id] = version
                if doc is not None:
                    docs[id] = doc
        except (OSError, CorruptCheckpoint):
            return self._instead()
        return docs, versions

    def unsaved(self) -> Iterator[str]:
        """Yield the ids that the checkpoint does not have in this version, some more than once."""
        for run in self._runs:
            for place in run.places:
                yield from self._block(place)[1]
