"""Whether a course's code may run: a course from elsewhere is trusted by the hash of all that it could run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.labs.safe_files import resolve_inside
from dev2cto.paths import is_shipped


def code_hash(course: Path, code: Iterable[str] = ()) -> str:
    """The hash of a course's executable files: everything beside each exercise.yaml, data included, which code reads.

    `code` adds texts that are to be run as well: the listings of `output` items, which are data for everything but the
    check that runs them. Raises LabError where one of the files is a link: what it leads to could change unseen.
    """
    total = hashlib.sha256()
    for folder in sorted((course / "modules").glob("*/exercises/*")):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            inner = path.relative_to(folder)
            if inner.parts == ("exercise.yaml",) or "__pycache__" in inner.parts:
                continue
            name = path.relative_to(course).as_posix()
            if path.is_symlink():
                raise LabError(f"{name} is a link.", "Put the file itself there.")
            resolve_inside(course, name)
            if path.is_file():
                total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for text in code:
        total.update(f"\0{hashlib.sha256(text.encode()).hexdigest()}\n".encode())
    return total.hexdigest()


def trusted(course: Path, id: str, given: Mapping[str, str], code: Iterable[str] = ()) -> bool:
    """Whether the code of the course with that id may run.

    `given` is what the learner has trusted: course id to the hash at that time. The shipped course is always trusted.
    """
    return is_shipped(course) or given.get(id) == code_hash(course, code)
