"""Daily backups: one on the first opening of each day if anything has changed since the last; seven are kept.

A daily backup is an archive like those of `backup`, in the record's own `backups` folder. A thread writes it from files
that only grow, up to the lengths they had when it began; what the archive of before holds is carried over as it is, see
increments.py. Every new line is checked first; if one is damaged no backup is made, so that a bad one never displaces a
good one.
"""

import contextlib
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dev2cto.clock import Clock
from dev2cto.record.journal import durable_io
from dev2cto.record.journal.line_stream import LONGEST_LINE
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.layout import LIVE
from dev2cto.record.recovery import tail_copy

if TYPE_CHECKING:
    from dev2cto.record.backup.increments import Carried

KEPT = 7
"""Number of daily backups kept; older ones are deleted."""

_SPARE = 1 << 20
"""Bytes of superseded lines that never matter."""

_BREATH = 0.005
"""Seconds that the thread leaves to the screen after each piece."""

_LONGEST_STOP = 1.0
"""Seconds that the end of a session waits for the thread to abort."""

_MANIFEST = "manifest.json"
_SUFFIX = ".tar.gz"


class DailyBackup(NamedTuple):
    """One automatic backup."""

    path: Path
    day: date


class Snapshot(NamedTuple):
    """What a daily backup will contain."""

    day: date
    ends: Mapping[str, tuple[int, int, str]]
    """Bytes of each journal to back up, and where the last line in them begins, and its checksum."""
    writers: Mapping[str, int]
    """One more than the number of the last line, by writer."""
    changed_at: int
    known_bad: Mapping[str, tuple[tuple[int, int], ...]]
    """Damage that was found before, by journal: where it begins and ends. It is backed up as it is."""
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
        found = _manifest_file(directory)
        return int(found["changed_at"]), {str(writer): int(number) for writer, number in found["writers"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return 0, {}


def _manifest_file(directory: Path) -> Any:
    """Return what the file holds, which may be anything. Raises OSError, ValueError."""
    return json.loads(durable_io.read_small(directory / tail_copy.BACKUPS / _MANIFEST))


def is_due(reader: JournalReader, clock: Clock) -> bool:
    """Whether there is no backup for today yet and something has changed since the last one."""
    today = clock.now().date()
    is_new = all(backup.day != today for backup in daily_backups(reader.directory))  # a clock may have been ahead
    return is_new and reader.store.changed_at > _manifest(reader.directory)[0]


def snapshot(reader: JournalReader, clock: Clock, covered: Mapping[Path, int]) -> Snapshot:
    """Return the snapshot of everything read; to be called after missing lines were recovered.

    `covered` are the tail copies that are no longer being written, with their sizes.
    """
    damage = (reader.damaged | reader.known).values()
    endless = {bad.file for bad in damage if bad.length > LONGEST_LINE}
    known_bad: dict[str, tuple[tuple[int, int], ...]] = {}
    for bad in damage:
        if not bad.kept:
            known_bad[bad.file] = (*known_bad.get(bad.file, ()), (bad.offset, bad.offset + bad.length))
    return Snapshot(
        day=clock.now().date(),
        ends={n: (file.end, file.last_at, file.last) for n, file in reader.files.items() if n not in endless},
        writers={writer: seen.next for writer, seen in reader.seen.items()},
        changed_at=reader.store.changed_at,
        known_bad=known_bad,
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
        """Start writing in the background. A thread that was told to abort and has not yet still does."""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(taken, self._stop), name="backup", daemon=True)
        self._thread.start()

    def _run(self, taken: Snapshot, stop: threading.Event) -> None:
        bad = make(self._directory, taken, lambda: stop.wait(_BREATH))
        if bad:
            self._on_damage(bad)

    def wait(self, seconds: float) -> None:
        """Wait at most that long for the backup to finish."""
        if self._thread is not None:
            self._thread.join(seconds)

    def stop(self) -> None:
        """Abort at the next piece; the next opening makes the backup."""
        self._stop.set()
        self.wait(_LONGEST_STOP)


def make(directory: Path, taken: Snapshot, pause: Callable[[], bool] = lambda: False) -> str:
    """Write a daily backup and delete what it makes redundant.

    Return the name of a damaged file, or an empty string. `pause` is called often; if it returns True, the disk is
    full, or another session has made a newer one meanwhile, nothing changes.
    """
    from dev2cto.record.backup.increments import DamagedJournal, Stopped  # with tarfile

    folder = directory / tail_copy.BACKUPS
    scratch = folder / f".{taken.day.isoformat()}.{durable_io.token()}.tmp"

    def wait() -> None:
        if pause():
            raise Stopped

    try:
        folder.mkdir(0o700, exist_ok=True)
        with alone(directory, wait):
            if _is_older(taken, directory):
                return ""
            carried = _write(directory, scratch, taken, pause)
            scratch.rename(folder / f"{taken.day.isoformat()}{_SUFFIX}")
            manifest = {"changed_at": taken.changed_at, "writers": dict(taken.writers), "archive": carried.as_json()}
            durable_io.write_whole(folder / _MANIFEST, json.dumps(manifest).encode())
            _remove_superfluous(directory, taken)
    except DamagedJournal as damaged:
        scratch.unlink(missing_ok=True)
        return str(damaged)
    except (OSError, Stopped):
        scratch.unlink(missing_ok=True)
    return ""


@contextlib.contextmanager
def alone(directory: Path, wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Keep every thread and session from making a daily backup of this record inside the block.

    One that is being made may be finished first; `wait` is called often until then. Raises OSError if there is no
    folder for backups.
    """
    with durable_io.exclusive(directory / tail_copy.BACKUPS, os.O_RDONLY | os.O_DIRECTORY, wait):
        yield


def _is_older(taken: Snapshot, directory: Path) -> bool:
    """Whether the newest backup holds what this snapshot does not; its second copies may be gone by now."""
    changed_at, writers = _manifest(directory)
    more = any(number > taken.writers.get(writer, 0) for writer, number in writers.items())
    return changed_at > taken.changed_at or (changed_at == taken.changed_at and more)


def _write(directory: Path, scratch: Path, taken: Snapshot, pause: Callable[[], bool]) -> "Carried":
    from dev2cto.record.backup.increments import NOTHING, Covered, DailyArchive, read_carried

    ends = {name: Covered(*end) for name, end in taken.ends.items() if not name.startswith(LIVE)}
    live = [directory / name for name in taken.ends if name.startswith(LIVE)]
    try:
        before = read_carried(_manifest_file(directory).get("archive"))
    except (OSError, ValueError, AttributeError):
        before = NOTHING
    if sum(part.size for part in before.parts.values()) > 2 * sum(end.end for end in ends.values()) + _SPARE:
        before = NOTHING  # too much of it is of journals that were rewritten since
    day = taken.day.isoformat()
    archive = DailyArchive(scratch, directory / tail_copy.BACKUPS, before, pause)
    try:
        archive.add_new(directory, ends, day, taken.known_bad)
        return archive.finish(f"{day}{_SUFFIX}", live)
    finally:
        archive.close()


def _remove_superfluous(directory: Path, taken: Snapshot) -> None:
    others = [backup for backup in daily_backups(directory) if backup.day != taken.day]
    for old in others[KEPT - 1 :]:
        old.path.unlink(missing_ok=True)
    for path, size in taken.covered.items():
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size == size:  # else a session has since started writing to it
                path.unlink()
