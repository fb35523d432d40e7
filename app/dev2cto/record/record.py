"""The record of one learner as a TinyDB: loading, syncing with other sessions, recovery, closing."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tinydb import TinyDB
from tinydb.table import Table

from dev2cto.clock import Clock
from dev2cto.errors import RecordError
from dev2cto.record.checkpoint.checkpoint import Checkpoint
from dev2cto.record.journal.reader import Damage
from dev2cto.record.layout import check_private, make_private
from dev2cto.record.recovery.health import Health
from dev2cto.record.schema import COLD_TABLES
from dev2cto.record.set_aside import SetAside
from dev2cto.record.table_state import MANY
from dev2cto.record.tables import FieldCheck, Tables
from dev2cto.record.tinydb_storage import RecordStorage, RecordTable

if TYPE_CHECKING:
    from dev2cto.record.clocks import ClockDifference
    from dev2cto.record.drafts import Draft
    from dev2cto.record.sessions import Session, TakeoverResult


class Record(Tables, TinyDB):
    """A learner's record, opened by this session. It has no default table."""

    table_class: type[Table] = RecordTable
    first_slot = 0
    """A session acquires the first free slot at or above this one."""

    def __init__(self, directory: Path, clock: Clock, device: str, cache: Path | None, check: FieldCheck) -> None:
        """Only for `opening.open_directory`."""
        TinyDB.__init__(self, self, storage=RecordStorage)
        Tables.__init__(self, directory, clock, device, check, self.first_slot)
        self._final = False
        self._next_try = 0.0
        self._typed: set[str] = set()
        """Ids of the drafts that this session has written."""
        self._checkpoint = None if cache is None else Checkpoint(cache, self.reader, device)
        self._health = Health(self.reader, self._writer, clock, self._checkpoint)

    def load(self, *, readonly: bool) -> None:
        """Read the files and, unless `readonly`, acquire a slot for writing. Only for `opening.open_directory`.

        Raises OSError, RecordError, NewerRecord.
        """
        if not readonly:
            try:
                make_private(self.directory)
            except OSError as problem:
                self.readonly_reason = _why(problem, self.directory)
        if os.path.lexists(self.directory):
            check_private(self.directory)
            was_here = False
            if self._checkpoint is not None:
                was_here = self._checkpoint.load()
                self._checkpoint.keep_on_disk(COLD_TABLES)
            key = self.reader.store.key_file
            if key and not (readonly or self.readonly_reason or os.path.lexists(key)):
                from dev2cto.record.erase_marks import begin_key  # at the first start

                begin_key(self.reader.store, self.directory, was_here=was_here)
            self.reader.refresh()
        if readonly:
            self._final = True
            self.readonly_reason = "it was opened for reading only"
        elif not self.readonly_reason:
            self._open_writer()
        if self.readonly_reason:
            self._health.open_reader()
        if self.reader.lines_read > MANY:
            if self._checkpoint is not None:
                self._checkpoint.save()
                self._checkpoint.unload(COLD_TABLES)
            gc.freeze()  # a later collection would scan everything loaded here and stall the screen

    def _open_writer(self) -> None:
        try:
            self._health.open_writer(self.device)
            self.readonly_reason = ""
        except OSError as problem:
            self.readonly_reason = _why(problem, self.directory)

    def stop_writing(self, reason: str) -> None:
        """Save pending changes, then make the record read-only with `reason` as its `readonly_reason`."""
        with self._lock:
            if not self.readonly_reason:
                self.save_live()
                self._live.close()
                self._writer.close()
            self.readonly_reason = reason
            self._final = True

    def check_writable(self) -> None:
        """Raises ReadOnly, with the reason, if nothing can be saved.

        A record that could not be opened for writing is retried at most once per second.
        """
        if self.readonly_reason and not self._final and self.clock.monotonic() >= self._next_try:
            self._next_try = self.clock.monotonic() + 1
            with contextlib.suppress(OSError, RecordError):
                make_private(self.directory)
                self._open_writer()
        super().check_writable()

    def commit(self, body: bytes) -> None:
        """Write one line with these encoded changes and apply it in memory. Raises NotSaved."""
        super().commit(body)
        self._health.keep_backup()

    def put_draft(self, owner: str, text: str, cursor: int, used: int = 0) -> None:
        """Store this session's draft for an item, exercise or note; it is saved with the live tables.

        `used` is the time spent on a timed answer, in milliseconds.
        """
        id = f"{owner}/{self.writer}"
        if id not in self._typed:
            self._keep_older_text(id, owner, text)
            self._typed.add(id)
        at = self.clock.now().isoformat()
        draft = {"text": text, "cursor": cursor, "at": at, **({"used": used} if used else {})}
        self.table("drafts").put(id, draft)

    def _keep_older_text(self, id: str, owner: str, text: str) -> None:
        """Keep the draft that an earlier session left in this slot if `text` does not continue it."""
        from dev2cto.record.drafts import continues

        mine, newest = self.table("drafts").get(doc_id=id), self.newest_draft(owner)
        if mine and newest and newest.id != id and not continues(text, mine["text"], newest.text):
            self.table("drafts").put(f"{id}.{self.new_id()[-6:]}", mine)

    def newest_draft(self, owner: str) -> Draft | None:
        """The latest draft for that owner from any session, or None."""
        found = self._drafts(owner)
        return found[0] if found else None

    def other_drafts(self, owner: str) -> tuple[Draft, ...]:
        """Older drafts with distinct texts that differ from the newest one's, newest first."""
        different: dict[str, Draft] = {}
        for draft in self._drafts(owner):
            different.setdefault(draft.text, draft)
        return tuple(different.values())[1:]

    def _drafts(self, owner: str) -> list[Draft]:
        from dev2cto.record.drafts import drafts_of

        drafts = self.reader.store.table("drafts")
        return drafts_of(owner, drafts.docs, drafts.versions)

    def refresh(self) -> bool:
        """Read what other sessions wrote and what copied files hold. Return True if anything is new.

        Does nothing inside a batch or while a worker is saving, so that it never blocks.
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            return self._owner is None and self.reader.refresh()
        finally:
            self._lock.release()

    def others(self) -> tuple[Session, ...]:
        """Other sessions that have this record open."""
        from dev2cto.record import sessions

        self.refresh()
        return sessions.others(self.directory, self.reader.headers, self.writer if self._writer.is_open else "")

    def take_over(self, session: Session, wait: float = 5.0) -> TakeoverResult:
        """Ask another session to save and quit, wait at most `wait` seconds for it, and read what it saved."""
        from dev2cto.record import sessions

        result = sessions.request_takeover(self.directory, session, wait)
        self.refresh()
        return result

    def table(self, name: str, **options: Any) -> RecordTable:
        """The table of that name, for queries and changes."""
        table = super().table(name, **options)
        assert isinstance(table, RecordTable)
        return table

    def __getattr__(self, name: str) -> None:
        raise AttributeError(f"A record has no attribute {name!r}; use record.table(...) for its documents.")

    @property
    def damage(self) -> tuple[Damage, ...]:
        """Damage found in this session."""
        return self._health.damage

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """The documents that are not used, because they have not the shape that their table declares."""
        return tuple(self.reader.set_aside.values())

    @property
    def unreported(self) -> tuple[SetAside, ...]:
        """Those of them that were not acknowledged yet."""
        return self._health.unreported if self.reader.set_aside else ()

    @property
    def clocks(self) -> tuple[ClockDifference, ...]:
        """The machines whose clocks differ by more than a day, as far as that was not acknowledged yet."""
        return self._health.clocks

    @property
    def restored(self) -> str:
        """Message: what was recovered from the record's backups in this session; empty if nothing."""
        return self._health.restored

    @property
    def lost(self) -> str:
        """Message: what is missing and could not be recovered; empty if nothing, or once it was acknowledged."""
        return self._health.lost

    def acknowledge_loss(self) -> None:
        """Note that the learner has seen what is lost or set aside, so that it is not reported again.

        No effect if read-only.
        """
        if not self.readonly_reason:
            self._health.acknowledge_loss()
            self._health.acknowledge_set_aside()

    def wait_for_backup(self, seconds: float) -> None:
        """Wait at most `seconds` for a daily backup in progress; closing the record would abort it."""
        self._health.wait_for_backup(seconds)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Close all files while the block rewrites them, then read and open them again."""
        with self._lock:
            self.save_live()
            self._live.close()
            self._writer.close()
            self._health.close()
            try:
                yield
            finally:
                self.reader.files.clear()
                self.reader.known.clear()  # what is left of it is found again
                self._health.snapshot_copies()
                self.reader.refresh()
                self._open_writer()

    def forget_checkpoint(self) -> None:
        """Delete the checkpoint; a new one is written at the end of the session."""
        if self._checkpoint is not None:
            self._checkpoint.delete()

    def save_and_close(self) -> str:
        """Save what can be saved and close quickly, without a checkpoint; for hang-up handlers.

        Return why something could not be saved, or an empty string.
        """
        try:
            self._close(checkpoint=False)
        except RecordError as problem:
            return problem.message
        return ""

    def close(self) -> None:
        """Save the live tables and release the record. Raises NotSaved; the record is closed even then."""
        self._close(checkpoint=True)

    def _close(self, *, checkpoint: bool) -> None:
        with self._lock:
            self._pending = {}
            try:
                if not self.readonly_reason:
                    self.save_live()
                    if checkpoint:
                        with contextlib.suppress(OSError):
                            self._live.finish(self.writer)
            finally:
                self._live.close()
                self._writer.close()
                self._health.close()
                if checkpoint and self._checkpoint is not None and not self._final:
                    self._checkpoint.save()
                self._final = True
                self.readonly_reason = "it is closed"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _why(problem: OSError, directory: Path) -> str:
    """Why nothing can be saved, as shown to the learner."""
    return f"{directory} cannot be written ({problem.strerror or problem})"
