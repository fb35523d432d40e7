"""Reading an archive from anywhere: to its very end, in little memory, and no more of it than a record can hold."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import os
import stat
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, NamedTuple, Self, cast

from dev2cto.errors import DamagedSource, RecordError

MEMBERS = 20_000
"""Files in an archive; a record has a few for each machine, and one for each large text."""

UNPACKED = 4 << 30
"""Bytes of all files."""

_RATIO = 100
"""How many times larger an archive may become when it is unpacked; journals reach about 20."""

_SMALL = 16 << 20
"""Bytes up to which `_RATIO` does not apply."""

_LONGEST_NAME = 64 << 10
"""Bytes of a member's extended header."""

PIECE = 1 << 16
"""Bytes per read."""

SMALL_PIECE = 1 << 12
"""Bytes per read where an archive may break off, so that little is lost."""

_EXTENDED = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip


class Broken(Exception):
    """The archive is damaged here; `str` says how, as the end of a sentence."""


class Member(NamedTuple):
    """A file in an archive."""

    name: PurePosixPath
    size: int
    file: BinaryIO
    """Its content; to be read before the next member."""


class _Header(tarfile.TarInfo):
    """A header that is an error where tarfile would end in silence or read without limit."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        if len(buf) < tarfile.BLOCKSIZE:
            raise Broken("it ends in the middle")
        try:
            found = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError:
            if not any(buf):
                raise  # the end
            raise Broken("the header of a file in it is damaged") from None
        if found.type == tarfile.GNUTYPE_SPARSE:
            raise Broken("a file in it has holes")
        if found.size < 0 or (found.type in _EXTENDED and found.size > _LONGEST_NAME):
            raise Broken("the header of a file in it makes no sense")
        return found


class _Limited:
    """The unpacked bytes of an archive, counted."""

    def __init__(self, path: Path, file: IO[bytes], limit: int) -> None:
        self._path, self._file, self._left = path, file, limit

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes. Raises DamagedSource beyond the limit."""
        data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise _too_large(self._path, "it would become too large when unpacked")
        return data


def _too_large(path: Path, why: str) -> DamagedSource:
    return DamagedSource(f"{path} is not a backup that can be read: {why}.", "Nothing was changed.")


def members(path: Path, piece: int = PIECE) -> Iterator[Member]:
    """Yield the regular files of an archive (tar, alone or in gzip or bzip2), and read it to its end.

    It is read in pieces of that many bytes; where it breaks off, the last one is lost.
    Raises Broken where it is damaged, after the members before it; DamagedSource beyond the limits; RecordError if it
    is not a file; OSError.
    """
    with _opened(path) as raw:
        limit = min(UNPACKED, max(_SMALL, _RATIO * os.fstat(raw.fileno()).st_size))
        unpacked = _Limited(path, _unpacked(raw), limit)
        with as_broken():
            try:
                yield from _members(path, unpacked, piece)
            except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as problem:
                raise Broken("the header of a file in it makes no sense") from problem
            while unpacked.read(PIECE):
                pass  # what follows the last member counts for the checksum of gzip


def _opened(path: Path) -> BinaryIO:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a FIFO would wait for a writer
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise RecordError(f"{path} is neither a folder nor a file.", "Give an archive written by dev2cto backup.")
    return os.fdopen(fd, "rb")


@contextlib.contextmanager
def as_broken() -> Iterator[None]:
    """Raises Broken for what gzip, bzip2 and tar raise for a damaged archive; to be put around reading members."""
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error) as problem:
        raise Broken(_why(problem)) from problem
    except OSError as problem:
        if problem.errno is not None:
            raise
        raise Broken(_why(problem)) from problem  # gzip and bzip2 report damage like this


def _why(problem: Exception) -> str:
    if isinstance(problem, EOFError) or "unexpected end" in str(problem):
        return "it ends in the middle"
    if isinstance(problem, gzip.BadGzipFile | zlib.error | OSError):
        return "its bytes do not match its checksum"
    return "it is not an archive, or its beginning is damaged"


def _unpacked(raw: BinaryIO) -> IO[bytes]:
    magic = raw.read(3)
    raw.seek(0)
    if magic[:2] == b"\x1f\x8b":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw, mode="rb"))
    return bz2.BZ2File(raw) if magic == b"BZh" else raw


def _members(path: Path, unpacked: _Limited, piece: int) -> Iterator[Member]:
    count = 0
    with tarfile.open(fileobj=cast("IO[bytes]", unpacked), mode="r|", tarinfo=_Header, bufsize=piece) as tar:
        while (member := tar.next()) is not None:
            count += 1
            if count > MEMBERS:
                raise _too_large(path, f"it holds more than {MEMBERS} files")
            if member.issparse():
                raise Broken("a file in it has holes")
            file = tar.extractfile(member) if member.isreg() else None
            if file is not None:
                yield Member(PurePosixPath(member.name), member.size, cast("BinaryIO", file))


def has_checksum(path: Path) -> bool:
    """Whether an archive is packed in a way that shows any change of its bytes. Raises as `members` does."""
    with _opened(path) as raw:
        return not isinstance(_unpacked(raw), io.BufferedReader)
