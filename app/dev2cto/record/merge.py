"""Merging records: of a laptop and a server, of a backup and the record that has since moved on.

A record is a set of lines, each identified by its writer and its bytes, and the newest version of each document wins.
A merge therefore loses nothing, asks only before it erases, and is commutative, associative and idempotent.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

from dev2cto.errors import NotSaved
from dev2cto.record import erase
from dev2cto.record.adoption import Adoption
from dev2cto.record.backup.source import Source, opened
from dev2cto.record.erase_marks import Marks, asked_of, by_table, marks_of, scrubbed, unmarked, without
from dev2cto.record.journal import blobs, durable_io
from dev2cto.record.journal.codec import FORMAT
from dev2cto.record.journal.live import compacted, entries_of, newest
from dev2cto.record.journal.reader import ReadPosition
from dev2cto.record.journal.slots import is_locked
from dev2cto.record.layout import LIVE, journals, writer_of
from dev2cto.record.migrations import SCHEMA
from dev2cto.record.record import Record
from dev2cto.record.recovery import foreign_lines
from dev2cto.record.recovery.foreign_lines import stream_foreign_lines
from dev2cto.record.recovery.line_index import LineSpool

_PIECE = 1 << 20


class Consent(NamedTuple):
    """How the learner agrees to erasures that were made elsewhere."""

    ask: Callable[[Mapping[str, int]], bool]
    """Called with the number of documents that would be erased here, by table, before anything is changed."""
    back_up: Callable[[], Path]
    """Backs up the record before it is changed, and returns the backup. Raises NotSaved."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge."""

    entries: int
    """Saved entries that are new here."""
    texts: int
    """Large texts that are new here."""
    damage: tuple[str, ...] = ()
    """Sentences without a full stop: which parts of the sources were damaged or missing."""
    notes: tuple[str, ...] = ()
    """Sentences without a full stop: what else the learner should know of the sources."""
    spared: int = 0
    """Documents that were erased elsewhere and are still here, since nobody agreed."""
    erased: int = 0
    """Documents that were erased elsewhere and now are here too."""
    backup: Path | None = None
    """The backup that was made before documents were erased; None if none were."""


def merge(
    record: Record,
    sources: Sequence[Path],
    courses: Collection[str] = (),
    *,
    partial: bool = False,
    consent: Consent | None = None,
) -> Merged:
    """Merge the records in these folders or archives into this one.

    `courses` are the course's current and former ids, the current one first. `partial` takes what is intact of sources
    that are not whole. What was erased elsewhere, as these records or a synced folder say, is erased here only with
    `consent`; else the erasure is left out, and a later merge can take it, also one without sources. Raises RecordError
    if a source is not a record, DamagedSource, NewerRecord if a newer version wrote one, OtherCourse if one belongs to
    another course, and what `consent.ask` raises (in these cases nothing is changed); NotSaved if the disk refuses.
    """
    record.check_writable()
    with contextlib.ExitStack() as stack:
        adoption = Adoption(record) if len(sources) == 1 else None
        adopt = None if adoption is None else adoption.begin
        found = [stack.enter_context(opened(source, record.directory, adopt=adopt)) for source in sources]
        for there in found:
            there.refuse_other_course(courses)
            if not partial:
                there.refuse_damaged()
        record.save_live()
        record.refresh()
        erased = asked_of(record.directory, record.reader.store, [there.survey.marks for there in found])
        agreed = bool(erased) and consent is not None and consent.ask(by_table(erased))
        saved = consent.back_up() if agreed and consent is not None else None
        spared = 0 if agreed else len(erased)
        counts = _import(record, found, erased if agreed else {}, adoption, leave_marks=bool(spared))
        damage, notes = (tuple(_of_many(found, lists)) for lists in (lambda s: s.damage, lambda s: s.notes))
    record.refresh()
    erase.agree(record, erased if agreed else {})
    return Merged(*counts, damage, notes, spared, len(erased) if agreed else 0, saved)


def _of_many(found: Sequence[Source], sentences: Callable[[Source], list[str]]) -> list[str]:
    return [f"{there.path}: {words}" for there in found for words in sentences(there)]


def _import(
    record: Record, found: Sequence[Source], agreed: Marks, adoption: Adoption | None, *, leave_marks: bool
) -> tuple[int, int]:
    """Take the lines and texts, without what the `agreed` marks erase; return how many were new. Raises NotSaved."""
    entries = texts = 0
    try:
        for there in found:
            with foreign_lines.exclusive_lock(record.directory):
                marks = marks_of(record.directory, record.reader.store).own
                marks |= {id: max(time, marks.get(id, 0)) for id, time in agreed.items()}
                as_they_are = adoption is not None and not marks and not leave_marks
                adopted = adoption.adoptable(there) if adoption is not None and as_they_are else []
                if adoption is not None and adopted:
                    entries += adoption.finish(there)
                entries += _import_lines(record, there, marks, adopted, leave_marks=leave_marks)
                entries += _import_live(record, there, marks)
            texts += _import_texts(record.directory, there)
    except OSError as problem:
        raise NotSaved(
            f"Not everything could be merged: {problem.strerror or problem}.",
            "What was merged so far is kept. Free some space, then merge again.",
        ) from problem
    return entries, texts


