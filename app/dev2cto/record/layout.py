"""The folder of one learner's record: its name, its owner, its modes, and the names of the files in it.

<device>.<slot>.jsonl          a session's journal; only that session writes it
live.<device>.<slot>.jsonl     what changes with every key, from the same session
<writer>~<device>.jsonl        lines of a writer that arrived here from elsewhere and do not fit its own file
courses/<id>-<hash>/           in a learner's folder, which is the record of the shipped course: those of other courses
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import zlib
from pathlib import Path

from dev2cto.errors import RecordError, UsageError
from dev2cto.paths import COURSES, make_folders
from dev2cto.record.journal.codec import WRITER
from dev2cto.record.journal.durable_io import write_whole

DEFAULT_LEARNER = "learner"
LIVE = "live."
MAX_NAME = 64

BLOBS = "blobs"
"""The folder in a record, and in an archive, that holds large texts by their hash."""

PENDING = ".erasing"
"""A file in the record's folder that is there while an erasure is not carried through."""

ORIGIN = ".origin"
"""A file in the record's folder of another course than the shipped one: the real path of the course's folder."""


def learner_dir(root: Path, name: str) -> Path:
    """The folder of a learner's record. Raises UsageError where the name is none."""
    if not name.isascii():
        import unicodedata  # one name, however its letters are composed

        name = unicodedata.normalize("NFC", name)
    if not is_learner_name(name):
        raise UsageError(
            f"{name!r} cannot be a learner's name.",
            f"Use letters, digits, '-', '_' and '.', not '.' first, at most {MAX_NAME} characters.",
        )
    return root / name


def is_learner_name(name: str) -> bool:
    """Whether a name can be a folder's name everywhere and cannot lead out of its place."""
    return (
        0 < len(name) <= MAX_NAME
        and name[0] not in "-."
        and all(character.isalnum() or character in "-_." for character in name)
    )


def learner_of(directory: Path) -> Path:
    """The folder of the learner whose record this is: the record of the shipped course, or the one above `courses`."""
    return directory.parent.parent if is_of_other_course(directory) else directory


def is_of_other_course(directory: Path) -> bool:
    """Whether this is the folder of a record of another course than the shipped one."""
    return directory.parent.name == COURSES


def note_origin(directory: Path, course: Path) -> None:
    """Notes in a record's folder which course it belongs to; where that cannot be written it is not known later."""
    real = os.path.realpath(course)
    with contextlib.suppress(OSError):
        if origin_of(directory) != real:
            write_whole(directory / ORIGIN, os.fsencode(real))


def origin_of(directory: Path) -> str:
    """The folder of the course that this record belongs to; empty where that was not noted."""
    with contextlib.suppress(OSError):
        return os.fsdecode((directory / ORIGIN).read_bytes())
    return ""


def make_private(directory: Path) -> None:
    """Creates the folder, and what is missing above it, readable by its owner alone.

    Raises OSError where it cannot be made, RecordError where it is not ours to use.
    """
    make_folders(directory)
    check_private(directory)
    if stat.S_IMODE(os.stat(directory).st_mode) & 0o077:
        os.chmod(directory, 0o700)


def check_private(path: Path) -> None:
    """Refuses what another user could have put there: symbolic links, and files and folders of others.

    Raises RecordError; OSError where it cannot be looked at.
    """
    found = os.lstat(path)
    if stat.S_ISLNK(found.st_mode):
        raise RecordError(
            f"{path} is a symbolic link; a record is kept in a real place only.",
            "Move the folder there, or name the real place with DEV2CTO_HOME.",
        )
    if found.st_uid != os.geteuid():
        raise RecordError(
            f"{path} belongs to another user (number {found.st_uid}).",
            "Run the course as that user, or give it a place of its own with DEV2CTO_HOME.",
        )


def journals(directory: Path) -> list[Path]:
    """All journals of a record, in a fixed order."""
    return sorted(path for path in directory.glob("*.jsonl") if not path.name.startswith("."))


def is_begun(directory: Path) -> bool:
    """Whether there is a record in that folder, or what is left of one; records of other courses do not count."""
    with contextlib.suppress(OSError):
        return any(path.name != COURSES for path in directory.iterdir())
    return False


def writer_of(name: str) -> str:
    """Who writes, or wrote, the lines of this file, as far as its name says; header lines know better."""
    name = name.removesuffix(".jsonl").split("~")[0]
    return name if WRITER.fullmatch(name) else f"{clean_device(name)}.0"


def clean_device(name: str) -> str:
    """A device's name as part of a file's name: no separator that has a meaning there."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:48] or "device"


def this_device() -> str:
    """A name for this account on this machine: the same at each start, another one elsewhere."""
    host = os.uname().nodename
    mark = f"{host} {os.geteuid()}".encode()
    for source in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        with contextlib.suppress(OSError):
            mark += Path(source).read_bytes()
            break
    return f"{clean_device(host.split('.')[0])}-{zlib.crc32(mark):08x}"
