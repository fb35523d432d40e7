"""Making a backup archive, and restoring one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dev2cto.clock import Clock, SystemClock
from dev2cto.errors import NotSaved, RecordError
from dev2cto.record.backup import archive
from dev2cto.record.backup.daily import DailyBackup, daily_backups
from dev2cto.record.backup.source import Source, opened
from dev2cto.record.journal import blobs, durable_io
from dev2cto.record.journal.codec import Doc, decode_line
from dev2cto.record.layout import BLOBS, check_private, learner_of, writer_of
from dev2cto.record.record import Record
from dev2cto.record.recovery.foreign_lines import stream_foreign_lines
from dev2cto.record.recovery.health import acknowledged
from dev2cto.record.recovery.tail_copy import BACKUPS
from dev2cto.record.schema import CACHES, LIVE_TABLES
from dev2cto.record.store import Store
from dev2cto.text import pluralize

__all__ = ["DailyBackup", "RestorePlan", "TableChange", "backup", "daily_backups", "plan_restore", "restore"]

_AT_ONCE = 500
"""Documents per commit of a restore."""


class MadeBackup(NamedTuple):
    """A backup that was written and read back."""

    path: Path
    flaws: tuple[str, ...]
    """Sentences without a full stop: what of the record is damaged or missing, and the learner has not been shown."""


def backup(record_dir: Path, destination: Path, *, clock: Clock | None = None) -> MadeBackup:
    """Write the record to an archive; safe while the course is running. A damaged record is backed up as it is.

    `destination` is a folder, in which the archive is named after learner, course and time, or the archive's own path,
    which must not exist. Raises RecordError if there is no record of this user's or the path exists, NotSaved if the
    archive cannot be written.
    """
    if os.path.lexists(record_dir):
        check_private(record_dir)
    now = (clock or SystemClock()).now()
    if destination.is_dir():
        destination = _free(destination, f"dev2cto-{_name(record_dir)}-{now:%Y-%m-%d-%H%M%S}")
    if os.path.lexists(destination):
        raise RecordError(f"{destination} already exists.", "Choose another name; a backup never overwrites a file.")
    with opened(record_dir, destination.parent) as held:
        for name in held.survey.texts - held.texts.keys():
            if blobs.load(record_dir, name) is not None:
                held.texts[name] = record_dir / BACKUPS / BLOBS / name
        lost = len(held.survey.texts - held.texts.keys())
        if lost:
            held.notes.append(f"{pluralize(lost, 'large text')} missing or damaged")
        _write(held, destination)
        known = acknowledged(record_dir)
        if all(list(span) in known.get(writer, []) for writer, spans in held.missing.items() for span in spans):
            held.damage.clear()
        return MadeBackup(destination, (*held.damage, *held.notes))


def _write(held: Source, destination: Path) -> None:
    scratch = destination.with_name(f".{destination.name}.{durable_io.token()}.tmp")
    try:
        parts = {name: archive.complete_lines(path) for name, path in held.journals.items()}
        parts |= {f"{BLOBS}/{name}": archive.Part(path, path.stat().st_size) for name, path in held.texts.items()}
        listed = archive.pack(scratch, parts)
        if not archive.reads_back(scratch, listed):
            raise NotSaved(f"The backup in {destination} could not be read back.", "Choose another disk.")
        _publish(scratch, destination)
    except FileExistsError:
        hint = "Choose another name; a backup never overwrites a file."
        raise RecordError(f"{destination} already exists.", hint) from None
    except OSError as problem:
        raise NotSaved(f"The backup could not be written: {problem.strerror or problem} ({destination}).") from problem
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink()


def _name(record_dir: Path) -> str:
    """Return the learner's name, followed by the course's folder name unless it is the shipped course."""
    learner = learner_of(record_dir)
    return learner.name if learner == record_dir else f"{learner.name}-{record_dir.name}"


def _free(folder: Path, name: str) -> Path:
    """Return an unused path in the folder, since two backups may be made in the same second."""
    names = (name, *(f"{name}-{number}" for number in range(2, 100)))
    paths = [folder / f"{free}.tar.gz" for free in names]
    return next((path for path in paths if not os.path.lexists(path)), paths[0])


def _publish(scratch: Path, destination: Path) -> None:
    """Give a finished file its name. Raises FileExistsError instead of overwriting a file; OSError."""
    try:
        os.link(scratch, destination)
    except FileExistsError:
        raise
    except OSError:  # USB sticks and some network drives do not support hard links
        if os.path.lexists(destination):
            raise FileExistsError(destination) from None
        os.rename(scratch, destination)


@dataclass(frozen=True, slots=True)
class TableChange:
    """The effect of a restore on one table, in numbers of documents."""

    table: str
    back: int
    """Missing from the record; they are restored."""
    changed: int
    """Different in the record; they revert to the backup's version."""
    kept: int
    """Only in the record; they are kept."""


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """The effect of restoring a backup."""

    source: Path
    tables: tuple[TableChange, ...]
    texts: int
    """Number of large texts restored."""
    later_resets: tuple[str, ...] = ()
    """Ids of resets made after the backup; they stay in effect until undone."""
    damage: tuple[str, ...] = ()
    """Sentences without a full stop: why the backup is not whole."""
    notes: tuple[str, ...] = ()
    """Sentences without a full stop: what else the learner should know of it."""
    puts: Sequence[tuple[str, str, Doc]] = field(default=(), repr=False)
    """Table, id and document."""
    lost: Sequence[bytes] = field(default=(), repr=False)

    @property
    def documents(self) -> int:
        """Number of documents that will be written."""
        return sum(change.back + change.changed for change in self.tables)


