"""The outline, kept in the cache between starts and made anew when a file of the course changed."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from pathlib import Path

from dev2cto.course.outline import CourseOutline, from_document
from dev2cto.errors import CourseError
from dev2cto.paths import write_cache

INDEX_FORMAT = 7


def outline_of(root: Path, cache: Path | None) -> CourseOutline:
    """The outline of the course in that folder; from the cache where it is current.

    Raises CourseError where not even course.yaml can be read. A cache that cannot be read or written costs time only.
    """
    stamp = stamp_of(root)
    file = cache / f"course-{zlib.crc32(os.fsencode(root.resolve())):08x}.json" if cache else None
    if file is not None:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            kept = json.loads(file.read_bytes())
            if kept["stamp"] == stamp:
                return from_document(kept["outline"])
    from dev2cto.course.outline_builder import build_outline

    outline = build_outline(root)
    if file is not None:
        with contextlib.suppress(OSError):
            write_cache(file, json.dumps({"stamp": stamp, "outline": outline}))
    return outline


def stamp_of(root: Path) -> str:
    """A text that changes when a file of the course is added, removed, renamed or written."""
    from dev2cto import __version__

    if not root.is_dir():
        raise CourseError(f"{root} is no folder.", "Name the folder that holds course.yaml.")
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
