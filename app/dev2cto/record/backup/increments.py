"""Daily archives that grow: today's is yesterday's compressed bytes, and one more piece with what is new.

An archive is a tar in several gzip members, which gzip and tar read as one. The first members are carried from day to
day as they are; the last holds the live journals and the manifest of this day, and ends the tar.
"""

import gzip
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from dev2cto.record.backup import manifest
from dev2cto.record.backup.manifest import FileDigest
from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import is_sound
from dev2cto.record.layout import LARGEST_LIVE

_PIECE = 1 << 18
_LEVEL = 1
"""Of zlib: fastest."""


class Covered(NamedTuple):
    """How far a journal is in an archive, and its last line there."""

    end: int
    """Bytes."""
    last_at: int
    """Where the last line begins."""
    last: str
    """Its checksum."""


class Carried(NamedTuple):
    """What the next archive takes from one as it is."""

    file: str
    """Name of the archive."""
    length: int
    """Its bytes up to the last gzip member."""
    checksum: int
    """CRC-32 of these bytes."""
    parts: dict[str, FileDigest]
    """The files in them."""
    covered: dict[str, Covered]
    """By journal."""

    def as_json(self) -> dict[str, Any]:
        """Return what `read_carried` reads."""
        return self._asdict()


NOTHING = Carried("", 0, 0, {}, {})


def read_carried(found: Any) -> Carried:
    """Return what an archive's `as_json` became in a file; NOTHING if it makes no sense."""
    try:
        parts = {str(name): FileDigest(int(f[0]), str(f[1]), int(f[2])) for name, f in found["parts"].items()}
        covered = {str(name): Covered(int(c[0]), int(c[1]), str(c[2])) for name, c in found["covered"].items()}
        return Carried(str(found["file"]), int(found["length"]), int(found["checksum"]), parts, covered)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return NOTHING


class Stopped(Exception):
    """The session ends, or a journal was replaced meanwhile; there is no backup."""


class DamagedJournal(Exception):
    """A line of this journal does not match its checksum; there is no backup."""


class DailyArchive:
    """An archive that is being written."""

    def __init__(self, path: Path, folder: Path, before: Carried, pause: Callable[[], bool]) -> None:
        """Begin with what is carried from an archive in `folder`; `pause` returns whether to stop."""
        self._pause = pause
        self._crc = 0
        self._length = 0
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        self._file = os.fdopen(fd, "wb")
        self.parts: dict[str, FileDigest] = {}
        self.covered: dict[str, Covered] = {}
        if before.length and self._carry(folder / before.file, before):
            self.parts, self.covered = dict(before.parts), dict(before.covered)
        else:
            self._file.seek(0)
            self._file.truncate()
            self._crc = self._length = 0

    def _carry(self, old: Path, before: Carried) -> bool:
        left = before.length
        try:
            with open(old, "rb") as file:
                while left and (piece := file.read(min(_PIECE, left))):
                    self.write(piece)
                    left -= len(piece)
        except OSError:
            return False
        return left == 0 and self._crc == before.checksum

    def _member(self) -> gzip.GzipFile:
        return gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=self, mtime=0)

    def flush(self) -> None:
        """Do nothing; gzip expects it of a file."""

    def write(self, data: bytes) -> int:
        """Write compressed bytes. Raises OSError, Stopped."""
        self._file.write(data)
        self._crc = zlib.crc32(data, self._crc)
        self._length += len(data)
        if self._pause():
            raise Stopped
        return len(data)

    def add_new(
        self, directory: Path, ends: dict[str, Covered], day: str, known_bad: Mapping[str, Sequence[tuple[int, int]]]
    ) -> None:
        """Add what the journals hold up to these ends and the archive does not hold yet.

        Lines are compared with their checksums, except in the parts of a journal that are `known_bad` (begin, end).
        Raises OSError, Stopped, DamagedJournal.
        """
        with self._member() as packed:
            for name, end in ends.items():
                had = self.covered.get(name)
                begin = had.end if had is not None and had.end <= end.end and still_holds(directory / name, had) else 0
                if begin < end.end or end.end == 0:
                    part = self._free_name(name, day)
                    damage = _Damage(known_bad.get(name, ()))
                    with open(directory / name, "rb") as file:
                        pieces = _pieces(file, begin, end.end, damage)
                        self.parts[part] = _add(packed, part, end.end - begin, pieces)
                    if not still_holds(directory / name, end):
                        raise Stopped  # a merge or a sync tool has replaced the file: the lines are elsewhere in it
                    if damage.is_new:
                        raise DamagedJournal(name)
                self.covered[name] = end

    def _free_name(self, name: str, day: str) -> str:
        stem = name.removesuffix(".jsonl")
        names = (name, f"{stem}~{day}.jsonl", *(f"{stem}~{day}.{n}.jsonl" for n in range(2, 1000)))
        return next(free for free in names if free not in self.parts)

    def finish(self, name: str, live: list[Path]) -> Carried:
        """Add the live journals and the manifest, and sync the file to the disk. Raises OSError, Stopped."""
        carried = Carried(name, self._length, self._crc, dict(self.parts), dict(self.covered))
        listed = dict(self.parts)
        with self._member() as packed:
            for path in live:
                try:
                    data = durable_io.read_small(path, LARGEST_LIVE)
                except OSError:
                    continue  # the reader reports it
                data = data[: data.rfind(b"\n") + 1]
                listed[path.name] = _add(packed, path.name, len(data), iter([data]))
            data = manifest.as_json(listed)
            _add(packed, manifest.NAME, len(data), iter([data]))
            packed.write(bytes(2 * tarfile.BLOCKSIZE))
        self._file.flush()
        durable_io.sync(self._file.fileno())
        return carried

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def still_holds(path: Path, had: Covered) -> bool:
    """Whether a journal still has the line there that it had. Raises OSError."""
    if had.end == 0:
        return True
    with open(path, "rb") as file:
        file.seek(had.last_at)
        line = file.read(had.end - had.last_at)
    return line[-1:] == b"\n" and line[6:14] == had.last.encode() and is_sound(line[:-1])


class _Damage:
    """Lines that do not match their checksums."""

    def __init__(self, known: Sequence[tuple[int, int]]) -> None:
        self._known = known
        self.is_new = False
        """Whether there are any outside of what is known (begin, end)."""

    def add(self, at: int) -> None:
        """Add a line that begins at this offset."""
        self.is_new = self.is_new or not any(begin <= at < end for begin, end in self._known)


def _pieces(file: BinaryIO, begin: int, end: int, damage: _Damage) -> Iterator[bytes]:
    """Yield the bytes between these offsets, and look for damaged lines in them."""
    file.seek(begin)
    rest, at = b"", begin
    while begin < end and not damage.is_new:
        piece = file.read(min(end - begin, _PIECE))
        if not piece:
            raise OSError("a journal became shorter while it was read")
        begin += len(piece)
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            if not is_sound(line):
                damage.add(at)
            at += len(line) + 1
        yield piece
    if rest:
        damage.add(at)


def _add(packed: gzip.GzipFile, name: str, size: int, pieces: Iterator[bytes]) -> FileDigest:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    packed.write(member.tobuf(tarfile.GNU_FORMAT))
    digest, lines = sha256(), 0
    for piece in pieces:
        digest.update(piece)
        lines += piece.count(b"\n")
        packed.write(piece)
    packed.write(bytes(-size % tarfile.BLOCKSIZE))
    return FileDigest(size, digest.hexdigest(), lines)
