"""Moving documents that are not valid out of the journals; the lines that held them are kept beside the record."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from dev2cto.errors import NotSaved
from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import JournalEntry, decode_line, encode_line
from dev2cto.record.journal.slots import is_locked
from dev2cto.record.layout import LIVE, is_written_by, journals
from dev2cto.record.record import Record
from dev2cto.record.recovery import foreign_lines
from dev2cto.record.recovery.repair import DAMAGED

Wanted = dict[str, set[tuple[str, str]]]
"""(table, id) of what is to be moved out, by the checksum of its line."""


@dataclass(frozen=True, slots=True)
class MovedOut:
    """What was moved out."""

    documents: int
    files: tuple[Path, ...]
    """The files with the original lines."""
    open_elsewhere: tuple[str, ...]
    """Files that another session is writing; they are as they were."""
    of_others: tuple[str, ...]
    """Files that another machine writes; they are as they were, or its next copy would bring all of it back."""


def move_out(record: Record) -> MovedOut:
    """Take the documents that are set aside out of this machine's lines, which are kept in the folder `damaged`.

    What only a newer version may understand stays. The caller makes a backup first. Raises NotSaved, ReadOnly.
    """
    record.check_writable()
    wanted: Wanted = {}
    for aside in record.set_aside:
        if not aside.newer:
            wanted.setdefault(aside.line, set()).add((aside.table, aside.id))
    moved, kept, busy, of_others = 0, [], [], []
    try:
        with record.paused(), foreign_lines.exclusive_lock(record.directory):
            for path in journals(record.directory):
                data = path.read_bytes()
                if not any(line.encode() in data for line in wanted):
                    continue
                if not is_written_by(record.device, path.name):
                    if _without(data, wanted)[2]:
                        of_others.append(path.name)
                    continue
                if is_locked(path.with_name(path.name.removeprefix(LIVE))):
                    busy.append(path.name)
                    continue
                new, originals, count = _without(data, wanted)
                if count:
                    kept.append(_keep(path, originals))
                    durable_io.write_whole(path, new)
                    moved += count
            record.reader.set_aside.clear()
    except OSError as problem:
        raise NotSaved(
            f"Not everything could be moved out: {problem.strerror or problem} ({record.directory}).",
            "Free some space or fix the folder's permissions, then try again.",
        ) from problem
    record.forget_checkpoint()
    return MovedOut(moved, tuple(kept), tuple(busy), tuple(of_others))


def _without(data: bytes, wanted: Wanted) -> tuple[bytes, bytes, int]:
    """Return a journal without the wanted documents, the original lines, and how many documents these held.

    A line keeps its number and its clock value even if nothing is left in it: a missing number would be looked for.
    """
    new, originals, count = [], [], 0
    for line in data.split(b"\n"):
        entry = decode_line(line) if line[6:14].decode("ascii", "replace") in wanted else None
        if entry is not None:
            originals.append(line + b"\n")
            count += _take_out(entry, wanted[entry.pop("c")])
            line = encode_line(entry)[:-1]
        new.append(line)
    return b"\n".join(new), b"".join(originals), count


def _take_out(entry: JournalEntry, documents: set[tuple[str, str]]) -> int:
    puts, count = entry["p"], 0
    for table, id in documents:
        if puts.get(table, {}).pop(id, None) is not None:
            count += 1
    entry["p"] = {table: docs for table, docs in puts.items() if docs}
    if not entry["p"]:
        del entry["p"]
    return count


def _keep(path: Path, lines: bytes) -> Path:
    folder = path.parent / DAMAGED
    durable_io.make_folder(folder)
    kept = folder / f"{path.name}.{durable_io.token()}"
    durable_io.write_whole(kept, lines)
    return kept


def line_number(record: Record, file: str, checksum: str) -> int:
    """Return the number, from 1, of the line with that checksum in a file of the record; 0 if it is not there."""
    with contextlib.suppress(OSError), open(record.directory / file, "rb") as journal:
        for number, line in enumerate(journal, 1):
            if line[6:14] == checksum.encode():
                return number
    return 0
