"""One table of the checkpoint on disk: documents are looked up singly, or the table is loaded as a whole.

A table file consists of checksummed segments: an index, the blocks of the base (documents in ascending order of ids),
then one delta segment for each later save of the checkpoint.
"""

import marshal
import os
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dev2cto.record.journal.codec import Doc
from dev2cto.record.stored_table import NEVER, Place, SpillableTable, StoredDocument, TablePart, Version, changed_by
from dev2cto.record.table_state import TableState

BLOCK = 128
"""Documents per block of the base."""

_DELTA_SEGMENTS = 16
"""Maximum number of delta segments; beyond it they are merged into one."""

_SMALL = 64 * 1024
"""Bytes of deltas below which the base is not rewritten."""

_PIECE = 1 << 20
_HEAD = 24
"""Bytes before a segment's body: checksum and length in hex."""


Segment = tuple[str, str, bytes]
"""First id, last id and bytes of a block."""


class CorruptCheckpoint(LookupError):
    """A table file, or the head, is damaged or missing; the journals are read instead."""


class TableFile(NamedTuple):
    """The file of a table and its layout."""

    name: str
    base: int
    """Bytes of index and blocks."""
    length: int
    """Total bytes."""
    deltas: int
    """Number of delta segments after the base."""


class CheckpointTable:
    """A table on disk; `instead` reads it from the journals if the file is unusable."""

    def __init__(self, folder: Path, part: TableFile, instead: Callable[[], TablePart]) -> None:
        self._folder = folder
        self._part = part
        self._instead = instead
        self._firsts: list[str] | None = None
        self._places: list[tuple[int, int]] = []
        self._delta: TablePart = {}, {}
        self._block: tuple[int, TablePart] = -1, ({}, {})

    def everything(self) -> TablePart:
        """Return all documents and versions; from the journals if the file is unusable."""
        try:
            data = self._read(0, self._part.length)
            index, at = decode_segment(data, 0)
            docs: dict[str, Doc] = {}
            versions: dict[str, Version] = {}
            for _ in index:
                (some_docs, some_versions), at = decode_segment(data, at)
                docs.update(some_docs)
                versions.update(some_versions)
            for _ in range(self._part.deltas):
                delta, at = decode_segment(data, at)
                _add(docs, versions, delta)
        except (OSError, CorruptCheckpoint, ValueError, TypeError):
            return self._instead()
        return docs, versions

    def stream(self) -> Iterator[StoredDocument]:
        """Yield all documents and deletions in ascending order of ids. Raises CorruptCheckpoint."""
        self.find("")
        return changed_by(self._base(), self._delta)

    def _base(self) -> Iterator[StoredDocument]:
        for place in self._places:
            try:
                docs, versions = decode_segment(self._read(*place), 0)[0]
            except (OSError, ValueError, TypeError) as problem:
                raise CorruptCheckpoint from problem
            for id in sorted(versions):
                yield id, docs.get(id), versions[id]

    def find(self, id: str) -> StoredDocument:
        """Return one document (None if deleted or unknown) with id and version. Raises CorruptCheckpoint."""
        try:
            if self._firsts is None:
                self._open()
            docs, versions = self._block_of(id)
        except (OSError, ValueError, TypeError) as problem:
            raise CorruptCheckpoint from problem
        version, newer = versions.get(id, NEVER), self._delta[1].get(id, NEVER)
        return (id, docs.get(id), version) if version >= newer else (id, self._delta[0].get(id), newer)

    def delta(self) -> TablePart:
        """Return what was added after the base. Raises CorruptCheckpoint."""
        self.find("")
        return self._delta

    def _open(self) -> None:
        head = self._read(0, _HEAD)
        index, at = decode_segment(head + self._read(_HEAD, int(head[8:], 16)), 0)
        data = self._read(self._part.base, self._part.length - self._part.base)
        docs, versions = self._delta
        offset = 0
        for _ in range(self._part.deltas):
            delta, offset = decode_segment(data, offset)
            _add(docs, versions, delta)
        for _, length in index:
            self._places.append((at, length))
            at += length
        self._firsts = [first for first, _ in index]

    def _block_of(self, id: str) -> TablePart:
        at = bisect_right(self._firsts or [], id) - 1
        if at >= 0 and self._block[0] != at:
            self._block = at, decode_segment(self._read(*self._places[at]), 0)[0]
        return self._block[1] if at >= 0 else ({}, {})

    def _read(self, offset: int, length: int) -> bytes:
        data = read(self._folder / self._part.name, offset, length)
        if len(data) != length:
            raise CorruptCheckpoint
        return data


def write_base(folder: Path, name: str, state: TableState) -> TableFile:
    """Write a complete table to a new file. Raises OSError."""
    some = list(blocks_of((state.docs, state.versions)))
    data = _index((first for first, _, _ in some), (len(block) for _, _, block in some))
    data += b"".join(block for _, _, block in some)
    write(folder / name, data, at=0)
    return TableFile(name, len(data), len(data), 0)


