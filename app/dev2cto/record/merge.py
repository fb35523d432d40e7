"""Merging records: of a laptop and a server, of a backup and the record that has since moved on.

A record is a set of lines, each identified by its writer and its bytes, and the newest version of each document wins.
A merge therefore loses nothing, never asks, and is commutative, associative and idempotent.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from dev2cto.errors import NotSaved
from dev2cto.record import erase
from dev2cto.record.backup.archive import Contents
from dev2cto.record.journal import blobs, durable_io
from dev2cto.record.journal.codec import FORMAT
from dev2cto.record.journal.live import compacted, newest
from dev2cto.record.journal.slots import is_locked
from dev2cto.record.layout import LIVE, writer_of
from dev2cto.record.migrations import SCHEMA
from dev2cto.record.record import Record
from dev2cto.record.recovery import foreign_lines
from dev2cto.record.recovery.foreign_lines import ForeignLine, read_foreign_lines
from dev2cto.record.recovery.recovery import lines_on_disk, load_source


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge."""

    entries: int
    """Saved entries that are new here."""
    texts: int
    """Large texts that are new here."""
    broken: tuple[str, ...] = ()
    """Messages: which parts of the sources could not be read."""


def merge(record: Record, sources: Sequence[Path], courses: Collection[str] = ()) -> Merged:
    """Merge the records in these folders or archives into this one.

    `courses` are the course's current and former ids, the current one first. Raises RecordError if a source is not a
    record, NewerRecord if a newer version wrote one, OtherCourse if one belongs to another course (in these cases
    nothing is changed), NotSaved if the disk refuses.
    """
    record.check_writable()
    found = [(source, load_source(source)) for source in sources]
    for source, there in found:
        there.refuse_newer(source, SCHEMA)
        there.refuse_other_course(source, courses)
    record.save_live()
    record.refresh()
    entries = texts = 0
    try:
        for _, there in found:
            with foreign_lines.exclusive_lock(record.directory):
                marks = erase.tombstones_in(there.journals.values()) | erase.tombstones_of(record.directory)
                entries += _import_lines(record, there, marks)
                entries += _import_live(record, there, marks)
            texts += _import_texts(record.directory, there)
    except OSError as problem:
        raise NotSaved(
            f"Not everything could be merged: {problem.strerror or problem}.",
            "What was merged so far is kept. Free some space, then merge again.",
        ) from problem
    record.refresh()
    erase.apply_merged_erasures(record)
    return Merged(entries, texts, tuple(f"{source}: {there.broken}" for source, there in found if there.broken))


def _import_lines(record: Record, there: Contents, marks: erase.Marks) -> int:
    arrived: dict[str, dict[bytes, ForeignLine]] = {}
    for name, data in there.journals.items():
        if not name.startswith(LIVE):
            for foreign in read_foreign_lines(erase.without_erased(data, marks), writer_of(name)):
                if foreign.number >= 0:
                    arrived.setdefault(foreign.writer, {})[foreign.line] = foreign
    count = 0
    for writer, lines in arrived.items():
        have = lines_on_disk(record.reader, writer)
        new = [foreign for line, foreign in lines.items() if line not in have]
        if new:
            count += sum(not foreign.header for foreign in new)
            _add(record, writer, new)
    return count


def _add(record: Record, writer: str, new: list[ForeignLine]) -> None:
    """Add new lines of a writer: to its own journal if they continue it and it is safe to rewrite, else to a side file.

    Raises OSError.
    """
    path = record.directory / f"{writer}.jsonl"
    known = record.reader.seen.get(writer)
    continues = not path.exists() or (known is not None and min(foreign.number for foreign in new) >= known.next)
    damaged = any(name == path.name for name, _ in record.reader.damaged | record.reader.known)
    if _is_foreign(record, writer) and continues and not damaged and not is_locked(path):
        old = read_foreign_lines(path.read_bytes(), writer) if path.exists() else []
        durable_io.write_whole(path, foreign_lines.as_journal(writer, [*old, *new]))
    else:
        foreign_lines.save_foreign_lines(record.directory, record.device, new)


def _is_foreign(record: Record, writer: str) -> bool:
    return not writer.removeprefix(LIVE).startswith(f"{record.device}.")


def _import_live(record: Record, there: Contents, marks: erase.Marks) -> int:
    """Merge live journals, which keep only the newest version of each document. Return how many were new."""
    count = 0
    for name, data in there.journals.items():
        if not name.startswith(LIVE):
            continue
        writer, arrived = writer_of(name), erase.without_erased(data, marks)
        path = record.directory / f"{writer}.jsonl"
        known = newest(path.read_bytes(), SCHEMA) if path.exists() else {}
        if not _is_foreign(record, writer) or is_locked(path.with_name(path.name.removeprefix(LIVE))):
            path = record.directory / f"{writer}~{record.device}.jsonl"
        old = path.read_bytes() if path.exists() else b""
        known |= newest(old, SCHEMA)
        new = sum(key not in known or known[key][0] < version[0] for key, version in newest(arrived, SCHEMA).items())
        if new:
            header = {"h": {"format": FORMAT, "schema": SCHEMA, "writer": writer}}
            durable_io.write_whole(path, compacted(old + b"\n" + arrived, header, SCHEMA))
            count += new
    return count


def _import_texts(directory: Path, there: Contents) -> int:
    count = 0
    for name, data in there.blobs.items():
        if blobs.content_name(data) == name and blobs.load(directory, name) is None:
            blobs.store(directory, data)
            count += 1
    return count
