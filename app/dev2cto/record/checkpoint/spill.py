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

from dev2cto.record.checkpoint.table_file import CorruptCheckpoint, Segment, blocks, blocks_of, decode_segment
from dev2cto.record.stored_table import NEVER, Place, StoredDocument, StoredTable, TablePart, newest

_MOST_RUNS = 32
"""Runs above which they are merged into one: each costs a look at every search."""


Block = tuple[str, str, Place]
"""First id, last id, place."""


_PIECE = 1 << 20
_NEAR = 8
"""Blocks that were looked into lately and are kept."""


class Run(NamedTuple):
    """Blocks of documents in ascending order of ids."""

    firsts: list[str]
    """The first id of each block."""
    lasts: list[str]
    """The last id of each block."""
    places: list[Place]


class SpilledTable:
    """A table in a scratch file, beside what the checkpoint has of it, if anything."""

    def __init__(self, folder: Path, base: StoredTable | None, instead: Callable[[], TablePart]) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  (as long as the table)
        self._base = base
        self._instead = instead
        self._runs: list[Run] = []
        self._end = 0
        self._near: dict[Place, TablePart] = {}

    def add(self, part: TablePart) -> None:
        """Add documents and deletions, which may be there already. Raises OSError; nothing is added then."""
        new = self._write(blocks_of(part))
        for run in self._runs:
            if run.lasts[-1] < new.firsts[0]:  # the rule, where ids sort by time
                run.firsts.extend(new.firsts)
                run.lasts.extend(new.lasts)
                run.places.extend(new.places)
                return
        self._runs = [*self._runs, new]
        self._merge_runs()

    def add_all(self, other: SpilledTable) -> None:
        """Add everything that another table without a base holds. Raises OSError; nothing is added then."""
        at = 0
        while at < other._end:
            piece = other.read((at, min(_PIECE, other._end - at)))
            self._file.seek(self._end + at)
            self._file.write(piece)
            at += len(piece)
            if not piece:
                raise OSError("a scratch file became shorter")
        self._file.flush()
        begin, self._end = self._end, self._end + at
        for run in other._runs:
            places = [(begin + at, length) for at, length in run.places]
            self._runs = [*self._runs, Run([*run.firsts], [*run.lasts], places)]
        self._merge_runs()

    def _merge_runs(self) -> None:
        if len(self._runs) > _MOST_RUNS:
            with contextlib.suppress(OSError):  # more runs are only slower
                self._runs = [self._write(blocks(self._in_order()))]

    def _write(self, segments: Iterator[Segment]) -> Run:
        run, end = Run([], [], []), self._end
        for first, last, data in segments:
            self._file.seek(end)
            self._file.write(data)
            run.firsts.append(first)
            run.lasts.append(last)
            run.places.append((end, len(data)))
            end += len(data)
        self._file.flush()
        self._end = end
        return run

    def read(self, place: Place) -> bytes:
        """Return a part of the file. Raises OSError."""
        self._file.seek(place[0])
        return self._file.read(place[1])

    def _block(self, place: Place) -> TablePart:
        part: TablePart = decode_segment(self.read(place), 0)[0]
        return part

    def _block_at(self, place: Place) -> TablePart:
        """As `_block`, and keep it: what is asked for next is mostly near."""
        found = self._near.get(place)
        if found is None:
            if len(self._near) == _NEAR:
                del self._near[next(iter(self._near))]
            found = self._near[place] = self._block(place)
        return found

    def find(self, id: str) -> StoredDocument:
        """Return one document (None if deleted or unknown) with its id and version. Raises CorruptCheckpoint."""
        found: StoredDocument = (id, None, NEVER) if self._base is None else self._base.find(id)
        for run in self._runs:
            at = bisect_right(run.firsts, id) - 1
            if at < 0:
                continue
            docs, versions = self._block_at(run.places[at])
            if versions.get(id, NEVER) > found[2]:
                found = id, docs.get(id), versions[id]
        return found

    def stream(self) -> Iterator[StoredDocument]:
        """Yield all documents and deletions in ascending order of ids. Raises CorruptCheckpoint."""
        runs = self._in_order()
        return runs if self._base is None else newest([self._base.stream(), runs])

    def arranged(self) -> Iterator[tuple[str, Place]]:
        """Yield first id and place of all blocks in ascending order, after those that reach into each other are merged.

        Raises OSError, CorruptCheckpoint.
        """
        if self._base is not None:
            self._runs, self._base = [self._write(blocks(self.stream()))], None
        for group in self._groups():
            if len(group) == 1:
                yield group[0][0], group[0][2]
            else:
                merged = self._write(blocks(self._merged(group)))
                yield from zip(merged.firsts, merged.places, strict=True)

    def _in_order(self) -> Iterator[StoredDocument]:
        """Yield what the runs hold in ascending order of ids."""
        for group in self._groups():
            yield from self._merged(group)

    def _groups(self) -> Iterator[list[Block]]:
        """Yield the blocks of all runs in ascending order, those together that reach into each other."""
        found = sorted(block for run in self._runs for block in zip(run.firsts, run.lasts, run.places, strict=True))
        group: list[Block] = []
        reach = ""
        for block in found:
            if group and block[0] > reach:
                yield group
                group = []
            group.append(block)
            reach = max(reach, block[1])
        if group:
            yield group

    def _merged(self, group: list[Block]) -> Iterator[StoredDocument]:
        """Yield the newest versions in these blocks, few of which are in memory at once."""
        rows: list[list[Block]] = []
        for block in group:
            row = next((row for row in rows if row[-1][1] < block[0]), None)
            if row is None:
                rows.append([block])
            else:
                row.append(block)
        streams = [self._documents(row) for row in rows]
        return streams[0] if len(streams) == 1 else newest(streams)

    def _documents(self, row: list[Block]) -> Iterator[StoredDocument]:
        for _, _, place in row:
            docs, versions = self._block(place)
            for id, version in versions.items():
                yield id, docs.get(id), version

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
