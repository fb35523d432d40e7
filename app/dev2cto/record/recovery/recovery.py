"""Recovering lines that the journals lack from the record's own backups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dev2cto.errors import RecordError
from dev2cto.record.backup import archive, daily
from dev2cto.record.backup.archive import Contents
from dev2cto.record.journal.codec import decode_line
from dev2cto.record.journal.line_numbers import IntervalSet
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.layout import LIVE, writer_of
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
    for source, lines in _sources(reader.directory):
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


def load_source(source: Path) -> Contents:
    """Read a record's folder or archive; lines missing from a folder's journals are taken from its own backups.

    Raises RecordError if it holds no record.
    """
    there = archive.contents(source)
    if not source.is_dir():
        return there
    seen: dict[str, IntervalSet] = {}
    for name, data in there.journals.items():
        if not name.startswith(LIVE):
            _count(seen, foreign_lines.read_foreign_lines(data, writer_of(name)))
    expected = daily.expected(source)
    for number, (_, lines) in enumerate(_sources(source)):
        wanted = {w: gaps for w in {*seen, *expected} if (gaps := seen.get(w, IntervalSet()).gaps(expected.get(w, 0)))}
        if not wanted:
            break
        found = [foreign for foreign in lines if foreign.number in IntervalSet(wanted.get(foreign.writer, ()))]
        for writer in {foreign.writer for foreign in found}:
            own = [foreign for foreign in found if foreign.writer == writer]
            there.journals[f"{writer}~backup{number}.jsonl"] = foreign_lines.as_journal(writer, own)
        _count(seen, found)
    return there


def _count(seen: dict[str, IntervalSet], lines: Iterable[ForeignLine]) -> None:
    for foreign in lines:
        seen.setdefault(foreign.writer, IntervalSet()).add(foreign.number)


def _sources(directory: Path) -> Iterator[tuple[str, list[ForeignLine]]]:
    """Yield the record's own copies of lines, newest first, each with its name as shown to the learner."""
    copies: list[ForeignLine] = []
    for writer, _, data in tail_copy.contents(directory):
        copies += foreign_lines.read_foreign_lines(data, writer)
    yield "the second copy of the latest entries", copies
    for backup in daily.daily_backups(directory):
        try:
            held = archive.contents(backup.path)
        except RecordError:
            continue
        lines: list[ForeignLine] = []
        for name, data in held.journals.items():
            if not name.startswith(LIVE):
                lines += foreign_lines.read_foreign_lines(data, writer_of(name))
        yield f"the backup of {backup.day.isoformat()}", lines


def lines_on_disk(reader: JournalReader, writer: str) -> set[bytes]:
    """Return a writer's lines that are currently readable in the record's files."""
    found: set[bytes] = set()
    for path in reader.directory.glob("*.jsonl"):
        if writer_of(path.name) == writer:
            found.update(foreign.line for foreign in foreign_lines.read_foreign_lines(path.read_bytes(), writer))
    return found


def recover_replaced_file(reader: JournalReader, device: str, writer: str, written: bytes) -> list[RecoveryResult]:
    """Recover all known lines of a writer after its file was replaced or truncated.

    `written` is the content of the old file, which is still open. Raises OSError.
    """
    have = lines_on_disk(reader, writer)
    known = foreign_lines.read_foreign_lines(written, writer)
    for _, lines in _sources(reader.directory):
        known += (foreign for foreign in lines if foreign.writer == writer)
    lost = [foreign for foreign in known if foreign.line not in have]
    if not import_lines(reader, device, lost):
        return []
    return [
        RecoveryResult(len({foreign.line for foreign in lost}), "the old file, still open here, and its second copy")
    ]