def write_spilled(folder: Path, name: str, table: SpillableTable) -> TableFile:
    """Write a complete table, of which little is in memory, to a new file. Raises OSError, CorruptCheckpoint."""
    found = list(table.arranged())
    data = _index((first for first, _ in found), (size for _, (_, size) in found))
    write(folder / name, data, at=0)
    length = len(data)
    with open(folder / name, "ab") as file:
        for at, size in _joined(place for _, place in found):
            file.write(table.read((at, size)))
            length += size
    return TableFile(name, length, length, 0)


def _joined(places: Iterable[Place]) -> Iterator[Place]:
    """Join places that follow each other until they are worth a system call."""
    begin = size = 0
    for at, length in places:
        if at != begin + size or size > _PIECE:
            yield begin, size
            begin, size = at, 0
        size += length
    yield begin, size


def _index(firsts: Iterable[str], lengths: Iterable[int]) -> bytes:
    """Return the index of blocks with these first ids and lengths."""
    index = list(zip(firsts, lengths, strict=True))
    return encode_segment([("", length) if not at else (first, length) for at, (first, length) in enumerate(index)])


def blocks(documents: Iterator[StoredDocument]) -> Iterator[Segment]:
    """Yield the blocks of documents that come in ascending order of ids."""
    docs: dict[str, Doc] = {}
    versions: dict[str, Version] = {}
    for id, doc, version in documents:
        versions[id] = version
        if doc is not None:
            docs[id] = doc
        if len(versions) == BLOCK:
            yield from blocks_of((docs, versions))
            docs, versions = {}, {}
    if versions:
        yield from blocks_of((docs, versions))


def blocks_of(part: TablePart) -> Iterator[Segment]:
    """Yield the blocks of a table or a part of one, in ascending order of ids."""
    docs, versions = part
    ids = sorted(versions)
    for start in range(0, len(ids), BLOCK):
        some = ids[start : start + BLOCK]
        block = {id: docs[id] for id in some if id in docs}, {id: versions[id] for id in some}
        yield some[0], some[-1], encode_segment(block)


def append_delta(folder: Path, part: TableFile, delta: TablePart, instead: Callable[[], TablePart]) -> TableFile:
    """Write a delta after the base, merging deltas if there are too many. Raises OSError, CorruptCheckpoint."""
    if part.deltas < _DELTA_SEGMENTS:
        data = encode_segment(delta)
        write(folder / part.name, data, at=part.length)
        return TableFile(part.name, part.base, part.length + len(data), part.deltas + 1)
    docs, versions = CheckpointTable(folder, part, instead).delta()
    _add(docs, versions, delta)
    data = encode_segment((docs, versions))
    write(folder / part.name, data, at=part.base)
    return TableFile(part.name, part.base, part.base + len(data), 1)


def needs_compaction(part: TableFile, loaded: bool) -> bool:
    """Whether the deltas have grown so much that the base should be rewritten."""
    return part.length - part.base > max(_SMALL, part.base // 2 if loaded else part.base)


def _add(docs: dict[str, Doc], versions: dict[str, Version], delta: TablePart) -> None:
    for id, version in delta[1].items():
        if version > versions.get(id, NEVER):
            versions[id] = version
            docs.pop(id, None)
            if id in delta[0]:
                docs[id] = delta[0][id]


def encode_segment(value: Any) -> bytes:
    """Return the segment that holds this value."""
    body = marshal.dumps(value)
    return b"%08x%016x" % (zlib.crc32(body), len(body)) + body


def decode_segment(data: bytes, at: int) -> tuple[Any, int]:
    """Return the value of the segment at that offset, and the offset of the next. Raises CorruptCheckpoint."""
    try:
        stop = at + _HEAD + int(data[at + 8 : at + _HEAD], 16)
        body = data[at + _HEAD : stop]
        if int(data[at : at + 8], 16) != zlib.crc32(body) or len(data) < stop:
            raise CorruptCheckpoint
        return marshal.loads(body), stop
    except (ValueError, EOFError, TypeError) as problem:
        raise CorruptCheckpoint from problem


def read(path: Path, offset: int, length: int | None) -> bytes:
    """Return bytes of a file from an offset; all the rest if `length` is None.

    Raises OSError, and CorruptCheckpoint if the file belongs to another user.
    """
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    with os.fdopen(fd, "rb", buffering=0) as file:
        found = os.fstat(fd)
        if found.st_uid != os.geteuid():
            raise CorruptCheckpoint
        file.seek(offset)
        return file.read(found.st_size - offset if length is None else length)


def write(path: Path, data: bytes, *, at: int) -> None:
    """Write data at that offset of a file and truncate the file after it. Raises OSError."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.truncate(at)
        file.seek(at)
        file.write(data)
