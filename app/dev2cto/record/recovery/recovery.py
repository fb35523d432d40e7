"""Recovering lines that the journals lack from the record's own backups."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dev2cto.errors import RecordError
from dev2cto.record.backup import daily
from dev2cto.record.journal.codec import decode_line
from dev2cto.record.journal.line_numbers import IntervalSet
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.layout import LIVE, journals, writer_of
from dev2cto.record.recovery import foreign_lines, tail_copy
from dev2cto.record.recovery.foreign_lines import ForeignLine


@dataclass(frozen=True, slots=True)
class RecoveryResult:
    """How many lines were recovered, and from where."""

    count: int
    source: str
    """As shown to the learner."""


def recover(reader: JournalReader, device: str | None) -> list[RecoveryResult]:
    """Look for missing lines, newest sources first, and add those found to the record.

    Without a device (the record is read-only) they are added in memory only. Raises OSError.
    """
    recovered = []
    for source, lines in own_copies(reader.directory):
        wanted = {writer: IntervalSet(gaps) for writer, gaps in reader.missing().items()}
        if not wanted:
            break
        found = [foreign for foreign in lines if foreign.number in wanted.get(foreign.writer, ())]
        if import_lines(reader, device, found) if device else apply_in_memory(reader, found):
            recovered.append(RecoveryResult(len({(foreign.writer, foreign.number) for foreign in found}), source))
    return recovered


def import_lines(reader: JournalReader, device: str, lines: Iterable[ForeignLine]) -> bool:
    """Add lines to the record's side files and to memory. Return True if any were new. Raises OSError."""
    with foreign_lines.exclusive_lock(reader.directory):
        changed = foreign_lines.save_foreign_lines(reader.directory, device, lines)
    for path in changed:
        reader.read(path)
    return bool(changed)


def apply_in_memory(reader: JournalReader, lines: list[ForeignLine]) -> bool:
    """Add lines in memory only. Return True if there were any."""
    for foreign in lines:
        entry = decode_line(foreign.line[:-1])
        assert entry is not None
        reader.apply_foreign_line(entry, foreign.writer, foreign.schema)
    return bool(lines)


def own_copies(directory: Path) -> Iterator[tuple[str, Iterator[ForeignLine]]]:
    """Yield the record's own copies of lines, newest first, each with its name as shown to the learner."""
    yield "the second copy of the latest entries", _tail_copies(directory)
    for backup in daily.daily_backups(directory):
        yield f"the backup of {backup.day.isoformat()}", _daily_backup(backup.path)


def _tail_copies(directory: Path) -> Iterator[ForeignLine]:
    for path in tail_copy.files(directory):
        with contextlib.suppress(OSError), open(path, "rb") as file:
            yield from foreign_lines.stream_foreign_lines(file, tail_copy.writer_of(path))


def _daily_backup(path: Path) -> Iterator[ForeignLine]:
    from dev2cto.record.backup.tar_reading import SMALL_PIECE, Broken, as_broken, members  # tarfile: 10 ms

    with contextlib.suppress(OSError, RecordError, Broken), as_broken():
        for member in members(path, SMALL_PIECE):
            name = member.name.name
            if name.endswith(".jsonl") and not name.startswith(LIVE):
                yield from foreign_lines.stream_foreign_lines(member.file, writer_of(name))


def lines_on_disk(reader: JournalReader, writer: str) -> set[bytes]:
    """Return a writer's lines that are currently readable in the record's files."""
    found: set[bytes] = set()
    for path in journals(reader.directory):
        if writer_of(path.name) == writer:
            with open(path, "rb") as file:
                found.update(foreign.line for foreign in foreign_lines.stream_foreign_lines(file, writer))
    return found


def recover_replaced_file(reader: JournalReader, device: str, writer: str, written: bytes) -> list[RecoveryResult]:
    """Recover all known lines of a writer after its file was replaced or truncated.

    `written` is the content of the old file, which is still open. Raises OSError.
    """
    have = lines_on_disk(reader, writer)
    known = foreign_lines.read_foreign_lines(written, writer)
    for _, lines in own_copies(reader.directory):
        known += (foreign for foreign in lines if foreign.writer == writer)
    lost = [foreign for foreign in known if foreign.line not in have]
    if not import_lines(reader, device, lost):
        return []
    return [
        RecoveryResult(len({foreign.line for foreign in lost}), "the old file, still open here, and its second copy")
    ]
