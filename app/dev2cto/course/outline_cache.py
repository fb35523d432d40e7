"""Cache the outline between starts, and rebuild it when a file of the course changes."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from pathlib import Path

from dev2cto.course.outline import CourseOutline, from_document
from dev2cto.errors import CourseError
from dev2cto.paths import write_cache

INDEX_FORMAT = 8


def outline_of(root: Path, cache: Path | None, stamp: str = "") -> CourseOutline:
    """Return the outline of the course in that folder, from the cache if it is current.

    `stamp` is that of the course's files, if it is known. Raises CourseError if course.yaml is unusable. An unreadable
    or unwritable cache only costs time.
    """
    stamp = stamp or stamp_of(root)
    file = cache / f"course-{zlib.crc32(os.fsencode(root.resolve())):08x}.json" if cache else None
    if file is not None:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            cached = json.loads(file.read_bytes())
            if cached["stamp"] == stamp:
                return from_document(cached["outline"])
    from dev2cto.course.outline_builder import build_outline

    outline = build_outline(root)
    if file is not None:
        with contextlib.suppress(OSError):
            write_cache(file, json.dumps({"stamp": stamp, "outline": outline}).encode())
    return outline


def stamp_of(root: Path) -> str:
    """Return a stamp that changes when a file of the course is added, removed, renamed or written.

    Raises CourseError if the path is not a folder.
    """
    from dev2cto import __version__

    if not root.is_dir():
        raise CourseError(f"{root} is not a folder.", "Give the folder that contains course.yaml.")
    seen = [f"{INDEX_FORMAT} {__version__}"]
    folders = [str(root)]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name == "__pycache__":
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        found = entry.stat(follow_symlinks=False)
                        seen.append(f"{entry.path} {found.st_mtime_ns} {found.st_size}")
        except OSError as problem:
            seen.append(f"{folder} {problem.errno}")
    text = "\n".join(sorted(seen)).encode("utf-8", "surrogatepass")
    return f"{len(seen)} {len(text)} {zlib.crc32(text):08x} {zlib.adler32(text):08x}"
