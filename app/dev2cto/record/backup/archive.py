"""Archives: a record's journals and blobs in one compressed tar, which is read without unpacking it to disk."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from dev2cto.errors import OtherCourse, RecordError
from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import decode_line
from dev2cto.record.journal.reader import refuse_newer
from dev2cto.record.layout import BLOBS, journals

_PIECE = 1 << 12
"""Bytes per read; if the archive is truncated, the pieces read before the break are kept."""


@dataclass(slots=True)
class Contents:
    """A record's contents as read from a folder or an archive."""

    journals: dict[str, bytes] = field(default_factory=dict)
    """By file name."""
    blobs: dict[str, bytes] = field(default_factory=dict)
    """By hash, taken from the file name; not verified."""
    broken: str = ""
    """Why the rest could not be read; empty if all was."""

    def refuse_newer(self, source: Path, schema: int) -> None:
        """Raises NewerRecord if a newer version wrote any of its journals."""
        for name, data in self.journals.items():
            for line in data.split(b"\n"):
                entry = decode_line(line) if b'"h":{' in line else None
                if entry and "h" in entry:
                    refuse_newer(f"{source}: {name}", entry["h"], schema)

    def refuse_other_course(self, source: Path, ids: Collection[str]) -> None:
        """Raises OtherCourse if the record belongs to a course without any of these ids; the current id comes first.

        Records that name no course predate the field and are accepted. Without ids all are.
        """
        lines = (line for data in self.journals.values() for line in data.split(b"\n") if b'"course_seen":{' in line)
        kept = (
            id for line in lines if (entry := decode_line(line)) for id in entry.get("p", {}).get("course_seen", ())
        )
        courses = {id.partition("/")[0] for id in kept}
        if ids and courses and courses.isdisjoint(ids):
            raise OtherCourse(
                f"{source} belongs to the course {' and '.join(sorted(courses))}, not to {next(iter(ids))}.",
                "Nothing was changed. Give that course's folder with --course DIR.",
            )


def contents(source: Path) -> Contents:
    """Read a record's folder or an archive of it. Raises RecordError if it is unreadable or holds no record."""
    try:
        found = _of_folder(source) if source.is_dir() else _of_archive(source)
    except OSError as problem:
        raise RecordError(f"{source} cannot be read: {problem.strerror or problem}.") from problem
    if not found.journals:
        raise RecordError(
            f"No record found in {source}{found.broken and f' ({found.broken})'}.",
            "Give a folder with *.jsonl files, or an archive written by dev2cto backup.",
        )
    return found


def _of_folder(folder: Path) -> Contents:
    found = Contents()
    for path in journals(folder):
        if path.is_file() and not path.is_symlink():
            found.journals[path.name] = path.read_bytes()
    for path in sorted((folder / BLOBS).glob("*")):
        if path.is_file() and not path.is_symlink():
            found.blobs[path.name] = path.read_bytes()
    return found


def _of_archive(path: Path) -> Contents:
    import tarfile  # 10 ms, needed for merges and recovery only

    found = Contents()
    texts: dict[str, bytearray] = {}
    try:
        with tarfile.open(path, "r:*") as tar:
            for member in tar:
                name = PurePosixPath(member.name)
                file = tar.extractfile(member) if member.isreg() else None
                if file is None:
                    continue
                if name.suffix == ".jsonl" and not name.name.startswith("."):
                    texts[name.name] = text = bytearray()
                    while piece := file.read(_PIECE):
                        text += piece
                elif name.parent.name == BLOBS:
                    found.blobs[name.name] = file.read()
    except (tarfile.TarError, EOFError, zlib.error) as problem:
        found.broken = f"the archive is damaged: {problem}"
    found.journals = {name: bytes(text) for name, text in texts.items()}
    return found


def pack(path: Path, journals: Mapping[str, bytes], blobs: Iterable[Path], *, level: int = 6) -> None:
    """Write an archive to a new file with mode 0600 and sync it to the disk. Raises OSError.

    `level` is zlib's compression level: 1 is fastest, 9 is smallest.
    """
    import tarfile

    def add(name: str, data: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(data), 0o600
        tar.addfile(member, io.BytesIO(data))

    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with (
            os.fdopen(fd, "wb", closefd=False) as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=level) as tar,
        ):
            for name, data in journals.items():
                add(name, data)
            for blob in blobs:
                add(f"{BLOBS}/{blob.name}", blob.read_bytes())
        durable_io.sync(fd)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(fd)
