"""Erase marks: the lines of journals that say which documents were erased for good, see erase.py."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dev2cto.record.journal.codec import JournalEntry, decode_line, encode_line
from dev2cto.record.journal.line_stream import sound_lines
from dev2cto.record.journal.scan import intact
from dev2cto.record.layout import journals

Marks = dict[tuple[str, str], int]
"""Time of the erasure (hybrid clock, ms) by (table, id); later documents with that id are not erased."""


def add_marks(marks: Marks, entry: JournalEntry) -> None:
    """Add the erasures of one line."""
    for table, ids in entry.get("e", {}).items():
        for id in ids:
            marks[table, id] = max(entry["t"], marks.get((table, id), 0))


def marks_in(files: Iterable[Path]) -> Marks:
    """Return the erasures recorded in these journals. Raises OSError."""
    marks: Marks = {}
    for path in files:
        with open(path, "rb") as file:
            for _, entry in sound_lines(file, parse=_may_erase):
                if entry is not None:
                    add_marks(marks, entry)
    return marks


def _may_erase(line: bytes) -> bool:
    return b'"e"' in line


def marks_of(directory: Path) -> Marks:
    """Return the erasures recorded in a record's journals."""
    return marks_in(journals(directory))


def without_erased(data: bytes, marks: Marks) -> bytes:
    """Return a journal's bytes without what was erased.

    Lines keep their numbers and times, so the result is the same on all machines.
    """
    if not marks:
        return data
    lines, changed = [], False
    for line in intact(data):
        kept = scrubbed(line, marks)
        changed = changed or kept is not line
        lines.append(kept)
    return b"".join(lines) if changed else data


def scrubbed(line: bytes, marks: Marks) -> bytes:
    """Return a readable line, with its newline, without what was erased; the same object if nothing was."""
    entry = decode_line(line[:-1])
    assert entry is not None
    puts = entry.get("p", {})
    gone = [(t, id) for t, docs in puts.items() for id in docs if marks.get((t, id), 0) > entry["t"]]
    if not gone:
        return line
    for table, id in gone:
        del puts[table][id]
        if not puts[table]:
            del puts[table]
    if not puts:
        del entry["p"]
    del entry["c"]
    return encode_line(entry)


def unmarked(line: bytes) -> bytes:
    """Return a readable line, with its newline, without its erase marks; its number and time stay."""
    entry = decode_line(line[:-1]) if _may_erase(line) else None
    if entry is None or "e" not in entry:
        return line
    del entry["c"], entry["e"]
    return encode_line(entry)
