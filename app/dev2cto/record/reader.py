"""Reading the journals of a record: what is intact is taken in, what is not is reported."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dev2cto.errors import NewerRecord
from dev2cto.record.folder import LIVE, check_private, journals, writer_of
from dev2cto.record.lines import FORMAT, Entry, unpack
from dev2cto.record.store import Store


@dataclass(frozen=True, slots=True)
class Damage:
    """A part of a file that could not be read."""

    file: str
    offset: int
    """Where it begins, bytes."""
    length: int
    what: str
    """What happened, in the learner's words."""
    kept: str = ""
    """The name of the file that holds the original bytes; empty where they were left where they are."""


@dataclass(slots=True)
class Progress:
    """How far a file has been read."""

    inode: int
    end: int
    writer: str
    schema: int
    last: str = ""
    """Checksum of the line that ends at `end`."""
    last_at: int = 0
    """Where that line begins."""


class Numbers:
    """The line numbers of one writer that were seen, as half-open spans in ascending order."""

    __slots__ = ("spans",)

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.spans = [list(span) for span in spans]

    def add(self, number: int) -> None:
        """Notes a line."""
        if self.spans and self.spans[-1][1] == number:
            self.spans[-1][1] += 1
            return
        for at, (start, stop) in enumerate(self.spans):
            if start <= number < stop:
                return
            if number < start:
                self.spans.insert(at, [number, number + 1])
                break
        else:
            self.spans.append([number, number + 1])
        joined: list[list[int]] = []
        for start, stop in self.spans:
            if joined and joined[-1][1] == start:
                joined[-1][1] = stop
            else:
                joined.append([start, stop])
        self.spans = joined

    @property
    def next(self) -> int:
        """One more than the largest."""
        return self.spans[-1][1] if self.spans else 0

    def gaps(self) -> list[tuple[int, int]]:
        """The spans of numbers below the largest that nobody has seen."""
        edges = [0, *(edge for span in self.spans for edge in span)]
        return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]


class Reader:
    """The reading side of a record: which files there are, how far each was read, what was damaged."""

    def __init__(self, directory: Path, store: Store, schema: int) -> None:
        self.directory = directory
        self.store = store
        self.schema = schema
        self.files: dict[str, Progress] = {}
        self.headers: dict[str, Entry] = {}
        """The last header line's content, by file."""
        self.seen: dict[str, Numbers] = {}
        """Line numbers by writer; live journals are not counted, they drop what is out of date."""
        self.damage: list[Damage] = []

    def refresh(self) -> bool:
        """Takes in everything new in all files. True where there was something.

        Raises NewerRecord where a newer version has written, RecordError where a file is not ours.
        """
        news = [self.read(path) for path in journals(self.directory)]
        return any(news)

    def read(self, path: Path) -> bool:
        """Takes in what is new in one file."""
        try:
            check_private(path)
            found = os.stat(path)
        except FileNotFoundError:
            return False
        progress = self.files.get(path.name)
        if progress and progress.inode == found.st_ino and progress.end == found.st_size:
            return False
        if not progress or progress.inode != found.st_ino or progress.end > found.st_size:
            progress = Progress(found.st_ino, 0, writer_of(path), self.schema)
        try:
            with open(path, "rb") as file:
                file.seek(progress.end)
                data = file.read()
        except OSError as problem:
            self.damage.append(
                Damage(path.name, progress.end, found.st_size - progress.end, f"unreadable: {problem.strerror}")
            )
            return False
        self.files[path.name] = progress
        return self._take_all(path.name, progress, data)

    def _take_all(self, name: str, progress: Progress, data: bytes) -> bool:
        """Takes in whole lines; a bad line counts as damage only once a good one follows it."""
        at, news, bad = progress.end, False, []
        for line in data.split(b"\n")[:-1]:
            entry = unpack(line)
            if entry is None:
                bad.append(Damage(name, at, len(line) + 1, "a line that does not match its checksum"))
            else:
                self.take(name, progress, entry, at, len(line) + 1)
                self.damage += bad
                bad, news = [], True
            at += len(line) + 1
        return news

    def take(self, name: str, progress: Progress, entry: Entry, at: int, length: int) -> None:
        """Takes in one line that is on the disk."""
        header = entry.get("h")
        if header:
            self._check_version(name, header)
            progress.writer, progress.schema = header["writer"], header["schema"]
            self.headers[name] = header
        self.store.apply(entry, progress.writer, progress.schema)
        if not progress.writer.startswith(LIVE):
            self.seen.setdefault(progress.writer, Numbers()).add(entry["n"])
        progress.end, progress.last, progress.last_at = at + length, entry["c"], at

    def _check_version(self, name: str, header: Entry) -> None:
        if header["format"] > FORMAT or header["schema"] > self.schema:
            raise NewerRecord(
                f"{name} was written by a newer version of dev2cto (format {header['format']}, "
                f"schema {header['schema']}); this one knows {FORMAT} and {self.schema}.",
                "Update dev2cto. Nothing was changed.",
            )

    def missing(self) -> dict[str, list[tuple[int, int]]]:
        """Spans of line numbers, by writer, that no file here has in readable form."""
        return {writer: gaps for writer, seen in self.seen.items() if (gaps := seen.gaps())}
