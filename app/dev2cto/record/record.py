"""The record of one learner, a TinyDB: opened, shared with other sessions, kept whole, closed."""

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
from dev2cto.record.store import MANY
from dev2cto.record.tables import FieldCheck, Tables
from dev2cto.record.tinydb_storage import RecordStorage, RecordTable

if TYPE_CHECKING:
    from dev2cto.record.drafts import Draft
    from dev2cto.record.sessions import Session, TakeoverResult


class Record(Tables, TinyDB):
    """A learner's record, open in this session. It has no default table."""

    table_class: type[Table] = RecordTable
    first_slot = 0
    """A session takes the first free slot from here on."""

    def __init__(self, directory: Path, clock: Clock, device: str, cache: Path | None, check: FieldCheck) -> None:
        """Use `opening.open_directory`."""
        TinyDB.__init__(self, self, storage=RecordStorage)
        Tables.__init__(self, directory, clock, device, check, self.first_slot)
        self._final = False
        self._next_try = 0.0
        self._typed: set[str] = set()
        """Drafts that this session has written."""
        self._checkpoint = None if cache is None else Checkpoint(cache, self.reader)
        self._health = Health(self.reader, self._writer, clock, self._checkpoint)

    def load(self, *, readonly: bool) -> None:
        """Reads the files, and takes a slot to write unless it is `readonly`; for `opening`. Raises as that does."""
        if not readonly:
            try:
                make_private(self.directory)
            except OSError as problem:
                self.readonly_reason = _why(problem, self.directory)
        if os.path.lexists(self.directory):
            check_private(self.directory)
            if self._checkpoint is not None:
                self._checkpoint.load()
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
            gc.freeze()  # a later collection would stop the screen to look at everything that was loaded

    def _open_writer(self) -> None:
        try:
            self._health.open_writer(self.device)
            self.readonly_reason = ""
        except OSError as problem:
            self.readonly_reason = _why(problem, self.directory)

    def stop_writing(self, reason: str) -> None:
        """Saves what is not saved yet, then writes nothing more; `reason` becomes `readonly_reason`."""
        with self._lock:
            if not self.readonly_reason:
                self.save_live()
                self._live.close()
                self._writer.close()
            self.readonly_reason = reason
            self._final = True

    def check_writable(self) -> None:
        """Raises ReadOnly, with the reason, where nothing can be saved.

        A record that could not be written when it was opened gets another chance each second.
        """
        if self.readonly_reason and not self._final and self.clock.monotonic() >= self._next_try:
            self._next_try = self.clock.monotonic() + 1
            with contextlib.suppress(OSError, RecordError):
                make_private(self.directory)
                self._open_writer()
        super().check_writable()

    def commit(self, body: bytes) -> None:
        """Writes one line with these encoded changes and takes it into memory. Raises NotSaved."""
        super().commit(body)
        self._health.keep_backup()

    def put_draft(self, owner: str, text: str, cursor: int, used: int = 0) -> None:
        """Keeps this session's half-typed text for an item, exercise or note; saved as live tables are.

        `used` is the milliseconds spent on an answer that has a time.
        """
        id = f"{owner}/{self.writer}"
        if id not in self._typed:
            self._keep_older_text(id, owner, text)
            self._typed.add(id)
        at = self.clock.now().isoformat()
        draft = {"text": text, "cursor": cursor, "at": at, **({"used": used} if used else {})}
        self.table("drafts").put(id, draft)

    def _keep_older_text(self, id: str, owner: str, text: str) -> None:
        """An earlier session in this slot left a text, and this session goes on with another one: both are kept."""
        from dev2cto.record.drafts import continues

        mine, newest = self.table("drafts").get(doc_id=id), self.newest_draft(owner)
        if mine and newest and newest.id != id and not continues(text, mine["text"], newest.text):
            self.table("drafts").put(f"{id}.{self.new_id()[-6:]}", mine)

    def newest_draft(self, owner: str) -> Draft | None:
        """The text typed last for that owner, in whatever session."""
        found = self._drafts(owner)
        return found[0] if found else None

    def other_drafts(self, owner: str) -> tuple[Draft, ...]:
        """Drafts of other sessions whose text differs from the newest one's and from each other, newest first."""
        different: dict[str, Draft] = {}
        for draft in self._drafts(owner):
            different.setdefault(draft.text, draft)
        return tuple(different.values())[1:]

    def _drafts(self, owner: str) -> list[Draft]:
        from dev2cto.record.drafts import drafts_of

        shelf = self.reader.store.table("drafts")
        return drafts_of(owner, shelf.docs, shelf.versions)

    def refresh(self) -> bool:
        """Takes in what other sessions and copied files brought. True where there is anything new.

        Does nothing inside a batch, or while a worker is saving: nobody is to wait for that.
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            return self._owner is None and self.reader.refresh()
        finally:
            self._lock.release()

    def others(self) -> tuple[Session, ...]:
        """The other sessions that have this record open now."""
        from dev2cto.record import sessions

        self.refresh()
        return sessions.others(self.directory, self.reader.headers, self.writer if self._writer.is_open else "")

    def take_over(self, session: Session, wait: float = 5.0) -> TakeoverResult:
        """Asks another session to save and leave, waits for it, and takes in what it saved."""
        from dev2cto.record import sessions

        came_of_it = sessions.request_takeover(self.directory, session, wait)
        self.refresh()
        return came_of_it

    def table(self, name: str, **options: Any) -> RecordTable:
        """The table of that name: to query, and to change."""
        table = super().table(name, **options)
        assert isinstance(table, RecordTable)
        return table

    def __getattr__(self, name: str) -> None:
        raise AttributeError(f"A record has no {name!r}; its documents are in tables: record.table(...).")

    @property
    def damage(self) -> tuple[Damage, ...]:
        """What could not be read as it was written, found in this session."""
        return self._health.damage

    @property
    def restored(self) -> str:
        """What was brought back from the record's backups in this session, in the learner's words, or ""."""
        return self._health.restored

    @property
    def lost(self) -> str:
        """What is missing and nowhere to be found, in the learner's words, or ""; until `told` is called."""
        return self._health.lost

    def acknowledge_loss(self) -> None:
        """The learner has read what is lost; it is not told again, where that can be noted."""
        if not self.readonly_reason:
            self._health.acknowledge_loss()

    def wait_for_backup(self, seconds: float) -> None:
        """Waits for the day's automatic backup, if one is being written; closing would give it up."""
        self._health.wait_for_backup(seconds)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Leaves all files to the block, which may rewrite them, and takes them up again afterwards."""
        with self._lock:
            self.save_live()
            self._live.close()
            self._writer.close()
            self._health.close()
            try:
                yield
            finally:
                self.reader.files.clear()
                self._health.snapshot_copies()
                self.reader.refresh()
                self._open_writer()

    def forget_checkpoint(self) -> None:
        """Removes what makes opening fast; it is made again at the end of the session."""
        if self._checkpoint is not None:
            self._checkpoint.delete()

    def save_and_close(self) -> str:
        """Saves what can be saved and closes, quickly; for the handlers of hang-ups.

        Returns why something could not be saved, or an empty string.
        """
        try:
            self._close(checkpoint=False)
        except RecordError as problem:
            return problem.message
        return ""

    def close(self) -> None:
        """Saves the live tables and leaves the record to others. Raises NotSaved, closed all the same."""
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
    """The reason why nothing can be saved, in the learner's words."""
    return f"{directory} cannot be written ({problem.strerror or problem})"
