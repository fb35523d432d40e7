"""Erase marks: the lines of journals that say which documents were erased for good, see erase.py."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from dev2cto.record import device_key
from dev2cto.record.journal.codec import JournalEntry, decode_line, encode_line, listed
from dev2cto.record.journal.line_stream import skip_hole, sound_lines
from dev2cto.record.layout import is_of, journals, writer_of
from dev2cto.record.schema import LASTING
from dev2cto.record.store import Store, erasures
from dev2cto.record.table_state import MANY

Marks = dict[tuple[str, str], int]
"""Time of the erasure (hybrid clock, ms) by (table, id); later documents with that id are not erased."""


_PIECE = 1 << 20
_REMOVALS = tuple(b'"%s":["' % name.encode() for name in LASTING)
_MARKS = (b'"e":', b'"a":[[')
"""How other marks begin."""
_DELETIONS = b'"d":{'
"""What comes before removals; few lines have any."""
_MARK = 24
"""Bytes that are not shorter than the longest of them."""


class ErasureMarks(NamedTuple):
    """The erasures that a record's journals hold."""

    own: Marks
    """Those that apply here: this device made them or agreed to them."""
    elsewhere: Marks
    """Those that other devices made, whether or not this one agreed since."""


def add_marks(marks: Marks, entry: JournalEntry) -> None:
    """Add the erasures of one line that another device may have written, without those that it agrees to."""
    _add(marks, entry["t"], erasures(entry))


def _add(marks: Marks, time: int, documents: Iterable[tuple[str, str]]) -> None:
    for key in documents:
        marks[key] = max(time, marks.get(key, 0))


def marks_of(directory: Path, store: Store) -> ErasureMarks:
    """Return the erasures recorded in a record's journals, as its device sees them. Raises OSError."""
    found = ErasureMarks({}, {})
    for path in journals(directory):
        writer = writer_of(path.name)
        with open(path, "rb") as file:
            if not _holds_marks(file):
                continue
            for _, entry in sound_lines(file, parse=_is_special):
                if entry is None:
                    continue
                writer = entry["h"]["writer"] if "h" in entry else writer
                if not store.is_own(entry, writer):
                    add_marks(found.elsewhere, entry)
                    continue
                _add(found.own, entry["t"], listed(entry.get("e", {})))
                for time, tables in entry.get("a", ()) if "p" not in entry else ():
                    _add(found.own, time, listed(tables))
    return found


def lines_with_marks(directory: Path, device: str) -> Iterator[JournalEntry]:
    """Yield the lines in a record's journals by which that device erased or agreed, as they say. Raises OSError."""
    for path in journals(directory):
        writer = writer_of(path.name)
        with open(path, "rb") as file:
            for _, entry in sound_lines(file, parse=_is_special) if _holds_marks(file) else ():
                if entry is not None:
                    writer = entry["h"]["writer"] if "h" in entry else writer
                    if is_of(device, writer) and ("a" in entry or next(erasures(entry), None) is not None):
                        yield entry


def begin_key(store: Store, directory: Path, *, was_here: bool) -> None:
    """Write a key for the device before its journals are read for the first time with one.

    `was_here` says that its cache knows the record: what its journals erase is believed then. A folder that cannot be
    written to is no obstacle.
    """
    assert store.key_file is not None
    with contextlib.suppress(OSError):
        device_key.begin(store.key_file, store.device, lines_with_marks(directory, store.device) if was_here else ())


def _holds_marks(file: BinaryIO) -> bool:
    """Whether there may be marks in a journal, which is then at its beginning again. Most have none."""
    end, marks = b"", list(_MARKS)
    while piece := file.read(_PIECE):
        begin = end + piece[:_MARK]
        if len(marks) == len(_MARKS) and (_DELETIONS in begin or _DELETIONS in piece):
            marks += _REMOVALS
        if any(mark in begin or mark in piece for mark in marks):
            file.seek(0)
            return True
        end = piece[-_MARK:]
        if piece[-1] == 0:
            skip_hole(file)
    return False


def _may_erase(line: bytes) -> bool:
    return b'"e"' in line or any(removal in line for removal in _REMOVALS)


def _is_special(line: bytes) -> bool:
    return b'"h"' in line or b'"a":[[' in line or _may_erase(line)


def agreement(marks: Marks) -> dict[str, Any]:
    """Return the changes of a line with which this device agrees to erasures made elsewhere; their times stay.

    A later time would erase what was written since under the same ids, here and on the other machines.
    """
    by_time: dict[int, dict[str, list[str]]] = {}
    for (table, id), time in sorted(marks.items()):
        by_time.setdefault(time, {}).setdefault(table, []).append(id)
    return {"a": [[time, tables] for time, tables in sorted(by_time.items())]}


def waiting(store: Store) -> Marks:
    """Return the erasures made elsewhere that would remove documents which are shown here."""
    sizes = Counter(table for table, _ in store.asked)
    for table, size in sizes.items():
        if size > MANY:
            _ = store.table(table).docs  # loaded once, instead of one read for each document
    return {
        (table, id): time
        for (table, id), time in store.asked.items()
        if store.table(table).version(id) < (time, "", "") and store.table(table).get(id) is not None
    }


def asked_of(directory: Path, store: Store, arrived: Iterable[Marks] = ()) -> Marks:
    """Return the erasures made elsewhere that would remove something here, read from the journals.

    `arrived` are those of records to be merged. Raises OSError.
    """
    own, elsewhere = marks_of(directory, store)
    for marks in arrived:
        for key, time in marks.items():
            elsewhere[key] = max(time, elsewhere.get(key, 0))
    found = {}
    for (table, id), time in elsewhere.items():
        version = store.table(table).version(id)
        if own.get((table, id), 0) < version[0] and version < (time, "", ""):
            found[table, id] = time
    return found


def by_table(marks: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return how many documents of each table these are."""
    return dict(Counter(table for table, _ in marks))


def scrubbed(line: bytes, marks: Marks) -> bytes:
    """Return a readable line, with its newline, without what was erased; the same object if nothing was.

    Lines keep their numbers and times, so the result is the same on all machines.
    """
    entry = decode_line(line[:-1])
    assert entry is not None
    kept = without(entry, marks)
    if kept is entry:
        return line
    del kept["c"]
    return encode_line(kept)


def without(entry: JournalEntry, marks: Marks) -> JournalEntry:
    """Return a parsed line without what was erased; the same object if nothing was."""
    puts = entry.get("p", {})
    gone = {(t, id) for t, docs in puts.items() for id in docs if marks.get((t, id), 0) > entry["t"]}
    if not gone:
        return entry
    left = {t: {id: doc for id, doc in docs.items() if (t, id) not in gone} for t, docs in puts.items()}
    kept = {**entry, "p": {table: docs for table, docs in left.items() if docs}}  # in the order of before
    if not kept["p"]:
        del kept["p"]
    return kept


def unmarked(line: bytes) -> bytes:
    """Return a readable line, with its newline, without its erase marks; its number and time stay."""
    entry = decode_line(line[:-1]) if _may_erase(line) else None
    if entry is None or next(erasures(entry), None) is None:
        return line
    del entry["c"]
    entry.pop("e", None)
    removed = {name: ids for name, ids in entry.pop("d", {}).items() if name not in LASTING}
    return encode_line({**entry, "d": removed} if removed else entry)
