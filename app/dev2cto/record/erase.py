"""Permanent erasure: rewrite all files, backups included, without the erased documents.

Every other deletion only hides documents. An erasure is itself a journal line (a tombstone), so that a merge or a sync
tool carries it to other machines. There it changes nothing until the learner agrees, which is a line of that machine's
own journal; then the documents are removed from the files too. It does not reach copies made by hand, nor what a disk
or file system retains of overwritten files.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dev2cto.errors import NotSaved, RecordError
from dev2cto.record.backup import daily
from dev2cto.record.erase_marks import Marks, agreement, marks_of, scrubbed
from dev2cto.record.journal import blobs, durable_io
from dev2cto.record.journal.codec import encode
from dev2cto.record.journal.line_stream import sound_lines
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.journal.writer import milliseconds
from dev2cto.record.layout import BLOBS, LIVE, PENDING, journals
from dev2cto.record.migrations import SCHEMA
from dev2cto.record.record import Record
from dev2cto.record.recovery import repair, tail_copy
from dev2cto.record.recovery.recovery import recover
from dev2cto.record.schema import BLOB_TABLES

_LONGEST_BACKUP = 60.0
"""Seconds to wait for the backup that replaces the deleted ones."""


def all_document_ids(record: Record, *, apart_from: Iterable[str] = ("settings",)) -> dict[str, tuple[str, ...]]:
    """Return the ids of all documents by table, as `erase` expects them."""
    spared = set(apart_from)
    return {name: tuple(record.docs(name)) for name in record.tables() if name not in spared}


def erase_all(record: Record) -> None:
    """Erase everything but the settings. Raises as `erase` does."""
    erase(record, all_document_ids(record))


def erase(record: Record, documents: Mapping[str, Iterable[str]]) -> None:
    """Erase these documents (ids by table) from all files of the record, and delete all automatic backups.

    Raises RecordError if another session is open, since its file cannot be rewritten. Raises NotSaved if the disk
    refuses; the next opening then completes the erasure.
    """
    record.check_writable()
    others = record.others()
    if others:
        raise RecordError(
            f"Nothing was erased: another session (process {others[0].pid} on {others[0].host}) has the record open.",
            "Close that session first, or take it over.",
        )
    record.save_live()
    wanted = {table: sorted(ids) for table, ids in documents.items() if ids}
    if not wanted:
        return
    _note(record.directory)
    record.commit(encode(_signed(record, {"e": wanted})))
    complete_erasure(record)


def _signed(record: Record, changes: dict[str, Any]) -> dict[str, Any]:
    """Return erasures as only this device can make them, if it keeps a key. Raises NotSaved."""
    store = record.reader.store
    if store.key_file is None:
        return changes
    from dev2cto.record import device_key

    try:
        device_key.begin(store.key_file, record.device, ())  # no effect unless it is lost or damaged
    except OSError as problem:
        raise NotSaved(
            f"Nothing was erased: {problem.strerror or problem} ({store.key_file}).",
            "Make that folder writable for you alone.",
        ) from problem
    key = device_key.read_key(store.key_file) or device_key.NONE
    return key.sign(changes, record.device, store.tick(milliseconds(record.clock)))


def agree(record: Record, marks: Marks) -> None:
    """Note that the learner agreed to these erasures, and remove the documents from the files. Raises NotSaved."""
    if marks:
        record.commit(encode(_signed(record, agreement(marks))))
    apply_merged_erasures(record)


def apply_merged_erasures(record: Record) -> None:
    """Complete erasures that this device agreed to; if another session is open, a later opening does so."""
    marks = marks_of(record.directory, record.reader.store).own
    if any(_holds_erased(path, marks) for path in journals(record.directory) if marks):
        _note(record.directory)
        if not record.others():
            complete_erasure(record)


def _note(directory: Path) -> None:
    os.close(os.open(directory / PENDING, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))


def complete_erasure(record: Record) -> None:
    """Rewrite all files without what was erased. Raises NotSaved; the next opening retries."""
    directory = record.directory
    marks = marks_of(directory, record.reader.store).own
    if not marks:  # the note of it came from another machine
        (directory / PENDING).unlink(missing_ok=True)
        return
    try:
        with record.paused():
            durable_io.make_folder(directory / tail_copy.BACKUPS)
            with daily.alone(directory):  # a backup that a session began before would hold what is erased
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
            "It will continue the next time you start the course.",
        ) from problem
    record.wait_for_backup(_LONGEST_BACKUP)  # the old backups were deleted, and the record should not be without one


def _recover_from_backups(record: Record) -> None:
    """Recover lines that the journals have lost unnoticed before the backups that hold them are deleted."""
    reader = JournalReader(record.directory, record.reader.store.empty(), SCHEMA)
    reader.refresh()
    reader.expected = daily.expected(record.directory)
    recover(reader, record.device)


def _scrub(path: Path, marks: Marks) -> bool:
    """Rewrite one journal without what was erased. Return False if another session has it locked."""
    main = path.with_name(path.name.removeprefix(LIVE))
    lock = os.open(main if main.exists() else path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass  # no locks on this file system: each journal belongs to a single session, and that one has ended
        if _holds_erased(path, marks):
            with open(path, "rb") as old:
                os.close(repair.replace(path, (scrubbed(line, marks) for line, _ in sound_lines(old))))
    finally:
        os.close(lock)
    return True


def _holds_erased(path: Path, marks: Marks) -> bool:
    with open(path, "rb") as file:
        return any(scrubbed(line, marks) is not line for line, _ in sound_lines(file))


def _drop_unused_texts(record: Record) -> None:
    used = {name for table in BLOB_TABLES for doc in record.docs(table).values() for name in blobs.names(doc)}
    for path in (record.directory / BLOBS).glob("*"):
        if path.name not in used:
            path.unlink()
