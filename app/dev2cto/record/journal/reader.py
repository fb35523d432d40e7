"""Reading the journals of a record: apply intact lines, report damage."""

import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

from dev2cto.errors import NewerRecord
from dev2cto.record.journal.codec import FORMAT, JournalEntry, is_sound, newer_format
from dev2cto.record.journal.line_numbers import IntervalSet
from dev2cto.record.journal.line_stream import LONGEST_LINE, skip_line
from dev2cto.record.journal.scan import DamagedRange, scan, stretch
from dev2cto.record.layout import LIVE, check_private, journals_and_others, writer_of
from dev2cto.record.migrations import SCHEMA
from dev2cto.record.set_aside import SetAside, set_aside
from dev2cto.record.store import Store
from dev2cto.record.stored_table import TablePart

_PIECE = 1 << 16
"""Bytes per read: what is made of so many fits into the processor's cache."""


class Damage(NamedTuple):
    """A damaged part of a file."""

    file: str
    offset: int
    """Where it begins, in bytes."""
    length: int
    what: str
    """What is wrong, as shown to the learner."""
    kept: str = ""
    """The file in the record's folder that holds the damaged original; empty if the journal still contains it."""


class ReadPosition:
    """How far a file has been read."""

    __slots__ = ("end", "inode", "junk_to", "last", "last_at", "schema", "writer")

    def __init__(self, inode: int, end: int, writer: str, schema: int, last: str = "", last_at: int = 0) -> None:
        self.inode = inode
        self.end = end
        self.writer = writer
        self.schema = schema
        self.last = last
        """Checksum of the line that ends at `end`."""
        self.last_at = last_at
        """Where that line begins."""
        self.junk_to = -1
        """Where what follows `end` and is too long to be entries ends; -1 if there is none."""

    def state(self) -> tuple[int, int, str, int, str, int]:
        """The arguments that recreate this position."""
        return self.inode, self.end, self.writer, self.schema, self.last, self.last_at


