"""Restoring a backup: what it would change, and changing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dev2cto.errors import NotSaved
from dev2cto.record.backup.source import opened
from dev2cto.record.backup.staging import StagedDocuments, StagedTexts, compared, staging
from dev2cto.record.journal import blobs
from dev2cto.record.journal.codec import Doc
from dev2cto.record.journal.live import Changes
from dev2cto.record.record import Record
from dev2cto.record.schema import CACHES, LIVE_TABLES

_AT_ONCE = 100
"""Documents per line of a restore."""


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
    puts: Iterable[tuple[str, str, Doc]] = field(default=(), repr=False)
    """Table, id and document."""
    lost: Iterable[bytes] = field(default=(), repr=False)

    @property
    def documents(self) -> int:
        """Number of documents that will be written."""
        return sum(change.back + change.changed for change in self.tables)


def plan_restore(record: Record, source: Path, courses: Collection[str] = (), *, partial: bool = False) -> RestorePlan:
    """Plan to restore the documents of a backup (an archive or a folder); later documents are kept.

    Drafts in the backup are restored next to newer ones, as other versions. Places and positions do not change, nor do
    tables derived from answers (`cards`, `sums`): rebuild those afterwards. An attempt finished since stays finished.
    `courses` are the course's current and former ids, the current one first; `partial` takes what is intact of a
    backup that is not whole. What it holds lies on the disk, without names, as long as the plan is used.
    Raises RecordError if the source holds no record, DamagedSource, NewerRecord, OtherCourse.
    """
    store = staging(record)
    store.left_out = CACHES
    with opened(source, record.directory, store) as held:
        held.refuse_other_course(courses)
        if not partial:
            held.refuse_damaged()
        lost = StagedTexts(record.directory)
        for name, path in held.texts.items():
            if blobs.load(record.directory, name) is None:
                lost.add(path)
    puts = StagedDocuments(store)
    changes = []
    for table in sorted(store.shelves):
        if table in CACHES or table in LIVE_TABLES:
            continue
        back = changed = kept = same = 0
        for id, ours, theirs, version in compared(record.reader.store.table(table), store.table(table)):
            if theirs is None:
                kept += 1
            elif ours is None:
                back += 1
                puts.add(table, id, version)
            elif ours == theirs or _is_later_state(table, ours, theirs):
                same += 1
            else:
                changed += 1
                puts.add(table, id, version)
        if back or changed or same:
            changes.append(TableChange(table, back, changed, kept))
    drafts = _other_texts(record, store.table("drafts").docs)
    puts.end_with(drafts)
    if drafts:
        changes.append(TableChange("drafts", len(drafts), 0, len(record.docs("drafts"))))
    resets = tuple(sorted(record.docs("resets").keys() - store.table("resets").docs.keys()))
    damage, notes = tuple(held.damage), tuple(held.notes)
    return RestorePlan(source, tuple(changes), len(lost), resets, damage, notes, puts, lost)


def restore(record: Record, plan: RestorePlan) -> None:
    """Carry out the plan: all of it or nothing but large texts. Raises NotSaved, ReadOnly."""
    record.check_writable()
    try:
        for data in plan.lost:
            blobs.store(record.directory, data)
    except OSError as problem:
        raise NotSaved(f"Nothing was restored: {problem.strerror or problem}.", "Free some space first.") from problem
    if plan.documents:
        record.put_back(lambda: _lines(plan.puts))


def _lines(puts: Iterable[tuple[str, str, Doc]]) -> Iterator[Changes]:
    """Split what is to be written into lines. A reset ends its line: what is in a line has one moment."""
    line: dict[str, dict[str, Doc | None]] = {}
    count = 0
    for table, id, doc in puts:
        line.setdefault(table, {})[id] = doc
        count += 1
        if count == _AT_ONCE or table == "resets":
            yield line
            line, count = {}, 0
    if line:
        yield line


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
