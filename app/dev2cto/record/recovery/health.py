"""The record's health: damage, recovery, losses, and the daily backup."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.clock import Clock
from dev2cto.errors import RecordError
from dev2cto.record.backup import daily
from dev2cto.record.backup.daily import DailyBackupThread
from dev2cto.record.checkpoint.checkpoint import Checkpoint
from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import OPENING
from dev2cto.record.journal.line_stream import LONGEST_LINE
from dev2cto.record.journal.reader import Damage, JournalReader
from dev2cto.record.journal.slots import is_locked
from dev2cto.record.journal.writer import Writer
from dev2cto.record.layout import BLOBS, LIVE
from dev2cto.record.recovery import tail_copy
from dev2cto.record.recovery.repair import DAMAGED

if TYPE_CHECKING:
    from dev2cto.record.clocks import ClockDifference
    from dev2cto.record.recovery.recovery import RecoveryResult
    from dev2cto.record.set_aside import SetAside

_ACKNOWLEDGED = f"{DAMAGED}/told.json"
_REPORTED = f"{DAMAGED}/set-aside.json"
_EVERY = 3600.0
"""Seconds between a long session's checks whether a daily backup is due."""


class Health:
    """Recovers missing lines of one open record and keeps its daily backup up to date."""

    def __init__(self, reader: JournalReader, writer: Writer, clock: Clock, checkpoint: Checkpoint | None) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self._checkpoint = checkpoint
        self._keeper = DailyBackupThread(reader.directory, self._found_damage)
        self._looked = clock.monotonic()
        self._recovered: list[RecoveryResult] = []
        self._spoiled: list[Damage] = []
        self._copies: dict[Path, int] = {}
        self.snapshot_copies()

    def snapshot_copies(self) -> None:
        """Note the sizes of the tail copies; must be called before the journals are read."""
        self._copies = tail_copy.sizes(self._reader.directory)

    def open_writer(self, device: str) -> None:
        """Open the session's journal, recover missing lines, and start a daily backup if one is due.

        Raises OSError, RecordError.
        """
        reader = self._reader
        self._expect()
        for folder in ("", tail_copy.BACKUPS, DAMAGED, BLOBS):
            durable_io.clear_scratch(reader.directory / folder, self._clock.now().timestamp())
        due, covered = daily.is_due(reader, self._clock), self._covered()
        self._writer.open(fresh_copy=due)
        self._look_at_tails()
        if reader.missing():
            from dev2cto.record.recovery.recovery import recover

            with contextlib.suppress(OSError):
                self._recovered += recover(reader, device)
        if due:
            self._keeper.start(daily.snapshot(reader, self._clock, covered))

    def open_reader(self) -> None:
        """Recover missing lines in memory only; the files are not changed."""
        self._expect()
        self._look_at_tails()
        if self._reader.missing():
            from dev2cto.record.recovery.recovery import recover

            if self._checkpoint is not None:
                self._checkpoint.invalidate()  # a checkpoint saved now would hide that lines are missing from the files
            with contextlib.suppress(OSError):
                self._recovered += recover(self._reader, None)

    def _expect(self) -> None:
        for writer, number in daily.expected(self._reader.directory).items():
            self._reader.expected[writer] = max(number, self._reader.expected.get(writer, 0))

    def _covered(self) -> dict[Path, int]:
        """Return the tail copies of sessions that have ended, which a backup of the current state makes redundant."""
        return {
            path: size
            for path, size in self._copies.items()
            if not is_locked(self._reader.directory / f"{tail_copy.writer_of(path)}.jsonl")
        }

    def _look_at_tails(self) -> None:
        """Report what follows the last intact line of an unlocked file as damage, unless it is an incomplete line."""
        reader = self._reader
        reader.refresh()
        for name, progress in list(reader.files.items()):
            path = reader.directory / name
            with contextlib.suppress(OSError):
                if path.stat().st_size > progress.end and not is_locked(path.with_name(name.removeprefix(LIVE))):
                    with open(path, "rb") as file:
                        file.seek(progress.end)
                        tail = file.read(LONGEST_LINE)
                    if b"\n" in tail or not tail.startswith(OPENING):
                        reader.apply_tail(name)

    def keep_backup(self) -> None:
        """Make the daily backup if one is due; for sessions that last for days. Checks once per `_EVERY` seconds."""
        if self._clock.monotonic() - self._looked < _EVERY:
            return
        self._looked = self._clock.monotonic()
        self.snapshot_copies()
        with contextlib.suppress(OSError, RecordError):
            self._reader.refresh()
            self._back_up_long_session()

    def _back_up_long_session(self) -> None:
        if not daily.is_due(self._reader, self._clock):
            return
        own = {path: size for path, size in self._copies.items() if tail_copy.writer_of(path) == self._writer.name}
        covered = self._covered() | own
        self._writer.copy_to(fresh=True)
        self._keeper = DailyBackupThread(self._reader.directory, self._found_damage)
        self._keeper.start(daily.snapshot(self._reader, self._clock, covered))

    def _found_damage(self, name: str) -> None:
        """Handle damage that the daily backup found in lines covered by the checkpoint."""
        if self._checkpoint is not None:
            self._checkpoint.invalidate()
        what = "a line does not match its checksum; it will be repaired the next time you start the course"
        self._spoiled.append(Damage(name, 0, 0, what))

    def wait_for_backup(self, seconds: float) -> None:
        """Wait at most `seconds` for a daily backup in progress."""
        self._keeper.wait(seconds)

    def close(self) -> None:
        """Abort a backup in progress; the next opening makes it."""
        self._keeper.stop()

    @property
    def damage(self) -> tuple[Damage, ...]:
        """Damage found in this session."""
        return (*self._reader.damaged.values(), *self._spoiled)

    @property
    def restored(self) -> str:
        """Message: what was recovered; empty if nothing."""
        recovered = [*self._recovered, *self._writer.recovered]
        return "; ".join(f"{entries(one.count)} recovered from {one.source}" for one in recovered)

    @property
    def lost(self) -> str:
        """Message: what is missing and has not been acknowledged yet; empty if nothing."""
        known = acknowledged(self._reader.directory)
        count = sum(
            stop - start
            for writer, gaps in self._reader.missing().items()
            for start, stop in gaps
            if [start, stop] not in known.get(writer, [])
        )
        if not count:
            return ""
        kept = any(damage.kept for damage in self._reader.damaged.values())
        originals = f"; damaged originals are in {self._reader.directory / DAMAGED}" if kept else ""
        return f"{entries(count)} lost and could not be recovered{originals}"

    @property
    def unreported(self) -> tuple[SetAside, ...]:
        """The documents that are set aside and not acknowledged yet."""
        known = {tuple(key) for key in self._reported()}
        return tuple(aside for key, aside in self._reader.set_aside.items() if key not in known)

    def _reported(self) -> list[list[str]]:
        with contextlib.suppress(OSError, ValueError, RecursionError):
            found = json.loads(durable_io.read_small(self._reader.directory / _REPORTED))
            if isinstance(found, list):
                return [
                    key for key in found if isinstance(key, list) and key and all(isinstance(part, str) for part in key)
                ]
        return []

    @property
    def clocks(self) -> tuple[ClockDifference, ...]:
        """The machines whose clocks differ, as far as that is not acknowledged yet."""
        from dev2cto.record.clocks import differences

        known = self._reported()
        found = differences(self._reader.headers, self._clock.now())
        return tuple(clock for clock in found if _clock_key(clock) not in known)

    def acknowledge_set_aside(self) -> None:
        """Note that the learner has seen what is set aside and which clocks differ."""
        clocks = [key for key in self._reported() if key[0] == "clock"]
        new = [_clock_key(clock) for clock in self.clocks]
        if self.unreported or new:
            with contextlib.suppress(OSError):
                (self._reader.directory / DAMAGED).mkdir(0o700, exist_ok=True)
                durable_io.write_whole(
                    self._reader.directory / _REPORTED, json.dumps([*self._reader.set_aside, *clocks, *new]).encode()
                )

    def acknowledge_loss(self) -> None:
        """Note that the learner has seen what is lost, so that it is not reported again."""
        missing = self._reader.missing()
        if missing:
            with contextlib.suppress(OSError):
                (self._reader.directory / DAMAGED).mkdir(0o700, exist_ok=True)
                durable_io.write_whole(self._reader.directory / _ACKNOWLEDGED, json.dumps(missing).encode())


def _clock_key(clock: ClockDifference) -> list[str]:
    return ["clock", clock.device, "ahead" if clock.days > 0 else "behind"]


def acknowledged(directory: Path) -> dict[str, list[list[int]]]:
    """Return the missing spans of line numbers, by writer, that the learner has seen."""
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(durable_io.read_small(directory / _ACKNOWLEDGED))
        if isinstance(found, dict):
            return found
    return {}


def entries(count: int) -> str:
    """Return the start of a sentence about this many saved entries."""
    return "1 saved entry was" if count == 1 else f"{count} saved entries were"
