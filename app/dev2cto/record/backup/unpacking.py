"""Unpacking the journals and large texts of an archive into a folder of our own."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dev2cto.record.backup import manifest
from dev2cto.record.backup.manifest import FileDigest
from dev2cto.record.backup.tar_reading import PIECE, SMALL_PIECE, Broken, Member, as_broken, has_checksum, members
from dev2cto.record.backup.unpacked_folder import cannot_unpack
from dev2cto.record.journal import blobs
from dev2cto.record.layout import BLOBS
from dev2cto.text import one_line

_LONGEST_NAME = 200
"""Bytes of a file's name."""


class UnpackedFile(NamedTuple):
    """A file of an archive."""

    path: Path
    """Where it is now."""
    found: FileDigest


@dataclass(slots=True)
class Unpacked:
    """What of an archive could be a record's."""

    files: dict[PurePosixPath, UnpackedFile] = field(default_factory=dict)
    """By the path in the archive."""
    manifests: dict[PurePosixPath, bytes] = field(default_factory=dict)
    """By the folder that they are in."""
    has_checksum: bool = False
    """Whether it is packed in a way that shows any change of its bytes."""
    damage: list[str] = field(default_factory=list)
    """Sentences without a full stop."""
    top: PurePosixPath = field(default_factory=PurePosixPath)
    """The uppermost folder with a journal; folders further down belong to other courses, or to old backups."""

    @property
    def journals(self) -> dict[PurePosixPath, UnpackedFile]:
        """The journals of the uppermost folders that have any."""
        depth = len(self.top.parts)
        return {
            name: file
            for name, file in self.files.items()
            if is_journal(name) and len(name.parent.parts) == depth
        }  # fmt: skip

    @property
    def texts(self) -> dict[PurePosixPath, UnpackedFile]:
        """The large texts that belong to these journals and are what their names say."""
        folders = {name.parent for name in self.journals}
        return {
            name: file
            for name, file in self.files.items()
            if is_text(name) and name.parent.parent in folders and file.found.sha256 == name.name
        }


def is_journal(name: PurePosixPath) -> bool:
    """Whether a file of that name holds lines of a record."""
    return name.suffix == ".jsonl" and not name.name.startswith(".")


def is_text(name: PurePosixPath) -> bool:
    """Whether a file of that name holds a large text."""
    return name.parent.name == BLOBS and blobs.is_name(name.name)


def unpack(archive: Path, into: Path) -> Unpacked:
    """Unpack an archive as far as it can be read. Raises what `members` raises but Broken, and NotSaved."""
    try:
        found = Unpacked(has_checksum=has_checksum(archive))
        _unpack(archive, into, found, PIECE)
    except Broken:
        shutil.rmtree(into, ignore_errors=True)
        found = Unpacked(has_checksum=has_checksum(archive))
        try:
            _unpack(archive, into, found, SMALL_PIECE)
        except Broken as problem:
            found.damage.append(str(problem))
    depth, at = min(
        ((len(name.parent.parts), str(name.parent)) for name in found.files if is_journal(name)), default=(0, "")
    )
    found.top = PurePosixPath(at)
    assert len(found.top.parts) == depth
    return found


def _unpack(archive: Path, into: Path, found: Unpacked, piece: int) -> None:
    """Unpack in pieces of that many bytes. Raises Broken after what comes before the damage."""
    with as_broken():
        for member in members(archive, piece):
            if is_journal(member.name) or is_text(member.name):
                _take(found, member, into, piece)
            elif member.name.name == manifest.NAME and member.size <= manifest.LARGEST:
                found.manifests[member.name.parent] = member.file.read()


def _take(found: Unpacked, member: Member, into: Path, piece: int) -> None:
    name = member.name
    shown = one_line(str(name))[:80]
    if not name.name.isprintable() or len(name.name.encode()) > _LONGEST_NAME:
        found.damage.append(f"the name of {shown} cannot be used")
    elif name in found.files:
        found.damage.append(f"{shown} is in it twice")
    elif is_text(name) and member.size > blobs.LARGEST:
        found.damage.append(f"{shown} is too large for a text")
    else:
        folder = into / f"{len(found.files)}"
        try:
            folder.mkdir(0o700, parents=True)
            found.files[name] = UnpackedFile(folder / name.name, FileDigest(0, ""))
            _copy(found, member, folder / name.name, piece)
        except OSError as problem:
            if problem.errno is None:
                raise
            raise cannot_unpack(problem, into.parent) from problem


def _copy(found: Unpacked, member: Member, path: Path, size_of_piece: int) -> None:
    digest, size, lines = hashlib.sha256(), 0, 0
    with open(path, "xb") as file:
        try:
            while piece := member.file.read(size_of_piece):
                digest.update(piece)
                file.write(piece)
                size, lines = size + len(piece), lines + piece.count(b"\n")
        finally:  # what was read before the damage counts
            found.files[member.name] = UnpackedFile(path, FileDigest(size, digest.hexdigest(), lines))
