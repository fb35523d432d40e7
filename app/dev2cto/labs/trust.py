"""The code of a course as exact bytes: what is trusted is copied to a private folder, and the copy is run.

Covered is every file below the course that code could import, run or read. Only the YAML files that this program reads
itself are left out, and are not in the copy either: improving a text does not end the trust.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from dev2cto.errors import LabError
from dev2cto.labs.scratch import scratch_folder
from dev2cto.paths import is_shipped, make_folders

MOST_FILES = 20_000
MOST_BYTES = 500_000_000
"""The most that a course's code and data may be."""
EXERCISE_AT = 4
"""modules/<module>/exercises/<exercise>/...: the number of parts before what is in an exercise."""


class NotTrusted(LabError):
    """The course is not trusted, or is not what was trusted any more."""


class CodeCopy(NamedTuple):
    """A private copy of a course's code, and the hash of all its names and bytes."""

    folder: Path
    hash: str


@contextlib.contextmanager
def copy_code(course: Path) -> Iterator[CodeCopy]:
    """Copy a course's code to a folder of the user's own; it is removed afterwards.

    Raises LabError if an exercise has hidden files, caches or links, if there is too much, or if the disk is full.
    """
    with scratch_folder("code") as folder:
        yield CodeCopy(folder, _copy(course, folder))


@contextlib.contextmanager
def trusted_code(course: Path, given: str) -> Iterator[Path]:
    """Yield the folder of a course whose code may run: a copy with exactly the bytes that the hash `given` is of.

    The shipped course is always trusted, and is used as it is. Raises NotTrusted, and LabError as `copy_code`.
    """
    if is_shipped(course):
        yield course
        return
    if not given:
        raise NotTrusted("This course is not trusted: its code does not run, its files are not copied.")
    with copy_code(course) as copy:
        if copy.hash != given:
            raise NotTrusted("This course has changed since you trusted it: no code runs, no files are copied.")
        yield copy.folder


def hash_of(texts: Iterable[str]) -> str:
    """Return a hash of these texts in their order."""
    total = hashlib.sha256()
    for text in texts:
        total.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return total.hexdigest()


def _copy(course: Path, folder: Path) -> str:
    total, left = hashlib.sha256(), MOST_BYTES
    try:
        names = sorted(islice(_names(course), MOST_FILES + 1))
        if len(names) > MOST_FILES:
            raise LabError(f"{course} has more than {MOST_FILES:,} files.", "Remove what is not part of the course.")
        for name in names:
            target = folder / name
            make_folders(target.parent)
            digest, size = _copy_file(course / name, target, left)
            left -= size
            total.update(hashlib.sha256(os.fsencode(name)).digest() + digest)
    except OSError as error:
        raise LabError(
            f"The course's code cannot be copied: {error.filename or folder}: {error.strerror or error}.",
            "Give yourself the right to read it, or free some disk space.",
        ) from error
    return total.hexdigest()


def _copy_file(source: Path, target: Path, left: int) -> tuple[bytes, int]:
    """Copy a regular file of at most `left` bytes; return the digest and the number of the bytes copied."""
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise LabError(f"{source} is not a regular file.", "Remove it.")
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400), "wb") as copied:
            while data := file.read(1 << 20):
                size += len(data)
                if size > left:
                    raise LabError(
                        f"The files of the course have more than {MOST_BYTES // 1_000_000} MB ({source}).",
                        "Remove what is not part of the course.",
                    )
                digest.update(data)
                copied.write(data)
    return digest.digest(), size


def _names(course: Path) -> Iterator[str]:
    """Yield the relative paths of the files that are covered. Raises LabError for what an exercise may not have."""
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(course / folder) as entries:
            for entry in entries:
                name = f"{folder}{entry.name}"
                parts = name.split("/")
                in_modules = parts[0] == "modules" and len(parts) > 1
                in_exercise = in_modules and len(parts) > 3 and parts[2] == "exercises"
                if (fault := _fault(entry)) and (in_exercise or (in_modules and entry.is_symlink())):
                    raise LabError(f"{course / name} {fault}.", "Remove it, or replace a link by the file itself.")
                if fault:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{name}/")
                elif not _is_course_document(parts, in_exercise):
                    yield name


def _fault(entry: os.DirEntry[str]) -> str:
    """Why a file or folder is not part of a course's code; empty if it is."""
    if entry.is_symlink():
        return "is a link"
    if entry.name.startswith("."):
        return "is a hidden file"
    if entry.name == "__pycache__" or entry.name.endswith((".pyc", ".pyo")):
        return "is a cache of compiled code"
    if not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
        return "is not a regular file"
    return ""


def _is_course_document(parts: list[str], in_exercise: bool) -> bool:
    """Whether this program reads that file itself: exercise.yaml, and YAML outside exercises."""
    if in_exercise:
        return len(parts) == EXERCISE_AT + 1 and parts[-1] == "exercise.yaml"
    return parts[-1].endswith((".yaml", ".yml"))