class JournalReader:
    """The reading side of a record: its files, how far each was read, and what was damaged."""

    def __init__(self, directory: Path, store: Store, schema: int) -> None:
        self.directory = directory
        self.store = store
        self.schema = store.schema = schema
        self.files: dict[str, ReadPosition] = {}
        self.headers: dict[str, JournalEntry] = {}
        """The last header line's content, and its clock value `t`, by file."""
        self.seen: dict[str, IntervalSet] = {}
        """Line numbers by writer; live journals are not counted, since compaction drops lines."""
        self.damaged: dict[tuple[str, int], Damage] = {}
        """Damage found in this session, by file and offset."""
        self.known: dict[tuple[str, int], Damage] = {}
        """Damage that an earlier session found and left in place."""
        self.set_aside: dict[tuple[str, str, str], SetAside] = {}
        """Documents that are not used, by line, table and id."""
        self.expected: dict[str, int] = {}
        """The number of lines that each writer must have, according to sources outside the journals."""
        self._in_doubt: set[str] = set()
        self.lines_read = 0
        """Number of lines parsed, a measure of what a checkpoint would save."""

    def refresh(self) -> bool:
        """Read everything new in all files. Return True if there was anything.

        Raises NewerRecord if a newer version wrote one, RecordError if a file is not the user's own.
        """
        files, others = journals_and_others(self.directory)
        found = [self.read(path) for path in files]
        for path in others:
            self.report(path.name, 0, 0, "a folder, a pipe or a device in place of a file; it is not read")
        return any(found)

    def read(self, path: Path) -> bool:
        """Read what is new in one file. Return True if there was anything. Raises as `refresh` does."""
        try:
            check_private(path)
            found = os.stat(path)
        except FileNotFoundError:
            return False
        if path.name in self._in_doubt:
            return False
        progress = self.files.get(path.name)
        if progress and progress.inode == found.st_ino and found.st_size in (progress.end, progress.junk_to):
            return False
        if not progress or progress.inode != found.st_ino or progress.end > found.st_size:
            progress = ReadPosition(found.st_ino, 0, writer_of(path.name), self.schema)
        try:
            with open(path, "rb") as file:
                self.files[path.name] = progress
                return self._read_on(path.name, progress, file)
        except FileNotFoundError:
            return False
        except OSError as problem:
            self.report(path.name, progress.end, found.st_size - progress.end, f"unreadable ({problem.strerror})")
            return False

    def _read_on(self, name: str, progress: ReadPosition, file: BinaryIO) -> bool:
        """Read in pieces, so that a long history is not in memory twice."""
        at = begun = progress.end
        rest, known = b"", 0
        file.seek(begun)
        while piece := file.read(max(_PIECE, len(rest))):
            rest += piece
            found = scan(rest, at, known)
            for part in found.parts:
                if isinstance(part, DamagedRange):
                    self.apply_damaged_range(name, progress, part)
                elif "h" in part:
                    self._apply(name, progress, part)
                else:  # a call less for nearly every line
                    self.lines_read += 1
                    self.apply_foreign_line(part, progress.writer, progress.schema, name)
            if found.end > at:
                rest = rest[found.end - at :]
                at = progress.end = found.end
                progress.last_at, progress.last = found.last
            elif len(rest) > LONGEST_LINE:
                at, rest = self._leave_out(name, file, at, rest), b""
                progress.junk_to = at
            known = rest.rfind(b"\n") + 1
        refuse_newer_format(name, rest)
        return progress.end > begun

    def _leave_out(self, name: str, file: BinaryIO, at: int, begun: bytes) -> int:
        """Report what begins so at an offset and is too long to be entries; return where it ends: after a newline."""
        refuse_newer_format(name, begun)
        file.seek(at + len(begun))
        if not begun.endswith(b"\n"):
            skip_line(file)
        self.report(name, at, file.tell() - at, "a section that is too long to hold entries")
        return file.tell()

    def adopt(self, name: str, position: ReadPosition, header: JournalEntry, seen: IntervalSet) -> None:
        """Note that a file of a writer that was unknown so far has been read up to there; its documents are here."""
        self.files[name], self.headers[name], self.seen[position.writer] = position, header, seen

    def reread_table(self, table: str) -> TablePart:
        """Return one table, read from the beginning of all journals."""
        fresh = JournalReader(self.directory, self.store.empty(), self.schema)
        fresh.refresh()
        state = fresh.store.table(table)
        return state.docs, state.versions

    def apply_line(self, name: str, progress: ReadPosition, entry: JournalEntry, at: int, length: int) -> None:
        """Apply one line that was just written at offset `at`."""
        self._apply(name, progress, entry)
        progress.end, progress.last, progress.last_at = at + length, entry["c"], at

    def apply_damaged_range(self, name: str, progress: ReadPosition, bad: DamagedRange) -> None:
        """Apply what can be salvaged from a damaged range, and report the range."""
        refuse_newer_format(name, bad.data)
        entries = bad.entries
        for entry in entries:
            self._apply(name, progress, entry)
        self.report(name, bad.at, len(bad.data), _what(bad, len(entries)))

    def apply_tail(self, name: str) -> None:
        """Treat what follows the last intact line of a file as damage; only for files no longer being written."""
        progress = self.files[name]
        with open(self.directory / name, "rb") as file:
            file.seek(progress.end)
            tail = file.read(LONGEST_LINE + 1)
        if 0 < len(tail) <= LONGEST_LINE:
            self.apply_damaged_range(name, progress, stretch(tail, progress.end))

    def _apply(self, name: str, progress: ReadPosition, entry: JournalEntry) -> None:
        header = entry.get("h")
        if header:
            refuse_newer(name, header, self.schema)
            progress.writer, progress.schema = header["writer"], header["schema"]
            self.headers[name] = {**header, "t": entry["t"]}
        self.lines_read += 1
        self.apply_foreign_line(entry, progress.writer, progress.schema, name)

    def apply_foreign_line(self, entry: JournalEntry, writer: str, schema: int, source: str = "") -> None:
        """Apply one line, whatever source it comes from; `source` is its file, if it is in the record."""
        self.store.apply(entry, writer, schema)
        if self.store.refused:
            for table, id, doc in self.store.refused:
                self.set_aside.setdefault(
                    (entry["c"], table, id), set_aside(source or writer, entry["c"], table, id, doc)
                )
            self.store.refused.clear()
        numbers = self.seen.get(writer)
        if numbers is not None:
            numbers.add(entry["n"])
        elif not writer.startswith(LIVE):
            self.seen[writer] = numbers = IntervalSet()
            numbers.add(entry["n"])

    def report(self, name: str, at: int, length: int, what: str, kept: str = "") -> None:
        """Record damage, replacing an earlier report for the same offset; known damage is not reported again."""
        if (name, at) in self.known:
            return
        self.damaged[name, at] = Damage(name, at, length, what, kept)

    def doubt(self, name: str, doubtful: bool) -> None:
        """Set whether a file may end in a line that could be neither synced nor cut off; the file is not read then."""
        if doubtful:
            self._in_doubt.add(name)
        else:
            self._in_doubt.discard(name)

    def missing(self) -> dict[str, list[tuple[int, int]]]:
        """Return the spans of line numbers, by writer, that no file here holds in readable form."""
        missing = {}
        for writer in {*self.seen, *self.expected}:
            gaps = self.seen.get(writer, IntervalSet()).gaps(self.expected.get(writer, 0))
            if gaps:
                missing[writer] = gaps
        return missing


def refuse_newer(name: str, header: JournalEntry, schema: int) -> None:
    """Raises NewerRecord if a newer version wrote this header."""
    if header["format"] > FORMAT or header["schema"] > schema:
        raise NewerRecord(
            f"{name} was written by a newer version of dev2cto (format {header['format']}, "
            f"schema {header.get('schema', 'unknown')}); this version supports format {FORMAT}, schema {schema}.",
            "Update dev2cto. Nothing was changed.",
        )


def refuse_newer_format(name: str, data: bytes) -> None:
    """Raises NewerRecord if bytes that are not intact lines hold a header of a newer format."""
    found = newer_format(data)
    if found:
        refuse_newer(name, {"format": found}, SCHEMA)


def _what(bad: DamagedRange, salvaged: int) -> str:
    if salvaged:
        return f"a section that does not match its checksums; {salvaged} of its entries could be recovered"
    if all(is_sound(line) for line in bad.data.removesuffix(b"\n").split(b"\n")):
        return "a section whose entries are not valid"
    return "a section that does not match its checksums"
