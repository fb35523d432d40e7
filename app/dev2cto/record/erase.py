"""Erasing for good: the files are rewritten without the documents, backups included.

Everything else in a record is only hidden. An erasure is a line like any other, so that it reaches other machines
with a merge; there, too, the documents leave the files. Copies that were made by hand elsewhere are not reached, and
what a disk or a file system keeps of overwritten files is not ours to say.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from dev2cto.errors import NotSaved, RecordError
from dev2cto.record.backup import daily
from dev2cto.record.journal import blobs
from dev2cto.record.journal.codec import decode_line, encode, encode_line
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.journal.scan import intact
from dev2cto.record.layout import BLOBS, LIVE, PENDING, journals
from dev2cto.record.migrations import SCHEMA
from dev2cto.record.record import Record
from dev2cto.record.recovery import repair, tail_copy
from dev2cto.record.recovery.recovery import recover
from dev2cto.record.schema import BLOB_TABLES

_LONGEST_BACKUP = 60.0
"""Seconds."""

Marks = dict[tuple[str, str], int]
"""(table, id) of what was erased, and when, ms of the hybrid clock; later documents of that id are not concerned."""


def all_document_ids(record: Record, *, apart_from: Iterable[str] = ("settings",)) -> dict[str, tuple[str, ...]]:
    """All documents of all tables, as `erase` takes them."""
    spared = set(apart_from)
    return {name: tuple(record.docs(name)) for name in record.tables() if name not in spared}


def erase_all(record: Record) -> None:
    """Erases all that the learner did; settings stay. Raises as `erase` does."""
    erase(record, all_document_ids(record))


def erase(record: Record, documents: Mapping[str, Iterable[str]]) -> None:
    """Erases these documents (ids by table) from all files of the record, and all automatic backups with them.

    Raises RecordError while another session is open: its file cannot be rewritten. Raises NotSaved where the disk
    refuses; what was not carried through then is carried through at the next opening.
    """
    record.check_writable()
    others = record.others()
    if others:
        raise RecordError(
            f"Nothing was erased: another session (process {others[0].pid} on {others[0].host}) has the record open.",
            "Close it first, or continue here instead of there.",
        )
    record.save_live()
    wanted = {table: sorted(ids) for table, ids in documents.items() if ids}
    if not wanted:
        return
    _note(record.directory)
    record.commit(encode({"e": wanted}))
    complete_erasure(record)


def apply_merged_erasures(record: Record) -> None:
    """Carries through the erasures that came with a merge; where another session is open, at a later opening."""
    marks = tombstones_of(record.directory)
    if any(
        without_erased(path.read_bytes(), marks) != path.read_bytes() for path in journals(record.directory) if marks
    ):
        _note(record.directory)
        if not record.others():
            complete_erasure(record)


def _note(directory: Path) -> None:
    os.close(os.open(directory / PENDING, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))


def complete_erasure(record: Record) -> None:
    """Rewrites all files without what was erased. Raises NotSaved; it is tried again at the next opening."""
    directory = record.directory
    marks = tombstones_of(directory)
    try:
        with record.paused():
            _recover_from_backups(record)
            rewritten = [_scrub(path, marks) for path in journals(directory)]
            for old in (*(directory / tail_copy.BACKUPS).glob("*"), *(directory / repair.DAMAGED).glob("*")):
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            record.forget_checkpoint()
            _drop_unused_texts(record)
            if all(rewritten):
                (directory / PENDING).unlink(missing_ok=True)
    except OSError as problem:
        raise NotSaved(
            f"The erasure is not complete: {problem.strerror or problem}.",
            "It goes on when the course is started next.",
        ) from problem
    record.wait_for_backup(_LONGEST_BACKUP)  # the old backups are gone, and nothing is to be without one


def _recover_from_backups(record: Record) -> None:
    """What a journal has lost without anybody knowing must come from the backups before those are removed."""
    reader = JournalReader(record.directory, record.reader.store.empty(), SCHEMA)
    reader.refresh()
    reader.expected = daily.expected(record.directory)
    recover(reader, record.device)


def _scrub(path: Path, marks: Marks) -> bool:
    """Rewrites one journal; False where somebody else holds it."""
    main = path.with_name(path.name.removeprefix(LIVE))
    lock = os.open(main if main.exists() else path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass  # no locks on this file system: the file is nobody's but a session's that is over
        old = path.read_bytes()
        new = without_erased(old, marks)
        if new != old:
            os.close(repair.replace(path, new))
    finally:
        os.close(lock)
    return True


def _drop_unused_texts(record: Record) -> None:
    used = {name for table in BLOB_TABLES for doc in record.docs(table).values() for name in blobs.names(doc)}
    for path in (record.directory / BLOBS).glob("*"):
        if path.name not in used:
            path.unlink()


def tombstones_in(datas: Iterable[bytes]) -> Marks:
    """The erasures that these journals tell of."""
    marks: Marks = {}
    for data in datas:
        if b'"e":{' not in data:
            continue
        for line in data.split(b"\n"):
            entry = decode_line(line) if b'"e":{' in line else None
            for table, ids in (entry or {}).get("e", {}).items():
                for id in ids:
                    marks[table, id] = max(entry["t"] if entry else 0, marks.get((table, id), 0))
    return marks


def tombstones_of(directory: Path) -> Marks:
    """The erasures that a record's journals tell of."""
    return tombstones_in(path.read_bytes() for path in journals(directory))


def without_erased(data: bytes, marks: Marks) -> bytes:
    """A journal without what was erased. Lines keep their numbers and times, so all machines get the same bytes."""
    if not marks:
        return data
    lines, changed = [], False
    for line in intact(data):
        entry = decode_line(line[:-1])
        assert entry is not None
        puts = entry.get("p", {})
        gone = [(t, id) for t, docs in puts.items() for id in docs if marks.get((t, id), 0) > entry["t"]]
        for table, id in gone:
            del puts[table][id]
            changed = True
            if not puts[table]:
                del puts[table]
        if gone:
            if not puts:
                del entry["p"]
            del entry["c"]
            line = encode_line(entry)
        lines.append(line)
    return b"".join(lines) if changed else data
