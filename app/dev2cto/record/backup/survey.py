"""What the journals of a record from elsewhere hold, read line by line before anything of it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dev2cto.record.erase_marks import Marks, add_marks
from dev2cto.record.journal import blobs
from dev2cto.record.journal.codec import JournalEntry
from dev2cto.record.journal.line_numbers import IntervalSet
from dev2cto.record.journal.line_stream import LineDamage, sound_lines
from dev2cto.record.journal.reader import refuse_newer
from dev2cto.record.layout import LIVE, writer_of
from dev2cto.record.migrations import SCHEMA
from dev2cto.record.schema import BLOB_TABLES
from dev2cto.record.store import Store


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
    _texts: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _removed: set[tuple[str, str]] = field(default_factory=set)

    def read(self, source: Path, journals: Mapping[str, Path]) -> None:
        """Read these journals of `source` too. Raises NewerRecord if a newer version wrote one; OSError."""
        for name, path in journals.items():
            writer, schema, found = writer_of(name), SCHEMA, LineDamage()
            with open(path, "rb") as file:
                for _, entry in sound_lines(file, found):
                    assert entry is not None
                    if "h" in entry:
                        refuse_newer(f"{source}: {name}", entry["h"], SCHEMA)
                        writer, schema = entry["h"]["writer"], entry["h"]["schema"]
                    if not writer.startswith(LIVE):
                        self.seen.setdefault(writer, IntervalSet()).add(entry["n"])
                    self._look_at(entry)
                    if self.into is not None:
                        self.into.apply(entry, writer, schema)
                        self.into.refused.clear()
            if found.lost or found.repaired:
                self.damage[name] = found

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
