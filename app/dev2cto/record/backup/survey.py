"""What the journals of a record from elsewhere hold, read line by line before anything of it is taken."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dev2cto.record.erase_marks import Marks, add_marks
from dev2cto.record.journal import blobs
from dev2cto.record.journal.codec import JournalEntry
from dev2cto.record.journal.line_numbers import IntervalSet
from dev2cto.record.journal.line_stream import LineDamage, sound_lines
from dev2cto.record.journal.reader import ReadPosition, refuse_newer
from dev2cto.record.layout import LIVE, writer_of
from dev2cto.record.migrations import SCHEMA
from dev2cto.record.schema import BLOB_TABLES
from dev2cto.record.set_aside import SetAside, set_aside
from dev2cto.record.store import Store


@dataclass(slots=True)
class PlainJournal:
    """A journal that was read to its end: of one writer, whole, and with its lines in order."""

    position: ReadPosition
    """Its end; without the number of the file."""
    lines: int = 0
    headers: int = 0
    header: JournalEntry = field(default_factory=dict)
    """As the last of JournalReader.headers."""
    is_in_order: bool = True

    def add_header(self, name: str, entry: JournalEntry) -> None:
        """Add a header line."""
        self.header = {**entry["h"], "t": entry["t"]}
        self.headers += 1
        self.is_in_order = self.is_in_order and name == f"{entry['h']['writer']}.jsonl"


@dataclass(slots=True)
class Survey:
    """What was found in journals."""

    seen: dict[str, IntervalSet] = field(default_factory=dict)
    """Line numbers by writer, without live journals."""
    damage: dict[str, LineDamage] = field(default_factory=dict)
    """By file name, of the files that have any."""
    courses: set[str] = field(default_factory=set)
    """Ids of the courses that it says it belongs to."""
    marks: Marks = field(default_factory=dict)
    into: Store | None = None
    """Where the documents go, so that they need not be read again."""
    only: Collection[str] | None = None
    """The journals, by file name, whose documents go there; None for all."""
    plain: dict[str, PlainJournal] = field(default_factory=dict)
    """By file name, of the journals whose documents went there and whose bytes are what a session wrote."""
    set_aside: list[SetAside] = field(default_factory=list)
    """The documents of chosen journals that did not go there, because they have not the shape of their table."""
    _texts: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _removed: set[tuple[str, str]] = field(default_factory=set)

    def read(self, source: Path, journals: Mapping[str, Path]) -> None:
        """Read these journals of `source` too. Raises NewerRecord if a newer version wrote one; OSError."""
        for name, path in journals.items():
            found, plain = LineDamage(), PlainJournal(ReadPosition(0, 0, writer_of(name), SCHEMA))
            position, last = plain.position, -1
            into = self.into if self.only is None or name in self.only else None
            with open(path, "rb") as file:
                for line, entry in sound_lines(file, found):
                    assert entry is not None
                    number = entry["n"]
                    if "h" in entry:
                        refuse_newer(f"{source}: {name}", entry["h"], SCHEMA)
                        position.writer, position.schema = entry["h"]["writer"], entry["h"]["schema"]
                        plain.add_header(name, entry)
                    if (numbers := self.seen.get(position.writer)) is not None:
                        numbers.add(number)
                    elif not position.writer.startswith(LIVE):
                        self.seen[position.writer] = IntervalSet([(number, number + 1)][: number >= 0])
                    self._look_at(entry)
                    if into is not None:
                        into.apply(entry, position.writer, position.schema)
                        if into.refused:
                            self._set_aside(name, entry["c"], into)
                    plain.is_in_order = plain.is_in_order and number > last
                    last, position.last, position.last_at = number, entry["c"], position.end
                    position.end += len(line)
                    plain.lines += 1
                if plain.is_in_order and plain.header and position.end == os.fstat(file.fileno()).st_size:
                    self.plain[name] = plain
            if found.lost or found.repaired:
                self.damage[name] = found
                self.plain.pop(name, None)

    def _set_aside(self, name: str, line: str, into: Store) -> None:
        if self.only is not None:
            self.set_aside += (set_aside(name, line, table, id, doc) for table, id, doc in into.refused)
        into.refused.clear()

    def _look_at(self, entry: JournalEntry) -> None:
        puts = entry.get("p", {})
        if "e" in entry or "d" in entry:
            add_marks(self.marks, entry)
        if "course_seen" in puts:
            self.courses.update(id.partition("/")[0] for id in puts["course_seen"])
        for table in BLOB_TABLES & puts.keys():
            for id, doc in puts[table].items():
                if names := blobs.names(doc):
                    self._texts[table, id] = names
        for table in BLOB_TABLES & entry.get("d", {}).keys():
            self._removed.update((table, id) for id in entry["d"][table])

    @property
    def texts(self) -> set[str]:
        """Names of the large texts that documents refer to."""
        return {name for id, names in self._texts.items() if id not in self._removed for name in names}

    def missing(self, expected: Mapping[str, int]) -> dict[str, list[tuple[int, int]]]:
        """Return the spans of line numbers, by writer, that are missing below the last and the `expected` number."""
        found = {}
        for writer in {*self.seen, *expected}:
            gaps = self.seen.get(writer, IntervalSet()).gaps(expected.get(writer, 0))
            if gaps:
                found[writer] = gaps
        return found


def count(missing: Mapping[str, Iterable[tuple[int, int]]]) -> int:
    """Return how many lines these spans are."""
    return sum(stop - start for spans in missing.values() for start, stop in spans)
