"""The record of one learner: what a session reads, changes and can rely on."""

from __future__ import annotations

import contextlib
import gc
import os
import secrets
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from dev2cto.clock import Clock
from dev2cto.errors import NotSaved, ReadOnly, RecordError
from dev2cto.record import sessions
from dev2cto.record.checkpoint import Checkpoint
from dev2cto.record.documents import COLD_TABLES, LIVE_TABLES
from dev2cto.record.drafts import Draft, Place, drafts_of, places
from dev2cto.record.folder import check_private, clean_device, learner_dir, learners, make_private, this_device
from dev2cto.record.health import Health
from dev2cto.record.lines import Doc, copy, encode
from dev2cto.record.live import Live, body_of
from dev2cto.record.migrations import SCHEMA, lift
from dev2cto.record.reader import Damage, Reader
from dev2cto.record.sessions import Session, TakeOver
from dev2cto.record.store import Store, Version
from dev2cto.record.tiny import RecordStorage, RecordTable
from dev2cto.record.writer import Writer, milliseconds

MANY = 2000
"""Lines read at an opening from which on a checkpoint is worth while at once."""

__all__ = ["Damage", "Draft", "Place", "Record", "Session", "TakeOver", "learner_dir", "learners"]


class Record:
    """A learner's tables. What a method has written is on the disk when it returns, or it raises NotSaved."""

    def __init__(self, directory: Path, clock: Clock, device: str, cache: Path | None, schema: int = SCHEMA) -> None:
        """Use `Record.open`."""
        self.directory = directory
        self.clock = clock
        self.readonly_reason = ""
        """Why nothing can be saved; empty when it can."""
        self._device = device
        self._final = False
        self._store = Store(lambda table, doc, written: lift(table, doc, written, schema=schema))
        self._reader = Reader(directory, self._store, schema)
        self._writer = Writer(self._reader, device, clock)
        self._live = Live(self._reader, clock)
        self._checkpoint = None if cache is None else Checkpoint(cache, self._reader)
        self._health = Health(self._reader, self._writer, clock, self._checkpoint)
        self._lock = threading.RLock()
        self._depth = 0
        self._failed = False
        self._pending: dict[tuple[str, str], Doc | None] = {}
        self._undo: list[tuple[str, str, Doc | None, Version | None]] = []
        self._last_id = 0
        self._tables: dict[str, RecordTable] = {}

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        clock: Clock,
        cache: Path | None = None,
        readonly: bool = False,
        device: str | None = None,
    ) -> Self:
        """Opens the record in that folder, and makes it where there is none.

        `cache` is a folder for what makes the next opening fast. `device` names this machine (for tests and copies).
        Where nothing can be written the record opens read-only and says why in `readonly_reason`.
        Raises RecordError where the folder is not ours, NewerRecord where a newer version has written.
        """
        collecting = gc.isenabled()
        gc.disable()  # it would walk through everything that is just being made
        try:
            record = cls(directory, clock, clean_device(device) if device else this_device(), cache)
            record._open(readonly)
        except OSError as problem:
            raise RecordError(f"The record in {directory} cannot be read: {problem.strerror}.") from problem
        finally:
            if collecting:
                gc.enable()
        return record

    def _open(self, readonly: bool) -> None:
        if not readonly:
            try:
                make_private(self.directory)
            except OSError as problem:
                self.readonly_reason = _why(problem, self.directory)
        if os.path.lexists(self.directory):
            check_private(self.directory)
            if self._checkpoint is not None:
                self._checkpoint.load()
            self._reader.refresh()
        if readonly:
            self._final = True
            self.readonly_reason = "it was opened for reading only"
        elif not self.readonly_reason:
            self._open_writer()
        if self._reader.lines_read > MANY and self._checkpoint is not None:
            self._checkpoint.save()
            self._checkpoint.unload(COLD_TABLES)

    def _open_writer(self) -> None:
        try:
            self._health.open_writer(self._device)
            self.readonly_reason = ""
        except OSError as problem:
            self.readonly_reason = _why(problem, self.directory)

    # reading

    @property
    def writer(self) -> str:
        """<device>.<slot> of this session."""
        return self._writer.name

    @property
    def slow(self) -> bool:
        """Whether a save ever took over 100 ms; saves then belong in a worker."""
        return self._writer.slow

    def get(self, table: str, id: str) -> Doc | None:
        """A copy of that document, or None."""
        doc = self._store.shelf(table).docs.get(id)
        return None if doc is None else copy(doc)

    def all(self, table: str) -> dict[str, Doc]:
        """The documents of a table by id: the dictionary is yours, the documents are not, read them only."""
        return dict(self._store.shelf(table).docs)

    def table(self, name: str) -> RecordTable:
        """The TinyDB table of that name, for queries and TinyDB's ways to change things."""
        if name not in self._tables:
            self._tables[name] = RecordTable(RecordStorage(self), name)
        return self._tables[name]

    def names(self) -> set[str]:
        """The tables that hold something."""
        return {name for name, shelf in self._store.shelves.items() if shelf.docs}

    def docs(self, table: str) -> Mapping[str, Doc]:
        """The documents of a table as they are, not to be changed."""
        return MappingProxyType(self._store.shelf(table).docs)

    # writing

    def new_id(self) -> str:
        """A random id; ids sort by the time they were made: 11 hex digits of ms, 10 of chance."""
        fresh = milliseconds(self.clock) << 40 | secrets.randbits(40)
        self._last_id = fresh if fresh > self._last_id else self._last_id + 1
        return f"{self._last_id:021x}"

    def put(self, table: str, id: str, doc: Mapping[str, Any]) -> None:
        """Stores a document in place of the one with that id. Raises NotSaved, ReadOnly, TypeError, ValueError."""
        self.change({table: {id: dict(doc)}})

    def add(self, table: str, doc: Mapping[str, Any]) -> str:
        """Stores a document under a new id and returns the id. Raises as `put` does."""
        id = self.new_id()
        self.change({table: {id: dict(doc)}})
        return id

    def remove(self, table: str, id: str) -> None:
        """Removes a document; nothing happens where there is none. Raises NotSaved, ReadOnly."""
        if id in self._store.shelf(table).docs:
            self.change({table: {id: None}})

    def change(self, changes: Mapping[str, Mapping[str, Doc | None]]) -> None:
        """Puts and, for None, removes documents, all or none of them.

        Live tables (place, positions, drafts) outside a batch change in memory and are saved with `save_live`.
        """
        if self._depth == 0 and changes.keys() <= LIVE_TABLES:
            self._check_writable()
            for table, docs in changes.items():
                for id, doc in docs.items():
                    self._live.put(table, id, doc, self.writer)
            return
        with self.batch():
            for table, docs in changes.items():
                shelf = self._store.shelf(table)
                for id, doc in docs.items():
                    self._undo.append((table, id, shelf.docs.get(id), shelf.versions.get(id)))
                    self._pending[table, id] = own = copy(doc)
                    shelf.force(id, own, shelf.versions.get(id))

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Everything inside is one line and one sync: all of it is saved when the block ends, or none.

        Whatever goes wrong, in the block or on the disk, memory is as before it. Batches nest; a failed inner one
        fails the outer one. Raises NotSaved, ReadOnly.
        """
        with self._lock:
            if self._depth == 0:
                self._check_writable()
            self._depth += 1
            try:
                yield
                if self._failed:
                    raise RecordError("A part of this change failed, so none of it was made.")
                if self._depth == 1 and self._pending:
                    self._commit()
            except BaseException:
                self._roll_back()
                self._failed = True
                raise
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._undo, self._pending, self._failed = [], {}, False

    def _commit(self) -> None:
        pending = dict(self._pending)
        body = body_of(pending)
        encode(body)  # what cannot be stored must fail before the file is touched
        self._roll_back()  # memory takes the change only from the line that is on the disk
        try:
            self._writer.commit(body)
        except OSError as problem:
            raise NotSaved(
                f"Not saved: {problem.strerror or problem} ({self.directory}).",
                "Nothing you saved before is harmed. Make room or mend the place, then try again.",
            ) from problem
        self._live.settle(pending)
        self._health.keep_backup()

    def _roll_back(self) -> None:
        while self._undo:
            table, id, doc, version = self._undo.pop()
            self._store.shelf(table).force(id, doc, version)

    def _check_writable(self) -> None:
        """Lets changes through; a record that could not be written when it opened gets another chance."""
        if self.readonly_reason and not self._final:
            with contextlib.suppress(OSError, RecordError):
                make_private(self.directory)
                self._open_writer()
        if self.readonly_reason:
            raise ReadOnly(f"Not saved: {self.readonly_reason}.")

    # what changes with every key

    def live_due(self) -> float | None:
        """The time on the clock's monotonic scale at which `save_live` must be called; None where nothing waits."""
        return self._live.due()

    def save_live(self) -> None:
        """Puts the live tables' changes on the disk. Raises NotSaved; they are kept and can be saved again."""
        with self._lock:
            try:
                self._live.save(self.writer)
            except OSError as problem:
                raise NotSaved(
                    f"What you are typing is not saved: {problem.strerror or problem} ({self.directory}).",
                    "It stays on the screen; it is tried again by itself.",
                ) from problem

    def put_draft(self, owner: str, text: str, cursor: int) -> None:
        """Keeps this session's half-typed text for an item, exercise or note; saved as live tables are."""
        at = self.clock.now().isoformat()
        self.put("drafts", f"{owner}/{self.writer}", {"text": text, "cursor": cursor, "at": at})

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
        shelf = self._store.shelf("drafts")
        return drafts_of(owner, shelf.docs, shelf.versions)

    def put_place(self, doc: Mapping[str, Any]) -> None:
        """Notes where this session is; saved as live tables are."""
        self.put("place", self.writer, doc)

    def place(self) -> Place | None:
        """Where the learner was last, in whatever session."""
        found = self._places()
        return found[0] if found else None

    def other_places(self) -> tuple[Place, ...]:
        """Where other sessions are or were, newest first, apart from the newest place of all."""
        return tuple(self._places()[1:])

    def _places(self) -> list[Place]:
        shelf = self._store.shelf("place")
        return places(shelf.docs, shelf.versions)

    # sessions and health

    def refresh(self) -> bool:
        """Takes in what other sessions and copied files brought. True where there is anything new."""
        with self._lock:
            return self._depth == 0 and self._reader.refresh()

    def others(self) -> tuple[Session, ...]:
        """The other sessions that have this record open now."""
        self.refresh()
        return sessions.others(self.directory, self._reader.headers, self.writer)

    def take_over(self, session: Session, wait: float = 5.0) -> TakeOver:
        """Asks another session to save and leave, waits for it, and takes in what it saved."""
        came_of_it = sessions.take_over(self.directory, session, wait)
        self.refresh()
        return came_of_it

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

    def told(self) -> None:
        """The learner has read what is lost."""
        self._health.told()

    def wait_for_backup(self, seconds: float) -> None:
        """Waits for the day's automatic backup, if one is being written; closing would give it up."""
        self._health.wait_for_backup(seconds)

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
            self._roll_back()
            try:
                if not self.readonly_reason:
                    self.save_live()
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
