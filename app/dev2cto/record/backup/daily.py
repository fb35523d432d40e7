"""Daily backups: one on the first opening of each day if anything has changed since the last; seven are kept.

A daily backup is an archive like those of `backup`, in the record's own `backups` folder. A thread writes it from files
that only grow, up to the lengths they had when it began. Every line is checked first; if one is damaged no backup is
made, so that a bad one never displaces a good one.
"""

import contextlib
import json
import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from dev2cto.clock import Clock
from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import is_sound
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.recovery import tail_copy

KEPT = 7
"""Number of daily backups kept; older ones are deleted."""

_MANIFEST = "manifest.json"
_SUFFIX = ".tar.gz"


class DailyBackup(NamedTuple):
    """One automatic backup."""

    path: Path
    day: date


class Snapshot(NamedTuple):
    """What a daily backup will contain."""

    day: date
    ends: Mapping[str, int]
    """Bytes of each journal to back up."""
    writers: Mapping[str, int]
    """One more than the number of the last line, by writer."""
    changed_at: int
    known_bad: frozenset[str]
    """Journals already known to be damaged; they are backed up as they are."""
    covered: Mapping[Path, int]
    """Sizes of the tail copies that the backup makes redundant."""


def daily_backups(directory: Path) -> tuple[DailyBackup, ...]:
    """Return the daily backups of a record, newest first."""
    found = []
    for path in (directory / tail_copy.BACKUPS).glob(f"*{_SUFFIX}"):
        with contextlib.suppress(ValueError):
            found.append(DailyBackup(path, date.fromisoformat(path.name.removesuffix(_SUFFIX))))
    return tuple(sorted(found, key=lambda backup: backup.day, reverse=True))


def expected(directory: Path) -> dict[str, int]:
    """Return how many lines each writer must have, according to the newest daily backup and the tail copies."""
    known = dict(_manifest(directory)[1])
    for writer, number in tail_copy.next_numbers(directory):
        known[writer] = max(number, known.get(writer, 0))
    return known


def _manifest(directory: Path) -> tuple[int, dict[str, int]]:
    """Return when the record in the newest daily backup last changed (ms), and its number of lines by writer."""
    try:
        found = json.loads((directory / tail_copy.BACKUPS / _MANIFEST).read_bytes())
        return int(found["changed_at"]), {str(writer): int(number) for writer, number in found["writers"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return 0, {}


def is_due(reader: JournalReader, clock: Clock) -> bool:
    """Whether there is no backup for today yet and something has changed since the last one."""
    have = daily_backups(reader.directory)
    is_new = not have or have[0].day < clock.now().date()
    return is_new and reader.store.changed_at > _manifest(reader.directory)[0]


def snapshot(reader: JournalReader, clock: Clock, covered: Mapping[Path, int]) -> Snapshot:
    """Return the snapshot of everything read; to be called after missing lines were recovered.

    `covered` are the tail copies that are no longer being written, with their sizes.
    """
    return Snapshot(
        day=clock.now().date(),
        ends={name: progress.end for name, progress in reader.files.items()},
        writers={writer: seen.next for writer, seen in reader.seen.items()},
        changed_at=reader.store.changed_at,
        known_bad=frozenset(bad.file for bad in (reader.damaged | reader.known).values() if not bad.kept),
        covered=covered,
    )


class DailyBackupThread:
    """Writes a daily backup in the background."""

    def __init__(self, directory: Path, on_damage: Callable[[str], None]) -> None:
        self._directory = directory
        self._on_damage = on_damage
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, taken: Snapshot) -> None:
        """Start writing in the background."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, args=(taken,), name="backup", daemon=True)
        self._thread.start()

    def _run(self, taken: Snapshot) -> None:
        bad = make(self._directory, taken, self._stop.is_set)
        if bad:
            self._on_damage(bad)

    def wait(self, seconds: float) -> None:
        """Wait at most that long for the backup to finish."""
        if self._thread is not None:
            self._thread.join(seconds)

    def stop(self) -> None:
        """Abort at the next file; the next opening makes the backup."""
        self._stop.set()
        self.wait(1.0)


def make(directory: Path, taken: Snapshot, stopped: Callable[[], bool] = lambda: False) -> str:
    """Write a daily backup and delete what it makes redundant.

    Return the name of a damaged file, or an empty string. If the disk is full, or `stopped` returns True, nothing
    changes.
    """
    from dev2cto.record.backup import archive

    folder = directory / tail_copy.BACKUPS
    scratch = folder / f".{taken.day.isoformat()}.{threading.get_ident()}.tmp"
    try:
        folder.mkdir(0o700, exist_ok=True)
        parts = {}
        for name, end in taken.ends.items():
            parts[name] = part = archive.Part(directory / name, end)
            if stopped():
                return ""
            with part.open() as file:
                if name not in taken.known_bad and not _is_intact(file.read(part.size)):
                    return name
        archive.pack(scratch, parts, level=1)
        scratch.rename(folder / f"{taken.day.isoformat()}{_SUFFIX}")
        manifest = {"changed_at": taken.changed_at, "writers": dict(taken.writers)}
        durable_io.write_whole(folder / _MANIFEST, json.dumps(manifest).encode())
        _remove_superfluous(directory, taken)
    except OSError:
        scratch.unlink(missing_ok=True)
    return ""


def _is_intact(data: bytes) -> bool:
    """Whether every line matches its checksum."""
    return all(is_sound(line) for line in data.split(b"\n")[:-1])


def _remove_superfluous(directory: Path, taken: Snapshot) -> None:
    for old in daily_backups(directory)[KEPT:]:
        old.path.unlink(missing_ok=True)
    for path, size in taken.covered.items():
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size == size:  # else a session has since started writing to it
                path.unlink()