def plan_restore(record: Record, source: Path, courses: Collection[str] = (), *, partial: bool = False) -> RestorePlan:
    """Plan to restore the documents of a backup (an archive or a folder); later documents are kept.

    Drafts in the backup are restored next to newer ones, as other versions. Places and positions do not change, nor do
    tables derived from answers (`cards`, `sums`): rebuild those afterwards. An attempt finished since stays finished.
    `courses` are the course's current and former ids, the current one first; `partial` takes what is intact of a
    backup that is not whole. Raises RecordError if the source holds no record, DamagedSource, NewerRecord, OtherCourse.
    """
    with opened(source, record.directory) as held:
        held.refuse_other_course(courses)
        if not partial:
            held.refuse_damaged()
        store = record.reader.store.empty()
        theirs = _tables(held, store)
        lost = {name: p.read_bytes() for name, p in held.texts.items() if blobs.load(record.directory, name) is None}
    puts: list[tuple[str, str, Doc]] = []
    changes = []
    for table, docs in sorted(theirs.items()):
        if table in CACHES or table in LIVE_TABLES:
            continue
        ours = record.docs(table)
        back = [id for id in docs if id not in ours]
        changed = [
            id for id in docs if id in ours and ours[id] != docs[id] and not _is_later_state(table, ours[id], docs[id])
        ]
        puts += ((table, id, docs[id]) for id in [*back, *changed])
        changes.append(TableChange(table, len(back), len(changed), len(ours.keys() - docs.keys())))
    # In the order of their last changes, which decides what a reset covers.
    puts.sort(key=lambda put: store.table(put[0]).version(put[1]))
    drafts = _other_texts(record, theirs.get("drafts", {}))
    puts += drafts
    if drafts:
        changes.append(TableChange("drafts", len(drafts), 0, len(record.docs("drafts"))))
    resets = tuple(sorted(record.docs("resets").keys() - theirs.get("resets", {}).keys()))
    damage, notes = tuple(held.damage), tuple(held.notes)
    return RestorePlan(source, tuple(changes), len(lost), resets, damage, notes, puts, tuple(lost.values()))


def restore(record: Record, plan: RestorePlan) -> None:
    """Carry out the plan. Raises NotSaved, ReadOnly."""
    record.check_writable()
    try:
        for data in plan.lost:
            blobs.store(record.directory, data)
    except OSError as problem:
        raise NotSaved(f"Nothing was restored: {problem.strerror or problem}.", "Free some space first.") from problem
    for puts in _batches(plan.puts):
        with record.batch():
            for table, id, doc in puts:
                record.put_back(table, id, doc)


def _batches(puts: Sequence[tuple[str, str, Doc]]) -> Iterator[list[tuple[str, str, Doc]]]:
    """Split what is to be written into lines. A reset ends its line: what is in a line has one moment."""
    batch: list[tuple[str, str, Doc]] = []
    for put in puts:
        batch.append(put)
        if len(batch) == _AT_ONCE or put[0] == "resets":
            yield batch
            batch = []
    if batch:
        yield batch


def _tables(held: Source, store: Store) -> dict[str, dict[str, Doc]]:
    """Return the documents of an archive, by table and id, as an opened record would; `store` is empty."""
    for name, path in held.journals.items():
        with open(path, "rb") as file:
            for foreign in stream_foreign_lines(file, writer_of(name)):
                entry = decode_line(foreign.line[:-1])
                assert entry is not None
                store.apply(entry, foreign.writer, foreign.schema)
    return {table: state.docs for table, state in store.shelves.items()}


def _is_later_state(table: str, now: Doc, then: Doc) -> bool:
    """Whether the record's document is merely a later state: an attempt that was open then and has since ended."""
    return table == "attempts" and then.get("state") == "open" and now.get("state") != "open"


def _other_texts(record: Record, drafts: dict[str, Doc]) -> list[tuple[str, str, Doc]]:
    """Return drafts whose text is not in the record, under new ids, as (table, id, document)."""
    found: dict[str, tuple[str, str, Doc]] = {}
    for id, doc in drafts.items():
        owner = id.rpartition("/")[0]
        have = {now.get("text") for other, now in record.docs("drafts").items() if other.rpartition("/")[0] == owner}
        if doc.get("text") and doc["text"] not in have:
            number = sum(key.startswith(f"{owner}/") for key in found)
            fresh = f"{owner}/backup.{number}"
            while fresh in found or fresh in record.docs("drafts"):
                number += 1
                fresh = f"{owner}/backup.{number}"
            found[fresh] = ("drafts", fresh, doc)
    return list(found.values())
