"""Reading a whole record again and comparing everything in it with everything else, as `fsck` does for a disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from dev2cto.errors import RecordError
from dev2cto.record.backup import daily
from dev2cto.record.backup.source import opened
from dev2cto.record.journal import blobs
from dev2cto.record.journal.line_stream import LineDamage, sound_lines
from dev2cto.record.journal.slots import is_locked
from dev2cto.record.layout import BLOBS, LIVE, journals
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.record.recovery import tail_copy
from dev2cto.record.schema import BLOB_TABLES, CACHES, LIVE_TABLES
from dev2cto.text import pluralize

_CUT = (
    "A session was stopped while it wrote, which loses nothing that was reported as saved; or the file was cut: compare"
    " it with its copy on the machine that writes it."
)


@dataclass(slots=True)
class Counted:
    """What was read."""

    lines: int = 0
    files: int = 0
    texts: int = 0
    backups: int = 0

    def __str__(self) -> str:
        backups = pluralize(self.backups, "backup and second copy", "backups and second copies")
        return (
            f"{pluralize(self.lines, 'line')} in {pluralize(self.files, 'journal')}, "
            f"{pluralize(self.texts, 'large text')}, {backups}"
        )


@dataclass(frozen=True, slots=True)
class DeepFinding:
    """Something that is not as it should be; `lost` says whether it cost something that the record alone held."""

    where: str
    what: str
    lost: bool
    advice: str


@dataclass(slots=True)
class DeepCheck:
    """A check of one record that is open for reading; its files do not change."""

    record: Record
    counted: Counted = field(default_factory=Counted)

    def findings(self) -> Iterator[DeepFinding]:
        """Yield what is wrong with lines, their order, digests, second copies, references and the cache."""
        directory = self.record.directory
        for path in journals(directory):
            yield from self._journal(path)
        fresh = open_directory(
            directory,
            clock=self.record.clock,
            readonly=True,
            device=self.record.device,
            config=self.record.config,  # else what this device erased would count as erased elsewhere
        )
        yield from self._texts(fresh)
        yield from _references(fresh)
        yield from _cache(self.record, fresh)
        yield from self._second_copies()

    def _journal(self, path: Path) -> Iterator[DeepFinding]:
        damage, before, time = LineDamage(), -1, -1
        ordered = "~" not in path.name and not path.name.startswith(LIVE)
        self.counted.files += 1
        with open(path, "rb") as file:
            for number, (_, entry) in enumerate(sound_lines(file, damage), 1):
                self.counted.lines += 1
                if entry is None or not ordered or entry["n"] < 0:
                    continue
                if entry["n"] <= before:
                    what = f"readable line {number} has the number {entry['n']} after {before}"
                    yield DeepFinding(path.name, what, False, "Two copies were joined by hand: all is used.")
                if entry["t"] < time:
                    what = f"readable line {number} is dated before the one above it"
                    yield DeepFinding(path.name, what, False, "The order of the lines counts; all is used.")
                before, time = max(before, entry["n"]), max(time, entry["t"])
        for count, what in ((damage.lost, "unreadable"), (damage.repaired, "damaged, but could be repaired")):
            if count:
                advice = "See the damage and what it cost above."
                yield DeepFinding(path.name, f"{pluralize(count, 'line')} {what}", what == "unreadable", advice)
        if damage.unfinished and not is_locked(path.with_name(path.name.removeprefix(LIVE))):
            yield DeepFinding(path.name, "ends in the middle of a line", False, _CUT)

    def _texts(self, fresh: Record) -> Iterator[DeepFinding]:
        directory, spoilt = fresh.directory, set[str]()
        for folder in (directory / BLOBS, directory / tail_copy.BACKUPS / BLOBS):
            for path in sorted(folder.glob("[!.]*")):
                self.counted.texts += folder.parent == directory
                if not (path.is_file() and blobs.is_intact(path)):
                    spoilt.add(path.name)
                    advice = "The next use takes the other copy." if blobs.load(directory, path.name) else ""
                    where = str(path.relative_to(directory))
                    yield DeepFinding(where, "does not match the digest in its name", not advice, advice)
        for table in sorted(BLOB_TABLES):
            state = fresh.reader.store.table(table)
            for id, doc in state.docs.items():
                for name in blobs.names(doc):
                    if blobs.load(directory, name) is None:
                        what = f"its large text {name[:12]}... is missing or damaged"
                        yield DeepFinding(f"{table} {id}", what, True, "If a backup has it: dev2cto merge BACKUP")

    def _second_copies(self) -> Iterator[DeepFinding]:
        directory = self.record.directory
        advice = "It is only the second copy; the next daily backup replaces it."
        for path in tail_copy.files(directory):
            self.counted.backups += 1
            damage = LineDamage()
            with open(path, "rb") as file:
                self.counted.lines += sum(1 for _ in sound_lines(file, damage))
            if damage.lost or damage.repaired:
                count = pluralize(damage.lost + damage.repaired, "damaged line")
                yield DeepFinding(f"{tail_copy.BACKUPS}/{path.name}", count, False, advice)
            if damage.unfinished and not is_locked(directory / f"{tail_copy.writer_of(path)}.jsonl"):
                yield DeepFinding(f"{tail_copy.BACKUPS}/{path.name}", "ends in the middle of a line", False, advice)
        for backup in daily.daily_backups(directory):
            self.counted.backups += 1
            where = f"{tail_copy.BACKUPS}/{backup.path.name}"
            try:
                with TemporaryDirectory(prefix="dev2cto-") as scratch, opened(backup.path, Path(scratch)) as held:
                    for what in held.damage:
                        yield DeepFinding(where, what, False, advice)
            except RecordError as problem:
                yield DeepFinding(where, problem.message.rstrip("."), False, advice)


def _references(fresh: Record) -> Iterator[DeepFinding]:
    """Yield the attempts that answers name and the record does not hold."""
    attempts = fresh.docs("attempts").keys()
    named: dict[str, int] = {}
    for _, doc in fresh.table("answers").stream():
        if doc["attempt"] and doc["attempt"] not in attempts:
            named[doc["attempt"]] = named.get(doc["attempt"], 0) + 1
    for attempt, count in named.items():
        what = f"{pluralize(count, 'answer')} of an attempt that is not in the record"
        yield DeepFinding(f"attempts {attempt}", what, False, "The answers count; the attempt cannot be continued.")


def _cache(record: Record, fresh: Record) -> Iterator[DeepFinding]:
    """Yield the tables that the cache holds in another state than the journals."""
    for name in sorted(fresh.tables() - CACHES - LIVE_TABLES):
        cached, read = record.docs(name), fresh.docs(name)
        differ = sum(cached.get(id) != read.get(id) for id in {*cached, *read})
        if differ:
            what = f"{pluralize(differ, 'document')} not as in the journals"
            yield DeepFinding(f"cache of {name}", what, False, "Delete the cache (dev2cto where); it is made again.")
