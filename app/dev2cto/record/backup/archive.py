"""Writing archives: a record's journals and large texts in one compressed tar, with a manifest as its first member."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from dev2cto.record.backup import manifest
from dev2cto.record.backup.manifest import FileDigest, Manifest
from dev2cto.record.journal import durable_io
from dev2cto.record.layout import LARGEST_LIVE, LIVE

LARGEST_JOURNAL = 4 << 30
"""Bytes of a journal above which no archive is made: ten million answers take less."""

_PIECE = 1 << 20


class Part:
    """The beginning of a file that goes into an archive: its first `size` bytes, which must not change meanwhile.

    Live journals are rewritten by the session that owns them, so their bytes are held.
    """

    def __init__(self, path: Path, size: int) -> None:
        self.path = path
        self.size = size
        self._held = durable_io.read_small(path, LARGEST_LIVE)[:size] if path.name.startswith(LIVE) else None
        if self._held is not None:
            self.size = len(self._held)

    def open(self) -> BinaryIO:
        """Return the open file. Raises OSError."""
        return open(self.path, "rb") if self._held is None else io.BytesIO(self._held)

    def digest(self) -> FileDigest:
        """Read it to its end. Raises OSError, also if the file is shorter by now."""
        import hashlib  # loads OpenSSL

        digest, lines = hashlib.sha256(), 0
        with self.open() as file:
            for piece in _pieces(file, self.size):
                digest.update(piece)
                lines += piece.count(b"\n")
        return FileDigest(self.size, digest.hexdigest(), lines)


def _pieces(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        piece = file.read(min(size, _PIECE))
        if not piece:
            raise OSError("a file became shorter while it was read")
        size -= len(piece)
        yield piece


def complete_lines(path: Path) -> Part:
    """Return a journal up to its last line end: a line that is being written right now is left out. Raises OSError."""
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size > LARGEST_JOURNAL:
            raise OSError(errno.EFBIG, "too large to be a journal", os.fspath(path))
        while size:
            begin = max(0, size - _PIECE)
            file.seek(begin)
            at = file.read(size - begin).rfind(b"\n")
            if at >= 0:
                return Part(path, begin + at + 1)
            size = begin
    return Part(path, 0)


def pack(path: Path, parts: Mapping[str, Part], *, level: int = 6) -> Manifest:
    """Write these files, by their names in the archive, to a new archive with mode 0600, and sync it to the disk.

    Return the manifest. `level` is zlib's compression level: 1 is fastest, 9 is smallest. Raises OSError.
    """
    import tarfile

    listed = {name: part.digest() for name, part in parts.items()}

    def add(name: str, size: int, file: BinaryIO) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        tar.addfile(member, file)

    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with (
            os.fdopen(fd, "wb", closefd=False) as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=level) as tar,
        ):
            data = manifest.as_json(listed)
            add(manifest.NAME, len(data), io.BytesIO(data))
            for name, part in parts.items():
                with part.open() as opened:
                    add(name, part.size, opened)

        durable_io.sync(fd)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(fd)
    return listed


def reads_back(path: Path, listed: Manifest) -> bool:
    """Whether an archive can be read to its end and holds exactly these files. Raises OSError."""
    import hashlib

    from dev2cto.record.backup.tar_reading import PIECE, Broken, as_broken, members

    found = {}
    try:
        with as_broken():
            for member in members(path):
                digest, size, lines = hashlib.sha256(), 0, 0
                while piece := member.file.read(PIECE):
                    digest.update(piece)
                    size, lines = size + len(piece), lines + piece.count(b"\n")
                found[str(member.name)] = FileDigest(size, digest.hexdigest(), lines)
    except Broken:
        return False
    found.pop(manifest.NAME, None)
    return found == listed
