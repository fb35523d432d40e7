"""Reading the journals of a record: what is intact is taken in, what is not is reported."""

import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

from dev2cto.errors import NewerRecord
from dev2cto.record.journal.codec import FORMAT, JournalEntry
from dev2cto.record.journal.line_numbers import IntervalSet
from dev2cto.record.journal.scan import DamagedRange, scan, stretch
from dev2cto.record.layout import LIVE, check_private, journals, writer_of
from dev2cto.record.store import Store, TablePart

_PIECE = 1 << 20
"""Bytes read at once."""


class Damage(NamedTuple):
    """A part of a file that could not be read as it was written."""

    file: str
    offset: int
    """Where it begins, bytes."""
    length: int
    what: str
    """What happened, in the learner's words."""
    kept: str = ""
    """The file inside the record's folder that holds the original; empty where it is still in its place."""


class ReadPosition:
    """How far a file has been read."""

    __slots__ = ("end", "inode", "last", "last_at", "schema", "writer")

    def __init__(self, inode: int, end: int, writer: str, schema: int, last: str = "", last_at: int = 0) -> None:
        self.inode = inode
        self.end = end
        self.writer = writer
        self.schema = schema
        self.last = last
        """Checksum of the line that ends at `end`."""
        self.last_at = last_at
        """Where that line begins."""

    def state(self) -> tuple[int, int, str, int, str, int]:
        """What another Progress can be made from."""
        return self.inode, self.end, self.writer, self.schema, self.last, self.last_at


class JournalReader:
    """The reading side of a record: which files there are, how far each was read, what was damaged."""

    def __init__(self, directory: Path, store: Store, schema: int) -> None:
        self.directory = directory
        self.store = store
        self.schema = schema
        self.files: dict[str, ReadPosition] = {}
        self.headers: dict[str, JournalEntry] = {}
        """The last header line's content, by file."""
        self.seen: dict[str, IntervalSet] = {}
        """Line numbers by writer; live journals are not counted, they drop what is out of date."""
        self.damaged: dict[tuple[str, int], Damage] = {}
        """What was found damaged, by file and offset."""
        self.known: dict[tuple[str, int], Damage] = {}
        """What an earlier session found and left in its place."""
        self.expected: dict[str, int] = {}
        """How many lines of each writer there must be, from sources outside the journals."""
        self._in_doubt: set[str] = set()
        self.lines_read = 0
        """Lines that were parsed, as a measure of what a checkpoint would save."""

    def refresh(self) -> bool:
        """Takes in everything new in all files. True where there was something.

        Raises NewerRecord where a newer version has written, RecordError where a file is not ours.
        """
        news = [self.read(path) for path in journals(self.directory)]
        return any(news)

    def read(self, path: Path) -> bool:
        """Takes in what is new in one file. Raises as `refresh` does."""
        try:
            check_private(path)
            found = os.stat(path)
        except FileNotFoundError:
            return False
        if path.name in self._in_doubt:
            return False
        progress = self.files.get(path.name)
        if progress and progress.inode == found.st_ino and progress.end == found.st_size:
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
        """Piece by piece: a long history is not to be in memory twice."""
        begun, rest = progress.end, b""
        file.seek(begun)
        while piece := file.read(_PIECE):
            rest += piece
            found = scan(rest, progress.end)
            for part in found.parts:
                if isinstance(part, DamagedRange):
                    self.apply_damaged_range(name, progress, part)
                else:
                    self._apply(name, progress, part)
            if found.end > progress.end:
                rest = rest[found.end - progress.end :]
                progress.end, (progress.last_at, progress.last) = found.end, found.last
        return progress.end > begun

    def reread_table(self, table: str) -> TablePart:
        """One table, read from all journals from their beginnings."""
        fresh = JournalReader(self.directory, self.store.empty(), self.schema)
        fresh.refresh()
        shelf = fresh.store.table(table)
        return shelf.docs, shelf.versions

    def apply_line(self, name: str, progress: ReadPosition, entry: JournalEntry, at: int, length: int) -> None:
        """Takes in one line that was just written."""
        self._apply(name, progress, entry)
        progress.end, progress.last, progress.last_at = at + length, entry["c"], at

    def apply_damaged_range(self, name: str, progress: ReadPosition, bad: DamagedRange) -> None:
        """Takes in what can be got out of a damaged stretch, and reports it."""
        entries = bad.entries
        for entry in entries:
            self._apply(name, progress, entry)
        self.report(name, bad.at, len(bad.data), _what(len(entries)))

    def apply_tail(self, name: str) -> None:
        """Treats what follows the last intact line of a file as damage: nobody is writing it any more."""
        progress = self.files[name]
        with open(self.directory / name, "rb") as file:
            file.seek(progress.end)
            tail = file.read()
        if tail:
            self.apply_damaged_range(name, progress, stretch(tail, progress.end))

    def _apply(self, name: str, progress: ReadPosition, entry: JournalEntry) -> None:
        header = entry.get("h")
        if header:
            refuse_newer(name, header, self.schema)
            progress.writer, progress.schema = header["writer"], header["schema"]
            self.headers[name] = header
        self.lines_read += 1
        self.apply_foreign_line(entry, progress.writer, progress.schema)

    def apply_foreign_line(self, entry: JournalEntry, writer: str, schema: int) -> None:
        """Takes in one line, wherever it was found."""
        self.store.apply(entry, writer, schema)
        if not writer.startswith(LIVE):
            self.seen.setdefault(writer, IntervalSet()).add(entry["n"])

    def report(self, name: str, at: int, length: int, what: str, kept: str = "") -> None:
        """Notes damage, in place of what was noted for the same place before."""
        if (name, at) in self.known:
            return
        self.damaged[name, at] = Damage(name, at, length, what, kept)

    def doubt(self, name: str, doubtful: bool) -> None:
        """Says whether a line behind a file's end is one that could be neither saved nor cut off: it does not count."""
        if doubtful:
            self._in_doubt.add(name)
        else:
            self._in_doubt.discard(name)

    def missing(self) -> dict[str, list[tuple[int, int]]]:
        """Spans of line numbers, by writer, that no file here has in readable form."""
        missing = {}
        for writer in {*self.seen, *self.expected}:
            gaps = self.seen.get(writer, IntervalSet()).gaps(self.expected.get(writer, 0))
            if gaps:
                missing[writer] = gaps
        return missing


def refuse_newer(name: str, header: JournalEntry, schema: int) -> None:
    """Raises NewerRecord where a header line is a newer version's."""
    if header["format"] > FORMAT or header["schema"] > schema:
        raise NewerRecord(
            f"{name} was written by a newer version of dev2cto (format {header['format']}, "
            f"schema {header.get('schema')}); this one knows {FORMAT} and {schema}.",
            "Update dev2cto. Nothing was changed.",
        )


def _what(mended: int) -> str:
    if not mended:
        return "a stretch that does not match its checksums"
    return f"a stretch that does not match its checksums; {mended} of its entries could be mended"
