"""What makes opening fast: what the journals said, in a form that loads table by table, in the cache folder.

It is never needed and never trusted: it counts only while each journal still holds, where the checkpoint ends, the
very line that was read there, and every part carries a checksum. Losing it costs time, nothing else.

`head` says how far each journal was read and where each table's part ends. A part is a file of segments; the first
holds the whole table, those appended later hold what changed.
"""

from __future__ import annotations

import contextlib
import fcntl
import marshal
import os
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from dev2cto.errors import RecordError
from dev2cto.record import durable
from dev2cto.record.folder import LIVE, check_private, make_private
from dev2cto.record.lines import BODY_AT, FORMAT
from dev2cto.record.numbers import Numbers
from dev2cto.record.reader import Damage, Progress, Reader
from dev2cto.record.store import NEVER, Part, Shelf

_SEGMENTS = 16
"""A table in memory that has more segments than this is written anew."""


class Unusable(Exception):
    """The checkpoint, or a part of it, cannot be used."""


class PartFile(NamedTuple):
    """Where a table lies."""

    name: str
    length: int
    segments: int


class Checkpoint:
    """The checkpoint of one record."""

    def __init__(self, cache: Path, reader: Reader) -> None:
        real = os.path.realpath(reader.directory)
        self._folder = cache / f"record-{zlib.crc32(os.fsencode(real)):08x}"
        self._stamp = f"{sys.implementation.cache_tag} {FORMAT} {reader.schema} {real}"
        self._reader = reader
        self._token = ""
        self._parts: dict[str, PartFile] = {}
        self._distrusted = False

    def load(self) -> bool:
        """Fills an empty reader. False where there is nothing usable; then nothing was changed but `expected`."""
        try:
            check_private(self._folder)
            head = _load(self._read("head", None))
            if head["stamp"] != self._stamp:
                return False
            files = {name: Progress(*progress) for name, progress in head["files"].items()}
            parts = {table: PartFile(*part) for table, part in head["parts"].items()}
        except (OSError, RecordError, Unusable, LookupError, TypeError, ValueError):
            return False
        seen = {writer: Numbers(spans) for writer, spans in head["seen"].items()}
        reader = self._reader
        if not all(_still_holds(reader.directory / name, progress) for name, progress in files.items()):
            reader.expected = {writer: numbers.next for writer, numbers in seen.items()}
            return False
        reader.files, reader.seen, reader.headers = files, seen, head["headers"]
        reader.known = {(damage[0], damage[1]): Damage(*damage) for damage in head["damaged"]}
        reader.store.time, reader.store.changed_at = head["time"], head["changed_at"]
        self._token, self._parts = head["token"], parts
        for table in parts:
            reader.store.shelf(table).leave(self._loader(table))
        return True

    def _loader(self, table: str) -> Callable[[], Part]:
        part = self._parts[table]

        def load() -> Part:
            try:
                return self._load_part(part)
            except (OSError, Unusable, LookupError, TypeError, ValueError):
                self._parts.pop(table, None)  # written anew with the next checkpoint
                return self._reader.again(table)

        return load

    def _read(self, name: str, length: int | None) -> bytes:
        """Raises OSError, Unusable."""
        fd = os.open(self._folder / name, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        with os.fdopen(fd, "rb") as file:
            if os.fstat(fd).st_uid != os.geteuid():
                raise Unusable
            return file.read() if length is None else file.read(length)

    def _load_part(self, part: PartFile) -> Part:
        data = self._read(part.name, part.length)
        if len(data) != part.length:
            raise Unusable
        (docs, versions), at = _segment(data, 0)
        while at < len(data):
            (new_docs, new_versions), at = _segment(data, at)
            for id, version in new_versions.items():
                if version > versions.get(id, NEVER):
                    versions[id] = version
                    docs.pop(id, None)
                    if id in new_docs:
                        docs[id] = new_docs[id]
        return docs, versions

    def save(self) -> None:
        """Writes what changed since the last one; where that cannot be done nothing happens."""
        if self._distrusted:
            return
        with contextlib.suppress(OSError, RecordError, ValueError):
            make_private(self._folder)
            lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._save()
            finally:
                os.close(lock)

    def _save(self) -> None:
        if self._current_token() != self._token:
            return  # another session has written one since; what is new here is read from the journals
        reader = self._reader
        damaged = (reader.known | reader.damaged).values()
        old = {part.name for part in self._parts.values()}
        with reader.store.lock:
            for table, shelf in reader.store.shelves.items():
                self._save_table(table, shelf)
        self._token = durable.token()
        head = {
            "stamp": self._stamp,
            "token": self._token,
            "files": {n: p.state() for n, p in reader.files.items() if not n.startswith(LIVE)},
            "seen": {writer: [tuple(span) for span in seen.spans] for writer, seen in reader.seen.items()},
            "headers": {name: header for name, header in reader.headers.items() if name in reader.files},
            "damaged": [tuple(damage) for damage in damaged if not damage.kept],
            "time": reader.store.time,
            "changed_at": reader.store.changed_at,
            "parts": {table: tuple(part) for table, part in self._parts.items()},
        }
        scratch = self._folder / "head.tmp"
        _write(scratch, _packed(head), append_at=0)
        os.replace(scratch, self._folder / "head")
        wanted = old | {part.name for part in self._parts.values()}
        for path in self._folder.glob("*.part"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _current_token(self) -> str:
        try:
            token = _load(self._read("head", None))["token"]
        except (OSError, Unusable, LookupError, TypeError):
            return self._token  # there is none, or it is of no use to anybody
        return str(token)

    def _save_table(self, table: str, shelf: Shelf) -> None:
        part, news = self._parts.get(table), shelf.news()
        if part is not None and not news[1]:
            return
        if part is None or (shelf.loaded and part.segments >= _SEGMENTS):
            data = _packed((shelf.docs, shelf.versions))
            part = PartFile(f"{table}.{durable.token()}.part", len(data), 1)
            _write(self._folder / part.name, data, append_at=0)
        else:
            data = _packed(news)
            _write(self._folder / part.name, data, append_at=part.length)
            part = PartFile(part.name, part.length + len(data), part.segments + 1)
        self._parts[table] = part
        shelf.changed = {}
        if not shelf.loaded:
            shelf.leave(self._loader(table))

    def unload(self, tables: frozenset[str]) -> None:
        """Takes tables that were just saved out of memory; they are loaded when they are used."""
        for table in tables & self._parts.keys():
            shelf = self._reader.store.shelf(table)
            if not shelf.changed:
                shelf.leave(self._loader(table))

    def distrust(self) -> None:
        """The journals hold something else than it says: the next opening reads them, this session writes none."""
        self._distrusted = True
        with contextlib.suppress(OSError):
            (self._folder / "head").unlink()

    def drop(self) -> None:
        """Removes it, so that the next opening reads the journals."""
        for path in self._folder.glob("*"):
            with contextlib.suppress(OSError):
                path.unlink()
        self._parts, self._token = {}, ""


def _still_holds(path: Path, progress: Progress) -> bool:
    """Whether the file has, where it was read to, the very line that was read there."""
    try:
        check_private(path)
        with open(path, "rb") as file:
            file.seek(progress.last_at)
            line = file.read(progress.end - progress.last_at)
            progress.inode = os.fstat(file.fileno()).st_ino
    except (OSError, RecordError):
        return False
    body = line[BODY_AT:-1]
    return progress.end == 0 or (
        line[6:14] == progress.last.encode() == b"%08x" % zlib.crc32(body) and line[-1:] == b"\n"
    )


def _packed(value: Any) -> bytes:
    body = marshal.dumps(value)
    return b"%08x%016x" % (zlib.crc32(body), len(body)) + body


def _segment(data: bytes, at: int) -> tuple[Any, int]:
    """The value at that place and where the next one begins. Raises Unusable."""
    try:
        length = int(data[at + 8 : at + 24], 16)
        body = data[at + 24 : at + 24 + length]
        if int(data[at : at + 8], 16) != zlib.crc32(body) or len(body) != length:
            raise Unusable
        return marshal.loads(body), at + 24 + length
    except (ValueError, EOFError, TypeError) as problem:
        raise Unusable from problem


def _load(data: bytes) -> Any:
    return _segment(data, 0)[0]


def _write(path: Path, data: bytes, *, append_at: int) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.truncate(append_at)
        file.seek(append_at)
        file.write(data)
