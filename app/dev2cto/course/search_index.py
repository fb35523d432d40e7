"""The full-text index of a course, an SQLite FTS5 table in memory; built once, and cached beside the outline.

The cached file is a line of JSON (format, stamp of the course's files, checksum) followed by the database. It is
believed only if it is the user's own, of the same course files, and undamaged; otherwise it is built again.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from dev2cto.course.outline import CourseOutline
from dev2cto.course.search import IndexEntry, casefolded
from dev2cto.paths import is_private, write_cache

FORMAT = 1
COLUMNS = ("name", "heading", "topics", "body", "what", "target", "title")
"""The first four are searched."""
COMPOUND, WORD = r"(?<![^\W_])[^\W_]+(?:[-/+&.][^\W_]+)+", r"[^\W\d_]{3,}"
"""Patterns that only building an index compiles."""
SCHEMA = """
CREATE VIRTUAL TABLE texts USING fts5(
    name, heading, topics, body, what UNINDEXED, target UNINDEXED, title UNINDEXED,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TABLE words(word TEXT PRIMARY KEY, spelled TEXT NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
"""


def is_available() -> bool:
    """Whether this Python's SQLite has full-text search, and can be kept in memory."""
    if not hasattr(sqlite3.Connection, "deserialize"):
        return False
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'porter unicode61')")
        except sqlite3.Error:
            return False
    return True


def index_file(root: Path, cache: Path) -> Path:
    """Return where the index of the course in that folder is cached."""
    return cache / f"search-{zlib.crc32(os.fsencode(root.resolve())):08x}.index"


def read_index(file: Path, stamp: str) -> sqlite3.Connection | None:
    """Return the cached index in memory; None if it is missing, out of date, damaged or not the user's own."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, sqlite3.Error, RecursionError):
        if not is_private(file):
            return None
        head, _, data = file.read_bytes().partition(b"\n")
        if json.loads(head) != _head(stamp, data):
            return None
        database = sqlite3.connect(":memory:")
        database.deserialize(data)
        database.execute("SELECT 1 FROM texts LIMIT 1").fetchone()
        return database
    return None


def is_current(file: Path, stamp: str) -> bool:
    """Whether the cached index belongs to these course files, by its first line alone."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        with open(file, "rb") as handle:
            head = json.loads(handle.readline(4096))
        return bool(head["format"] == FORMAT and head["stamp"] == stamp)
    return False


def write_index(file: Path, stamp: str, database: sqlite3.Connection) -> None:
    """Cache an index. A folder that cannot be written to only costs time."""
    data = database.serialize()
    with contextlib.suppress(OSError):
        write_cache(file, json.dumps(_head(stamp, data)).encode() + b"\n" + data)


def _head(stamp: str, data: bytes) -> dict[str, object]:
    return {"format": FORMAT, "stamp": stamp, "size": len(data), "sum": zlib.adler32(data)}


def building(entries: Iterable[tuple[IndexEntry, ...]]) -> Iterator[sqlite3.Connection]:
    """Build an index step by step: yield it after each group of entries, and last when it is complete.

    The steps may run in different threads, one after the other.
    """
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.executescript(SCHEMA)
    seen: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for group in entries:
        for entry in group:
            add(database, entry)
            if entry.what != "answer":  # nobody is given words that only a question has
                _collect(entry, seen, spelled)
        yield database
    words = ((word, spelled.get(word, word), count) for word, count in sorted(seen.items()))
    database.executemany("INSERT INTO words VALUES (?, ?, ?)", words)
    database.execute("INSERT INTO texts(texts) VALUES ('optimize')")
    database.commit()
    yield database


def open_index(root: Path, outline: CourseOutline, cache: Path | None, stamp: str) -> sqlite3.Connection | None:
    """Return the index of a course in memory: the cached one if it can be believed, else a new one, which is cached.

    None if there is no full-text search.
    """
    file = index_file(root, cache) if cache and stamp else None
    database = read_index(file, stamp) if file else None
    if database is None:
        if not is_available():
            return None
        from dev2cto.course.search_entries import course_entries

        *_, database = building(course_entries(root, outline))
        if file is not None:
            write_index(file, stamp, database)
    return database


def caching(root: Path, outline: CourseOutline, cache: Path, stamp: str) -> Iterator[None]:
    """Cache the index of a course, unless it is cached, in steps of some milliseconds: one for each file."""
    file = index_file(root, cache)
    if is_current(file, stamp) or not is_available():
        return
    from dev2cto.course.search_entries import course_entries

    steps = building(course_entries(root, outline))
    built = next(steps)
    for built in steps:  # noqa: B007  # the last one counts
        yield
    write_index(file, stamp, built)


def add(database: sqlite3.Connection, entry: IndexEntry) -> int:
    """Add an entry; return its row."""
    values = (entry.name, entry.heading, entry.topics, entry.text, entry.what, entry.target, entry.title)
    marks = ", ".join("?" * len(COLUMNS))
    found = database.execute(f"INSERT INTO texts({', '.join(COLUMNS)}) VALUES ({marks})", values)
    return int(found.lastrowid or 0)


def _collect(entry: IndexEntry, seen: Counter[str], spelled: dict[str, str]) -> None:
    """Count an entry's words, and its compounds ("CI/CD", "e-mail") by their letters alone."""
    for text in (entry.name, entry.heading, entry.topics, entry.text):
        folded = casefolded(text)
        seen.update(re.findall(WORD, folded))
        for compound in re.findall(COMPOUND, folded):
            letters = "".join(char for char in compound if char.isalnum())
            if not letters.isdigit():
                seen[letters] += 1
                spelled[letters] = compound
