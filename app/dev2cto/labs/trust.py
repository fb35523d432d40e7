"""Whether a course's code may run: courses other than the shipped one are trusted by a hash of their code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.labs.safe_files import resolve_inside
from dev2cto.paths import is_shipped


def code_hash(course: Path, code: Iterable[str] = ()) -> str:
    """Return the hash of a course's code: all files next to each exercise.yaml, including data, which code reads.

    `code` adds further texts that are run: the listings of `output` items, which only the course checker executes.
    Raises LabError if a file is a link, since its target could change unnoticed.
    """
    total = hashlib.sha256()
    for folder in sorted((course / "modules").glob("*/exercises/*")):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            inner = path.relative_to(folder)
            if inner.parts == ("exercise.yaml",) or "__pycache__" in inner.parts:
                continue
            name = path.relative_to(course).as_posix()
            if path.is_symlink():
                raise LabError(f"{name} is a link.", "Replace it with the file itself.")
            resolve_inside(course, name)
            if path.is_file():
                total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for text in code:
        total.update(f"\0{hashlib.sha256(text.encode()).hexdigest()}\n".encode())
    return total.hexdigest()


def trusted(course: Path, given: str, code: Iterable[str] = ()) -> bool:
    """Whether the code of the course may run: the hash that was trusted, `given`, is that of the code it has now.

    The shipped course is always trusted.
    """
    return is_shipped(course) or given == code_hash(course, code)