def _import_lines(record: Record, there: Source, marks: Marks, without: Collection[str], *, leave_marks: bool) -> int:
    """Take the lines of the journals but for some, by file name. Return how many were new. Raises OSError."""
    have: dict[str, set[bytes]] = {}
    with TemporaryFile(dir=record.directory, prefix=".", suffix=".tmp") as file:
        spool = LineSpool(file)
        for name, path in there.journals.items():
            if name.startswith(LIVE) or name in without:
                continue
            with open(path, "rb") as journal:
                checked = name not in there.survey.damage
                writer, schema, same = writer_of(name), SCHEMA, ""
                position = None if marks else record.reader.files.get(name)
                if position is not None and (end := _common(journal, record.directory / name, position.end)):
                    writer, schema = position.writer, position.schema
                    is_all = sum(writer_of(other) == writer_of(name) for other in there.journals) == 1
                    same = name if end == position.end and is_all else ""
                for foreign in stream_foreign_lines(journal, writer, schema, checked=checked):
                    if foreign.writer not in have:
                        have[foreign.writer] = _digests_on_disk(record, foreign.writer, without=same)
                    if leave_marks and _digest(foreign.line) in have[foreign.writer]:
                        continue  # a sync tool has brought it with its marks
                    line = unmarked(foreign.line) if leave_marks else foreign.line
                    line = scrubbed(line, marks) if marks else line
                    digest = _digest(line)
                    if foreign.number >= 0 and digest not in have[foreign.writer]:
                        have[foreign.writer].add(digest)
                        spool.add(foreign if line is foreign.line else foreign._replace(line=line))
        have.clear()
        entries = sum(not line.header for new in spool.lines.values() for line in new)
        for writer in spool.lines:
            _add(record, writer, spool)
        return entries


def _digest(line: bytes) -> bytes:
    return blake2b(line, digest_size=16).digest()


def _common(journal: BinaryIO, mine: Path, length: int) -> int:
    """Go to where a journal stops to repeat the beginning of the file here, of that many bytes; return where that is.

    It is at the end of either, else 0. Raises OSError.
    """
    at = 0
    with open(mine, "rb") as file:
        while at < length and (theirs := journal.read(min(_PIECE, length - at))):
            if file.read(len(theirs)) != theirs:
                at = 0
                break
            at += len(theirs)
    journal.seek(at)
    return at


def _digests_on_disk(record: Record, writer: str, without: str) -> set[bytes]:
    """Return digests of a writer's lines that are currently readable in the record's files, but for one of these."""
    found: set[bytes] = set()
    for path in journals(record.directory):
        if writer_of(path.name) == writer and path.name != without:
            with open(path, "rb") as file:
                found.update(_digest(foreign.line) for foreign in stream_foreign_lines(file, writer, checked=True))
    return found


def _add(record: Record, writer: str, spool: LineSpool) -> None:
    """Add new lines of a writer: to its own journal if they continue it and it is safe to rewrite, else to a side file.

    Raises OSError.
    """
    new = spool.lines[writer]
    path = record.directory / f"{writer}.jsonl"
    known = record.reader.seen.get(writer)
    continues = not path.exists() or (known is not None and min(line.number for line in new) >= known.next)
    damaged = any(name == path.name for name, _ in record.reader.damaged | record.reader.known)
    if not (_is_foreign(record, writer) and continues and not damaged and not is_locked(path)):
        path = path.with_name(f"{writer}~{record.device}.jsonl")
    elif (position := _whole(record, path, writer)) is not None:
        fd = durable_io.replace(path, chain(_pieces(path, position.end), spool.journal(writer, position.schema)))
        position.inode = os.fstat(fd).st_ino  # what was read of it is where it was
        os.close(fd)
        return
    if path.exists():
        with open(path, "rb") as journal:
            spool.add_file(journal, writer)
    durable_io.write_whole(path, spool.journal(writer))


def _whole(record: Record, path: Path, writer: str) -> ReadPosition | None:
    """Return how far a file was read if that is all of it, and it is still the same file."""
    position = record.reader.files.get(path.name)
    if position is None or position.writer != writer or not path.exists():
        return None
    found = os.stat(path)
    return position if (found.st_ino, found.st_size) == (position.inode, position.end) else None


def _pieces(path: Path, length: int) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while length and (piece := file.read(min(_PIECE, length))):
            length -= len(piece)
            yield piece


def _is_foreign(record: Record, writer: str) -> bool:
    return not writer.removeprefix(LIVE).startswith(f"{record.device}.")


def _import_live(record: Record, there: Source, marks: Marks) -> int:
    """Merge live journals, which keep only the newest version of each document. Return how many were new."""
    count, shapes = 0, record.reader.store.shapes
    for name, source in there.journals.items():
        if not name.startswith(LIVE):
            continue
        writer = writer_of(name)
        path = record.directory / f"{writer}.jsonl"
        known = newest(entries_of(path), SCHEMA, shapes)
        if not _is_foreign(record, writer) or is_locked(path.with_name(path.name.removeprefix(LIVE))):
            path = record.directory / f"{writer}~{record.device}.jsonl"
            known |= newest(entries_of(path), SCHEMA, shapes)
        arrived = newest((without(entry, marks) for entry in entries_of(source)), SCHEMA, shapes)
        new = sum(key not in known or known[key][0] < version[0] for key, version in arrived.items())
        if new:
            header = {"h": {"format": FORMAT, "schema": SCHEMA, "writer": writer}}
            entries = chain(entries_of(path), (without(entry, marks) for entry in entries_of(source)))
            durable_io.write_whole(path, compacted(entries, header, SCHEMA, shapes))
            count += new
    return count


def _import_texts(directory: Path, there: Source) -> int:
    count = 0
    for name, path in there.texts.items():
        if blobs.load(directory, name) is None:
            blobs.store(directory, path.read_bytes())
            count += 1
    return count
