"""The folder of one learner's record: its name, owner, permissions, and the names of its files.

<device>.<slot>.jsonl          a session's journal; only that session writes it
live.<device>.<slot>.jsonl     the same session's live tables, which change with every key
<writer>~<device>.jsonl        a side file: lines of a writer that came from elsewhere and do not continue its journal
courses/<id>-<hash>/           records of other courses, inside the learner's folder (the record of the shipped course)
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
from dev2cto.record.journal.durable_io import read_small, sync_folder, write_whole

DEFAULT_LEARNER = "learner"
LIVE = "live."
LARGEST_LIVE = 1 << 26
"""Bytes above which a live journal is not read; it never comes near."""
MAX_NAME = 64

BLOBS = "blobs"
"""The folder, in a record and in an archive, with large texts named by their hash."""

PENDING = ".erasing"
"""A file in the record's folder that exists while an erasure is incomplete."""

ORIGIN = ".origin"
"""A file in the record's folder, except for the shipped course: it holds the real path of the course's folder."""


def learner_dir(root: Path, name: str) -> Path:
    """Return the folder of a learner's record. Raises UsageError if the name is not valid."""
    if not name.isascii():
        import unicodedata  # normalised, so that composed and decomposed letters give the same name

        name = unicodedata.normalize("NFC", name)
    if not is_learner_name(name):
        raise UsageError(
            f"{name!r} is not a valid learner name.",
            f"Use at most {MAX_NAME} letters, digits, '-', '_' and '.', and do not start with '-' or '.'.",
        )
    return root / name


def is_learner_name(name: str) -> bool:
    """Whether a name is a portable folder name that cannot lead out of its parent."""
    return (
        0 < len(name) <= MAX_NAME
        and name[0] not in "-."
        and all(character.isalnum() or character in "-_." for character in name)
    )


def learner_of(directory: Path) -> Path:
    """Return the folder of the learner that this record belongs to (the record of the shipped course itself)."""
    return directory.parent.parent if is_of_other_course(directory) else directory


def is_of_other_course(directory: Path) -> bool:
    """Whether this record belongs to a course other than the shipped one."""
    return directory.parent.name == COURSES


def key_file(config: Path, device: str, directory: Path) -> Path:
    """Return the file of a device's key (device_key.py) for that record, in the folder of what holds on this device."""
    name = directory.name if is_of_other_course(directory) else "settings"
    return config / device / learner_of(directory).name / f"{name}.key"


def note_origin(directory: Path, course: Path) -> None:
    """Note in a record's folder which course it belongs to; write errors are ignored."""
    real = os.path.realpath(course)
    with contextlib.suppress(OSError):
        if origin_of(directory) != real:
            write_whole(directory / ORIGIN, os.fsencode(real))


def origin_of(directory: Path) -> str:
    """Return the folder of the course that this record belongs to; empty if it was not noted."""
    with contextlib.suppress(OSError):
        return os.fsdecode(read_small(directory / ORIGIN))
    return ""


def make_private(directory: Path) -> None:
    """Create the folder and missing parents, accessible to their owner alone.

    Raises OSError if it cannot be created, RecordError if it is not the user's own.
    """
    for folder in make_folders(directory):
        sync_folder(folder.parent)
    check_private(directory)
    if stat.S_IMODE(os.stat(directory).st_mode) & 0o077:
        os.chmod(directory, 0o700)


def check_private(path: Path) -> None:
    """Raises RecordError for what another user could have put there: symbolic links, and others' files and folders.

    Raises OSError if the path cannot be examined.
    """
    found = os.lstat(path)
    if stat.S_ISLNK(found.st_mode):
        raise RecordError(
            f"{path} is a symbolic link, which a record must not contain.",
            "Replace it with the real file or folder, or set DEV2CTO_HOME to the real path.",
        )
    if found.st_uid != os.geteuid():
        raise RecordError(
            f"{path} belongs to another user (uid {found.st_uid}).",
            "Run the course as that user, or set DEV2CTO_HOME to a folder of your own.",
        )


def journals(directory: Path) -> list[Path]:
    """Return all journals of a record, sorted by name; folders, pipes and devices are none."""
    return journals_and_others(directory)[0]


def journals_and_others(directory: Path) -> tuple[list[Path], list[Path]]:
    """Return all journals of a record, and what has the name of a journal and is no file, both sorted by name."""
    files: list[Path] = []
    others: list[Path] = []
    for path in sorted(directory.glob("*.jsonl")):
        if not path.name.startswith("."):
            (files if _can_be_read(path) else others).append(path)
    return files, others


def _can_be_read(path: Path) -> bool:
    """Whether it is a file, or a link, which `check_private` refuses; a path deleted meanwhile counts as a file."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return True
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def is_begun(directory: Path) -> bool:
    """Whether that folder holds a record or its remains; records of other courses in it do not count."""
    with contextlib.suppress(OSError):
        return any(path.name != COURSES for path in directory.iterdir())
    return False


def writer_of(name: str) -> str:
    """Return the writer of a file's lines as its name suggests; header lines are authoritative."""
    name = name.removesuffix(".jsonl").split("~")[0]
    return name if WRITER.fullmatch(name) else f"{clean_device(name)}.0"


def is_of(device: str, writer: str) -> bool:
    """Whether a writer is a session of that device; every one is of the device without a name."""
    return not device or writer.removeprefix(LIVE).rpartition(".")[0] == device


def is_written_by(device: str, name: str) -> bool:
    """Whether sessions of that device write the file: their own journals, and side files that they made."""
    writer, _, made_by = name.removesuffix(".jsonl").partition("~")
    return made_by == device if made_by else is_of(device, writer)


def clean_device(name: str) -> str:
    """Return a device name that is safe in file names: without the separators used there."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:48] or "device"


def this_device() -> str:
    """Return a name for this user on this machine: stable, and different elsewhere."""
    host = os.uname().nodename
    mark = f"{host} {os.geteuid()}".encode()
    for source in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        with contextlib.suppress(OSError):
            mark += Path(source).read_bytes()
            break
    return f"{clean_device(host.split('.')[0])}-{zlib.crc32(mark):08x}"
