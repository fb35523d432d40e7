"""The record as a learner's own script sees it; see `dev2cto.record.open_record` for usage."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any, NoReturn

from tinydb.queries import QueryLike
from tinydb.table import Table

from dev2cto.clock import SystemClock
from dev2cto.errors import RecordError
from dev2cto.paths import cache_dir, config_dir, data_dir, expanded
from dev2cto.record.layout import DEFAULT_LEARNER, journals, learner_dir
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.record.schema import TABLES
from dev2cto.record.tinydb_storage import RecordTable


class ScriptTable(RecordTable):
    """A table in which events cannot be changed or removed."""

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[Any] | None = None,
    ) -> list[Any]:
        """TinyDB's update. Raises RecordError for events."""
        self._refuse_for_events()
        return super().update(fields, cond, doc_ids)

    def update_multiple(self, updates: Iterable[tuple[Any, QueryLike]]) -> list[Any]:
        """TinyDB's update_multiple. Raises RecordError for events."""
        self._refuse_for_events()
        return super().update_multiple(updates)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None) -> list[Any]:
        """TinyDB's remove. Raises RecordError for events."""
        self._refuse_for_events()
        return super().remove(cond, doc_ids)

    def truncate(self) -> None:
        """TinyDB's truncate. Raises RecordError for events."""
        self._refuse_for_events()
        super().truncate()

    def put(self, doc_id: str, document: Mapping[str, Any]) -> None:
        """Store a document, replacing any with that id. Raises RecordError for events."""
        self._refuse_for_events()
        super().put(doc_id, document)

    def _refuse_for_events(self) -> None:
        if self.name in TABLES and TABLES[self.name].event:
            raise RecordError(
                f"Documents in {self.name!r} are events: they can be added, but not changed or removed.",
                "To stop counting earlier results, use dev2cto reset; it can be undone.",
            )


class ScriptDB(Record):
    """A learner's record, opened by a script. Slot 0 is left to the course."""

    table_class: type[Table] = ScriptTable
    first_slot = 1

    def drop_tables(self) -> NoReturn:
        """Always raises RecordError."""
        raise RecordError("A record's tables cannot be dropped.", "To erase everything, use dev2cto reset all --erase.")

    def drop_table(self, name: str) -> NoReturn:
        """Always raises RecordError."""
        self.drop_tables()


def open_for_script(directory: str | os.PathLike[str] | None, *, write: bool) -> ScriptDB:
    """Open the record in that folder, or the current learner's. Raises RecordError, NewerRecord.

    The course treats the script as another session: it reads what the script wrote and updates sums and cards.
    """
    learner = os.environ.get("DEV2CTO_LEARNER") or DEFAULT_LEARNER
    folder = learner_dir(data_dir(), learner) if directory is None else expanded(directory)
    if not journals(folder):
        raise RecordError(f"No record found in {folder}.", "To see your record's folder, run dev2cto where.")
    record = open_directory(
        folder, clock=SystemClock(), cache=cache_dir(), config=config_dir(), readonly=not write, kind=ScriptDB
    )
    assert isinstance(record, ScriptDB)
    if write:
        record.check_writable()
    return record
